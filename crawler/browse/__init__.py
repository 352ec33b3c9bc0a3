"""A published snapshot as web pages: events with their evidence, units, pairs, people, portals. Read-only, offline.

``crawler.browse.application.application`` is the application, ``crawler.browse.charts`` draws the pictures; both need
``pip install 'duikou[browse]'``.
"""
