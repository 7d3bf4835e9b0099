"""A date or time in words, as a caller writes it: `tue 9`, `tomorrow 14:30`, `in 2 weeks`."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
#: Parts of a day, and the hour at which calls begin then.
_PARTS = {"morning": time(9), "noon": time(12), "afternoon": time(14), "evening": time(17)}
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6}
_FILLER = re.compile(r"\b(?:at|on|around|about|the|of)\b|,")
_CLOCK = re.compile(r"(?:(\d{1,2})(?:[:.h](\d{2})|h)?\s*(am|pm)?|([a-z]+))")
_IN = re.compile(r"(?:in |(?=\d))(\w+) (minute|min|hour|day|week|month|year)s?")
#: `1 dec`, `dec 1`, `1st december 2027`; a year may follow.
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})(?: (\d{4}))?")
_MONTH_DAY = re.compile(r"([a-z]{3,9}) (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?")
#: `1.12.` and `1.12.2027`: only dates written with dots have the day in front everywhere.
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})?")
#: A bare hour before this one is meant in the afternoon: nobody is called at three in the morning.
_FIRST_HOUR = 7


@dataclass(frozen=True, slots=True)
class When:
    """A time on the clocks of the user's zone."""

    local: datetime
    #: False: the whole day is meant.
    has_time: bool = True


def in_words(text: str, now: datetime) -> When | None:
    """Read words as of a local time; None when they are not understood, or say two things."""
    words = " ".join(_FILLER.sub(" ", text.casefold()).split())
    if found := _IN.fullmatch(words):
        return _after(found[1], found[2], now)
    day, rest = _day_in_front(words, now.date())
    if day is None:
        return _clock_alone(words, now) or _clock_in_front(words, now.date())
    if not rest:
        return When(datetime.combine(day, time()), has_time=False)
    clock = _clock(rest)
    return When(datetime.combine(day, clock)) if clock else None


def _after(count: str, unit: str, now: datetime) -> When | None:
    """`in 2 hours` is a moment; `in 2 weeks` is a day."""
    number = int(count) if count.isdecimal() and len(count) < 5 else _NUMBERS.get(count)
    if number is None:
        return None
    if unit in ("minute", "min", "hour"):
        step = timedelta(hours=number) if unit == "hour" else timedelta(minutes=number)
        return When((now + step).replace(second=0, microsecond=0))
    if unit in ("month", "year"):
        day = _months_after(now.date(), number * (12 if unit == "year" else 1))
    else:
        day = _days_after(now.date(), number * (7 if unit == "week" else 1))
    return When(datetime.combine(day, time()), has_time=False) if day else None


def _days_after(today: date, days: int) -> date | None:
    try:
        return today + timedelta(days=days)
    except OverflowError:
        return None


def _months_after(today: date, months: int) -> date | None:
    """The same day of a later month, or its last one: January 31 and a month is February 28."""
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    if year > date.max.year:
        return None
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _day_in_front(words: str, today: date) -> tuple[date | None, str]:
    """The day that the words begin with, and the words behind it."""
    first, _, rest = words.partition(" ")
    if first in ("today", "tomorrow", "tmrw"):
        return today + timedelta(days=first != "today"), rest
    if first == "next":
        unit, _, rest = rest.partition(" ")
        return _next(unit, today), rest
    if (weekday := _place(first, _DAYS)) is not None:
        return _weekday_after(today, weekday), rest
    for pattern, named in ((_DOTTED, "d m y"), (_DAY_MONTH, "d m y"), (_MONTH_DAY, "m d y")):
        if (found := pattern.match(words)) and words[found.end() :][:1] in ("", " "):
            parts = dict(zip(named.split(), found.groups(), strict=True))
            return _date(parts["d"], parts["m"], parts["y"], today), words[found.end() :].strip()
    return None, words


def _next(unit: str, today: date) -> date | None:
    """`next week` is its Monday; `next tue` is the Tuesday of next week."""
    monday = today - timedelta(days=today.weekday()) + timedelta(days=7)
    if unit == "week":
        return monday
    if unit == "month":
        after = _months_after(today, 1)
        return after.replace(day=1) if after else None
    weekday = _place(unit, _DAYS)
    return monday + timedelta(days=weekday) if weekday is not None else None


def _weekday_after(today: date, weekday: int) -> date:
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _date(day: str, month: str, year: str | None, today: date) -> date | None:
    """A day of a month, without a year the next one that comes."""
    number = int(month) if month.isdecimal() else (_place(month, _MONTHS) or 0) + 1
    if not month.isdecimal() and _place(month, _MONTHS) is None:
        return None
    years = [int(year)] if year else [today.year, today.year + 1]
    for one in years:
        try:
            found = date(one, number, int(day))
        except ValueError:
            continue
        if year or found >= today:
            return found
    return None


def _place(word: str, names: tuple[str, ...]) -> int | None:
    """The place of a name that the word is, or is short for, by three letters or more."""
    word = word.rstrip(".")
    found = [place for place, name in enumerate(names) if len(word) > 2 and name.startswith(word)]
    return found[0] if len(found) == 1 else None


def _clock_alone(words: str, now: datetime) -> When | None:
    """A time alone is today, or tomorrow when it is over."""
    clock = _clock(words)
    if clock is None:
        return None
    today = datetime.combine(now.date(), clock)
    return When(today if today > now else today + timedelta(days=1))


def _clock_in_front(words: str, today: date) -> When | None:
    """`9am tomorrow`: the time before the day."""
    first, _, rest = words.partition(" ")
    if rest.startswith(("am ", "pm ")):
        first, rest = f"{first} {rest[:2]}", rest[3:]
    clock, (day, behind) = _clock(first), _day_in_front(rest, today)
    return When(datetime.combine(day, clock)) if clock and day and not behind else None


def _clock(text: str) -> time | None:
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None
    hour, minute, half, part = found.groups()
    if part:
        return _PARTS.get(part)
    number = int(hour)
    if half:
        if not 1 <= number <= 12:
            return None
        number = number % 12 + (12 if half == "pm" else 0)
    elif minute is None and 1 <= number < _FIRST_HOUR:
        number += 12
    return time(number, int(minute or 0)) if number < 24 and int(minute or 0) < 60 else None
