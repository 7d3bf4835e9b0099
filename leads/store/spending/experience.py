"""What was learned from questions so far: how often sources know, and how often it ends a company."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, union_all

from leads.prices import Price
from leads.store.engine import Tx
from leads.store.schema import source_question, verdict
from leads.store.spending.questions import State

#: Questions to each source that are looked at.
NEWEST = 10_000
#: Verdicts that are looked at for how often an answer ends a company.
_VERDICTS = 2_000
#: The answer that ends a company, by section of the profile.
_CLOSING = {"suspect": "no", "prospect": "no", "must_not": "yes"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Questions to one source, of one country, with the same answer in attributes."""

    source: str
    country: str
    attributes: tuple[str, ...]
    found: tuple[str, ...]
    outcome: str
    count: int


def asked(tx: Tx, client_id: UUID, sources: Collection[str], newest: int = NEWEST) -> list[Asked]:
    """The settled questions of a client and those of everybody, counted: of the newest to each of
    these sources, so that it takes no longer with every question.
    """
    if not sources:
        return []
    every = union_all(*(_newest(one, newest) for one in sorted(sources))).subquery()
    one = every.c
    alike = (one.source, one.country, one.attributes, one.found, one.outcome)
    wanted = (
        select(*alike, func.count().label("questions"))
        .where(one.state == State.SETTLED.value)
        .where(one.client_id.is_(None) | (one.client_id == client_id))
        .group_by(*alike)
    )
    return [
        Asked(
            source=row.source,
            country=row.country,
            attributes=tuple(row.attributes),
            found=tuple(row.found),
            outcome=row.outcome or "",
            count=row.questions,
        )
        for row in tx.execute(wanted)
    ]


def _newest(source: str, count: int) -> Select[Any]:
    """The newest questions to a source that came to an end: an index gives them."""
    one = source_question.c
    some = (
        select(
            one.client_id,
            one.source,
            one.country,
            one.attributes,
            one.found,
            one.outcome,
            one.state,
        )
        .where(one.source == source, one.settled_at.is_not(None))
        .order_by(one.settled_at.desc())
        .limit(count)
    )
    return select(some.subquery())


def ends(tx: Tx, client_id: UUID, campaign_id: UUID) -> Mapping[str, tuple[int, int]]:
    """For each criterion, how many answers ended a company, and how many there were: of the newest
    verdicts of a campaign.
    """
    newest = (
        select(verdict.c.answers)
        .where(
            verdict.c.client_id == client_id,
            verdict.c.campaign_id == campaign_id,
            verdict.c.superseded_at.is_(None),
        )
        .order_by(verdict.c.id.desc())
        .limit(_VERDICTS)
    )
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for (answers,) in tx.execute(newest):
        for one in answers:
            if one["answer"] != "unknown":
                closing = _CLOSING.get(one["section"])
                counted[one["criterion"]][0] += one["answer"] == closing
                counted[one["criterion"]][1] += 1
    return {name: (ended, of) for name, (ended, of) in counted.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """Questions of one budget to one source with one outcome."""

    source: str
    outcome: str
    count: int
    charged: Price
    #: The reason of one of them; empty: none states one.
    why: str


def outcomes(tx: Tx, budget_id: UUID) -> list[Came]:
    """What came of the questions of a budget: by source and outcome."""
    one = source_question.c
    wanted = (
        select(
            one.source,
            one.outcome,
            one.state,
            one.currency,
            func.count(),
            func.sum(one.charged_micros),
            func.max(one.reason),
        )
        .where(one.budget_id == budget_id)
        .group_by(one.source, one.outcome, one.state, one.currency)
        .order_by(one.source, one.outcome)
    )
    return [
        Came(
            source=source,
            outcome=outcome or state,
            count=count,
            charged=Price(int(micros or 0), currency),
            why=why or "",
        )
        for source, outcome, state, currency, count, micros, why in tx.execute(wanted)
    ]
