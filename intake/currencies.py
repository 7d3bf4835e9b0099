"""The currency that a cell of its own names: a code, a sign or a word."""

from __future__ import annotations

from leads.lexicon.numbers.money import CURRENCIES, parse_money
from leads.values import MoneyRange


def currency_of(cell: str) -> str | None:
    """Return the ISO 4217 code of `EUR`, `€` or `Euro`; `$` is that of amounts, USD."""
    text = cell.strip()
    if text.upper() in CURRENCIES:
        return text.upper()
    found = parse_money(f"1 {text}") if 0 < len(text) <= 12 else None
    value = found.value if found else None
    named = value.currency if isinstance(value, MoneyRange) else None
    return named if named in CURRENCIES else None
