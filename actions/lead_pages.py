"""The leads of a campaign page by page, and the board of its stages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from actions.lead_list import ListedLead, check_temperature, listed_leads
from actions.lead_stages import STAGES, stage_named
from actions.session import Session, Transaction
from actions.where import Where
from engage.run.opt_ins import counting, needs_opt_in
from leads.clock import now
from leads.store import lead_rows
from leads.store.lead_rows import NamedLead, Place

__all__ = ["Board", "BoardColumn", "LeadPage", "Place", "board", "lead_page"]

#: Leads of a stage, and leads that are due, which the board counts.
MOST, MOST_DUE = 1_000, 100
#: Leads that are read at once, and at most for one page: a rare temperature may fill no page.
_AT_ONCE, _MOST_READ = 250, 2_000


@dataclass(frozen=True, slots=True)
class LeadPage:
    """Leads, the next touch first."""

    rows: Sequence[ListedLead]
    #: The place behind which the next page starts; None: this is the last.
    next: Place | None


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """The first leads of a stage, and how many it has; one more than `MOST`: more."""

    rows: Sequence[ListedLead]
    count: int


@dataclass(frozen=True, slots=True)
class Board:
    """The stages of a campaign's leads, and how many are due; one more than `MOST_DUE`: more."""

    columns: Mapping[str, BoardColumn]
    due: int


def lead_page(
    session: Session,
    where: Where,
    limit: int,
    after: Place | None = None,
    *,
    stage: str | None = None,
    temperature: str | None = None,
    only_due: bool = False,
) -> LeadPage:
    """List leads as `list_leads` does, a page at a time."""
    wanted = stage_named(stage) if stage else None
    check_temperature(temperature)
    with session.read() as work:
        place = work.campaign(where.client, where.campaign)

        def is_meant(one: ListedLead) -> bool:
            return temperature in (None, one.temperature) and (one.due or not only_due)

        return _page(work, place, wanted, limit, after, is_meant, only_due=only_due)


def some_leads(
    session: Session,
    where: Where,
    limit: int,
    after: Place | None = None,
    *,
    stage: str | None = None,
    temperature: str | None = None,
    only_due: bool = False,
) -> list[ListedLead]:
    """So many leads from behind a place on; fewer only where the list ends."""
    found: list[ListedLead] = []
    while len(found) < limit:
        part = lead_page(
            session,
            where,
            limit - len(found),
            after,
            stage=stage,
            temperature=temperature,
            only_due=only_due,
        )
        found += part.rows
        if part.next is None:
            break
        after = part.next
    return found


def board(session: Session, where: Where, column: int) -> Board:
    """The first leads of each stage, and how many there are as far as a page counts."""
    with session.read() as work:
        place = work.campaign(where.client, where.campaign)
        first = {one: _first(work, place, one, column) for one in STAGES}
        every = [row for rows, _ in first.values() for row in rows]
        listed = listed_leads(work, place, every, now())
        due = _page(work, place, None, MOST_DUE + 1, None, lambda one: one.due, only_due=True)
    columns = {
        stage: BoardColumn([one for one in listed if one.stage == stage], count)
        for stage, (_, count) in first.items()
    }
    return Board(columns, len(due.rows))


def _first(
    work: Transaction, place: tuple[UUID, UUID], stage: str, limit: int
) -> tuple[Sequence[NamedLead], int]:
    """The first leads of a stage that count, and how many do."""
    if not needs_opt_in(work.tx, place[1]):
        rows = lead_rows.page(work.tx, place[1], stage, None, None, limit)
        return rows, lead_rows.count_stage(work.tx, place[1], stage, MOST)
    every = lead_rows.page(work.tx, place[1], stage, None, None, MOST + 1)
    counted = counting(work.tx, *place, [one.lead.company_id for one in every])
    rows = [one for one in every if one.lead.company_id in counted]
    return rows[:limit], len(rows)


def _page(
    work: Transaction,
    place: tuple[UUID, UUID],
    stage: str | None,
    limit: int,
    after: Place | None,
    is_meant: Callable[[ListedLead], bool],
    *,
    only_due: bool,
) -> LeadPage:
    at, read = now(), 0
    found: list[ListedLead] = []
    while True:
        rows = lead_rows.page(work.tx, place[1], stage, at if only_due else None, after, _AT_ONCE)
        found += [one for one in listed_leads(work, place, rows, at) if is_meant(one)]
        read += len(rows)
        if len(found) > limit:
            last = found[limit - 1]
            return LeadPage(found[:limit], (last.next_touch_at, last.company_id))
        if len(rows) < _AT_ONCE:
            return LeadPage(found, None)
        after = _place_of(rows[-1])
        if read >= _MOST_READ:
            return LeadPage(found, after)


def _place_of(row: NamedLead) -> Place:
    return row.lead.next_touch_at, row.lead.company_id
