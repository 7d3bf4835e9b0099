"""An index for the dispositions of one company."""

from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_index(
        "disposition_of_company", "disposition", ["company_id", "campaign_id"], unique=False
    )
