"""The contact keys of companies, by which a suppression finds the companies it matches."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    of_company = sa.ForeignKeyConstraint(
        ["client_id", "company_id"], ["company.client_id", "company.id"]
    )
    op.create_table(
        "company_contact",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.String(), nullable=True),
        of_company,
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.PrimaryKeyConstraint("company_id"),
    )
    missing = sa.text("mark IS NULL")
    op.create_index(
        "company_contact_missing",
        "company_contact",
        ["client_id"],
        sqlite_where=missing,
        postgresql_where=missing,
    )
    op.create_table(
        "company_key",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("head", sa.String(), nullable=True),
        sa.Column("tail", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["client_id", "company_id"], ["company.client_id", "company.id"]),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.PrimaryKeyConstraint("company_id", "key_hash"),
    )
    op.create_index("company_key_by_hash", "company_key", ["key_hash"])
    for end in ("head", "tail"):
        given = sa.text(f"{end} IS NOT NULL")
        op.create_index(
            f"company_key_by_{end}",
            "company_key",
            [end],
            sqlite_where=given,
            postgresql_where=given,
        )
    # The keys are hashed with the installation's secret, which a migration does not have: these
    # companies wait, and the next suppression stores their keys first.
    op.execute(
        "INSERT INTO company_contact (company_id, client_id) SELECT id, client_id FROM company"
    )
