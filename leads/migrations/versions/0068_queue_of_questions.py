"""Questions to sources wait in a queue of their own."""

from alembic import op

revision = "0068"
down_revision = "0067"


def upgrade() -> None:
    op.execute("UPDATE task SET queue = 'ask' WHERE kind = 'ask' AND queue = 'crawl'")
