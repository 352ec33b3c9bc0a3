"""What people said of events: confirmed, corrected, rejected or added."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Go to this schema."""
    op.create_table(
        "reviews",
        sa.Column("review", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("article_id", sa.String(length=64), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("mention", sa.JSON(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("review", name=op.f("pk_reviews")),
    )
    op.create_index(op.f("ix_reviews_event_id"), "reviews", ["event_id"])
    op.create_index(op.f("ix_reviews_article_id"), "reviews", ["article_id"])
    op.add_column("events", sa.Column("review", sa.String(length=16), nullable=True))


def downgrade() -> None:
    """Go back to the schema before."""
    op.drop_column("events", "review")
    op.drop_table("reviews")
