"""Indexes of columns that are mostly empty leave the empty rows out.

SQLite counts how many rows share a value. With the empty ones counted it took these columns for
ones with a single value, and read whole tables instead of using the index.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

#: Index, table and column.
GIVEN = (
    ("ix_company_merged_into", "company", "merged_into"),
    ("ix_fact_record_id", "fact", "record_id"),
    ("ix_fact_site", "fact", "site"),
    ("ix_fact_register_entry", "fact", "register_entry"),
    ("ix_fact_company_id", "fact", "company_id"),
    ("suppression_head", "suppression", "head"),
    ("suppression_tail", "suppression", "tail"),
)


def upgrade() -> None:
    for name, table, column in GIVEN:
        op.drop_index(name, table)
        given = sa.text(f"{column} IS NOT NULL")
        op.create_index(name, table, [column], sqlite_where=given, postgresql_where=given)
