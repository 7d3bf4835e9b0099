"""Entities that write letters which rules look for, so that a scan of the markup misses them."""

from __future__ import annotations

import re

#: An entity that writes a character which a literal of a rule may hold.
_HIDES = re.compile(
    r"&(?:#(?:[xX]0*[2-7][0-9a-fA-F]|0*(?:3[23567]|4[0-9]|5[0-9]|6[13-9]|[7-9][0-9]|1[01][0-9]|12[0-6]))"
    r"(?![0-9a-fA-F])"
    r"|sol|colon|period|comma|semi|quest|equals|commat|num|percnt|lowbar|lpar|rpar|plus|ast|dollar|excl|bsol|grave"
    r"|DiacriticalGrave|VerticalLine"
    r"|lbrack|rbrack|lsqb|rsqb|lcub|rcub|lbrace|rbrace|verbar|vert|hyphen|dash|Hat|UnderBar|midast|fjlig)"
)


def hides_letters(html: str) -> bool:
    """Check whether entities write a character that a literal text of a rule may hold."""
    return "&" in html and _HIDES.search(html) is not None
