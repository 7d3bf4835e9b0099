"""Indexes by which a batch of questions reads no more than what it is about."""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"


def upgrade() -> None:
    op.create_index("source_question_key_key", "source_question_key", ["key"])
    # Lines that say who used an answer are many, and cost nothing.
    paid = sa.text("micros <> 0")
    op.create_index(
        "spending_line_paid",
        "spending_line",
        [
            "client_id",
            "at",
            "budget_id",
            "campaign_id",
            "list_id",
            "currency",
            "micros",
            "budget_micros",
        ],
        sqlite_where=paid,
        postgresql_where=paid,
    )
