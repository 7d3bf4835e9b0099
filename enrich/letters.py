"""Capital letters of the scripts that addresses are read in, for character classes of patterns."""

from __future__ import annotations

#: Latin with all its accents, Greek, Cyrillic. A pattern with `À-Þ` alone misses `Łódź`, `Žilina`.
CAPITALS = "A-ZÀ-ÖØ-Þ" + "".join(
    letter
    for first, last in ((0x100, 0x250), (0x386, 0x3AC), (0x400, 0x430), (0x490, 0x492))
    for letter in map(chr, range(first, last))
    if letter.isupper()
)
