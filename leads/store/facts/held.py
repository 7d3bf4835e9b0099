"""Facts as bare rows of text: for those who read many at once, and turn each text into a value only
once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal_column,
    select,
)

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
ATTRIBUTE, VALUE, SOURCE = 0, 1, 2


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

#: Between the texts that stand in one column; JSON has no such character.
_BETWEEN = "\x1f"


def _together(*columns: ColumnElement[Any]) -> ColumnElement[str]:
    """Several texts as one."""
    between: ColumnElement[str] = literal_column(f"'{_BETWEEN}'")
    first, *others = columns
    return reduce(lambda text, one: text.concat(between).concat(one), others, first)


#: What a fact says in three columns, for who meets the same texts again and again: what it states,
#: where and when that was seen, and the confidence.
_IN_SHORT = (
    _together(fact.c.attribute, cast(fact.c.value, String), fact.c.method, fact.c.scope),
    _together(
        fact.c.source,
        cast(fact.c.observed_at, String),
        func.coalesce(cast(fact.c.as_of, String), literal_column("''")),
    ),
    fact.c.confidence,
)
#: One fact: the id of a company or a site, its own id, and what it says in short.
ShortRow = tuple[str, str, str, str, float]


def statement_parts(text: str) -> list[str]:
    """Attribute, JSON of the value, method and scope, of the third text of a short row."""
    # A custom attribute is named by a column, which may hold anything.
    return text.rsplit(_BETWEEN, 3)


def look_parts(text: str) -> list[str]:
    """Source, observed at and as of, which may be empty, of the fourth text of a short row."""
    return text.rsplit(_BETWEEN, 2)


def beginning(attribute: str) -> str:
    """How the third text of each short row about an attribute begins."""
    return f"{attribute}{_BETWEEN}"


class _Reading:
    """The statements that find facts, with some columns of what they say."""

    def __init__(self, said: Sequence[ColumnElement[Any]]) -> None:
        self._said = said
        asked = fact.c.attribute.in_(bindparam("asked", expanding=True))
        self._own = tuple(
            select(cast(one.company, String), _ID, *said).where(
                and_(one.holds, of_client(CLIENT, COMPANIES)(one), asked)
            )
            for one in own()
        )
        on_site = fact.c.site.in_(bindparam("sites", expanding=True))
        self._of_sites = select(fact.c.site, _ID, *said).where(
            on_site, fact.c.client_id.is_(None), asked, held()
        )

    def of_companies(
        self, tx: Tx, client_id: UUID, company_ids: Sequence[UUID], attributes: Sequence[str]
    ) -> Iterator[Any]:
        """The own facts of these companies about some attributes."""
        for some in chunks(list(company_ids), driver.MOST_FILLED):
            given = {"of_client": client_id, "of_companies": some, "asked": attributes}
            for wanted in self._own:
                yield from driver.read(tx, wanted, given)

    def of_entries(
        self, tx: Tx, client_id: UUID, company_ids: Sequence[UUID], attributes: Sequence[str]
    ) -> Iterator[Any]:
        """What registers say about the entries of these companies, about some attributes."""
        if not any_entries(tx):
            return
        for some in chunks(list(company_ids)):
            owners = entries(tx, of_client(client_id, some)).subquery()
            shared = and_(fact.c.register_entry == owners.c.key, fact.c.client_id.is_(None), held())
            wanted = select(cast(owners.c.of, String), _ID, *self._said).where(
                shared, fact.c.attribute.in_(attributes)
            )
            yield from tx.execute(wanted).all()

    def of_sites(self, tx: Tx, sites: Iterable[str], attributes: Sequence[str]) -> Iterator[Any]:
        """What our own crawl holds about these sites."""
        for some in chunks(list(sites), driver.MOST_FILLED):
            yield from driver.read(tx, self._of_sites, {"sites": some, "asked": attributes})


_SAID = _Reading(SAID)
#: The same facts as short rows.
IN_SHORT = _Reading(_IN_SHORT)


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
    return map(_held_row, _SAID.of_companies(tx, client_id, company_ids, attributes))


def of_entries(
    tx: Tx, client_id: UUID, company_ids: Sequence[UUID], attributes: Sequence[str]
) -> Iterator[HeldRow]:
    """What registers say about the entries of these companies, about some attributes."""
    return map(_held_row, _SAID.of_entries(tx, client_id, company_ids, attributes))


def of_sites(tx: Tx, sites: Iterable[str], attributes: Sequence[str]) -> Iterator[HeldRow]:
    """What our own crawl holds about these sites."""
    return map(_held_row, _SAID.of_sites(tx, sites, attributes))


def _held_row(row: Any) -> HeldRow:
    return row[0], row[1], row[2:]
