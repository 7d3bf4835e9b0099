"""Record the signals of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from uuid import UUID

import numpy as np

from actions.actor import Right
from actions.follow_up import OF_SIGNALS, WorkedOff, work_off
from actions.inbound import Arrivals, add_arrivals, meant
from actions.session import Session
from actions.where import Where
from engage.run.opt_ins import needs_opt_in
from engage.run.raised_hands import raise_hands
from engage.signals.blocks import read_signals
from engage.signals.kinds import catalogue
from engage.signals.lines import Flaw, Moment
from engage.signals.machines import by_machine
from engage.signals.order import each_once
from engage.signals.raised_hands import names_company, raises_hand
from engage.signals.table import BY_MACHINE, UNSAID, SignalTable, TableBuilder, microseconds, moment
from leads.changes import SignalsChanged, VerdictsChanged
from leads.clock import now
from leads.sheets.input_file import open_input
from leads.store import Tx, signals
from leads.store.signals import NewSignal

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
    #: Of those recorded, how many a machine caused.
    machine: int = 0
    future: int = 0
    #: Companies that contacted the client and were not known.
    added: Sequence[str] = ()
    #: How many companies are leads now and were not.
    leads: int = 0
    #: Companies of the file that are none of the client's, with the reason.
    unmatched: dict[str, str] = field(default_factory=dict)
    work: WorkedOff | None = None


@dataclass(frozen=True, slots=True)
class _Scope:
    client_id: UUID
    #: None: the signals count in every campaign.
    campaign_id: UUID | None
    by: str
    #: The campaign whose leads the companies become; None: they came not by themselves.
    leads_of: UUID | None
    machines: Set[int]


def import_signals(
    session: Session,
    path: str,
    where: Where,
    moment_of: Moment,
    *,
    inbound: bool = False,
    dry_run: bool = False,
) -> ImportedSignals:
    """Record the signals of a file of JSON lines; what was recorded before changes nothing.

    `moment_of` says when a time without a zone is. Signals of the future are left out. Those that a
    machine caused are recorded and do not count: later ones may show of others what caused them.
    With `inbound` unknown companies are added, and those that show interest are leads.
    """
    builder = TableBuilder()
    with open_input(path).open() as lines:
        flaws = read_signals(lines, moment_of, builder)
    table = builder.table()
    order = each_once(table)
    machine = by_machine(table, order, catalogue())
    future = table.at[order] > microseconds(now())
    places = order[~future].tolist()
    scope = _scope(session, where, set(order[machine].tolist()), inbound=inbound)
    came = Arrivals()
    if inbound:
        came = add_arrivals(
            session, scope.client_id, _arriving(table, places), scope.by, dry_run=dry_run
        )
    done = ImportedSignals(
        flaws=flaws,
        known=len(table) - len(order),
        future=int(np.count_nonzero(future)),
        added=tuple(came.added),
    )
    for page in _pages(places):
        with session.write(Right.MANAGE, dry_run=dry_run) as work:
            stored = _record(work.tx, scope, table, page, done)
            changed = [SignalsChanged(scope.client_id, stored)]
            led = _lead(work.tx, scope, stored)
            done.leads += len(led)
            if not dry_run:
                work.follow([*changed, *_of_leads(scope, led)])
        if session.progress:
            session.progress("recording signals", done.recorded.total(), len(places))
    _name_refused(done, came)
    if dry_run and came.added:
        _rehearse(session, scope, table, places, came, done)
    done.work = None if dry_run else work_off(session, OF_SIGNALS)
    return done


def _scope(session: Session, where: Where, machines: Set[int], *, inbound: bool) -> _Scope:
    with session.read(Right.MANAGE) as work:
        client_id = work.client(where.client)
        campaign_id = leads_of = None
        if where.campaign or inbound:
            leads_of = work.campaign(where.client, where.campaign)[1]
        if where.campaign:
            campaign_id = leads_of
        return _Scope(
            client_id, campaign_id, work.actor.name, leads_of if inbound else None, machines
        )


def _arriving(table: SignalTable, places: Sequence[int]) -> set[str]:
    """The companies that signals name of a kind for which an unknown company is added."""
    adds = [names_company(kind, catalogue()) for kind in table.kinds]
    return {table.companies[table.company[one]] for one in places if adds[table.kind[one]]}


def _pages(places: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(places), _PAGE):
        yield places[start : start + _PAGE]


def _record(
    tx: Tx, scope: _Scope, table: SignalTable, page: Sequence[int], done: ImportedSignals
) -> tuple[UUID, ...]:
    """Record one page; the companies that have more signals now."""
    found = meant(tx, scope.client_id, {table.companies[table.company[one]] for one in page})
    made = []
    for one in page:
        name = table.companies[table.company[one]]
        company = found[name]
        if isinstance(company, str):
            done.unmatched[name] = company
        else:
            made.append(_signal(scope, table, one, company))
    stored = signals.add(tx, made)
    done.recorded.update(row.kind for row in stored)
    done.known += len(made) - len(stored)
    by_machines = {table.ids[one] for one in page if one in scope.machines}
    done.machine += sum(row.external_id in by_machines for row in stored)
    return tuple(dict.fromkeys(row.company_id for row in stored))


def _lead(tx: Tx, scope: _Scope, company_ids: Sequence[UUID]) -> list[UUID]:
    if scope.leads_of is None:
        return []
    return raise_hands(tx, scope.client_id, scope.leads_of, company_ids)


def _of_leads(scope: _Scope, led: Sequence[UUID]) -> list[VerdictsChanged]:
    if scope.leads_of is None or not led:
        return []
    return [VerdictsChanged(scope.client_id, scope.leads_of, tuple(led))]


def _name_refused(done: ImportedSignals, came: Arrivals) -> None:
    """Say why companies were not added."""
    for name, why in came.refused.items():
        if name in done.unmatched:
            done.unmatched[name] = why


def _rehearse(
    session: Session,
    scope: _Scope,
    table: SignalTable,
    places: Sequence[int],
    came: Arrivals,
    done: ImportedSignals,
) -> None:
    """Count the signals of companies that a dry run does not add, and who of them would be a lead."""
    for name in came.added:
        done.unmatched.pop(name, None)
    hands: set[str] = set()
    for one in places:
        name, kind = table.companies[table.company[one]], table.kinds[table.kind[one]]
        if name in came.added:
            done.recorded[kind] += 1
            done.machine += one in scope.machines
            if raises_hand(kind, catalogue()) and one not in scope.machines:
                hands.add(came.added[name])
    with session.store.read() as tx:
        # Nobody has recorded an opt-in of a company that is not known.
        if scope.leads_of and not needs_opt_in(tx, scope.leads_of):
            done.leads += len(hands)


def _signal(scope: _Scope, table: SignalTable, place: int, company_id: UUID) -> NewSignal:
    said = int(table.machine[place])
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
        link=table.links[table.link[place]] or None,
        agent=table.agents[table.agent[place]] or None,
        machine=None if said == UNSAID else said == BY_MACHINE,
    )
