"""The revision of NACE that a national code belongs to: the same digits mean different trades."""

from __future__ import annotations

from leads.lexicon.industries.codes import expand, read_nace
from leads.values import IndustryCode

OLD, NEW = "nace2.0", "nace2.1"


def nace_code(written: str, likely: str) -> IndustryCode | None:
    """Read `62.01Z` or `62.010`: of the likely revision, unless only the other has the class.

    None if neither has it. National digits beyond the class are dropped.
    """
    code = read_nace(written)
    if not code or not code[0].isdigit():
        return None
    other = OLD if likely == NEW else NEW
    scheme = next((one for one in (likely, other) if expand(one, code)), None)
    if scheme is None:
        return None
    return IndustryCode(scheme, code if len(code) == 2 else f"{code[:2]}.{code[2:]}")
