"""An index that finds contacts by their e-mail address."""

from alembic import op

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    op.create_index("contact_email", "contact", ["email", "client_id"])
