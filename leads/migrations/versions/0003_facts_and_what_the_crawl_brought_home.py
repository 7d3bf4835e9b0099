"""Facts and what the crawl brought home."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import UTCDateTime

revision = "0003"
down_revision = "0002"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "page_body",
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("content_hash"),
    )
    op.create_table(
        "crawl",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("final_site", sa.String(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("robots", sa.String(), nullable=False),
        sa.Column("started_at", UTCDateTime(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("crawl_of_site", "crawl", ["site", "started_at"], unique=False)
    op.create_table(
        "page",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("crawl_id", sa.Uuid(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", JSON, nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("fetched_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["content_hash"],
            ["page_body.content_hash"],
        ),
        sa.ForeignKeyConstraint(
            ["crawl_id"],
            ["crawl.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_page_crawl_id"), "page", ["crawl_id"], unique=False)
    op.create_index(op.f("ix_page_site"), "page", ["site"], unique=False)
    op.create_table(
        "fact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=True),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("site", sa.String(), nullable=True),
        sa.Column("register_entry", sa.String(), nullable=True),
        sa.Column("company_id", sa.Uuid(), nullable=True),
        sa.Column("attribute", sa.String(), nullable=False),
        sa.Column("value", JSON, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("observed_at", UTCDateTime(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("licence", sa.String(), nullable=True),
        sa.Column("cost_minor", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(CASE WHEN record_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN site IS NULL THEN 0 ELSE 1 END) + (CASE WHEN register_entry IS NULL THEN 0 ELSE 1 END) + (CASE WHEN company_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="fact_has_one_subject",
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "company_id"],
            ["company.client_id", "company.id"],
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "record_id"],
            ["record.client_id", "record.id"],
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "fact_domain",
        "fact",
        ["value"],
        unique=False,
        sqlite_where=sa.text("attribute = 'domain'"),
        postgresql_where=sa.text("attribute = 'domain'"),
    )
    op.create_index(op.f("ix_fact_company_id"), "fact", ["company_id"], unique=False)
    op.create_index(op.f("ix_fact_record_id"), "fact", ["record_id"], unique=False)
    op.create_index(op.f("ix_fact_register_entry"), "fact", ["register_entry"], unique=False)
    op.create_index(op.f("ix_fact_site"), "fact", ["site"], unique=False)
    op.create_table(
        "retraction",
        sa.Column("fact_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
        ),
        sa.ForeignKeyConstraint(
            ["fact_id"],
            ["fact.id"],
        ),
        sa.PrimaryKeyConstraint("fact_id"),
    )
