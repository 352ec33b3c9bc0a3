"""The spiders: one for each declared portal, and ``site`` for any news site."""
