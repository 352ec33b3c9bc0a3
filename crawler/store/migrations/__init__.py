"""Alembic migrations, run by ``Store`` when it opens a database."""
