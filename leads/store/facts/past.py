"""Facts as they were held at moments that are past: those that ended or were retracted since too."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, cast, null, select, type_coerce

from leads.attributes import ATTRIBUTES
from leads.facts import Method
from leads.store import signals
from leads.store.engine import Tx, chunks
from leads.store.facts.belonging import held
from leads.store.facts.facts import owners_of_entries
from leads.store.moment_texts import id_text, moment_text, same_id, same_text
from leads.store.schema import fact, record, retraction
from leads.store.unindexed import unindexed


class PastFact(NamedTuple):
    """A fact as texts: a campaign has too many for an object of each."""

    #: As `moment_text` writes it.
    observed_at: str
    id: str
    attribute: str
    #: The JSON document.
    value: str
    source: str


#: Attributes of which several guesses stand beside each other; what follows from facts leaves them out.
_GUESSED = tuple(name for name, one in ATTRIBUTES.items() if one.sure_guess is not None)

#: A fact and when it ended; None: it is held.
Held = tuple[PastFact, str | None]


def of_companies(
    tx: Tx, client_id: UUID, company_ids: Sequence[UUID], before: Mapping[UUID, datetime]
) -> dict[UUID, list[PastFact]]:
    """The facts about each company that were seen and held just before its moment, the oldest first;
    a company without a moment has all that are held now.
    """
    ever = _own(tx, client_id, company_ids)
    _add_sites(tx, ever)
    _add_entries(tx, client_id, ever)
    return {
        one: sorted(_held(some, same_text(tx, before[one]) if one in before else None))
        for one, some in ever.items()
    }


def _held(ever: Iterable[Held], at: str | None) -> list[PastFact]:
    if at is None:
        return [one for one, until in ever if until is None]
    return [one for one, until in ever if one.observed_at < at and (until is None or until >= at)]


def _own(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, list[Held]]:
    """What records ever stated about companies, and what people told."""
    found: dict[UUID, list[Held]] = {one: [] for one in company_ids}
    owner = signals.owners(tx, company_ids)
    named = {same_id(tx, one): to for one, to in owner.items()}
    for some in chunks(list(owner)):
        stated = (
            _ever(tx, id_text(tx, record.c.company_id), moment_text(tx, record.c.ended_at))
            .where(record.c.id == fact.c.record_id)
            .where(_of_client(record.c.client_id, client_id), record.c.company_id.in_(some))
        )
        told = _ever(tx, id_text(tx, fact.c.company_id), null()).where(
            _of_client(fact.c.client_id, client_id), fact.c.company_id.in_(some)
        )
        for company_id, ended_at, retracted_at, *parts in [*tx.execute(stated), *tx.execute(told)]:
            until = _earlier(ended_at, retracted_at)
            found[named[company_id]].append((PastFact(*parts), until))
    return found


def _add_sites(tx: Tx, ever: Mapping[UUID, list[Held]]) -> None:
    """Add what our crawl ever read on the sites of companies."""
    sites: dict[str, dict[UUID, str | None]] = {}
    for company_id, some in ever.items():
        for one, until in some:
            if one.attribute == "domain":
                of = sites.setdefault(str(json.loads(one.value)), {})
                of[company_id] = _later(until, of[company_id]) if company_id in of else until

    for names in chunks(list(sites)):
        read = _ever(tx, fact.c.site, null()).where(
            fact.c.site.in_(names), fact.c.client_id.is_(None)
        )
        for site, _, retracted_at, *parts in tx.execute(read):
            one = PastFact(*parts)
            for company_id, until in sites[site].items():
                ever[company_id].append((one, _earlier(until, retracted_at)))


def _add_entries(tx: Tx, client_id: UUID, ever: Mapping[UUID, list[Held]]) -> None:
    """Add what registers say now about the entries of companies."""
    entries = owners_of_entries(tx, client_id, list(ever))
    for names in chunks(list(entries)):
        said = _ever(tx, fact.c.register_entry, null()).where(
            fact.c.register_entry.in_(names), fact.c.client_id.is_(None), held()
        )
        for entry, _, _, *parts in tx.execute(said):
            one = PastFact(*parts)
            for company_id in entries[entry]:
                ever[company_id].append((one, None))


def _ever(tx: Tx, subject: ColumnElement[Any], ended_at: ColumnElement[Any]) -> Select[Any]:
    """What a fact is about, when that and the fact ended, and the parts of a `PastFact`."""
    at = select(moment_text(tx, retraction.c.at)).where(retraction.c.fact_id == fact.c.id)
    return select(
        subject,
        ended_at,
        at.scalar_subquery(),
        moment_text(tx, fact.c.observed_at),
        id_text(tx, fact.c.id),
        fact.c.attribute,
        _document(tx),
        fact.c.source,
    ).where(~(fact.c.attribute.in_(_GUESSED) & (fact.c.method == Method.INFERRED.value)))


def _document(tx: Tx) -> ColumnElement[str]:
    """The value as it is stored, unread."""
    is_text = tx.dialect.name == "sqlite"
    return type_coerce(fact.c.value, String) if is_text else cast(fact.c.value, String)


def _of_client(column: ColumnElement[Any], client_id: UUID) -> ColumnElement[bool]:
    return unindexed(column) == client_id


def _earlier(one: str | None, other: str | None) -> str | None:
    """The earlier end; None is never."""
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)


def _later(one: str | None, other: str | None) -> str | None:
    return None if one is None or other is None else max(one, other)
