"""A client's lists: show them, weigh one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.session import Session
from leads.store import imports, lists
from leads.store.imports import ImportRow
from leads.store.lists import ListRow, ListSummary
from workers.report import scorecard

__all__ = [
    "ImportRow",
    "ListDetails",
    "ListRow",
    "ListSummary",
    "list_lists",
    "show_list",
    "show_scorecard",
]


@dataclass(frozen=True, slots=True)
class ListDetails:
    """A list and its imports, newest first."""

    about: ListRow
    imports: Sequence[ImportRow]


def list_lists(session: Session, client: str) -> list[ListSummary]:
    """List a client's lists, by name."""
    with session.read() as work:
        return lists.listing(work.tx, work.client(client))


def show_list(session: Session, client: str, name: str) -> ListDetails:
    """Show a list with its imports."""
    with session.read() as work:
        found = lists.find_list(work.tx, work.client(client), name)
        return ListDetails(found, imports.imports_of(work.tx, found.id))


def show_scorecard(
    session: Session, client: str, campaign: str | None, name: str
) -> Mapping[str, Any]:
    """Count what a list was worth to a campaign; the keys are those of the JSON output."""
    with session.read() as work:
        client_id, campaign_id = work.campaign(client, campaign)
        found = lists.find_list(work.tx, client_id, name)
        return scorecard(work.tx, client_id, campaign_id, found, session.secret)
