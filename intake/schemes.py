"""Industry codes in lists: which scheme a column uses, and its codes in that scheme's usual form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from intake.vocabulary import folded, key_of, pieces

TEXT = "text"
#: Five digits, where the American scheme of the same name has four.
BRITISH = "sic (UK)"
_CODE = re.compile(r"(?:[A-Z]\s?)?(\d[\d. ]*)[A-Z]{0,2}(?![\w-])", re.IGNORECASE)
#: `62.01` or `62.01.2`, which only the NACE family writes.
_DOTTED = re.compile(r"(?:[A-Z]\s?)?\d\d\.\d{1,2}(?:\.\d{1,2})?[A-Z]?(?![\w.])", re.IGNORECASE)
#: National versions of NACE, whose first four digits are NACE; as words, because "landscape" holds
#: one of them.
_NATIONAL = (
    "nace",
    "wz",
    "naf",
    "ape",
    "ateco",
    "cnae",
    "sbi",
    "pkd",
    "sni",
    "onace",
    "noga",
    "branchekode",
    "cae",
)
_REVISION_2_1 = ("2025", "rev21", "nace21")


def scheme_of(header: str, values: Sequence[str]) -> str:
    """The scheme of an industry column: `naics`, `sic`, `sic (UK)`, `isic4`, `nace2.0`, `nace2.1`,
    `linkedin`, or `text` for words.
    """
    key = key_of(header)
    if "linkedin" in key:
        return "linkedin"

    codes = [code for value in values if (code := _first_code(value))]
    if len(codes) * 2 < len(values) or not codes:
        return TEXT
    if named := _scheme_named(header, key, codes):
        return named
    dotted = sum(1 for value in values if _DOTTED.match(value))
    return "nace2.0" if dotted * 2 > len(values) else TEXT


def _scheme_named(header: str, key: str, codes: list[str]) -> str | None:
    """Return the scheme of codes that the column's name states."""
    if "naics" in key:
        return "naics"
    if "isic" in key:
        return "isic4"
    words = pieces(header)
    if any(word.startswith(("sic", "uksic")) for word in words):
        return _american_or_british(key, codes)
    if any(word.startswith(tuple(map(folded, _NATIONAL))) for word in words):
        return "nace2.1" if any(name in key for name in _REVISION_2_1) else "nace2.0"
    return None


def _american_or_british(key: str, codes: Sequence[str]) -> str:
    """SIC codes have four digits in the United States and five in the United Kingdom (since 2007)."""
    lengths = Counter(len(code) for code in codes)
    return BRITISH if "2007" in key or "uk" in key or lengths[5] >= max(1, lengths[4]) else "sic"


def _first_code(text: str) -> str | None:
    found = _CODE.match(text.strip())
    return re.sub(r"\D", "", found[1]) if found else None


def published(scheme: str) -> str:
    """The scheme's name in an `IndustryCode`."""
    return "sic" if scheme == BRITISH else scheme


def normal_code(scheme: str, text: str) -> str | None:
    """The code that a cell begins with (`62012 - Software development`), as its scheme writes it;
    None when there is none.
    """
    digits = _first_code(text)
    if digits is None:
        return None
    if scheme == BRITISH:
        return _british(digits, bare=text.strip().isdigit())
    if scheme == "sic":
        return digits.zfill(4) if len(digits) in (3, 4) else None
    if len(digits) < 2 or len(digits) > 7:
        return None
    if scheme in ("nace2.0", "nace2.1"):
        return digits if len(digits) == 2 else f"{digits[:2]}.{digits[2:4]}"
    return digits


def _british(digits: str, *, bare: bool) -> str | None:
    # Spreadsheets drop the leading zero of 01470; with words beside them, four digits are a code of the
    # scheme before 2007.
    if len(digits) == 4 and bare:
        digits = "0" + digits
    return digits if len(digits) == 5 else None
