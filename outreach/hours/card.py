"""The part of a card that says what time it is at the company."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLocalTime:
    """The local time of a company; without time zones its country is not known."""

    time_zones: tuple[str, ...] = ()
    #: On the clocks of the first zone, with the offset.
    now: str | None = None
    is_open: bool | None = None
    open_until: datetime | None = None
    opens_at: datetime | None = None
    #: The public holiday that closes it today.
    holiday: str | None = None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentThere:
    """What clocks show at a company at a moment, and whether its call hours include it."""

    #: None: one of several zones, nobody knows which.
    time_zone: str | None
    #: With the offset.
    local: str | None
    is_open: bool
    words: str
