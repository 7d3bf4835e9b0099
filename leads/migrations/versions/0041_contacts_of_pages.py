"""Contacts that a site names hang on the site; clients name who answers for their data."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("contact", "record_id", nullable=True)
        op.add_column("contact", sa.Column("site", sa.String(), nullable=True))
        op.add_column("contact", sa.Column("page_url", sa.String(), nullable=True))
    else:
        _remake()
    op.create_index("contact_of_site", "contact", ["client_id", "site"])
    op.add_column("client", sa.Column("controller", sa.String(), nullable=True))


def _remake() -> None:
    """SQLite cannot let a column be empty that could not before: the table is made again."""
    # Signals may name contacts, which are back before the transaction ends.
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.create_table(
        "new_contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("site", sa.String(), nullable=True),
        sa.Column("page_url", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("notice_due_at", UTCDateTime(), nullable=True),
        sa.Column("noticed_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.ForeignKeyConstraint(["client_id", "record_id"], ["record.client_id", "record.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    columns = (
        "id, client_id, record_id, kind, role, name, email, phone, source, basis,"
        " notice_due_at, noticed_at, created_at"
    )
    op.execute(f"INSERT INTO new_contact ({columns}) SELECT {columns} FROM contact")  # noqa: S608 - constants
    op.drop_table("contact")
    op.rename_table("new_contact", "contact")
    op.create_index("contact_of_record", "contact", ["record_id"])
    op.create_index("contact_of_client", "contact", ["client_id", "notice_due_at"])
