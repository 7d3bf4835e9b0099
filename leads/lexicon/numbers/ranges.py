"""Parse counts (`11-50`, `320 and growing!`, `c. 60,500 (2025)`) and founding years.

A figure that is not certainly the company's whole headcount is None: an unknown headcount waits for
a better fact, while a wrong one disqualifies the company.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from leads.clock import now
from leads.lexicon.numbers.as_of import is_day_of_month, take_date
from leads.lexicon.numbers.bounds import whole_range
from leads.lexicon.numbers.quantities import Quantity, Token, quantities, tokens, vocabulary
from leads.lexicon.plain_text import plain_text, without_remarks
from leads.values import Dated, Range

#: More people than any employer has: such a number is a phone number or a turnover.
_MOST = 20_000_000
#: A whole number alone, as most exports write it.
_BARE = re.compile(r"[1-9][0-9]{0,6}")
#: Words allowed between a number and the noun it counts.
_REACH = 3
#: Kinds of words that may stand between a number and its noun, and before a number without one.
_BEFORE_NOUN = frozenset({"adjective", "growing", "to"})
_BEFORE_COUNT = frozenset({"filler", "adjective", "before", "to"})
_FIRST_YEAR = 1000
_YEAR = re.compile(
    r"(?<![0-9])(?P<year>[0-9]{4})(?![0-9])(?P<decade>'?(?:s|er|-talet)\b)?", re.IGNORECASE
)
_NOT_IN_IT = re.compile(
    r"\b(?:before|prior|after|later|vor|nach|avant|après|prima|dopo|antes|después|voor|na|przed|po)\b",
    re.IGNORECASE,
)
_COMPACT_DATE = re.compile(r"[12][0-9]{3}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_BRACKET = re.compile(r"\(([^()]*)\)")


def parse_count(text: str) -> Dated | None:
    """Parse a count as a `Dated` `Range`; None if there is none or it is uncertain.

    An approximate number (`~`, `c.`, `about`) means 10 % either way, one with a scale (`1.5k`) is
    rounded to its last digit, and `+` and `growing` mean at least. A date in the text (`(2025)`)
    becomes `as_of`.
    """
    if _BARE.fullmatch(text):
        return Dated(Range(int(text), int(text)), None)

    plain = plain_text(text)
    if is_day_of_month(plain):
        return None
    as_of, plain = take_date(plain)
    words = tokens(without_remarks(plain), vocabulary("counts"))
    if any("group" in word.parts for word in words):
        return None
    found = quantities(words)
    if not found:
        return None
    main = _headcount(words, found)
    if main is None or not _is_count(main):
        return None
    value = whole_range(main, growing=any("growing" in word.parts for word in words))
    return Dated(value, as_of) if value else None


def parse_year(text: str) -> Range | None:
    """Parse a year (`since 1998`, `2010s`, `12.05.1998`) or a span of years (`2013 (1888)`).

    None for no year, more than four, one before 1000 or after next year, and `before 1900`. `c.
    1850` means five years either way.
    """
    plain = plain_text(text)
    plain = plain[:4] if _COMPACT_DATE.fullmatch(plain) else plain
    if plain.startswith("-") or _NOT_IN_IT.search(plain):
        return None

    years = [_span_of(match) for match in _YEAR.finditer(plain)]
    if not 1 <= len(years) <= 4:
        return None
    low, high = min(low for low, _ in years), max(high for _, high in years)
    latest = now().year + 1
    if not (_FIRST_YEAR <= low <= latest and high <= latest + 9):
        return None

    if _is_about(plain):
        low, high = low - 5, high + 5
    return Range(low, min(high, latest))


def _is_about(plain: str) -> bool:
    """Check for `circa`, `c.`; "est. 2004" means established, not estimated."""
    words = tokens(plain, vocabulary("counts"))
    return any(word.parts.get("before") == "about" and word.text != "est" for word in words)


def _span_of(match: re.Match[str]) -> tuple[int, int]:
    year = int(match["year"])
    if not match["decade"] or year % 10:
        return year, year
    # "The 1900s" may be the century; "the 2000s" are the decade, for now.
    return year, year + (99 if year % 100 == 0 and year < 2000 else 9)


def _headcount(words: Sequence[Token], found: Sequence[Quantity]) -> Quantity | None:
    """Return the one quantity that is the whole count; None if none or ambiguous."""
    roles = [(quantity, _role(words, quantity)) for quantity in found]
    roles = [(quantity, role) for quantity, role in roles if role != "other"]
    if not roles or any("negative" in quantity.bounds for quantity, _ in roles):
        return None

    (main, main_role), *others = roles
    if main_role not in {"people", "bare"}:
        return None
    if not all(_fits_beside(main, main_role, other, role) for other, role in others):
        return None
    return replace(main, bounds=main.bounds | _bounds_behind(words, main))


def _fits_beside(main: Quantity, main_role: str, other: Quantity, role: str) -> bool:
    """Check that another quantity of the text leaves the main one the whole count."""
    if role == "people":
        return _agree(main, other)
    if role == "part":
        return True
    return main_role != "bare" and other.low <= (main.high or main.low)


def _role(words: Sequence[Token], quantity: Quantity) -> str:
    """Classify what a quantity counts: `people`, `part`, `other`, `bare` (no noun) or `unclear`."""
    unknown = False
    for word in words[quantity.end : quantity.end + _REACH + 1]:
        if noun := word.parts.get("noun"):
            return noun
        if _ends_phrase(word):
            break
        unknown = unknown or not word.parts.keys() & _BEFORE_NOUN

    before = words[: quantity.start]
    if before and "group_of" in before[-1].parts:
        return "people"
    is_bare = not unknown and all(_leads_to_count(word) for word in before)
    return "bare" if is_bare else "unclear"


def _ends_phrase(word: Token) -> bool:
    """Check that the noun of a number cannot come after this word."""
    if word.kind == "number":
        return True
    return "filler" in word.parts and "adjective" not in word.parts and word.text != "-"


def _leads_to_count(word: Token) -> bool:
    return bool(word.parts.keys() & _BEFORE_COUNT) or word.parts.get("noun") == "people"


def _bounds_behind(words: Sequence[Token], quantity: Quantity) -> frozenset[str]:
    """Return the bound after the noun: `10 000 salariés et plus`."""
    end = quantity.end
    while end < len(words) and words[end].parts.get("noun") == "people":
        end += 1
    bound = (
        words[end].parts.get("after")
        if quantity.end < end < len(words) and words[end].text not in {"+", "plus"}
        else None
    )
    return frozenset({bound} if bound else ())


def _agree(left: Quantity, right: Quantity) -> bool:
    one, other = whole_range(left), whole_range(right)
    return one is None or other is None or one.meet(other) is not None


def _is_count(quantity: Quantity) -> bool:
    """Check that both ends are whole (`11,50` is a pair) and plausible for an employer."""
    ends = [quantity.low, quantity.low if quantity.high is None else quantity.high]
    return all(end.denominator == 1 and end <= _MOST for end in ends)
