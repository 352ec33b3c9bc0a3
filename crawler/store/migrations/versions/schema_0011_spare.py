"""Links of mentions that others make up for."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Go to this schema; which links are spare shows as reports come."""
    op.add_column("mention_links", sa.Column("spare", sa.Boolean(), nullable=False, server_default=sa.false()))
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("mention_links", "spare", server_default=None)


def downgrade() -> None:
    """Go back to the schema before."""
    op.drop_column("mention_links", "spare")
