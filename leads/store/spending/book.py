"""The book of questions: each with what it cost, who asked it, and who used its answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    String,
    Subquery,
    case,
    cast,
    func,
    literal,
    select,
)

from leads.prices import Price
from leads.store.engine import Tx
from leads.store.schema import source_question, spending_budget, spending_line
from leads.store.spending.questions import State
from leads.store.spending.used import USED

#: Rows that a server sends at a time.
_FETCH = 5_000


@dataclass(frozen=True, slots=True)
class Whose:
    """A client, with the campaign and the list that led to a question; None: not known."""

    client_id: UUID | None
    campaign_id: UUID | None = None
    list_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedQuestions:
    """Questions of one day that are alike, with their lines."""

    #: How many they are; all else is of each.
    count: int
    source: str
    state: State
    outcome: str | None
    #: When the first of them was asked.
    at: datetime
    #: What it cost; while it is not settled, what is set aside for it.
    cost: Price
    asker: Whose
    #: Who used its answer, for one company each, in the order of use.
    used: tuple[Whose, ...]

    @property
    def reuses(self) -> tuple[Whose, ...]:
        """The uses but the one that it was asked for."""
        who = self.asker.client_id
        own = next((at for at, one in enumerate(self.used) if one.client_id == who), None)
        return tuple(one for at, one in enumerate(self.used) if at != own)


def booked(
    tx: Tx, since: datetime | None = None, until: datetime | None = None
) -> Iterator[BookedQuestions]:
    """The questions that were asked in a period, of every client; those alike are counted.

    It reads what several clients share: what it finds of other clients must not be shown.
    """
    asked, budget = source_question.c, spending_budget.c
    lines = _lines_of_questions(since, until)
    alike = (
        asked.source,
        asked.state,
        asked.outcome,
        asked.currency,
        budget.client_id.label("by_client"),
        budget.campaign_id.label("by_campaign"),
        lines.c.micros,
        lines.c.lines,
    )
    wanted = (
        select(*alike, func.min(asked.reserved_at).label("at"), func.count().label("questions"))
        .select_from(source_question)
        .outerjoin(spending_budget, budget.id == asked.budget_id)
        .outerjoin(lines, lines.c.question_id == asked.id)
        .group_by(*alike, _day(tx, asked.reserved_at))
    )
    for row in tx.execution_options(yield_per=_FETCH).execute(_within(wanted, since, until)):
        yield _booked(row)


def _lines_of_questions(since: datetime | None, until: datetime | None) -> Subquery:
    """What the lines of each question came to, and whose they are, as one text."""
    line = spending_line.c
    place = func.row_number().over(partition_by=line.question_id, order_by=line.id)
    parts = (
        cast(place, String),
        case((line.why == USED, "used"), else_="paid"),
        cast(line.client_id, String),
        func.coalesce(cast(line.campaign_id, String), ""),
        func.coalesce(cast(line.list_id, String), ""),
    )
    text: ColumnElement[str] = parts[0]
    for one in parts[1:]:
        text = text.concat(literal(" ")).concat(one)
    paid = case((line.why == USED, 0), else_=line.micros)
    each = select(line.question_id, text.label("line"), paid.label("micros"))
    if since is not None or until is not None:
        each = each.join(source_question, source_question.c.id == line.question_id)
    some = _within(each, since, until).subquery()
    return (
        select(
            some.c.question_id,
            func.sum(some.c.micros).label("micros"),
            func.aggregate_strings(some.c.line, ",").label("lines"),
        )
        .group_by(some.c.question_id)
        .subquery()
    )


def _within(wanted: Select[Any], since: datetime | None, until: datetime | None) -> Select[Any]:
    """Limit a statement to the questions that were asked in a period."""
    if since is not None:
        wanted = wanted.where(source_question.c.reserved_at >= since)
    if until is not None:
        wanted = wanted.where(source_question.c.reserved_at < until)
    return wanted


def _day(tx: Tx, moment: ColumnElement[datetime]) -> ColumnElement[Any]:
    """The day of a time in UTC."""
    if tx.dialect.name == "sqlite":
        return func.date(moment)
    return cast(func.timezone("UTC", moment), Date)


def _booked(row: Any) -> BookedQuestions:
    lines = sorted(_lines(row.lines or ""))
    used = tuple(whose for _, why, whose in lines if why == USED)
    paying = (whose for _, why, whose in lines if why != USED)
    own = (whose for _, _, whose in lines if whose.client_id == row.by_client)
    asker = next(paying, None) or next(own, Whose(row.by_client, row.by_campaign))
    return BookedQuestions(
        count=row.questions,
        source=row.source,
        state=State(row.state),
        outcome=row.outcome,
        at=row.at,
        cost=Price(max(int(row.micros or 0), 0), row.currency),
        asker=asker,
        used=used,
    )


def _lines(text: str) -> Iterator[tuple[int, str, Whose]]:
    for line in filter(None, text.split(",")):
        place, why, client_id, campaign_id, list_id = line.split(" ")
        whose = Whose(UUID(client_id), _id(campaign_id), _id(list_id))
        yield int(place), why, whose


def _id(text: str) -> UUID | None:
    return UUID(text) if text else None
