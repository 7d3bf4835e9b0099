"""An index that lists the companies of a campaign by stage, best first."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    op.create_index(
        "verdict_by_stage",
        "verdict",
        ["campaign_id", "fit_stage", "score_worst", "company_id"],
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
