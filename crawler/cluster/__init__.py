"""Many crawlers, one run: the queue and each host's turns in Redis, the truth about both in the store.

``CLUSTER_URL`` switches it on; docs/cluster.md tells how it is run and what happens when a part of it dies.
"""
