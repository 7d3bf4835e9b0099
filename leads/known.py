"""The folded facts of one attribute: its values, the facts for each, and the ignored facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from leads.facts import Fact, Scope
from leads.values import Value


@dataclass(frozen=True, slots=True)
class Policy:
    """Which facts count, as of which day."""

    today: date
    #: Days after which a fact is too old; None: the attribute's own limit.
    max_age_days: int | None = None
    #: 0 to 1.
    min_confidence: float = 0.0
    #: None: the attribute's own scope; for places the scope of sites if no fact is about the company.
    scope: Scope | None = None
    #: ISO 4217 code that money is converted to; None: the currency of the most trusted fact.
    currency: str | None = None


class Holds(StrEnum):
    """How the values of one attribute relate to each other."""

    #: One value is true, so a second one is a conflict (headcount, country, status).
    ONE = "one"
    #: All values are true, and there may be more (technologies, domains, aliases).
    MANY = "many"
    #: Each value is true of one site; one of them is true of the company.
    SITES = "sites"


@dataclass(frozen=True, slots=True)
class Side:
    """One value and the facts that agree on it, the most trusted first."""

    value: Value
    facts: tuple[Fact, ...]
    #: How the value was computed, if the facts state another one (a converted currency).
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ignored:
    """A fact that does not count, and why; the reason ends a sentence."""

    fact: Fact
    reason: str


@dataclass(frozen=True, slots=True)
class FoldedAttribute:
    """The folded facts of one attribute; no sides when no fact counts."""

    attribute: str
    holds: Holds
    #: The most trusted comes first.
    sides: tuple[Side, ...] = ()
    ignored: tuple[Ignored, ...] = ()

    @property
    def value(self) -> Value | None:
        """The most trusted value; None when no fact counts."""
        return self.sides[0].value if self.sides else None

    @property
    def conflict(self) -> bool:
        """Whether sources contradict each other."""
        return self.holds is Holds.ONE and len(self.sides) > 1
