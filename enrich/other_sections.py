"""Tell whether a position is in a section about another company: `About Muster Pumps`."""

from __future__ import annotations

import re

from enrich.document import Document

#: How far a section reaches, and how many headings of a page are looked at.
_REACH, _MOST = 6_000, 20
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


def is_about_another(document: Document, at: int) -> bool:
    """Check whether the last heading before a position announces another company by name.

    A name that the domain spells or that the title has is the owner's.
    """
    begin = max(0, at - _REACH)
    last: re.Match[str] | None = None
    for head in _HEADS:
        found = document.folded.rfind(f"\n{head}", begin, at)
        for _ in range(_MOST):
            if found < 0 or (last is not None and found < last.start()):
                break
            match = _HEADING.match(document.folded, found + 1, at)
            if match is not None:
                last = match
                break
            found = document.folded.rfind(f"\n{head}", begin, found)
    return last is not None and _names_another(document, last)


def _names_another(document: Document, heading: re.Match[str]) -> bool:
    name = heading["name"].strip()
    written = document.text[heading.start("name") : heading.start("name") + len(name)]
    if _OWN.match(name) or not all(word[:1].isupper() for word in written.split() if len(word) > 3):
        return False
    title = document.markup.title.casefold()
    label = (document.domain or "").partition(".")[0]
    is_own = document.names_owner(heading[0]) or len(label) < 4 or name in title
    return not is_own and written[:1].isupper()
