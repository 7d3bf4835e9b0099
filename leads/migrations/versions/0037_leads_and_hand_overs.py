"""Leads with their stage and next touch, answers to the checklist, and hand-overs."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import UTCDateTime

revision = "0037"
down_revision = "0036"


def _of_a_company(*columns: sa.Column[Any]) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("client_id", sa.Uuid(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.ForeignKeyConstraint(
            ["client_id", "campaign_id"], ["campaign.client_id", "campaign.id"]
        ),
        sa.ForeignKeyConstraint(["client_id", "company_id"], ["company.client_id", "company.id"]),
    ]


def upgrade() -> None:
    op.create_table(
        "campaign_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.ForeignKeyConstraint(
            ["client_id", "campaign_id"], ["campaign.client_id", "campaign.id"]
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("campaign_id", "kind", "version"),
    )
    op.create_table(
        "lead",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        *_of_a_company(
            sa.Column("stage", sa.String(), nullable=False),
            sa.Column("since", UTCDateTime(), nullable=False),
            sa.Column("next_touch_at", UTCDateTime(), nullable=False),
            sa.Column("next_touch", sa.String(), nullable=False),
        ),
        sa.CheckConstraint(
            "stage IN ('unqualified', 'nurture', 'mql', 'sql', 'opportunity', 'customer')",
            name="lead_stage",
        ),
        sa.PrimaryKeyConstraint("campaign_id", "company_id"),
    )
    op.create_index("lead_due", "lead", ["campaign_id", "next_touch_at"])
    op.create_index("ix_lead_company_id", "lead", ["company_id"])
    # Who was a lead before is due now.
    op.execute(
        "INSERT INTO lead (campaign_id, company_id, client_id, stage, since, next_touch_at,"
        " next_touch) SELECT campaign_id, company_id, client_id, CASE state"
        " WHEN 'customer' THEN 'customer' WHEN 'qualified_lead' THEN 'sql' ELSE 'unqualified' END,"
        " since, since, 'call' FROM relationship"
        " WHERE state IN ('lead', 'qualified_lead', 'customer')"
    )
    op.create_table(
        "lead_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        *_of_a_company(
            sa.Column("question", sa.String(), nullable=False),
            sa.Column("reply", sa.String(), nullable=False),
            sa.Column("words", sa.String(), nullable=False),
            sa.Column("source", sa.String(), nullable=False),
            sa.Column("by", sa.String(), nullable=False),
            sa.Column("at", UTCDateTime(), nullable=False),
            sa.Column("recorded_at", UTCDateTime(), nullable=False),
        ),
        sa.CheckConstraint("reply IN ('yes', 'partly', 'no', 'unknown')", name="lead_answer_reply"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_lead_answer_company_id", "lead_answer", ["company_id"])
    op.create_table(
        "handover",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        *_of_a_company(
            sa.Column("version", sa.Integer(), nullable=False),
            sa.Column("checklist", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
            sa.Column("sent_at", UTCDateTime(), nullable=False),
            sa.Column("sent_by", sa.String(), nullable=False),
            sa.Column("answer_by", UTCDateTime(), nullable=False),
            sa.Column("state", sa.String(), nullable=False),
            sa.Column("answered_at", UTCDateTime(), nullable=True),
            sa.Column("answered_by", sa.String(), nullable=True),
            sa.Column("reason", sa.String(), nullable=False),
            sa.Column("words", sa.String(), nullable=False),
        ),
        sa.CheckConstraint("state IN ('open', 'accepted', 'rejected')", name="handover_state"),
        sa.CheckConstraint("state <> 'rejected' OR reason <> ''", name="handover_reason"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_handover_company_id", "handover", ["company_id"])
    only = sa.text("state = 'open'")
    op.create_index(
        "handover_open",
        "handover",
        ["campaign_id", "company_id"],
        unique=True,
        sqlite_where=only,
        postgresql_where=only,
    )
