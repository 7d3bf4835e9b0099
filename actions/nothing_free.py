"""Say why no prospect is handed out, and when the next one is."""

from __future__ import annotations

from datetime import tzinfo
from zoneinfo import ZoneInfo

from leads.clock import now
from leads.errors import NotFoundError
from leads.settings import Settings
from outreach.hours.words import day_and_time, duration
from outreach.run.opening import MOST_COUNTED, NextOpening

_ANYWAY = (
    "`--any-time` hands one out anyway; `sluice campaign set NAME --call-hours` sets the hours"
)


def nothing_free(opening: NextOpening | None, settings: Settings) -> NotFoundError:
    """The error of a user whom nothing can be handed."""
    if opening is None:
        return NotFoundError(
            "no prospect is free right now",
            "see `sluice queue stats` for what is held or waits for its time",
        )
    count = "1 prospect" if opening.prospects == 1 else f"{opening.prospects:,} prospects"
    if opening.prospects >= MOST_COUNTED:
        count = f"{MOST_COUNTED:,} prospects or more"
    if opening.at is None:
        return NotFoundError(f"nothing is open now or within two months ({count})", _ANYWAY)
    at = now()
    when = day_and_time(opening.at, at, _zone(settings))
    return NotFoundError(
        f"nothing is open now; next opens {when}, in {duration(opening.at - at)} ({count})", _ANYWAY
    )


def _zone(settings: Settings) -> tzinfo | None:
    """The user's zone, which was checked with the queue; None: the machine's."""
    name = settings["time_zone"]
    return ZoneInfo(name) if name else None
