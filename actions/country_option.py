"""Check the country that a user states."""

from __future__ import annotations

from leads.errors import UsageError
from leads.lexicon.places.countries import country_code


def list_country(text: str | None) -> str | None:
    """Return the alpha-2 code; UsageError when the text is not a country."""
    code = country_code(text) if text else None
    if text is not None and code is None:
        raise UsageError(f"--country {text!r} is not a country", "such as --country GB")
    return code
