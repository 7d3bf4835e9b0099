"""One index less of companies: others begin with the client too. Then SQLite gets typical counts."""

from alembic import op

revision = "0069"
down_revision = "0068"


def upgrade() -> None:
    op.drop_index("ix_company_client_id", table_name="company")
