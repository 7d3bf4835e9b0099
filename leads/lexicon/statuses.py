"""The status of a company: a closed set, and its names in registers and lists."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from leads.clock import now
from leads.lexicon.numbers.as_of import take_date
from leads.lexicon.plain_text import plain_text
from leads.lexicon.reference import document

STATUSES = frozenset(
    {
        "active",
        "inactive",
        "dissolved",
        "insolvent",
        "in_liquidation",
        "dormant",
        "acquired",
        "merged",
    }
)

_NOT_WORD = re.compile(r"[\W_]+")


def parse_status(text: str) -> str | None:
    """Parse a status from the whole text (`In Liquidation since 2020`, `Radiée`); None if unknown.

    One of `STATUSES`. A status that starts in a future year is None too.
    """
    when, plain = take_date(plain_text(text))
    words = _words(plain)
    years = [int(word) for word in words.split() if len(word) == 4 and word.isdecimal()]
    if max([*years, when.year if when else 0]) > now().year:
        return None
    known = _known()
    found = known.get(words)
    if found is None:
        around = _around()
        found = known.get(
            " ".join(word for word in words.split() if word not in around and not word.isdigit())
        )
    return found


@cache
def _known() -> dict[str, str]:
    table = document("statuses.yaml")["words"]
    known = {
        _words(word): status
        for status, groups in table.items()
        for group in groups
        for word in group
    }
    return known | {_words(status): status for status in STATUSES}


@cache
def _around() -> frozenset[str]:
    return frozenset(
        word for phrase in document("statuses.yaml")["around"] for word in _words(phrase).split()
    )


def _words(text: str) -> str:
    plain = "".join(
        char
        for char in unicodedata.normalize("NFKD", text.casefold())
        if not unicodedata.combining(char)
    )
    return _NOT_WORD.sub(" ", plain).strip()
