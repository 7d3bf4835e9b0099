"""Check the country and currency that a user states for a whole list."""

from __future__ import annotations

from actions.country_option import list_country
from intake.read_options import ReadOptions
from leads.errors import UsageError
from leads.lexicon.numbers.money import CURRENCIES

__all__ = ["ReadOptions", "list_country", "list_currency", "stated_country"]

#: Takes back what was stated for the list before.
_NONE = "none"


def stated_country(text: str | None) -> str | None:
    """Return the alpha-2 code, and "" for `none`; UsageError when the text is not a country."""
    return "" if text is not None and text.casefold() == _NONE else list_country(text)


def list_currency(text: str | None) -> str | None:
    """Return the ISO 4217 code, and "" for `none`; UsageError when it is not a known currency."""
    if text is not None and text.casefold() == _NONE:
        return ""
    if text is not None and text.upper() not in CURRENCIES:
        raise UsageError(f"--currency {text!r} is not a known currency", "such as --currency EUR")
    return text.upper() if text else None
