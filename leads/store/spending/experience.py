"""What was learned from questions so far: how often sources know, and how often it ends a company."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from leads.prices import Price
from leads.store.engine import Tx
from leads.store.schema import source_question, verdict
from leads.store.spending.questions import State

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
    charged: Price


def asked(tx: Tx, client_id: UUID | None = None) -> list[Asked]:
    """The settled questions of a client and those of everybody, counted; None: all of them."""
    one = source_question.c
    wanted = (
        select(
            one.source,
            one.country,
            one.attributes,
            one.found,
            one.outcome,
            one.currency,
            func.count(),
            func.sum(one.charged_micros),
        )
        .where(one.state == State.SETTLED.value)
        .group_by(one.source, one.country, one.attributes, one.found, one.outcome, one.currency)
    )
    if client_id is not None:
        wanted = wanted.where(one.client_id.is_(None) | (one.client_id == client_id))
    return [
        Asked(
            source=source,
            country=country,
            attributes=tuple(attributes),
            found=tuple(found),
            outcome=outcome or "",
            count=count,
            charged=Price(int(micros or 0), currency),
        )
        for source, country, attributes, found, outcome, currency, count, micros in tx.execute(
            wanted
        )
    ]


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
