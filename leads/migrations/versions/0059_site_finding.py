"""What was found of a company's site, and which names were looked up."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0059"
down_revision = "0058"

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "site_finding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("domain", sa.String(), nullable=True),
        sa.Column("band", sa.String(), nullable=False),
        sa.Column("odds", sa.Float(), nullable=False),
        sa.Column("reasons", _JSON, nullable=False),
        sa.Column("lacks", _JSON, nullable=False),
        sa.Column("denied", _JSON, nullable=False),
        sa.Column("fact_ids", _JSON, nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=True),
        sa.Column("before", _JSON, nullable=True),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.ForeignKeyConstraint(["client_id", "company_id"], ["company.client_id", "company.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("client_id", "company_id"),
    )
    op.create_index("site_finding_domain", "site_finding", ["domain"])
    op.create_table(
        "name_look_up",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("known", sa.String(), nullable=False),
        sa.Column("hosts", _JSON, nullable=False),
        sa.Column("looked_up_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
