"""Parse a numeral: `1.200`, `1,234.5`, `3'500'000`, `10 000`, `1.234.567,89`, `12,34,567`,
`1E5`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

#: One numeral; spaces group only if every further group has three digits.
NUMERAL = (
    r"(?<![0-9])[0-9]{1,3}(?: [0-9]{3})+(?![0-9])(?:[.,][0-9]{1,2}(?![0-9]))?"
    r"|[0-9]+(?:\.[0-9]+)?[eE]\+?[0-9]{1,2}(?![0-9A-Za-z])"
    r"|[0-9]+(?:[.,'][0-9]+)*"
    # Without a zero before the mark (`.5`, `,75`), but not the `.5` of `No.5` or `3..5`.
    r"|(?<![\w.,)])[.,][0-9]+(?![.,'][0-9])"
)
_LONGEST = 18
_GROUPED = re.compile(
    r"[0-9]{1,3}(?:([ .,'])[0-9]{3})(?:\1[0-9]{3})*\Z|[0-9]{1,2}(?:,[0-9]{2})*,[0-9]{3}\Z"
)
_SCIENTIFIC = re.compile(r"([0-9.]+)[eE]\+?([0-9]+)\Z")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A whole number of units of 10^exponent: `3.91 billion` is 391 units of 10^7."""

    units: int
    exponent: int

    @property
    def value(self) -> Fraction:
        """Return the number."""
        return self.units * Fraction(10) ** self.exponent

    @property
    def half_step(self) -> Fraction:
        """Return half a unit of the last digit: the rounding error."""
        return Fraction(10) ** self.exponent / 2

    def times(self, exponent: int) -> Numeral:
        """Return the number multiplied by 10^exponent."""
        return Numeral(self.units, self.exponent + exponent)


def read_numeral(text: str, decimal: str | None = "") -> Numeral | None:
    """Parse a numeral; None if its separators are inconsistent.

    `decimal` decides one separator before exactly three digits (`1.200`): it is the decimal mark if
    it equals `decimal`, otherwise a thousands separator. If `decimal` is None, the result is None.
    """
    if len(text) > 2 * _LONGEST:
        return None
    if scientific := _SCIENTIFIC.match(text):
        base = read_numeral(scientific[1], ".")
        return base.times(int(scientific[2])) if base and int(scientific[2]) < _LONGEST else None
    whole, places = _split(text, decimal)
    if whole is None or len(whole) > _LONGEST:
        return None
    return Numeral(int(whole + places), -len(places))


def _split(text: str, decimal: str | None) -> tuple[str | None, str]:
    """Return the digits before the decimal mark, None if inconsistent, and those behind it."""
    marks = [char for char in text if not char.isdigit()]
    if not marks:
        return text, ""
    head, _, tail = text.rpartition(marks[-1])
    if marks[-1] not in ".,":
        return _ungroup(text), ""
    if len(marks) == 1:
        return _split_at(marks[0], head, tail, decimal)
    if marks[-1] in marks[:-1]:
        return _ungroup(text), ""
    return _ungroup(head), tail


def _split_at(mark: str, head: str, tail: str, decimal: str | None) -> tuple[str | None, str]:
    """Split at the only mark; before exactly three digits, `decimal` decides what it means."""
    if len(tail) != 3 or len(head) > 3 or not head or head.startswith("0"):
        return head, tail
    if decimal is None:
        return None, ""
    return (head, tail) if decimal == mark else (head + tail, "")


def _ungroup(text: str) -> str | None:
    return re.sub(r"[ .,']", "", text) if text.isdigit() or _GROUPED.match(text) else None
