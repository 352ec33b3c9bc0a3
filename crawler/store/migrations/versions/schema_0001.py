"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Go to this schema."""
    op.create_table(
        "changes",
        sa.Column("change", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("change", name=op.f("pk_changes")),
    )
    op.create_index(op.f("ix_changes_subject_id"), "changes", ["subject_id"], unique=False)
    op.create_table(
        "contents",
        sa.Column("content", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("content_id", sa.String(length=64), nullable=False),
        sa.Column("anchors", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("content", name=op.f("pk_contents")),
        sa.UniqueConstraint("content_id", name=op.f("uq_contents_content_id")),
    )
    op.create_table(
        "events",
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("date_start", sa.String(length=16), nullable=True),
        sa.Column("date_end", sa.String(length=16), nullable=True),
        sa.Column("date_precision", sa.String(length=16), nullable=False),
        sa.Column("supporting", sa.JSON(), nullable=False),
        sa.Column("supported", sa.JSON(), nullable=False),
        sa.Column("from_places", sa.JSON(), nullable=False),
        sa.Column("to_places", sa.JSON(), nullable=False),
        sa.Column("organizations", sa.JSON(), nullable=False),
        sa.Column("amounts", sa.JSON(), nullable=False),
        sa.Column("amount_cny", sa.Float(), nullable=True),
        sa.Column("pairs", sa.JSON(), nullable=False),
        sa.Column("tie_label", sa.String(length=16), nullable=False),
        sa.Column("tie_scheme", sa.Text(), nullable=True),
        sa.Column("confidence", sa.String(length=16), nullable=False),
        sa.Column("background", sa.Boolean(), nullable=False),
        sa.Column("conflicts", sa.JSON(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("independent", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("merged_into", sa.String(length=64), nullable=True),
        sa.Column("first_run", sa.Integer(), nullable=True),
        sa.Column("changed_run", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("updated_at", sa.String(length=32), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_events")),
    )
    op.create_index(op.f("ix_events_date_start"), "events", ["date_start"], unique=False)
    op.create_index(op.f("ix_events_first_run"), "events", ["first_run"], unique=False)
    op.create_table(
        "meta",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )
    op.create_table(
        "portals",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("first_run", sa.Integer(), nullable=True),
        sa.Column("last_run", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_portals")),
    )
    op.create_table(
        "runs",
        sa.Column("run_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("portal", sa.String(length=64), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("code_version", sa.Text(), nullable=False),
        sa.Column("started_at", sa.String(length=32), nullable=False),
        sa.Column("ended_at", sa.String(length=32), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_runs")),
    )
    op.create_table(
        "sources",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("first_article", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sources")),
    )
    op.create_table(
        "urls",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("found_url", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("portal", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("list_url", sa.Text(), nullable=True),
        sa.Column("discovered_at", sa.String(length=32), nullable=False),
        sa.Column("found_run", sa.Integer(), nullable=True),
        sa.Column("done_run", sa.Integer(), nullable=True),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.String(length=32), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=True),
        sa.Column("fetched_at", sa.String(length=32), nullable=True),
        sa.Column("archive_file", sa.Text(), nullable=True),
        sa.Column("archive_offset", sa.BigInteger(), nullable=True),
        sa.Column("archive_length", sa.BigInteger(), nullable=True),
        sa.Column("error_stage", sa.String(length=32), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("next_due", sa.String(length=32), nullable=True),
        sa.Column("redirected_to", sa.Text(), nullable=True),
        sa.Column("article_id", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_urls")),
    )
    op.create_index("ix_urls_article_id", "urls", ["article_id"], unique=False)
    op.create_index("ix_urls_portal_state", "urls", ["portal", "state", "kind", "depth", "position"], unique=False)
    op.create_table(
        "bands",
        sa.Column("band", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("content", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["content"], ["contents.content"], name=op.f("fk_bands_content")),
        sa.PrimaryKeyConstraint("band", "content", name=op.f("pk_bands")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "content_links",
        sa.Column("a", sa.Integer(), nullable=False),
        sa.Column("b", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["a"], ["contents.content"], name=op.f("fk_content_links_a")),
        sa.ForeignKeyConstraint(["b"], ["contents.content"], name=op.f("fk_content_links_b")),
        sa.PrimaryKeyConstraint("a", "b", name=op.f("pk_content_links")),
    )
    op.create_index(op.f("ix_content_links_b"), "content_links", ["b"], unique=False)
    op.create_table(
        "event_persons",
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("side", sa.String(length=16), nullable=True),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.event_id"], name=op.f("fk_event_persons_event_id")),
        sa.PrimaryKeyConstraint("event_id", "position", name=op.f("pk_event_persons")),
    )
    op.create_index(op.f("ix_event_persons_name"), "event_persons", ["name"], unique=False)
    op.create_table(
        "event_places",
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["events.event_id"], name=op.f("fk_event_places_event_id")),
        sa.PrimaryKeyConstraint("event_id", "position", name=op.f("pk_event_places")),
    )
    op.create_index(op.f("ix_event_places_name"), "event_places", ["name"], unique=False)
    op.create_table(
        "texts",
        sa.Column("text_id", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["content"], ["contents.content"], name=op.f("fk_texts_content")),
        sa.PrimaryKeyConstraint("text_id", name=op.f("pk_texts")),
    )
    op.create_index(op.f("ix_texts_content"), "texts", ["content"], unique=False)
    op.create_table(
        "articles",
        sa.Column("article_id", sa.String(length=64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("found_url", sa.Text(), nullable=False),
        sa.Column("portal", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("published", sa.String(length=16), nullable=True),
        sa.Column("published_basis", sa.Text(), nullable=True),
        sa.Column("published_precision", sa.String(length=16), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_basis", sa.Text(), nullable=True),
        sa.Column("reprinted_from", sa.Text(), nullable=True),
        sa.Column("author", sa.JSON(), nullable=False),
        sa.Column("script", sa.String(length=16), nullable=False),
        sa.Column("encoding", sa.Text(), nullable=True),
        sa.Column("replacement_chars", sa.Integer(), nullable=False),
        sa.Column("repairs", sa.JSON(), nullable=False),
        sa.Column("attachments", sa.JSON(), nullable=False),
        sa.Column("breadcrumb", sa.JSON(), nullable=False),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("relevant", sa.Boolean(), nullable=False),
        sa.Column("content", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("article_hash", sa.String(length=64), nullable=False),
        sa.Column("record_hash", sa.String(length=64), nullable=False),
        sa.Column("mirror_key", sa.String(length=32), nullable=True),
        sa.Column("original_id", sa.String(length=64), nullable=False),
        sa.Column("relation", sa.String(length=16), nullable=True),
        sa.Column("relation_score", sa.Float(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("first_run", sa.Integer(), nullable=True),
        sa.Column("changed_run", sa.Integer(), nullable=True),
        sa.Column("gone_run", sa.Integer(), nullable=True),
        sa.Column("first_seen", sa.String(length=32), nullable=False),
        sa.Column("last_seen", sa.String(length=32), nullable=False),
        sa.Column("gone_at", sa.String(length=32), nullable=True),
        sa.Column("code_version", sa.Text(), nullable=False),
        sa.Column("profile_version", sa.Text(), nullable=True),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["content"], ["contents.content"], name=op.f("fk_articles_content")),
        sa.ForeignKeyConstraint(["text_id"], ["texts.text_id"], name=op.f("fk_articles_text_id")),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_articles")),
        sa.UniqueConstraint("url", name=op.f("uq_articles_url")),
    )
    op.create_index(op.f("ix_articles_changed_run"), "articles", ["changed_run"], unique=False)
    op.create_index(op.f("ix_articles_content"), "articles", ["content"], unique=False)
    op.create_index(op.f("ix_articles_mirror_key"), "articles", ["mirror_key"], unique=False)
    op.create_index(op.f("ix_articles_original_id"), "articles", ["original_id"], unique=False)
    op.create_index("ix_articles_portal", "articles", ["portal", "published"], unique=False)
    op.create_table(
        "figures",
        sa.Column("article_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=True),
        sa.Column("cumulative", sa.Boolean(), nullable=False),
        sa.Column("approx", sa.Boolean(), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.article_id"], name=op.f("fk_figures_article_id")),
        sa.PrimaryKeyConstraint("article_id", "position", name=op.f("pk_figures")),
    )
    op.create_table(
        "mentions",
        sa.Column("mention", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("article_id", sa.String(length=64), nullable=False),
        sa.Column("mention_id", sa.String(length=64), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("date_start", sa.String(length=16), nullable=True),
        sa.Column("date_end", sa.String(length=16), nullable=True),
        sa.Column("background", sa.Boolean(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.article_id"], name=op.f("fk_mentions_article_id")),
        sa.PrimaryKeyConstraint("mention", name=op.f("pk_mentions")),
    )
    op.create_index(op.f("ix_mentions_article_id"), "mentions", ["article_id"], unique=False)
    op.create_table(
        "revisions",
        sa.Column("article_id", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.String(length=64), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("original", sa.Text(), nullable=True),
        sa.Column("http", sa.JSON(), nullable=True),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("fetched_at", sa.String(length=32), nullable=False),
        sa.Column("code_version", sa.Text(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.article_id"], name=op.f("fk_revisions_article_id")),
        sa.ForeignKeyConstraint(["text_id"], ["texts.text_id"], name=op.f("fk_revisions_text_id")),
        sa.PrimaryKeyConstraint("article_id", "revision", name=op.f("pk_revisions")),
    )
    op.create_table(
        "event_sources",
        sa.Column("mention", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("article_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.article_id"], name=op.f("fk_event_sources_article_id")),
        sa.ForeignKeyConstraint(["event_id"], ["events.event_id"], name=op.f("fk_event_sources_event_id")),
        sa.ForeignKeyConstraint(["mention"], ["mentions.mention"], name=op.f("fk_event_sources_mention")),
        sa.PrimaryKeyConstraint("mention", name=op.f("pk_event_sources")),
    )
    op.create_index(op.f("ix_event_sources_article_id"), "event_sources", ["article_id"], unique=False)
    op.create_index(op.f("ix_event_sources_event_id"), "event_sources", ["event_id"], unique=False)
    op.create_table(
        "mention_keys",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("mention", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["mention"], ["mentions.mention"], name=op.f("fk_mention_keys_mention")),
        sa.PrimaryKeyConstraint("key", "mention", name=op.f("pk_mention_keys")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_mention_keys_mention"), "mention_keys", ["mention"], unique=False)
    op.create_table(
        "mention_links",
        sa.Column("a", sa.Integer(), nullable=False),
        sa.Column("b", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["a"], ["mentions.mention"], name=op.f("fk_mention_links_a")),
        sa.ForeignKeyConstraint(["b"], ["mentions.mention"], name=op.f("fk_mention_links_b")),
        sa.PrimaryKeyConstraint("a", "b", name=op.f("pk_mention_links")),
    )
    op.create_index(op.f("ix_mention_links_b"), "mention_links", ["b"], unique=False)


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_index(op.f("ix_mention_links_b"), table_name="mention_links")
    op.drop_table("mention_links")
    op.drop_index(op.f("ix_mention_keys_mention"), table_name="mention_keys")
    op.drop_table("mention_keys")
    op.drop_index(op.f("ix_event_sources_event_id"), table_name="event_sources")
    op.drop_index(op.f("ix_event_sources_article_id"), table_name="event_sources")
    op.drop_table("event_sources")
    op.drop_table("revisions")
    op.drop_index(op.f("ix_mentions_article_id"), table_name="mentions")
    op.drop_table("mentions")
    op.drop_table("figures")
    op.drop_index("ix_articles_portal", table_name="articles")
    op.drop_index(op.f("ix_articles_original_id"), table_name="articles")
    op.drop_index(op.f("ix_articles_mirror_key"), table_name="articles")
    op.drop_index(op.f("ix_articles_content"), table_name="articles")
    op.drop_index(op.f("ix_articles_changed_run"), table_name="articles")
    op.drop_table("articles")
    op.drop_index(op.f("ix_texts_content"), table_name="texts")
    op.drop_table("texts")
    op.drop_index(op.f("ix_event_places_name"), table_name="event_places")
    op.drop_table("event_places")
    op.drop_index(op.f("ix_event_persons_name"), table_name="event_persons")
    op.drop_table("event_persons")
    op.drop_index(op.f("ix_content_links_b"), table_name="content_links")
    op.drop_table("content_links")
    op.drop_table("bands")
    op.drop_index("ix_urls_portal_state", table_name="urls")
    op.drop_index("ix_urls_article_id", table_name="urls")
    op.drop_table("urls")
    op.drop_table("sources")
    op.drop_table("runs")
    op.drop_table("portals")
    op.drop_table("meta")
    op.drop_index(op.f("ix_events_first_run"), table_name="events")
    op.drop_index(op.f("ix_events_date_start"), table_name="events")
    op.drop_table("events")
    op.drop_table("contents")
    op.drop_index(op.f("ix_changes_subject_id"), table_name="changes")
    op.drop_table("changes")
