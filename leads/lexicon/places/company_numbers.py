"""The country that the form of a register number or VAT id shows."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from leads.lexicon.reference import document

_VAT = re.compile(
    r"(?:(?:UST|VAT|TVA|BTW|MWST|P\.?IVA|NIP|DIČ)[^0-9:]{0,20}[:. ]\s*)?"
    r"([A-Z]{2})E?[-. ]?[0-9A-Z+*]{2}[0-9.\- ]{5,14}"
    r"(?:[A-Z0-9]{0,3}|B\.?[0-9]{2}| ?(?:MWST|TVA|IVA|MVA))"
)
_OTHER_KEYS = frozenset({"vat_prefixes", "vat_countries"})


def register_country(text: str) -> str | None:
    """Return the country of a register number (`SC123456`, `HRB 4711`); None if it may be several."""
    plain = "".join(text.split()).upper()
    if not _any_form().fullmatch(plain):
        return None
    found = {
        code for code, forms in _forms().items() if any(form.fullmatch(plain) for form in forms)
    }
    return found.pop() if len(found) == 1 else None


def vat_country(text: str) -> str | None:
    """Return the country of a VAT id (`DE123456789`); None without its letters."""
    found = _VAT.fullmatch(" ".join(text.split()).upper())
    if not found:
        return None
    code = _data()["vat_prefixes"].get(found[1], found[1])
    return code if code in _data()["vat_countries"] else None


@cache
def _any_form() -> re.Pattern[str]:
    """All forms in one pattern: most texts match none, and one try shows it."""
    every = (form.pattern for forms in _forms().values() for form in forms)
    return re.compile("|".join(f"(?:{form})" for form in every))


@cache
def _forms() -> dict[str, list[re.Pattern[str]]]:
    return {
        code: [re.compile(form) for form in forms]
        for code, forms in _data().items()
        if code not in _OTHER_KEYS
    }


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = document("company_numbers.yaml")
    return data
