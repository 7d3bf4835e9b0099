"""Facts beside better knowledge that came later, counted by source: one statement an attribute."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
    union_all,
)

from leads.codec import from_json
from leads.facts import Method
from leads.store.audits.belonging_facts import facts_of_companies, named_source
from leads.store.audits.draws import STANDS
from leads.store.engine import Tx
from leads.store.facts.belonging import Own, any_entries, entries, held, of_client, own
from leads.store.schema import company, fact, fact_audit_item, fact_doubt, fact_judgement, record
from leads.values import Value


class StatedRow(NamedTuple):
    """What a source states about an attribute."""

    source: str
    attribute: str
    facts: int
    subjects: int


class SaidRow(NamedTuple):
    """How many facts of a source were judged or doubted, and how."""

    source: str
    attribute: str
    said: str
    facts: int


class Beside(NamedTuple):
    """How many facts of a source say one thing, and what better knowledge says there."""

    source: str
    #: `told` or `register`.
    against: str
    said: Value
    better: Value
    facts: int


_SUBJECT = func.coalesce(
    cast(fact.c.record_id, String),
    fact.c.site,
    fact.c.register_entry,
    cast(fact.c.company_id, String),
)
#: Whether a person of any client judged a fact right or wrong.
_JUDGED = exists().where(
    fact_audit_item.c.fact_id == fact.c.id,
    fact_judgement.c.item_id == fact_audit_item.c.id,
    fact_judgement.c.said.in_(("right", "wrong")),
    STANDS,
)
_DOUBTED = exists().where(fact_doubt.c.fact_id == fact.c.id, fact_doubt.c.undone_at.is_(None))


def stated(tx: Tx, client_id: UUID) -> list[StatedRow]:
    """What each source states about each attribute, of the client's facts and the shared ones."""
    source = named_source()
    counts = (func.count(), func.count(_SUBJECT.distinct()))
    wanted = _counting(client_id, select(source, fact.c.attribute, *counts))
    return [StatedRow(*row) for row in tx.execute(wanted.group_by(source, fact.c.attribute))]


def subjects(tx: Tx, client_id: UUID) -> dict[str, int]:
    """How many records, sites or entries each source says anything about."""
    source = named_source()
    wanted = _counting(client_id, select(source, func.count(_SUBJECT.distinct())))
    return {row[0]: row[1] for row in tx.execute(wanted.group_by(source))}


def _counting(client_id: UUID, wanted: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Facts that count: the client's own of live records and of people, and shared ones."""
    live = or_(fact.c.record_id.is_(None), record.c.ended_at.is_(None))
    joined = wanted.select_from(fact).outerjoin(record, record.c.id == fact.c.record_id)
    return joined.where(_seen_by([client_id]), held(), live)


def _seen_by(clients: Collection[UUID] | None) -> ColumnElement[bool]:
    if clients is None:
        return true()
    return or_(fact.c.client_id.in_(clients), fact.c.client_id.is_(None))


def judged(tx: Tx, clients: Collection[UUID] | None) -> list[SaidRow]:
    """How people judged drawn facts of clients, and shared ones; each fact once.

    None: of every client.
    """
    place = func.row_number().over(partition_by=fact.c.id, order_by=fact_judgement.c.id.desc())
    each = (
        select(
            named_source().label("source"),
            fact.c.attribute.label("attribute"),
            fact_judgement.c.said.label("said"),
            place.label("place"),
        )
        .join(fact_audit_item, fact_audit_item.c.fact_id == fact.c.id)
        .join(fact_judgement, fact_judgement.c.item_id == fact_audit_item.c.id)
        .where(
            _seen_by(clients),
            STANDS,
            fact_judgement.c.said.in_(("right", "wrong")),
            held(),
        )
        .subquery()
    )
    kinds = (each.c.source, each.c.attribute, each.c.said)
    wanted = select(*kinds, func.count()).where(each.c.place == 1).group_by(*kinds)
    return [SaidRow(*row) for row in tx.execute(wanted)]


def doubted(tx: Tx, clients: Collection[UUID] | None) -> list[SaidRow]:
    """How many facts without a judgement dispositions speak against, each fact once.

    None: of every client.
    """
    source = named_source()
    wanted = (
        select(source, fact.c.attribute, func.count())
        .where(_seen_by(clients), held(), _DOUBTED, ~_JUDGED)
        .group_by(source, fact.c.attribute)
    )
    return [SaidRow(*row[:2], "wrong", row[2]) for row in tx.execute(wanted)]


def attributes_known(tx: Tx, client_id: UUID) -> list[str]:
    """The attributes of which people, or register entries, told something."""
    told = (
        fact.c.client_id == client_id,
        # Not IS NOT NULL: SQLite would read every fact for it.
        fact.c.company_id.in_(select(company.c.id).where(company.c.client_id == client_id)),
        fact.c.method == Method.TOLD.value,
    )
    parts = [select(fact.c.attribute).where(*told)]
    if any_entries(tx):
        parts.append(
            select(fact.c.attribute).where(fact.c.register_entry > "", fact.c.client_id.is_(None))
        )
    names = union_all(*parts).subquery()
    rows = tx.execute(select(names.c.attribute).distinct().order_by(names.c.attribute))
    return list(rows.scalars())


def beside(tx: Tx, client_id: UUID, attribute: str) -> list[Beside]:
    """Facts about one attribute beside what people or a register said later of the same company,
    grouped by what both say. Of several better facts an equal one counts, else the newest told.
    """
    better = _better(tx, client_id, attribute)
    owners = select(better.c.company_id)

    def within(one: Own) -> ColumnElement[bool]:
        return and_(one.client == client_id, one.company.in_(owners))

    said = facts_of_companies(tx, attribute, within, ~_JUDGED, ~_DOUBTED)
    place = func.row_number().over(
        partition_by=said.c.fact_id, order_by=_best_first(attribute, said, better)
    )
    each = (
        select(
            said.c.source.label("source"),
            better.c.against.label("against"),
            said.c.value.label("said"),
            better.c.value.label("better"),
            place.label("place"),
        )
        .join(better, better.c.company_id == said.c.company_id)
        .where(better.c.fact_id != said.c.fact_id, better.c.observed_at >= said.c.observed_at)
        .subquery()
    )
    kinds = (each.c.source, each.c.against, each.c.said, each.c.better)
    wanted = select(*kinds, func.count()).where(each.c.place == 1).group_by(*kinds)
    rows = tx.execute(wanted).all()
    return [
        Beside(source, against, from_json(attribute, one), from_json(attribute, other), facts)
        for source, against, one, other, facts in rows
    ]


def _better(tx: Tx, client_id: UUID, attribute: str) -> Subquery:
    """What is better known: told by people (rank 0), or stated by register entries (rank 1)."""
    _, people = own()
    told = _known(people.company, "told", 0).where(
        people.holds, people.client == client_id, fact.c.method == Method.TOLD.value
    )
    parts = [told]
    if any_entries(tx):
        some = entries(tx, of_client(client_id)).subquery()
        stated_there = and_(fact.c.register_entry == some.c.key, fact.c.client_id.is_(None), held())
        parts.append(_known(some.c.of, "register", 1).where(stated_there))
    return union_all(*(part.where(fact.c.attribute == attribute) for part in parts)).subquery()


def _known(company: ColumnElement[Any], against: str, rank: int) -> Select[Any]:
    return select(
        company.label("company_id"),
        literal_column(f"'{against}'", String).label("against"),
        literal_column(str(rank), Integer).label("rank"),
        fact.c.id.label("fact_id"),
        fact.c.value.label("value"),
        fact.c.observed_at.label("observed_at"),
    )


def _best_first(name: str, said: Subquery, better: Subquery) -> list[ColumnElement[Any]]:
    """The order in which one of several better facts is chosen."""
    equal = case((said.c.value == better.c.value, 0), else_=1)
    newest: list[ColumnElement[Any]] = [
        better.c.rank,
        better.c.observed_at.desc(),
        better.c.fact_id.desc(),
    ]
    if name != "technology":
        return [equal, *newest]
    # What is told of one technology says nothing of another.
    slugs = [one.c.value["slug"].as_string() for one in (said, better)]
    return [equal, case((slugs[0] == slugs[1], 0), else_=1), *newest]
