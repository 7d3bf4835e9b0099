"""Record the signals of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import numpy as np

from actions.actor import Right
from actions.follow_up import OF_SIGNALS, WorkedOff, work_off
from actions.session import Session
from actions.where import Where
from engage.signals.blocks import read_signals
from engage.signals.kinds import catalogue
from engage.signals.lines import Flaw, Moment
from engage.signals.machines import by_machine
from engage.signals.order import each_once
from engage.signals.table import SignalTable, TableBuilder, microseconds, moment
from leads.changes import SignalsChanged
from leads.clock import now
from leads.sheets.input_file import open_input
from leads.store import Tx, signals
from leads.store.signals import NewSignal
from outreach.outcomes.matching import match
from outreach.outcomes.rows import Who
from outreach.run.outcomes import find_meant

__all__ = ["Flaw", "ImportedSignals", "import_signals"]

#: Signals recorded in one transaction.
_PAGE = 1_000
#: The source of signals whose line names none.
_SOURCE = "import"


@dataclass(slots=True, kw_only=True)
class ImportedSignals:
    """What an import recorded, or would record in a dry run, and what it left out."""

    flaws: Sequence[Flaw]
    #: Signals by kind, as the file calls it.
    recorded: Counter[str] = field(default_factory=Counter)
    #: Recorded before, or twice in the file.
    known: int = 0
    machine: int = 0
    future: int = 0
    #: Companies of the file that are none of the client's, with the reason.
    unmatched: dict[str, str] = field(default_factory=dict)
    work: WorkedOff | None = None


@dataclass(frozen=True, slots=True)
class _Scope:
    client_id: UUID
    campaign_id: UUID | None
    by: str


def import_signals(
    session: Session, path: str, where: Where, moment_of: Moment, *, dry_run: bool = False
) -> ImportedSignals:
    """Record the signals of a file of JSON lines; what was recorded before changes nothing.

    `moment_of` says when a time without a zone is. Signals of the future, and those that a machine
    caused, are left out.
    """
    builder = TableBuilder()
    with open_input(path).open() as lines:
        flaws = read_signals(lines, moment_of, builder)
    table = builder.table()
    order = each_once(table)
    machine = by_machine(table, order, catalogue())
    future = table.at[order] > microseconds(now())
    done = ImportedSignals(
        flaws=flaws,
        known=len(table) - len(order),
        machine=int(np.count_nonzero(machine)),
        future=int(np.count_nonzero(future & ~machine)),
    )
    places = order[~machine & ~future].tolist()
    for page in _pages(places):
        with session.write(Right.MANAGE, dry_run=dry_run) as work:
            client_id = work.client(where.client)
            campaign_id = work.campaign(where.client, where.campaign)[1] if where.campaign else None
            scope = _Scope(client_id, campaign_id, work.actor.name)
            stored = _record(work.tx, scope, table, page, done)
            if not dry_run:
                work.follow([SignalsChanged(client_id, stored)])
    done.work = None if dry_run else work_off(session, OF_SIGNALS)
    return done


def _pages(places: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(places), _PAGE):
        yield places[start : start + _PAGE]


def _record(
    tx: Tx, scope: _Scope, table: SignalTable, page: Sequence[int], done: ImportedSignals
) -> tuple[UUID, ...]:
    """Record one page; the companies that have more signals now."""
    meant = _meant(tx, scope.client_id, {table.companies[table.company[one]] for one in page})
    made = []
    for one in page:
        name = table.companies[table.company[one]]
        found = meant[name]
        if isinstance(found, str):
            done.unmatched[name] = found
        else:
            made.append(_signal(scope, table, one, found))
    stored = signals.add(tx, made)
    done.recorded.update(row.kind for row in stored)
    done.known += len(made) - len(stored)
    return tuple(dict.fromkeys(row.company_id for row in stored))


def _meant(tx: Tx, client_id: UUID, companies: set[str]) -> Mapping[str, UUID | str]:
    """The stored company that each text means, or why it is none."""
    whos = {
        text: Who(
            company_id=text,
            domain="" if "@" in text else text,
            email=text if "@" in text else "",
            name=text,
        )
        for text in sorted(companies)
    }
    known = find_meant(tx, client_id, whos.values())
    return {text: match(who, known) for text, who in whos.items()}


def _signal(scope: _Scope, table: SignalTable, place: int, company_id: UUID) -> NewSignal:
    return NewSignal(
        client_id=scope.client_id,
        company_id=company_id,
        campaign_id=scope.campaign_id,
        kind=table.kinds[table.kind[place]],
        happened_at=moment(int(table.at[place])),
        source=table.sources[table.source[place]] or _SOURCE,
        external_id=table.ids[place],
        by=scope.by,
        channel=table.channels[table.channel[place]],
    )
