"""The suppressions that count for a client, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from actions.actor import Right
from actions.session import Session
from leads.errors import UsageError
from leads.levels import LEVELS
from leads.store import suppression_pages
from leads.store.suppressions import SuppressionRow
from outreach.policy import CHANNELS

__all__ = ["CHANNELS", "LEVELS", "SuppressionPage", "list_rows", "show_page"]


@dataclass(frozen=True, slots=True)
class SuppressionPage:
    """Suppressions, the newest first, each with all its keys."""

    rows: Sequence[Sequence[SuppressionRow]]
    #: Where the next page starts; None: this is the last.
    next: UUID | None


def show_page(
    session: Session,
    client: str,
    level: str | None = None,
    before: UUID | None = None,
    limit: int = 50,
) -> SuppressionPage:
    """List the newest suppressions of a client, the agency and the law, made before the one of that
    id.
    """
    if level is not None and level not in LEVELS:
        raise UsageError(f"{level!r} is not a level", f"one of {', '.join(LEVELS)}")
    with session.read(Right.SUPPRESS) as work:
        client_id, seen = work.client(client), work.actor.clients
        rows = suppression_pages.newest(work.tx, client_id, level, before, limit + 1, seen)
    more = rows[limit - 1][0].request_id if len(rows) > limit else None
    return SuppressionPage(rows[:limit], more)


def list_rows(
    session: Session, client: str, after: tuple[UUID, UUID] | None, limit: int
) -> Sequence[SuppressionRow]:
    """So many of the keys that count for a client, in the order in which they were suppressed, from
    behind one on: its suppression and its own id.
    """
    with session.read() as work:
        seen = work.actor.clients
        return suppression_pages.rows(work.tx, work.client(client), after, limit, seen)
