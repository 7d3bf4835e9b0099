"""Many signals as plain texts: reading a row object for each costs ten times as much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, String, cast, func, select, type_coerce

from leads.store.counting_signals import counting_signals, counting_signals_of_some
from leads.store.engine import Tx, chunks
from leads.store.moment_texts import id_text, moment_text, same_id
from leads.store.schema import company, signal
from leads.store.signals import owners

#: Rows taken from the database at a time, and companies asked for with one statement.
_FETCH, _AT_ONCE = 20_000, 1_000

#: One signal as texts: company, kind, contact, channel, source, link, agent, id, and when it happened
#: in UTC; then its value, and whether its source says that a machine caused it.
SignalTexts = tuple[str, str, str, str, str, str, str, str, str, int | None, bool | None]


def of_campaign(
    tx: Tx, client_id: UUID, campaign_id: UUID, kinds: Sequence[str] | None = None
) -> Iterator[Sequence[SignalTexts]]:
    """The signals in force that count for a campaign: its own, and those of no campaign; of some
    kinds alone, unless it is None.
    """
    owner = func.coalesce(company.c.merged_into, company.c.id)
    wanted = (
        _texts(tx, cast(owner, String))
        .join(company, company.c.id == signal.c.company_id)
        .where(counting_signals(client_id, campaign_id))
    )
    if kinds is not None:
        wanted = wanted.where(signal.c.kind.in_(kinds))
    for some in tx.execution_options(yield_per=_FETCH).execute(wanted).partitions(_FETCH):
        yield [(*row,) for row in some]


def of_companies(
    tx: Tx, client_id: UUID, campaign_id: UUID, company_ids: Sequence[UUID]
) -> Iterator[Sequence[SignalTexts]]:
    """The same of some companies; the signals of merged ones name the one that is left."""
    for part in chunks(list(company_ids), _AT_ONCE):
        owner_of = owners(tx, part)
        merged = {same_id(tx, one): same_id(tx, to) for one, to in owner_of.items() if one != to}
        for some in chunks(sorted(owner_of), _AT_ONCE):
            wanted = _texts(tx, id_text(tx, signal.c.company_id)).where(
                counting_signals_of_some(client_id, campaign_id), signal.c.company_id.in_(some)
            )
            rows: Sequence[Any] = tx.execute(wanted).all()
            yield [(merged.get(row[0], row[0]), *row[1:]) for row in rows] if merged else rows


def first_of_kinds(
    tx: Tx, client_id: UUID, campaign_id: UUID, company_ids: Sequence[UUID]
) -> dict[UUID, dict[str, str]]:
    """When each company first gave a signal of each kind, as `moment_text` writes it."""
    owner_of = owners(tx, company_ids)
    # An object for each id that is read takes as long as the statement.
    named = {same_id(tx, one): to for one, to in owner_of.items()}
    found: dict[UUID, dict[str, str]] = {}
    for some in chunks(sorted(owner_of), _AT_ONCE):
        wanted = (
            select(
                id_text(tx, signal.c.company_id),
                signal.c.kind,
                moment_text(tx, func.min(signal.c.happened_at)),
            )
            .where(counting_signals_of_some(client_id, campaign_id))
            .where(signal.c.company_id.in_(some))
            .group_by(signal.c.company_id, signal.c.kind)
        )
        for company_id, kind, at in tx.execute(wanted):
            own = found.setdefault(named[company_id], {})
            own[kind] = min(at, own.get(kind, at))
    return found


def _texts(tx: Tx, owner: ColumnElement[str]) -> Any:
    return select(
        owner,
        signal.c.kind,
        func.coalesce(id_text(tx, signal.c.contact_id), ""),
        signal.c.channel,
        signal.c.source,
        func.coalesce(signal.c.link, ""),
        func.coalesce(signal.c.agent, ""),
        id_text(tx, signal.c.id),
        moment_text(tx, signal.c.happened_at),
        signal.c.value_minor,
        _flag(tx, signal.c.machine),
    )


def _flag(tx: Tx, column: ColumnElement[bool | None]) -> ColumnElement[Any]:
    """A yes or no; SQLite's 1 and 0 serve as well, and cost nothing to read."""
    return type_coerce(column, Integer()) if tx.dialect.name == "sqlite" else column
