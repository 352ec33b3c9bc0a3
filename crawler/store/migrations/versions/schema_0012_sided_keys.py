"""Blocking keys by which reports of a day meet only when they know no side both."""

from alembic import op

from crawler.store import retelling

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Go to this schema."""
    retelling.reindex(op.get_bind())


def downgrade() -> None:
    """Go back to the schema before; the keys stay as they are."""
