"""Read the turnover in accounts of Regnskapsregisteret."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from leads.facts import Scope
from leads.values import MoneyRange, Range
from sources.answers import SourceFact
from sources.registers.data_files import document
from sources.registers.facts_of_entry import Statements
from sources.registers.json_fields import day, number, text

#: The turnover. `driftsresultat`, which it stands in, is the profit.
_SALES = ("resultatregnskapResultat", "driftsresultat", "driftsinntekter", "sumDriftsinntekter")
_CENTS = 100


def turnover_facts(accounts: Sequence[Any], today: date) -> tuple[SourceFact, ...]:
    """The turnover of the last year: of the company, and of its group where that is stated.

    Accounts without the line, as those of holdings, and without a currency, state no turnover.
    """
    last: dict[Scope, tuple[date, int, str]] = {}
    for one in accounts:
        kind = document("norway.yaml")["accounts"].get(text(one, "regnskapstype"))
        read = _read(one, today)
        if kind is not None and read is not None:
            scope = Scope(kind)
            last[scope] = max(read, last.get(scope, read))
    facts = Statements()
    for scope, (end, sales, currency) in sorted(last.items()):
        value = MoneyRange(Range(sales, sales), currency)
        written = f"{sales // _CENTS} {currency}"
        facts.add("turnover", value, "sumDriftsinntekter", written, as_of=end, scope=scope)
    return facts.all()


def _read(accounts: Any, today: date) -> tuple[date, int, str] | None:
    """The end of the year, the sales in cents and their currency; None if one is not stated."""
    end = day(accounts, "regnskapsperiode", "tilDato")
    sales = number(accounts, *_SALES)
    currency = text(accounts, "valuta")
    if end is None or end > today or sales is None or sales < 0:
        return None
    if len(currency) != 3 or not currency.isascii() or not currency.isupper():
        return None
    return end, round(sales * _CENTS), currency
