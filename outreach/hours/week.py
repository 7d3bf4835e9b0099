"""The call hours of a week, as a user writes them: `mon-fri 9-12, 13-17; sat 10-12`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from leads.errors import UsageError

_NAMES = (
    ("mon", "monday"),
    ("tue", "tues", "tuesday"),
    ("wed", "weds", "wednesday"),
    ("thu", "thur", "thurs", "thursday"),
    ("fri", "friday"),
    ("sat", "saturday"),
    ("sun", "sunday"),
)
DAYS = tuple(names[0] for names in _NAMES)
WORKDAYS = "workdays"
ANY_TIME = "any time"
#: Characters of a text.
LONGEST = 500

_DAY = 24 * 60
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(am|pm)?")
_EXAMPLE = "write it as: workdays 9-12, 13-17; sat 10-12, or: any time"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A part of a day, in minutes since its midnight."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{_clock(self.start)}-{_clock(self.end)}"


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class CallHours:
    """The call hours of a week; `workdays` are those of days that are neither named nor weekend."""

    workdays: Spans = ()
    #: By weekday, Monday is 0.
    named: Mapping[int, Spans] = field(default_factory=dict)
    any_time: bool = False

    def on(self, weekday: int, *, is_workday: bool) -> Spans:
        """The spans of one day, in their order."""
        if weekday in self.named:
            return self.named[weekday]
        return self.workdays if is_workday else ()

    def without_breaks(self) -> CallHours:
        """The same hours, each day from its first to its last minute."""
        named = {day: _hull(spans) for day, spans in self.named.items()}
        return CallHours(_hull(self.workdays), named, self.any_time)

    def __str__(self) -> str:
        if self.any_time:
            return ANY_TIME
        parts = [f"{WORKDAYS} {_spans(self.workdays)}"] if self.workdays else []
        for spans, days in groupby(sorted(self.named), self.named.__getitem__):
            parts.extend(f"{run} {_spans(spans)}" for run in _runs(list(days)))
        return "; ".join(parts)


#: At any time.
ALWAYS = CallHours(any_time=True)


def parse_hours(text: str) -> CallHours:
    """Read the call hours of a week; UsageError that names the part which is not understood.

    Hours without days are those of workdays. A day may be `closed`.
    """
    plain = " ".join(text.casefold().replace("–", "-").replace("—", "-").split())
    if plain in ("any", ANY_TIME):
        return ALWAYS
    if len(plain) > LONGEST:
        raise UsageError(f"call hours of {len(plain):,} characters are too long", _EXAMPLE)
    workdays: Spans | None = None
    named: dict[int, Spans] = {}
    for part in plain.split(";"):
        days, spans = _part(part.strip())
        if days is None:
            if workdays is not None:
                raise UsageError("call hours name workdays twice", _EXAMPLE)
            workdays = spans
        for day in days or ():
            if day in named:
                raise UsageError(f"call hours name {DAYS[day]} twice", _EXAMPLE)
            named[day] = spans
    if not workdays and not any(named.values()):
        raise UsageError(f"the call hours {text!r} are never open", _EXAMPLE)
    return CallHours(workdays or (), named)


def _part(part: str) -> tuple[list[int] | None, Spans]:
    """The days of one part, None for workdays, and their spans."""
    first = re.search(r"\d|\bclosed\b", part)
    words, times = (part[: first.start()], part[first.start() :]) if first else (part, "")
    if not times:
        raise UsageError(f"the call hours {part!r} name no hours", _EXAMPLE)
    days = _days(words.strip(" :,"))
    if times == "closed":
        return days, ()
    spans = tuple(sorted(_span(one.strip()) for one in times.split(",")))
    for one, other in pairwise(spans):
        if other.start < one.end:
            raise UsageError(f"the call hours {one} and {other} overlap", _EXAMPLE)
    return days, spans


def _days(words: str) -> list[int] | None:
    if words in ("", WORKDAYS, "workday"):
        return None
    found: list[int] = []
    for one in re.split(r"\s*,\s*|\s+", re.sub(r"\s*-\s*", "-", words)):
        ends = [_day(name) for name in one.split("-", 1)]
        first, last = ends[0], ends[-1]
        found += [day % 7 for day in range(first, last + (1 if last >= first else 8))]
    return found


def _day(word: str) -> int:
    plain = word.strip().rstrip(".")
    for place, names in enumerate(_NAMES):
        if plain in names:
            return place
    raise UsageError(f"{word!r} is no day in call hours", _EXAMPLE)


def _span(text: str) -> Span:
    start, mark, end = text.replace(" ", "").replace("to", "-").partition("-")
    if not mark:
        raise UsageError(f"the call hours {text!r} have no end", _EXAMPLE)
    made = Span(_minutes(start, text), _minutes(end, text))
    if made.start >= made.end:
        raise UsageError(
            f"the call hours {text!r} end before they begin on a 24-hour clock", _EXAMPLE
        )
    return made


def _minutes(text: str, whole: str) -> int:
    found = _TIME.fullmatch(text)
    if found is None:
        raise UsageError(f"the call hours {whole!r} are not understood", _EXAMPLE)
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0) if 1 <= hour <= 12 else 99
    total = hour * 60 + minute
    if minute > 59 or total > _DAY:
        raise UsageError(f"the call hours {whole!r} name no time of day", _EXAMPLE)
    return total


def _hull(spans: Spans) -> Spans:
    return (Span(spans[0].start, spans[-1].end),) if spans else ()


def _runs(days: list[int]) -> Iterator[str]:
    """Neighbouring days as `mon-fri`; each other day by itself."""
    for _, some in groupby(enumerate(days), lambda one: one[1] - one[0]):
        run = [day for _, day in some]
        yield DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]}-{DAYS[run[-1]]}"


def _spans(spans: Spans) -> str:
    return ", ".join(map(str, spans)) or "closed"


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"
