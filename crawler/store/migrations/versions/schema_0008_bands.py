"""Bands and blocking keys that meet fewer by chance, and what mentions state besides: all worked out anew."""

import sqlalchemy as sa
from alembic import op

from crawler.store import copying, retelling

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Go to this schema."""
    op.add_column("mentions", sa.Column("stated", sa.JSON(), nullable=False, server_default="{}"))
    copying.reindex(op.get_bind())
    retelling.reindex(op.get_bind())


def downgrade() -> None:
    """Go back to the schema before."""
    op.drop_column("mentions", "stated")
