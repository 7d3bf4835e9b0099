"""Pages that stay the same are kept by reference, and what is known of each site."""

from datetime import timedelta
from hashlib import blake2b

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0057"
down_revision = "0056"

#: A moment that no page has: it is replaced at once.
_NEVER = "1970-01-01 00:00:00.000000"
_PASSING = ("unreachable", "timeout", "http_error")
_BASE, _SOON = timedelta(days=90), timedelta(hours=1)
_REPLACED = sa.text("replaced_at IS NOT NULL")
_AT_ONCE = 1_000


def upgrade() -> None:
    op.add_column("crawl", sa.Column("unchanged", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("crawl", sa.Column("not_before", UTCDateTime(), nullable=True))
    op.add_column(
        "page_body", sa.Column("packed", sa.Integer(), nullable=False, server_default="0")
    )
    for column in (
        sa.Column("received_at", UTCDateTime(), nullable=False, server_default=_NEVER),
        sa.Column("seen_at", UTCDateTime(), nullable=False, server_default=_NEVER),
        sa.Column("replaced_at", UTCDateTime(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("reading", sa.LargeBinary(), nullable=True),
        sa.Column("rules", sa.String(), nullable=True),
    ):
        op.add_column("page", column)
    op.create_table(
        "site",
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("last_at", UTCDateTime(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("failing_since", UTCDateTime(), nullable=True),
        sa.Column("dead_at", UTCDateTime(), nullable=True),
        sa.Column("age_days", sa.Integer(), nullable=True),
        sa.Column("age_at", UTCDateTime(), nullable=True),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("site"),
    )

    _carry_over_pages()
    _carry_over_sites()

    op.create_index("ix_page_content_hash", "page", ["content_hash"])
    op.create_index(
        "page_replaced",
        "page",
        ["replaced_at"],
        sqlite_where=_REPLACED,
        postgresql_where=_REPLACED,
    )
    op.create_index("ix_page_body_packed", "page_body", ["packed"])
    op.create_index("ix_site_due_at", "site", ["due_at"])


def _carry_over_pages() -> None:
    """State the size of each body, and which pages a newer visit replaced."""
    op.execute("UPDATE page_body SET packed = length(body)")
    op.execute("UPDATE page SET received_at = fetched_at, seen_at = fetched_at")
    op.execute(
        "UPDATE page SET replaced_at = (SELECT min(newer.started_at) FROM crawl own"
        " JOIN crawl newer ON newer.site = own.site AND newer.started_at > own.started_at"
        " AND newer.pages > 0 WHERE own.id = page.crawl_id)"
    )


def _carry_over_sites() -> None:
    """Note the newest visit to each site, and when the site is due again."""
    visit = sa.table(
        "crawl",
        sa.column("site", sa.String()),
        sa.column("outcome", sa.String()),
        sa.column("reason", sa.String()),
        sa.column("started_at", UTCDateTime()),
    )
    site = sa.table(
        "site",
        *(sa.column(name, sa.String()) for name in ("site", "outcome", "reason")),
        *(sa.column(name, UTCDateTime()) for name in ("last_at", "answered_at", "failing_since")),
        sa.column("due_at", UTCDateTime()),
        sa.column("failed", sa.Integer()),
    )
    found: dict[str, dict[str, object]] = {}
    for name, outcome, reason, at in op.get_bind().execute(
        sa.select(visit).order_by(visit.c.started_at)
    ):
        fails = outcome in _PASSING
        before = found.get(name, {})
        found[name] = {
            "site": name,
            "outcome": outcome,
            "reason": reason,
            "last_at": at,
            "answered_at": before.get("answered_at") if fails else at,
            "failing_since": (before.get("failing_since") or at) if fails else None,
            "failed": 1 if fails else 0,
            "due_at": at + (_SOON if fails else _spread(name)),
        }
    rows = list(found.values())
    for start in range(0, len(rows), _AT_ONCE):
        op.get_bind().execute(sa.insert(site), rows[start : start + _AT_ONCE])


def _spread(name: str) -> timedelta:
    part = int.from_bytes(blake2b(name.encode(), digest_size=8).digest()) / 2**64
    return _BASE * (1 - part / 5)
