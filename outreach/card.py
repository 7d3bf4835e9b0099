"""The card an SDR sees: who it is, why it is here, on what evidence, what is unknown and what to
ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from leads.facts import Fact
from leads.interest import Interest
from leads.looks import NEEDS_BROWSER, UNREAD, why_unread
from leads.verdicts import VerdictRow
from outreach.card_parts import CardContact, CardListCell, CardSister
from outreach.hours.card import CardLocalTime
from outreach.people import CardPeople

#: What the head of the card shows, in this order, and how many values of each.
_HEAD = (
    ("domain", 2),
    ("phone", 2),
    ("email", 2),
    ("street", 1),
    ("postcode", 1),
    ("city", 1),
    ("country", 3),
    ("employees", 3),
    ("turnover", 3),
    ("industry", 3),
    ("status", 1),
    ("founded", 1),
    ("technology", 12),
)
_APART = "a site of its own: its facts are kept apart"
#: The facts about coverage that are shown.
_SHOWN_LOOKS = ("pages:", NEEDS_BROWSER, UNREAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardEvidence:
    """One fact with its source."""

    attribute: str
    value: str
    source: str
    quote: str
    url: str | None
    as_of: str
    method: str
    confidence: float
    #: The fact's id.
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardAnswer:
    """The answer to one criterion."""

    criterion: str
    section: str
    answer: str
    reason: str
    evidence: tuple[CardEvidence, ...]


@dataclass(frozen=True, slots=True)
class CardQuestion:
    """A criterion without an answer, and why."""

    criterion: str
    reason: str


@dataclass(frozen=True, slots=True)
class CardAsked:
    """A criterion that only the company can answer, and what to ask."""

    criterion: str
    question: str


@dataclass(frozen=True, slots=True)
class ScoreRange:
    """The worst and the best score that a company can have."""

    worst: int
    best: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CardAssessment:
    """What the profile says about a company."""

    stage: str = "name"
    score: ScoreRange | None = None
    #: Whether the profile gives points at all.
    scored: bool = False
    why: tuple[CardAnswer, ...] = ()
    unknown: tuple[CardQuestion, ...] = ()
    #: What to ask the company.
    asked: tuple[CardAsked, ...] = ()

    @property
    def questions(self) -> tuple[str, ...]:
        """What to ask the company, in words."""
        return tuple(one.question for one in self.asked)


@dataclass(frozen=True, slots=True)
class CardLease:
    """Who holds the prospect."""

    user: str
    since: datetime
    until: datetime
    #: Raised with every lease of the prospect: a late report names an older one.
    token: int


@dataclass(frozen=True, slots=True)
class CardPromise:
    """A call-back that somebody promised."""

    by: str
    at: datetime
    #: From when anybody may keep the promise.
    shared_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class CardQueue:
    """Where the company is in the queue; `warns` when its holder must not contact it."""

    state: str
    note: str
    warns: bool


@dataclass(frozen=True, slots=True)
class CardHistory:
    """What somebody reported, noted, skipped or postponed."""

    at: datetime
    user: str
    #: A disposition, or `note`, `skipped` or `postponed`.
    disposition: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Everything an SDR needs to know about one company."""

    company_id: UUID
    name: str
    #: The first few values of each attribute people look for.
    details: Mapping[str, Sequence[str]]
    assessment: CardAssessment
    lease: CardLease | None
    promise: CardPromise | None
    queue: CardQueue
    #: Newest first.
    history: tuple[CardHistory, ...]
    #: How to reach it, and what each channel allows.
    contacts: tuple[CardContact, ...] = ()
    #: Roles and persons at it.
    people: CardPeople = field(default_factory=CardPeople)
    #: What its lists say that no fact holds.
    list_cells: tuple[CardListCell, ...] = ()
    #: Companies of the same group, and who works them.
    sisters: tuple[CardSister, ...] = ()
    #: What the client agreed to say.
    script: str | None = None
    #: What time it is there, and whether it may be called now.
    local_time: CardLocalTime
    #: None: the campaign scores no signals.
    interest: Interest | None = None
    #: Why no site of it was found; empty if it has one, or none was looked for.
    no_site: str = ""


def assess(verdict: VerdictRow, facts: Iterable[Fact]) -> CardAssessment:
    """What a verdict says, with its evidence among these facts."""
    answers = verdict.answers
    by_id = {str(fact.id): fact for fact in facts}
    return CardAssessment(
        stage=verdict.fit_stage,
        score=ScoreRange(verdict.score_worst, verdict.score_best),
        scored=any(one["section"] == "score" for one in answers),
        why=tuple(_answer(one, by_id) for one in answers if one["section"] != "score"),
        unknown=tuple(
            CardQuestion(one["criterion"], one["reason"])
            for one in answers
            if one["answer"] == "unknown"
        ),
        asked=tuple(
            CardAsked(one["criterion"], one["question"]) for one in answers if one.get("asks")
        ),
    )


def details(facts: Sequence[Fact]) -> dict[str, list[str]]:
    """The first few values of each attribute people look for, in the order they were seen."""
    values: dict[str, dict[str, None]] = {}
    for fact in facts:
        values.setdefault(fact.attribute, {})[_value_shown(fact)] = None
    shown = {name: list(values[name])[:most] for name, most in _HEAD if name in values}
    if moved := values.get("moved_to"):
        own = values.get("domain", {})
        shown["site leads to"] = [one if one in own else f"{one} ({_APART})" for one in moved]
    unread = [said for look in values.get("coverage", ()) if (said := _unread(look))]
    if unread:
        shown["unread pages"] = unread
    return shown


def _unread(look: str) -> str:
    """Say how many pages were not read and why; "" for what counts other pages."""
    kind, _, count = look.partition(":")
    why = why_unread(kind)
    return f"{count} ({why})" if why else ""


def _value_shown(fact: Fact) -> str:
    """A value as people write it: a year has no thousands separator."""
    text = str(fact.value)
    return text.replace(",", "") if fact.attribute == "founded" else text


def _answer(answer: Mapping[str, Any], by_id: Mapping[str, Fact]) -> CardAnswer:
    facts = [by_id[key] for key in answer["facts"] if key in by_id]
    return CardAnswer(
        criterion=answer["criterion"],
        section=answer["section"],
        answer=answer["answer"],
        reason=answer["reason"],
        evidence=tuple(_evidence(fact) for fact in facts if _is_shown(fact)),
    )


def _is_shown(fact: Fact) -> bool:
    """Of the facts about coverage, only the numbers of pages are shown."""
    return fact.attribute != "coverage" or str(fact.value).startswith(_SHOWN_LOOKS)


def _evidence(fact: Fact) -> CardEvidence:
    seen = fact.evidence
    return CardEvidence(
        attribute=fact.attribute,
        value=str(fact.value),
        source=seen.source,
        quote=seen.quote,
        url=seen.url,
        as_of=seen.day.isoformat(),
        fact=str(fact.id),
        method=seen.method.value,
        confidence=seen.confidence,
    )
