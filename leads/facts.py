"""A fact: one value of one attribute of one company, with the evidence for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from leads.prices import Price
from leads.values import Value


class Scope(StrEnum):
    """What a value describes: the company itself, its group, or one of its sites."""

    COMPANY = "company"
    GROUP = "group"
    SITE = "site"


class Method(StrEnum):
    """How a value was read, best first: the order in which disagreeing facts are believed."""

    TOLD = "told"
    REGISTER = "register"
    STRUCTURED = "structured"
    PAGE = "page"
    DNS = "dns"
    PROVIDER = "provider"
    COLUMN = "column"
    INFERRED = "inferred"


#: What a row of a list states, as it is stored: attribute, JSON of the value, ISO day, scope, quote,
#: confidence.
Stated: TypeAlias = tuple[str, str, str | None, str, str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a value comes from."""

    #: Who says so, as `kind:name`: `list:fair-2026`, `site:acme.example`, `user:ann`.
    source: str
    method: Method
    observed_at: datetime
    #: The date the value speaks of, where the source gives one.
    as_of: date | None = None
    url: str | None = None
    #: The words it was read from, shortened to 500 characters.
    quote: str = ""
    #: 0 to 1.
    confidence: float = 0.8
    scope: Scope = Scope.COMPANY
    licence: str | None = None
    #: What it cost; None: nothing, or not read from the store.
    cost: Price | None = None

    @property
    def day(self) -> date:
        """The day the value is good for: the stated one, else the day it was seen."""
        return self.as_of or self.observed_at.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One value of one attribute, appended and never edited."""

    id: UUID
    attribute: str
    value: Value
    evidence: Evidence
    #: The client it is private to; None for facts from our own crawl and open registers.
    client_id: UUID | None = None
