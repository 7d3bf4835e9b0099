"""Facts as bare rows of text: for those who read many at once, and turn each text into a value only
once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, and_, bindparam, cast, select

from leads.codec import to_json
from leads.facts import Fact
from leads.store import driver
from leads.store.bound import CLIENT, COMPANIES
from leads.store.engine import Tx, chunks
from leads.store.facts.belonging import any_entries, entries, held, of_client, own
from leads.store.schema import fact

#: What a fact says and where that comes from: attribute, JSON of the value, source, method, scope,
#: confidence, observed at and as of.
SaidRow = tuple[str, str, str, str, str, float, str, str | None]
ATTRIBUTE, VALUE, SOURCE, METHOD = 0, 1, 2, 3


#: One fact: the id of a company or a site, its own id, and what it says; ids and times are text as
#: the database writes it.
HeldRow = tuple[str, str, SaidRow]

_ID = cast(fact.c.id, String)
SAID = (
    fact.c.attribute,
    cast(fact.c.value, String),
    fact.c.source,
    fact.c.method,
    fact.c.scope,
    fact.c.confidence,
    cast(fact.c.observed_at, String),
    cast(fact.c.as_of, String),
)

_ASKED = fact.c.attribute.in_(bindparam("asked", expanding=True))
_OWN = tuple(
    select(cast(one.company, String), _ID, *SAID).where(
        and_(one.holds, of_client(CLIENT, COMPANIES)(one), _ASKED)
    )
    for one in own()
)
_OF_SITES = select(fact.c.site, _ID, *SAID).where(
    fact.c.site.in_(bindparam("sites", expanding=True)), fact.c.client_id.is_(None), _ASKED, held()
)


def row_of(one: Fact) -> HeldRow:
    """The row of a fact that was read as a whole, without whose it is."""
    seen = one.evidence
    said = (
        one.attribute,
        json.dumps(to_json(one.value)),
        seen.source,
        seen.method.value,
        seen.scope.value,
        seen.confidence,
        str(seen.observed_at),
        str(seen.as_of) if seen.as_of else None,
    )
    return "", str(one.id), said


def of_companies(
    tx: Tx, client_id: UUID, company_ids: Sequence[UUID], attributes: Sequence[str]
) -> Iterator[HeldRow]:
    """The own facts of these companies about some attributes."""
    for some in chunks(list(company_ids)):
        given = {"of_client": client_id, "of_companies": some, "asked": attributes}
        for wanted in _OWN:
            yield from _rows(tx, wanted, given)


def of_entries(
    tx: Tx, client_id: UUID, company_ids: Sequence[UUID], attributes: Sequence[str]
) -> Iterator[HeldRow]:
    """What registers say about the entries of these companies, about some attributes."""
    if not any_entries(tx):
        return
    for some in chunks(list(company_ids)):
        owners = entries(tx, of_client(client_id, some)).subquery()
        shared = and_(fact.c.register_entry == owners.c.key, fact.c.client_id.is_(None), held())
        wanted = select(cast(owners.c.of, String), _ID, *SAID).where(
            shared, fact.c.attribute.in_(attributes)
        )
        yield from _rows(tx, wanted)


def of_sites(tx: Tx, sites: Iterable[str], attributes: Sequence[str]) -> Iterator[HeldRow]:
    """What our own crawl holds about these sites."""
    for some in chunks(list(sites)):
        yield from _rows(tx, _OF_SITES, {"sites": some, "asked": attributes})


def _rows(
    tx: Tx, wanted: Select[*tuple[Any, ...]], given: Mapping[str, Any] | None = None
) -> list[HeldRow]:
    rows: Any = tx.execute(wanted).all() if given is None else driver.read(tx, wanted, given)
    return [(row[0], row[1], row[2:]) for row in rows]
