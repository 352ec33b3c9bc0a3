"""The store of the sample web, as the tests of exports have it."""

from tests.exports.conftest import database, store

__all__ = ["database", "store"]
