"""The archive: WARC files, the captures in them, replays."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Go to this schema."""
    op.create_table(
        "archive_files",
        sa.Column("file", sa.String(length=255), nullable=False),
        sa.Column("committed", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("file", name=op.f("pk_archive_files")),
    )
    op.create_table(
        "captures",
        sa.Column("capture", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("ledger_url", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("portal", sa.String(length=64), nullable=False),
        sa.Column("home", sa.Text(), nullable=True),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("record_type", sa.String(length=16), nullable=False),
        sa.Column("file", sa.String(length=255), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("fetched_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["file"], ["archive_files.file"], name=op.f("fk_captures_file")),
        sa.PrimaryKeyConstraint("capture", name=op.f("pk_captures")),
    )
    op.create_index(op.f("ix_captures_ledger_url"), "captures", ["ledger_url"], unique=False)
    op.create_index(op.f("ix_captures_digest"), "captures", ["digest"], unique=False)
    op.create_index(op.f("ix_captures_file"), "captures", ["file"], unique=False)
    op.create_table(
        "replays",
        sa.Column("replay", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("code_version", sa.Text(), nullable=False),
        sa.Column("applied", sa.Boolean(), nullable=False),
        sa.Column("quarantine", sa.Boolean(), nullable=False),
        sa.Column("last_capture", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.String(length=32), nullable=False),
        sa.Column("ended_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("replay", name=op.f("pk_replays")),
    )


def downgrade() -> None:
    """Go back to the schema before."""
    for table in ("replays", "captures", "archive_files"):
        op.drop_table(table)
