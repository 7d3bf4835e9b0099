"""Tell whether a position is in a section about another company: `About Muster Pumps`."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from enrich.document import Document
from enrich.sentences import is_quoted

#: How far a section reaches, and how many headings of a page are looked at.
_REACH, _MOST = 6_000, 100
_HEADS = (
    "about ",
    "über ",
    "à propos d",
    "acerca de ",
    "informazioni su ",
    "chi è ",
    "over ",
    "om ",
)
_HEADING = re.compile(
    r"(?:about|über|à propos de?|acerca de|informazioni su|chi è|over|om)[ '’]"
    r"(?:(?:the|die|der|den|la|le|de)[ '’])?(?P<name>[^\n.:!?]{3,50})[ :]*(?=\n)"
)
#: Such a section is the owner's own.
_OWN = re.compile(
    r"(?:us|our|ourselves|me|my|you|your|this|company|firm|team|uns\w*|nous|notre|nos|noi|nosotros|nuestr\w+"
    r"|ons|onze|oss|os|mig|den|unternehmen|firma|société|azienda|empresa|bedrijf|the)\b"
)


def is_of_others(document: Document, at: int) -> bool:
    """Check whether a position is in a quotation, or in a section about another company."""
    return is_quoted(document.text, at) or is_about_another(document, at)


def is_about_another(document: Document, at: int) -> bool:
    """Check whether the last heading before a position announces another company by name.

    A name that the domain spells or that the title has is the owner's.
    """
    headings = _headings(document.folded)
    place = bisect_left(headings, at) - 1
    if place < 0 or headings[place] < at - _REACH:
        return False
    match = _HEADING.match(document.folded, headings[place])
    return match is not None and match.end() <= at and _names_another(document, match)


@lru_cache(maxsize=4)
def _headings(folded: str) -> list[int]:
    """Return where the lines of a text in lower case begin that may be such headings, in order."""
    found: set[int] = set()
    for head in _HEADS:
        at = folded.find(f"\n{head}")
        while at >= 0 and len(found) < _MOST:
            if _HEADING.match(folded, at + 1):
                found.add(at + 1)
            at = folded.find(f"\n{head}", at + 1)
    return sorted(found)


def _names_another(document: Document, heading: re.Match[str]) -> bool:
    name = heading["name"].strip()
    written = document.text[heading.start("name") : heading.start("name") + len(name)]
    if _OWN.match(name) or not all(word[:1].isupper() for word in written.split() if len(word) > 3):
        return False
    title = document.markup.title.casefold()
    label = (document.domain or "").partition(".")[0]
    is_own = document.names_owner(heading[0]) or len(label) < 4 or name in title
    return not is_own and written[:1].isupper()
