"""Runs that several crawlers share: a URL's place in a run's queue, and who takes part."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Go to this schema."""
    op.execute("UPDATE urls SET state = 'found' WHERE state = 'leased'")
    op.add_column("urls", sa.Column("queued_run", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_urls_queued_run"), "urls", ["queued_run"])
    op.drop_column("urls", "lease_until")
    op.create_table(
        "crawlers",
        sa.Column("crawler", sa.String(length=255), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("joined_at", sa.String(length=32), nullable=False),
        sa.Column("alive_until", sa.String(length=32), nullable=False),
        sa.Column("left_at", sa.String(length=32), nullable=True),
        sa.Column("seeding", sa.String(length=16), nullable=True),
        sa.Column("closing", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("crawler", name=op.f("pk_crawlers")),
    )
    op.create_index(op.f("ix_crawlers_run_id"), "crawlers", ["run_id"])


def downgrade() -> None:
    """Go back to the schema before."""
    op.drop_table("crawlers")
    op.add_column("urls", sa.Column("lease_until", sa.String(length=32), nullable=True))
    op.drop_index(op.f("ix_urls_queued_run"), "urls")
    op.drop_column("urls", "queued_run")
