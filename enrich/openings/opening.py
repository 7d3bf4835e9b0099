"""One job opening, and which texts can be its title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from enrich.tables import either, words

SHORTEST, LONGEST, _MOST_WORDS = 4, 120, 14
_LONGEST_PLACE = 80
_EDGES = " \t-–—|•·:,;*>»›→"


@dataclass(frozen=True, slots=True)
class Opening:
    """One opening as a page states it."""

    title: str
    place: str = ""
    url: str = ""
    #: The day it was put up, as written.
    posted: str = ""
    #: A method of `enrich/extracted.py`.
    method: str = "text"
    #: What else is said about it; technologies are looked for in it.
    text: str = ""

    @property
    def key(self) -> str:
        """The title without its marker, for comparing."""
        return _without_marker(self.title)

    @property
    def quote(self) -> str:
        """The opening in one line."""
        parts = [self.title, self.place, f"posted {self.posted}" if self.posted else "", self.url]
        return "; ".join(part for part in parts if part)


@cache
def markers() -> re.Pattern[str]:
    """The signs of a title, in lower case: `(m/w/d)`, `h/f`."""
    return re.compile("|".join(words("openings")["markers"]))


@cache
def _roles() -> re.Pattern[str]:
    # With its ending, `Vertriebsmitarbeiter` is a role and `Mitarbeitervorteile` is not.
    return re.compile(
        rf"(?:{either(words('openings')['roles'])})(?:s|in|e|/in|\*in|:in|_in)?(?![^\W_])"
    )


@cache
def _no_titles() -> frozenset[str]:
    return frozenset(words("openings")["no_titles"])


@cache
def _not_first() -> frozenset[str]:
    return frozenset(words("openings")["not_first"])


def _without_marker(title: str) -> str:
    return " ".join(markers().sub(" ", title.lower()).split()).strip(_EDGES)


def title_of(text: str) -> str:
    """Return the text as a title; "" if it cannot be one."""
    title = " ".join(text.split()).strip(_EDGES)
    fits = SHORTEST <= len(title) <= LONGEST and len(title.split()) <= _MOST_WORDS
    if not fits or "@" in title or "://" in title or not any(map(str.isalpha, title)):
        return ""
    plain = _without_marker(title)
    is_none = plain in _no_titles() or plain.partition(" ")[0] in _not_first()
    return "" if is_none or len(plain) < SHORTEST else title


def is_button(text: str) -> bool:
    """Check whether a text is that of a button to apply."""
    return " ".join(text.lower().split()).strip(_EDGES + "!") in _buttons()


@cache
def _buttons() -> frozenset[str]:
    return frozenset(words("openings")["buttons"])


def has_marker(text: str) -> bool:
    """Check whether a text bears the sign of a title."""
    lowered = text.lower()
    return ("/" in lowered or "(" in lowered or "|" in lowered) and bool(markers().search(lowered))


def names_role(title: str) -> bool:
    """Check whether a text names a job."""
    return has_marker(title) or bool(_roles().search(title.lower()))


def place_of(text: str) -> str:
    """Return the text as a place; "" if it is too long for one."""
    place = " ".join(text.split()).strip(_EDGES)
    return place if 2 <= len(place) <= _LONGEST_PLACE else ""
