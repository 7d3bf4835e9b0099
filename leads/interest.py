"""How much interest a company shows, as cards, lists and exports present it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class InterestSignal:
    """A signal that no machine caused."""

    #: The kind's name, and what happened in words.
    signal: str
    words: str
    at: datetime
    channel: str
    #: What the scoring file gave for it; None: no rule counts it.
    points: float | None


@dataclass(frozen=True, slots=True)
class InterestMove:
    """What moved a score since a moment."""

    since: datetime
    engagement_before: int
    temperature_before: str
    #: The points of signals since then, as they are now.
    gained: float
    #: What older points lost since then.
    faded: float
    #: In one sentence.
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """The interest of one company in one campaign, by its scoring file."""

    engagement: int
    temperature: str
    #: The grade of the fit and the column of the temperature, such as `B1`; None: it has no verdict.
    grid: str | None
    warm_at: datetime | None
    cold_at: datetime | None
    qualifications: tuple[str, ...]
    #: Of a lead: `unqualified`, `mql` …; None: it is none.
    lead_stage: str | None
    #: Which signals gave the most points, in one sentence.
    reason: str
    #: Newest first.
    last_signals: tuple[InterestSignal, ...]
    moved: InterestMove
    #: What the client's CRM calls temperatures, qualifications and stages.
    labels: Mapping[str, str] = field(default_factory=dict)

    def label(self, word: str) -> str:
        """What the client calls a temperature, a qualification or a stage."""
        return self.labels.get(word, word)
