"""Indexes that page through the contacts and consents of a client."""

from alembic import op

revision = "0055"
down_revision = "0054"


def upgrade() -> None:
    op.create_index("contact_page", "contact", ["client_id", "id"])
    op.create_index("consent_page", "consent", ["client_id", "id"])
