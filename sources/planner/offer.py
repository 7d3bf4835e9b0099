"""What the planner weighs: open companies, and what sources offer for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from leads.prices import FREE, Price
from sources.planner.why import Why
from sources.source import Billing

#: In place of an attribute: the company itself.
FOUND = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What one question to a source may answer, for companies of some countries."""

    source: str
    attributes: frozenset[str]
    #: Empty: every country.
    countries: frozenset[str]
    #: One of these must be known of the company.
    asks_by: frozenset[str]
    #: In the currency of the budget; the price of a question or of a hit, by `billing`.
    price: Price
    billing: Billing


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCompany:
    """A company whose verdict is open."""

    #: Any name of it that is unique among the companies.
    key: str
    country: str | None
    #: What is known that sources ask by: `name`, `domain`, schemes of numbers.
    known_by: frozenset[str]
    #: Sets of attributes; each, when known, can make the verdict `fit`. None: it fits already, or
    #: nothing can make it fit; then only a no changes the verdict.
    fits_by: tuple[frozenset[str], ...]
    #: Attributes of open criteria, those of must_not too: one of them, when its answer is no, ends
    #: it.
    ends_by: frozenset[str]
    #: (source, attribute) that need not be asked, or must not be asked now, and why.
    asked: Mapping[tuple[str, str], Why] = field(default_factory=lambda: MappingProxyType({}))
    #: Already spent on it, in the currency of the budget.
    spent: Price = FREE


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something happened, of how many."""

    yes: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """What was learned from the questions so far; missing keys mean that nothing was."""

    #: (source, country, attribute): how often a question answered what was open about it. A band
    #: too wide to answer is no hit. The country is empty if unknown; the attribute `FOUND` counts
    #: the companies that were found at all.
    hits: Mapping[tuple[str, str, str], Tally] = field(default_factory=lambda: MappingProxyType({}))
    #: (attribute): how often an answer, once there, ended the company (a no).
    ends: Mapping[str, Tally] = field(default_factory=lambda: MappingProxyType({}))
