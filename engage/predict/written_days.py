"""Days that are written with the year last, such as 31.12.2026: which part is the day."""

from __future__ import annotations

import re
from collections.abc import Sequence

from leads.errors import UsageError

#: `31.12.2026`, `12/31/2026 3:15 PM`; a time may follow.
_WRITTEN = re.compile(r"\s*(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)(.*)", re.DOTALL)
_NUMBERS = re.compile(r"\d+")
_MONTHS = 12

Parts = tuple[int, int, str, int, str]


def places_of_days(column: str, texts: Sequence[str]) -> list[tuple[float, ...]] | None:
    """What sorts the days of a column: year, month, day and time. None when one is written otherwise.

    UsageError when nothing shows whether the day or the month comes first.
    """
    found = [_parts(text) for text in texts]
    parts = [one for one in found if one is not None]
    if not parts or len(parts) < len(found):
        return None
    is_day_first = _is_day_first(column, parts)
    return [_key(one, is_day_first=is_day_first) for one in parts]


def _parts(text: str) -> Parts | None:
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    return int(found[1]), int(found[3]), found[2], int(found[4]), found[5]


def _is_day_first(column: str, parts: Sequence[Parts]) -> bool:
    """Only dates written with dots have the day first everywhere; others must show it."""
    by_first = any(one[0] > _MONTHS for one in parts)
    by_second = any(one[1] > _MONTHS for one in parts)
    is_dotted = all(one[2] == "." for one in parts)
    if by_second and is_dotted and not by_first:
        raise UsageError(
            f"{column!r} has dates such as {_shown(parts[0])}: with dots the day is first",
            "write times as 2026-11-29, or leave --time out",
        )
    if by_second and by_first:
        raise UsageError(
            f"{column!r} has days first in some rows and months first in others",
            "write times as 2026-11-29, or leave --time out",
        )
    if by_first or is_dotted:
        return True
    if by_second:
        return False
    raise UsageError(
        f"{column!r} has dates such as {_shown(parts[0])}: nothing shows which part is the day",
        "write times as 2026-11-29, or leave --time out",
    )


def _shown(one: Parts) -> str:
    first, second, between, year, _ = one
    return f"{first}{between}{second}{between}{year}"


def _key(one: Parts, *, is_day_first: bool) -> tuple[float, ...]:
    first, second, _, year, rest = one
    month, day = (second, first) if is_day_first else (first, second)
    clock = [int(number) for number in _NUMBERS.findall(rest)]
    if clock and (half := re.search(r"[ap]m\b", rest.casefold())):
        clock[0] = clock[0] % 12 + (12 if half[0] == "pm" else 0)
    return (year, month, day, *clock)
