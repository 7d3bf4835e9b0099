"""Dates and times that a user types, in the user's time zone."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, datetime, time, timedelta
from difflib import get_close_matches
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from console.cli.past_words import past_in_words
from console.cli.when_words import in_words
from leads.clock import now
from leads.errors import UsageError
from leads.settings import load_settings

#: Years ahead that a moment may lie; who may promise a call is asked more strictly.
_FURTHEST = 100
#: `3/4` is 3 April or March 4.
_SLASHED = re.compile(r"\d{1,2}/\d{1,2}(?:/\d{2,4})?")
_LOCAL_FILE = Path("/etc/localtime")


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone; `info` is None when the machine's zone has no name."""

    name: str
    info: ZoneInfo | None

    def moment(self, naive: datetime, fold: int = 0) -> datetime:
        """The moment in UTC at which clocks of this zone show a time."""
        return naive.replace(tzinfo=self.info, fold=fold).astimezone(UTC)

    def clock(self, at: datetime) -> datetime:
        """What clocks of this zone show at a moment."""
        return at.astimezone(self.info)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in UTC, and how it was named."""

    at: datetime
    #: Such as `2027-07-01 09:00 America/New_York`.
    named: str
    #: The end of that day, when no time of day was given.
    day_ends: datetime | None = None


def user_zone(wanted: str | None) -> Zone:
    """The zone that the user names, else the setting `time_zone`, else the machine's; UsageError
    for a name that no zone has.
    """
    name = wanted or load_settings()["time_zone"]
    if name:
        return Zone(name, _info(name))
    name = os.environ.get("TZ", "").lstrip(":") or _name_of_file()
    try:
        return Zone(name, ZoneInfo(name)) if name else _local()
    except (KeyError, ValueError, OSError):
        return _local()


def future_moment(text: str, wanted_zone: str | None = None) -> Moment:
    """Parse a moment in the future, in ISO form or in words; UsageError for anything else, and for
    a time that the user's zone skips or has twice.
    """
    zone = user_zone(wanted_zone)
    found, has_time = _read(text, zone)
    if found.year > now().year + _FURTHEST:
        raise UsageError(f"{text} is too far in the future", f"name one within {_FURTHEST} years")
    if found.tzinfo:
        at = found.astimezone(UTC)
    else:
        # A day begins even where clocks skip its midnight, as in Cairo and Santiago.
        at = _in_zone(found, text, zone) if has_time else _rest_of_day(found, zone)
    if at <= now():
        raise UsageError(
            f"{text} is in the past ({shown(at, zone)})", "name a moment in the future"
        )
    named = f"{found:%Y-%m-%d %H:%M} {found:%Z}" if found.tzinfo else _named(at, zone)
    return Moment(at, named, None if has_time else zone.moment(found + timedelta(days=1)))


def _rest_of_day(day: datetime, zone: Zone) -> datetime:
    """When a day begins; of today, what is left of it begins with the next minute."""
    begins, at = zone.moment(day), now()
    if not begins <= at < zone.moment(day + timedelta(days=1)):
        return begins
    return at.replace(second=0, microsecond=0) + timedelta(minutes=1)


def _read(text: str, zone: Zone) -> tuple[datetime, bool]:
    """What clocks show at the moment that is meant, and whether a time of day was given."""
    try:
        return datetime.fromisoformat(text), ":" in text or "T" in text.upper()
    except ValueError:
        pass
    if _SLASHED.fullmatch(text.strip()):
        raise UsageError(
            f"{text!r} is two different days, by country", "write 3 apr, apr 3 or 2027-01-31"
        )
    said = in_words(text, zone.clock(now()).replace(tzinfo=None))
    if said is None:
        raise UsageError(
            f"{text!r} is not a date or time",
            "write it as tue 9, tomorrow 14:30, in 2 weeks, 2027-01-31 or 2027-01-31T09:00",
        )
    return said.local, said.has_time


def day_start(text: str) -> datetime:
    """The moment a day begins in the user's zone, or a moment as given, in ISO form or in words of
    the past such as `monday`; UsageError otherwise.
    """
    zone = user_zone(None)
    found = _said(text, zone)
    return found.astimezone(UTC) if found.tzinfo else zone.moment(found)


def day_end(text: str) -> datetime:
    """The moment a day ends in the user's zone, or a moment as given; UsageError otherwise."""
    zone = user_zone(None)
    found = _said(text, zone)
    if found.tzinfo:
        return found.astimezone(UTC)
    is_day = found.time() == time() and ":" not in text and found.year < MAXYEAR
    return zone.moment(found + timedelta(days=1) if is_day else found)


def _said(text: str, zone: Zone) -> datetime:
    """A day or time that is named, as clocks of the zone show it unless it names its own."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        said = past_in_words(text, zone.clock(now()).replace(tzinfo=None))
    if said is None:
        raise UsageError(
            f"{text!r} is not a date or time",
            "write it as monday, yesterday 14:30, 3 days ago, 2027-01-31 or 2027-01-31T09:00",
        )
    return said


def shown(at: datetime, zone: Zone) -> str:
    """A moment as clocks of a zone show it, and in UTC where that is another time."""
    local, utc = zone.clock(at), at.astimezone(UTC)
    if not local.utcoffset():
        return _named(at, zone)
    day = "" if local.date() == utc.date() else f"{utc:%Y-%m-%d} "
    return f"{_named(at, zone)} ({day}{utc:%H:%M} UTC)"


def _named(at: datetime, zone: Zone) -> str:
    return f"{zone.clock(at):%Y-%m-%d %H:%M} {zone.name}"


def _in_zone(naive: datetime, text: str, zone: Zone) -> datetime:
    first, second = zone.moment(naive), zone.moment(naive, fold=1)
    if zone.clock(first).replace(tzinfo=None, fold=0) != naive:
        raise UsageError(
            f"{text} does not exist in {zone.name}: clocks are put forward then",
            f"write {zone.clock(first):%Y-%m-%dT%H:%M}, which comes right after",
        )
    if first != second:
        offsets = " or ".join(
            zone.clock(one).isoformat(timespec="minutes") for one in (first, second)
        )
        raise UsageError(
            f"{text} exists twice in {zone.name}: clocks are put back then", f"write {offsets}"
        )
    return first


def _info(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        names = {one.casefold(): one for one in available_timezones()}
        cities = {one.rpartition("/")[2]: full for one, full in names.items()}
        near = get_close_matches(name.casefold().replace(" ", "_"), {**cities, **names}, 1)
        meant = {**cities, **names}[near[0]] if near else "Europe/Berlin"
        raise UsageError(
            f"{name!r} is not a time zone",
            f"write it as {meant}, with --tz or the setting time_zone",
        ) from None


def _name_of_file() -> str:
    """The zone that the machine's clock is set to, where the file that says so has a name."""
    try:
        return str(_LOCAL_FILE.resolve()).partition("zoneinfo/")[2]
    except OSError:
        return ""


def _local() -> Zone:
    return Zone(now().astimezone().tzname() or "local time", None)
