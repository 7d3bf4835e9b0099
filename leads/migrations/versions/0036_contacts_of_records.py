"""Contacts hang on the record that names them, and clients say which they keep."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    # Nothing was ever stored in the old table.
    op.execute("DROP TABLE contact CASCADE" if is_postgresql else "DROP TABLE contact")
    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
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
    op.create_index("contact_of_record", "contact", ["record_id"])
    op.create_index("contact_of_client", "contact", ["client_id", "notice_due_at"])
    if is_postgresql:
        op.create_foreign_key("signal_contact_id_fkey", "signal", "contact", ["contact_id"], ["id"])
    op.add_column("client", sa.Column("contacts", sa.String(), nullable=True))
