"""The facts of many companies of a client as long texts: for those who read a million companies at
once.

The database puts the facts of each company into two texts, what they say and when that was seen, so
that next to nothing is done for a single fact until somebody takes the texts apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    FromClause,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    exists,
    func,
    literal_column,
    select,
)

from leads.store.engine import Tx, chunks
from leads.store.facts.belonging import Own, any_entries, entries, held, of_client, own, sites
from leads.store.schema import company, fact

#: Between facts, and between the parts of one; JSON and our own names hold neither.
FACTS, PARTS = "\x1e", "\x1f"
#: Rows taken from the database at a time.
FETCH = 5_000

#: Whom some facts speak of, what each says (attribute, JSON of the value, source, method, scope,
#: confidence, as of), and when it was seen.
Gathered = tuple[str, str, str]


class Some(NamedTuple):
    """The live companies of a client from one id up to, not including, another; None: to the end.

    With `only`, those of them that it lists, a few thousand at the most.
    """

    client_id: UUID
    first: UUID
    end: UUID | None
    only: tuple[UUID, ...] | None = None

    def theirs(self, one: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether an id is of this range."""
        if self.only is not None:
            return one.in_(self.only)
        return one >= self.first if self.end is None else and_(one >= self.first, one < self.end)

    def within(self, one: Own) -> ColumnElement[bool]:
        """Whether the company that facts belong to is one of them."""
        live = exists().where(company.c.id == one.company, _live(self.client_id, company))
        if self.only is not None:
            return and_(of_client(self.client_id, self.only)(one), live)
        return and_(one.client == self.client_id, self.theirs(one.company), live)

    def live(self, of: FromClause = company) -> ColumnElement[bool]:
        """Whether a company is one of them."""
        return and_(_live(self.client_id, of), self.theirs(of.c.id))


def ranges(tx: Tx, client_id: UUID, size: int) -> list[Some]:
    """The client's live companies, oldest first, in ranges of `size`."""
    number = func.row_number().over(order_by=company.c.id).label("number")
    all_ = select(company.c.id, number).where(_live(client_id, company)).subquery()
    starts = list(
        tx.execute(
            select(all_.c.id)
            .where(all_.c.number % size == (1 if size > 1 else 0))
            .order_by(all_.c.id)
        ).scalars()
    )
    return [Some(client_id, first, end) for first, end in zip_longest(starts, starts[1:])]


def listed(client_id: UUID, ids: Sequence[UUID]) -> list[Some]:
    """Those of these companies that are live, in runs of a few thousand, oldest first."""
    runs = chunks(sorted(ids))
    return [Some(client_id, run[0], None, tuple(run)) for run in runs]


def count(tx: Tx, client_id: UUID) -> int:
    """How many live companies a client has."""
    return int(tx.execute(select(func.count()).where(_live(client_id, company))).scalar_one())


def over(tx: Tx, client_id: UUID) -> bytes:
    """The ids of the client's companies that are merged or gone, of 16 bytes each, in order."""
    ended = company.c.merged_into.is_not(None) | company.c.gone_at.is_not(None)
    wanted = select(cast(company.c.id, String)).where(company.c.client_id == client_id, ended)
    texts = tx.execute(wanted.order_by(company.c.id)).scalars()
    return bytes.fromhex("".join(texts).replace("-", ""))


def companies(tx: Tx, some: Some) -> list[str]:
    """Those companies, oldest first, by the text that facts name them by."""
    return list(
        tx.execute(
            select(cast(company.c.id, String)).where(some.live()).order_by(company.c.id)
        ).scalars()
    )


def names(tx: Tx, some: Some, numbers: Sequence[int]) -> dict[int, str]:
    """The names of some of those companies, the oldest being number 0."""
    at = select(company.c.name).where(some.live()).order_by(company.c.id).limit(1)
    return {number: str(tx.execute(at.offset(number)).scalar_one()) for number in numbers}


def of_own(tx: Tx, some: Some, attributes: Sequence[str]) -> Iterator[Gathered]:
    """The companies' own facts about these attributes."""
    for one in own():
        wanted = select(cast(one.company, String), *_texts(tx, fact, fact.c.source)).where(
            one.holds, some.within(one), fact.c.attribute.in_(attributes)
        )
        yield from _rows(tx, wanted.group_by(one.company))


def of_sites(tx: Tx, some: Some, attributes: Sequence[str]) -> Iterator[Gathered]:
    """What our own crawl holds about the sites of companies, site by site; the source is empty
    where it is the site itself.
    """
    source = case(
        (fact.c.source == literal_column("'site:'").concat(fact.c.site), ""), else_=fact.c.source
    )
    owners = sites(tx, some.within).subquery()
    yield from _shared(tx, owners, fact.c.site, source, attributes)


def of_entries(tx: Tx, some: Some, attributes: Sequence[str]) -> Iterator[Gathered]:
    """What registers say about the entries of companies, entry by entry."""
    if any_entries(tx):
        owners = entries(tx, some.within).subquery()
        yield from _shared(tx, owners, fact.c.register_entry, fact.c.source, attributes)


def _shared(
    tx: Tx,
    owners: Subquery,
    subject: Column[str | None],
    source: ColumnElement[Any],
    attributes: Sequence[str],
) -> Iterator[Gathered]:
    wanted = select(cast(owners.c.of, String), *_texts(tx, fact, source)).where(
        subject == owners.c.key,
        fact.c.client_id.is_(None),
        fact.c.attribute.in_(attributes),
        held(),
    )
    yield from _rows(tx, wanted.group_by(owners.c.of, owners.c.key))


def _live(client_id: UUID, of: FromClause) -> ColumnElement[bool]:
    return and_(of.c.client_id == client_id, of.c.merged_into.is_(None), of.c.gone_at.is_(None))


def _is_sqlite(tx: Tx) -> bool:
    return tx.dialect.name == "sqlite"


def _texts(
    tx: Tx, of: Any, source: ColumnElement[Any]
) -> tuple[ColumnElement[str], ColumnElement[str]]:
    sqlite = _is_sqlite(tx)
    character: str = "char" if sqlite else "chr"
    between: ColumnElement[str] = literal_column(f"{character}(31)")
    # SQLite's own cast keeps 15 digits only.
    sure: ColumnElement[str] = (
        func.printf("%.17g", of.c.confidence) if sqlite else cast(of.c.confidence, String)
    )
    said: ColumnElement[str] = func.coalesce(cast(of.c.as_of, String), "")
    for part in (sure, of.c.scope, of.c.method, source, cast(of.c.value, String), of.c.attribute):
        said = part.concat(between).concat(said)
    joined = func.group_concat if sqlite else func.string_agg
    facts: ColumnElement[str] = literal_column(f"{character}(30)")
    return joined(said, facts), joined(cast(of.c.observed_at, String), facts)


def _rows(tx: Tx, wanted: Select[*tuple[Any, ...]]) -> Iterator[Gathered]:
    for some in tx.execution_options(yield_per=FETCH).execute(wanted).partitions(FETCH):
        yield from ((of, said, seen) for of, said, seen in some)
