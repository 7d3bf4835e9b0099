"""What every source says about itself, and how it is asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from leads.prices import FREE, Price
from sources.exchange import Conversation
from sources.subject import Subject


class Billing(StrEnum):
    """What is paid for."""

    NOTHING = "nothing"
    #: A company that is found.
    HIT = "hit"
    #: Every question, whatever comes of it.
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many requests in any window of so many seconds."""

    requests: int
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a source can answer, for whom, at what price, and by which rules."""

    #: `register:no`, `provider:apollo`: the source of its facts.
    name: str
    #: As people read it: `Enhetsregisteret (Norway)`.
    title: str
    #: Attributes (`leads/attributes.py`) that one question answers.
    attributes: frozenset[str]
    #: ISO 3166-1 alpha-2; empty: every country.
    countries: frozenset[str] = frozenset()
    #: One of these must be known of the company: `name`, `domain`, or a scheme of `Number`.
    asks_by: frozenset[str] = frozenset({"name"})
    #: The environment variable with its key; empty: it needs none.
    key_variable: str = ""
    price: Price = FREE
    billing: Billing = Billing.NOTHING
    #: All of them hold at once.
    limits: tuple[Limit, ...] = (Limit(1, 1),)
    #: Days that an answer is good for: the same question is not asked before.
    fresh_days: int = 90
    #: Whether its facts may be used for every client.
    shared: bool = True
    licence: str = ""
    #: What the licence wants to be said beside the data; empty: nothing.
    attribution: str = ""
    #: Hosts that its requests go to, and no others.
    hosts: frozenset[str] = frozenset()
    #: The header that makes a repeated request the same request; empty: it knows none.
    repeat_header: str = ""

    def covers(self, country: str | None) -> bool:
        """Whether it may know companies of a country; of an unknown one, whether it knows all."""
        return not self.countries or country in self.countries


class Source(Protocol):
    """A register or a provider. It is pure: it yields requests and reads responses."""

    @property
    def card(self) -> Card:
        """What it says about itself."""

    def ask(self, subject: Subject, wanted: Collection[str], key: str, today: date) -> Conversation:
        """Ask about a company, for the attributes wanted; `key` is empty where none is needed.

        Whatever the responses hold, it returns an answer and raises nothing.
        """
