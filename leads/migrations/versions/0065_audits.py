"""Audits: facts drawn by chance, and how people judged each."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0065"
down_revision = "0064"


def upgrade() -> None:
    op.create_table(
        "fact_audit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("attribute", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("list", sa.String(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("frame", sa.Integer(), nullable=False),
        sa.Column("strata", sa.Integer(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("client_id", "id"),
    )
    op.create_table(
        "fact_audit_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("audit_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("fact_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"]),
        sa.ForeignKeyConstraint(
            ["client_id", "audit_id"], ["fact_audit.client_id", "fact_audit.id"]
        ),
        sa.ForeignKeyConstraint(["client_id", "company_id"], ["company.client_id", "company.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("client_id", "id"),
        sa.UniqueConstraint("client_id", "fact_id"),
        sa.UniqueConstraint("audit_id", "number"),
    )
    op.create_index("fact_audit_item_of_fact", "fact_audit_item", ["fact_id"])
    op.create_index("fact_audit_item_of_company", "fact_audit_item", ["company_id"])
    op.create_table(
        "fact_judgement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("takes_back", sa.Uuid(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.ForeignKeyConstraint(
            ["client_id", "item_id"], ["fact_audit_item.client_id", "fact_audit_item.id"]
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "takes_back"], ["fact_judgement.client_id", "fact_judgement.id"]
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("client_id", "id"),
        sa.UniqueConstraint("takes_back"),
    )
    op.create_index("fact_judgement_of_item", "fact_judgement", ["item_id"])
    op.create_index("fact_doubt_of_fact", "fact_doubt", ["fact_id"])
