"""What is learnt of sites: sketches of their pages, profiles made of them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Go to this schema."""
    op.create_table(
        "profiles",
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("version", sa.String(length=16), nullable=True),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_profiles")),
    )
    op.create_table(
        "sketches",
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("layout", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("seen", sa.String(length=16), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("body", sa.BigInteger(), nullable=False),
        sa.Column("container", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("host", "layout", "key", name=op.f("pk_sketches")),
    )


def downgrade() -> None:
    """Go back to the schema before."""
    op.drop_table("sketches")
    op.drop_table("profiles")
