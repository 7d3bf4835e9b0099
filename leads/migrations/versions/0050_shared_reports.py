"""Links with which a report is seen without a login."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0050"
down_revision = "0049"


def upgrade() -> None:
    op.create_table(
        "shared_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=True),
        sa.Column("until", UTCDateTime(), nullable=True),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("ends_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("views", sa.Integer(), nullable=False),
        sa.Column("viewed_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.ForeignKeyConstraint(
            ["client_id", "campaign_id"], ["campaign.client_id", "campaign.id"]
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index("shared_report_of_client", "shared_report", ["client_id", "made_at"])
