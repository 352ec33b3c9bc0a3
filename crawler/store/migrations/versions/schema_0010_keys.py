"""Blocking keys that meet fewer by chance: mentions are looked up by others than before."""

from alembic import op

from crawler.store import retelling

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Go to this schema."""
    retelling.reindex(op.get_bind())


def downgrade() -> None:
    """Go back to the schema before; the keys stay as they are."""
