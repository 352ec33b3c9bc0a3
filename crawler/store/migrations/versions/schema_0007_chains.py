"""Which of two copies was made of the other; chains of events."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Go to this schema."""
    op.add_column("content_links", sa.Column("reworded", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_content_links_reworded"), "content_links", ["reworded"])
    op.create_table(
        "mention_subjects",
        sa.Column("mention", sa.Integer(), nullable=False),
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["mention"], ["mentions.mention"], name=op.f("fk_mention_subjects_mention_mentions")),
        sa.PrimaryKeyConstraint("mention", "key", "subject", name=op.f("pk_mention_subjects")),
    )
    op.create_index(op.f("ix_mention_subjects_key"), "mention_subjects", ["key"])
    op.create_table(
        "event_links",
        sa.Column("earlier", sa.String(length=64), nullable=False),
        sa.Column("later", sa.String(length=64), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["earlier"], ["events.event_id"], name=op.f("fk_event_links_earlier_events")),
        sa.ForeignKeyConstraint(["later"], ["events.event_id"], name=op.f("fk_event_links_later_events")),
        sa.PrimaryKeyConstraint("earlier", "later", name=op.f("pk_event_links")),
    )
    op.create_index(op.f("ix_event_links_later"), "event_links", ["later"])


def downgrade() -> None:
    """Go back to the schema before."""
    op.drop_table("event_links")
    op.drop_table("mention_subjects")
    op.drop_index(op.f("ix_content_links_reworded"), "content_links")
    op.drop_column("content_links", "reworded")
