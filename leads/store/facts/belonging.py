"""Which facts belong to a company: the one definition that every reader of facts uses.

A company's own facts are what its live records state and what people told its client about it.
The sites and register entries that its own facts name are the company's too, and so are the facts
that our crawl and the registers hold about them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Select,
    String,
    and_,
    exists,
    func,
    literal_column,
    or_,
    select,
    union,
)

from leads.register_entries import IGNORED
from leads.store import driver
from leads.store.columns.facts import FactColumns
from leads.store.engine import Tx
from leads.store.schema import company, fact, record, retraction
from leads.store.snapshot import once
from leads.store.unindexed import unindexed

Facts = FromClause[FactColumns]

#: Companies that people told something about, beside any other use of the table in a statement.
_ABOUT = company.alias("about")


@dataclass(frozen=True, slots=True)
class Own:
    """One way in which facts belong to a company."""

    company: ColumnElement[UUID]
    client: ColumnElement[UUID]
    #: Joins the facts to the company, and leaves out those that no longer count.
    holds: ColumnElement[bool]
    #: Whether the company is one of some, written so that an index serves it.
    among: Callable[[Sequence[UUID] | BindParameter[Any]], ColumnElement[bool]]
    #: What the facts hang on: `record_id` or `company_id`.
    subject: str


#: Limits a statement to some companies, for one way of belonging.
Within = Callable[[Own], ColumnElement[bool]]


def own(of: Facts = fact) -> tuple[Own, Own]:
    """List how facts are a company's own: by its records, and by what people reported."""
    return _by_records(of), _by_people(of)


def _by_records(of: Facts) -> Own:
    owner: ColumnElement[Any] = record.c.company_id
    return Own(
        company=owner,
        client=record.c.client_id,
        holds=and_(
            of.c.record_id == record.c.id,
            record.c.ended_at.is_(None),
            record.c.company_id.is_not(None),
            held(of),
        ),
        among=record.c.company_id.in_,
        subject="record_id",
    )


def _by_people(of: Facts) -> Own:
    # What was told of a company that was merged since was told of the one it is part of now.
    owner: ColumnElement[Any] = func.coalesce(_ABOUT.c.merged_into, _ABOUT.c.id)

    def among(ids: Sequence[UUID] | BindParameter[Any]) -> ColumnElement[bool]:
        # Not IS NULL: SQLite would read every company that was not merged, by that column's index.
        alone = and_(owner == _ABOUT.c.id, _ABOUT.c.id.in_(ids))
        return or_(alone, _ABOUT.c.merged_into.in_(ids))

    return Own(
        company=owner,
        client=_ABOUT.c.client_id,
        holds=and_(of.c.company_id == _ABOUT.c.id, of.c.client_id == _ABOUT.c.client_id, held(of)),
        among=among,
        subject="company_id",
    )


def held(of: Facts = fact) -> ColumnElement[bool]:
    """Whether a fact still counts: nobody has retracted it."""
    return ~exists().where(retraction.c.fact_id == of.c.id)


def of_client(
    client_id: UUID | BindParameter[UUID],
    company_ids: Sequence[UUID] | BindParameter[Any] | None = None,
) -> Within:
    """Limits to the companies of a client, or to some of them."""

    def within(own: Own) -> ColumnElement[bool]:
        if company_ids is None:
            return own.client == client_id
        return and_(unindexed(own.client) == client_id, own.among(company_ids))

    return within


def is_about(attribute: str, of: Facts = fact) -> ColumnElement[bool]:
    """Whether a fact is about this attribute of ours."""
    # Written out: neither database uses a partial index for a bound value.
    name: ColumnElement[str] = literal_column(f"'{attribute}'")
    return of.c.attribute == name


def sites(tx: Tx, within: Within) -> CompoundSelect[Any]:
    """Companies (`of`) with each site that is theirs (`key`)."""
    named = fact.alias("named")
    site = _text(tx, named).label("key")
    return union(
        *(
            select(one.company.label("of"), site).where(
                one.holds, within(one), is_about("domain", named)
            )
            for one in own(named)
        )
    )


def entries(tx: Tx, within: Within) -> CompoundSelect[Any]:
    """Companies (`of`) with each register entry that is theirs (`key`).

    The country and the number must hang on the same record, or both be told: a number of one
    country means another company elsewhere.
    """
    return union(*(_entries(tx, within, number) for number in range(2)))


def _entries(tx: Tx, within: Within, way: int) -> Select[Any, Any]:
    number, country = fact.alias("number"), fact.alias("country")
    one = own(number)[way]
    key = _plain(tx, country).concat(literal_column("':'")).concat(_plain(tx, number))
    return select(one.company.label("of"), key.label("key")).where(
        one.holds,
        within(one),
        is_about("register_number", number),
        is_about("country", country),
        _hangs_on(number)[one.subject] == _hangs_on(country)[one.subject],
        country.c.client_id == one.client,
        held(country),
    )


def any_entries(tx: Tx) -> bool:
    """Whether any fact hangs on a register entry."""
    # Not IS NOT NULL: SQLite would read every fact for it.
    return once(tx, any_entries, lambda: bool(driver.value(tx, _ANY_ENTRY, {})))


#: Whether there is any register entry. The last one is asked for: with EXISTS, PostgreSQL reads every
#: row of a new table, because it guesses that a third of the rows are entries until it has counted.
ANY_ENTRY = (
    select(func.max(fact.c.register_entry))
    .where(fact.c.register_entry > "")
    .scalar_subquery()
    .is_not(None)
)
_ANY_ENTRY = select(ANY_ENTRY)


def _hangs_on(of: Facts) -> dict[str, ColumnElement[Any]]:
    """The columns that own facts hang on, by name."""
    return {"record_id": of.c.record_id, "company_id": of.c.company_id}


def _text(tx: Tx, of: Facts) -> ColumnElement[str]:
    """A fact's value, which is text, without the quotes of JSON."""
    if tx.dialect.name == "sqlite":
        return func.json_extract(of.c.value, literal_column("'$'"), type_=String)
    return of.c.value.op("#>>", return_type=String())(literal_column("'{}'"))


def _plain(tx: Tx, of: Facts) -> ColumnElement[str]:
    """A fact's value as `leads.register_entries.entry_key` writes it."""
    text = _text(tx, of)
    for one in IGNORED:
        text = func.replace(text, literal_column(f"'{one}'"), literal_column("''"))
    # SQLite knows the upper case of ASCII alone, and so does this collation.
    return func.upper(text if tx.dialect.name == "sqlite" else text.collate("C"))
