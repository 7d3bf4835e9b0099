"""What a source answers about a company."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from leads.facts import Scope
from leads.values import Value


class Outcome(StrEnum):
    """What came of asking."""

    FOUND = "found"
    #: The source knows no such company. This is an answer: the same question is not asked again.
    NO_MATCH = "no match"
    #: The source does not answer this for such a company, whatever is asked.
    NOT_COVERED = "not covered"
    RATE_LIMITED = "rate limited"
    QUOTA_USED_UP = "quota used up"
    #: The key is wrong, or may not ask this.
    NOT_ALLOWED = "not allowed"
    #: The source failed, or sent what nobody can read.
    FAILED = "failed for now"


#: Outcomes that settle a question for its freshness window.
ANSWERED = frozenset({Outcome.FOUND, Outcome.NO_MATCH, Outcome.NOT_COVERED})


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFact:
    """One value of one attribute, as a source states it."""

    attribute: str
    value: Value
    #: The words of the source, with the name of its field: `antallAnsatte: 240`.
    quote: str
    #: The date the value speaks of, where the source gives one.
    as_of: date | None = None
    scope: Scope = Scope.COMPANY
    #: 0 to 1.
    confidence: float = 0.95
    #: The source does not state it; it follows from what the source states.
    inferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One company as a source holds it."""

    #: ISO 3166-1 alpha-2 of the register; of a provider, of the company; empty if unknown.
    country: str
    #: The number of the company in the register of its country, which facts are shared by; of a
    #: provider, its own id of the company. Empty: a source of several countries states none.
    number: str
    name: str
    other_names: tuple[str, ...] = ()
    city: str = ""
    postcode: str = ""
    street: str = ""
    domain: str = ""
    facts: tuple[SourceFact, ...] = ()
    #: Where a person can read it.
    url: str = ""
    #: The question was by number, or by domain: the name need not prove who it is.
    asked_by_key: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of one question, after all requests that it took."""

    outcome: Outcome
    #: Why, as a person reads it; never with a key.
    reason: str = ""
    #: Entries that may be the company, the likeliest first; `sources/identity.py` proves which is.
    entries: tuple[Entry, ...] = ()
    #: Numbers of entries that the source wants erased wherever they are kept.
    erased: tuple[str, ...] = ()
    #: No earlier than this may the source be asked again; None: it does not say.
    not_before: datetime | None = None
    #: Credits that the source says it billed; None: it does not say.
    billed: int | None = None
