"""Prices in the currency of a budget."""

from __future__ import annotations

from datetime import date
from math import ceil

from leads.lexicon.numbers.exchange import rate
from leads.prices import Price


def in_currency(price: Price, currency: str, on: date) -> Price | None:
    """A price in another currency by the rate of a day, rounded up; None if there is no rate."""
    if price.currency == currency:
        return price
    if price.micros == 0:
        return Price(0, currency)
    found = rate(price.currency, currency, on)
    return None if found is None else Price(ceil(price.micros * found.factor), currency)
