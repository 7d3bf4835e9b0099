"""What the facts of one attribute add up to: the sides they take, the facts on each, and those that
do not count.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from leads.facts import Fact, Scope
from leads.values import Value


@dataclass(frozen=True, slots=True)
class Policy:
    """Which facts count as an answer, and from which day it is looked at."""

    today: date
    #: Days after which a fact is too old; None: the attribute's own limit.
    max_age_days: int | None = None
    #: 0 to 1.
    min_confidence: float = 0.0
    #: None: the attribute's own scope, and for places the sites when nothing is said of the
    #: company.
    scope: Scope | None = None
    #: ISO 4217 code that money is converted to; None: the currency of the fact that is believed.
    currency: str | None = None


class Holds(StrEnum):
    """How the sides of one attribute stand to each other."""

    #: One is true, so a second side is a conflict (headcount, country, status).
    ONE = "one"
    #: All are true together, and there may be more (technologies, domains, aliases).
    MANY = "many"
    #: Each is true of one site; what is true of the company is among them.
    SITES = "sites"


@dataclass(frozen=True, slots=True)
class Side:
    """One value, and the facts that agree on it, most believed first."""

    value: Value
    facts: tuple[Fact, ...]
    #: How the value was arrived at, where it is not what the facts say word for word (a currency
    #: converted).
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ignored:
    """A fact that does not count, and why, as the end of a sentence."""

    fact: Fact
    reason: str


@dataclass(frozen=True, slots=True)
class Known:
    """The folded facts of one attribute; no sides when nothing that counts is known."""

    attribute: str
    holds: Holds
    #: The one believed comes first.
    sides: tuple[Side, ...] = ()
    ignored: tuple[Ignored, ...] = ()

    @property
    def value(self) -> Value | None:
        """The value believed, None when nothing is known."""
        return self.sides[0].value if self.sides else None

    @property
    def conflict(self) -> bool:
        """Whether sources contradict each other."""
        return self.holds is Holds.ONE and len(self.sides) > 1
