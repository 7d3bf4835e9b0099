"""A client's lists: show them, weigh one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions.actor import Right
from actions.session import Session
from engage.figures.scorecards import Scorecard
from engage.figures.steps import Period
from leads.store import imports, lists
from leads.store.imports import ImportRow
from leads.store.lists import ListRow, ListSummary
from workers.figures.campaign import read_figures
from workers.figures.scorecards import read_scorecards

__all__ = [
    "ImportRow",
    "ListDetails",
    "ListRow",
    "ListSize",
    "ListSummary",
    "Scorecard",
    "list_lists",
    "list_sizes",
    "show_list",
    "show_scorecards",
]


@dataclass(frozen=True, slots=True)
class ListDetails:
    """A list and its imports, newest first."""

    about: ListRow
    imports: Sequence[ImportRow]
    #: As `counted` counts.
    records: int
    #: None: too many records to count them on a page.
    companies: int | None


@dataclass(frozen=True, slots=True)
class ListSize:
    """A list and how many live records it holds, as `counted` counts."""

    about: ListRow
    records: int


def list_sizes(session: Session, client: str) -> list[ListSize]:
    """List a client's lists by name, each with its size as far as a page counts."""
    with session.read(Right.LOOK) as work:
        every = lists.every(work.tx, work.client(client))
        return [ListSize(one, lists.records_of(work.tx, one.id)) for one in every]


def list_lists(session: Session, client: str, name: str | None = None) -> list[ListSummary]:
    """List a client's lists, by name, or the one that is named."""
    with session.read(Right.LOOK) as work:
        return lists.listing(work.tx, work.client(client), name)


def show_list(session: Session, client: str, name: str) -> ListDetails:
    """Show a list with its imports."""
    with session.read(Right.LOOK) as work:
        found = lists.find_list(work.tx, work.client(client), name)
        return ListDetails(
            found,
            imports.imports_of(work.tx, found.id),
            records=lists.records_of(work.tx, found.id),
            companies=lists.companies_of(work.tx, found.id),
        )


def show_scorecards(
    session: Session, client: str, campaign: str | None, name: str | None = None
) -> list[Scorecard]:
    """Count what a client's lists were worth to a campaign: all lists of prospects, or one list."""
    with session.read(Right.LOOK) as work:
        client_id, campaign_id = work.campaign(client, campaign)
        if name is not None:
            lists.find_list(work.tx, client_id, name)
        found = read_figures(work.tx, client_id, campaign_id, Period(), session.secret).companies
        return read_scorecards(work.tx, client_id, campaign_id, session.secret, found, name)
