"""How signals are scored: the content of a scoring file in the form that the score needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Literal

from engage.signals.kinds import JourneyStage, Kinds

Model = Literal["activity_and_suitability", "purchase_intent"]
#: Points are whole numbers of this part of a point, so that a sum is exact in any order.
MICRO = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The points of one kind of signal, under conditions."""

    name: str
    #: The kind's name in the catalogue, not another word for it.
    kind: str
    points: Decimal
    half_life: timedelta
    channels: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    #: In hundredths of the signal's currency.
    value_at_least: int | None = None
    per_day: int | None = None
    suppress: str | None = None

    @property
    def has_conditions(self) -> bool:
        """Whether it counts only some signals of its kind."""
        return bool(self.channels or self.sources or self.value_at_least is not None)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A sum of points at which a temperature begins, and the lower one below which it ends."""

    enter: float
    leave: float


@dataclass(frozen=True, slots=True)
class Floor:
    """A temperature that a signal keeps for a time."""

    kind: str
    temperature: str
    lasts: timedelta


@dataclass(frozen=True, slots=True)
class Temperatures:
    """When a company is warm, and when hot."""

    warm: Threshold
    hot: Threshold
    floors: tuple[Floor, ...] = ()


@dataclass(frozen=True, slots=True)
class SignalCount:
    """So many signals of some kinds, within a time; None: at any time."""

    at_least: int
    kinds: frozenset[str]
    within: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to a qualification: all conditions that are given must hold."""

    after: str | None = None
    engagement: int | None = None
    temperature: str | None = None
    fit: str | None = None
    signals: SignalCount | None = None
    checklist: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """A scoring file in force."""

    name: str
    version: int
    model: Model
    half_life: timedelta
    rules: tuple[Rule, ...]
    temperatures: Temperatures
    stage_weights: Mapping[JourneyStage, Decimal]
    people_weights: Mapping[int, Decimal]
    grades: Mapping[str, int]
    disqualify_at: Decimal | None
    #: None: a company that is out stays out while its signals are in force.
    requalify_at: Decimal | None
    qualifications: Mapping[str, tuple[Way, ...]]
    labels: Mapping[str, str]
    kinds: Kinds

    @property
    def half_lives(self) -> tuple[timedelta, ...]:
        """The half-lives that rules have, the file's own first."""
        every = (self.half_life, *(one.half_life for one in self.rules))
        used = {one.half_life for one in self.rules}
        return tuple(one for one in dict.fromkeys(every) if one in used)
