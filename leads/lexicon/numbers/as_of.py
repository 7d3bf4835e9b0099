"""Parse the date of a figure: `(2021)`, `as of May 2020`, `Stand 31.12.2023`, `FY 2022/23`."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from leads.lexicon.reference import document

_YEAR = r"(?:19|20)[0-9]{2}"
_DIGIT = re.compile("[0-9]")
#: Placeholder for a removed date, so that numbers on its two sides stay separate.
_GAP = " ; "


def take_date(text: str) -> tuple[date | None, str]:
    """Return the last day the date in the text can mean, and the text without dates.

    A year alone means 31 December, a month its last day, `5/3/2019` the later of its two readings.
    The year of founding (`since 1998`) is removed but not returned. Of several dates the latest
    counts.
    """
    # Every date has a digit, and building the patterns takes time.
    if not _DIGIT.search(text):
        return None, text
    found: list[date] = []
    *sure, bare_year = _patterns()
    for pattern in sure:
        text = _take(pattern, text, found)
    years: list[date] = []
    rest = _take(bare_year, text, years)
    # If no other number remains, the "year" is the figure: "as of today 2000".
    if any(char.isdigit() for char in rest):
        text, found = rest, found + years
    return max(found, default=None), text


def is_day_of_month(text: str) -> bool:
    """Check for a whole text that spreadsheets make of bands: `01. Okt` (1-10), `Nov-50` (11-50).

    The band cannot be restored: `10. Jan` is 1-10 or 10-1.
    """
    return bool(_day_of_month().fullmatch(text.strip()))


@cache
def _day_of_month() -> re.Pattern[str]:
    between = r"[\s./'-]{1,3}"
    month = rf"(?:{_any(_months())})"
    number = r"[0-9]{1,4}"
    return re.compile(
        rf"{number}{between}(?:de\s)?{month}\.?|{month}{between}{number}"
        rf"|[0-9]{{1,2}}{between}{month}{between}(?:[0-9]{{2}}|{_YEAR})",
        re.IGNORECASE,
    )


def _take(pattern: re.Pattern[str], text: str, found: list[date]) -> str:
    def replace(match: re.Match[str]) -> str:
        day = _last_day(match)
        if day is not None:
            found.append(day)
        elif "began" not in match.groupdict():
            return match[0]
        return _GAP

    return pattern.sub(replace, text)


def _last_day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    if "began" in parts:
        return None
    year = int(parts["year"])
    if later := parts.get("later"):
        year = int(str(year)[: -len(later)] + later)
    if "first" in parts:
        first, second = int(parts["first"]), int(parts["second"])
        return max(
            filter(None, (_end(year, first, second), _end(year, second, first))), default=None
        )
    name = parts.get("name")
    # Case folding differs between `re` and `str` for one letter (Turkish i), so a name may be
    # missing.
    month = (
        _months().get(name.casefold(), 0)
        if name
        else int(parts.get("month") or int(parts.get("quarter") or 4) * 3)
    )
    return _end(year, month, int(parts["day"]) if parts.get("day") else None)


def _end(year: int, month: int, day: int | None) -> date | None:
    if not 1 <= month <= 12:
        return None
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, day or last) if (day or last) <= last else None


@cache
def _months() -> dict[str, int]:
    return {
        name: int(number)
        for number, names in document("dates.yaml")["months"].items()
        for name in names
    }


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = document("dates.yaml")
    month = rf"(?P<name>{_any(_months())})\.?"
    free = r"(?<![0-9.,'/-])"
    end = r"(?![0-9]|[.,'/-][0-9])"
    span = rf"(?P<year>{_YEAR})(?:\s?[/–-]\s?(?P<later>(?:{_YEAR}|[0-9]{{2}})))?"
    lead = rf"\b(?:{_any(words['lead'])})\b\.?:?"
    forms = (
        rf"\b(?P<began>{_any(words['began'])})[\s.:~]+{_YEAR}{end}",
        rf"{free}(?P<year>{_YEAR})[-/](?P<month>[0-9]{{1,2}})[-/](?P<day>[0-9]{{1,2}})(?![0-9])(?:T[0-9:.Z+]*)?",
        rf"{free}(?P<day>[0-9]{{1,2}})\.\s?(?P<month>[0-9]{{1,2}})\.\s?(?P<year>{_YEAR})(?![0-9])",
        rf"{free}(?P<first>[0-9]{{1,2}})[/-](?P<second>[0-9]{{1,2}})[/-](?P<year>{_YEAR})(?![0-9])",
        rf"{free}(?P<month>[0-9]{{1,2}})/(?P<year>{_YEAR})(?![0-9])",
        rf"(?:{free}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th|\.|er|º)?\s(?:of\s)?)?\b{month},?\s(?:of\s)?(?P<year>{_YEAR}){end}",
        rf"\b{month}\s(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>{_YEAR}){end}",
        rf"\bQ(?P<quarter>[1-4])[\s/-]?(?P<year>{_YEAR}){end}",
        rf"\b(?P<year>{_YEAR})[\s/-]?Q(?P<quarter>[1-4])\b",
        rf"\bFY\s?{span}{end}",
        rf"(?<=[(\[])\s?(?:[^\W\d_]+\.?\s){{0,4}}{span}(?:\s[^\W\d_]+\.?)?\s?(?=[)\]])",
        rf"\b{span}(?=\s?:)",
        rf"{lead}(?:\s{lead}|\s(?:{_any(words['joints'])}))*\s{span}{end}(?=\s*(?:$|[^\w\s]|(?:{_any(words['follow'])})\b))",
    )
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


def _any(words: object) -> str:
    assert isinstance(words, (list, dict))
    return "|".join(
        re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=len, reverse=True)
    )
