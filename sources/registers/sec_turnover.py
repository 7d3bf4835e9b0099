"""Read the latest turnover of a year from the XBRL facts of one filer.

Shape: `GET /api/xbrl/companyfacts/CIK##########.json` as sec.gov documents it. Filers change the
concept that they report turnover under, so the latest year of any of them counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from leads.facts import Scope
from leads.lexicon.numbers.money import CURRENCIES, MINOR_UNITS
from leads.values import MoneyRange, Range
from sources.registers.data_files import document
from sources.registers.facts_of_entry import Statements
from sources.registers.json_fields import day, record, records, text, whole

#: A year of 52 or 53 weeks, or of twelve months.
_YEAR = range(350, 381)
#: More than any company's turnover, in units of any currency.
_MOST = 10**15
_MOST_REPORTS = 5_000


@dataclass(frozen=True, slots=True)
class _Reported:
    end: date
    #: Of reports about one year the one filed last counts, and of its concepts the first listed.
    filed: date
    place: int
    concept: str
    amount: int
    currency: str


def state_turnover(says: Statements, facts: Any, today: date) -> None:
    """State the turnover of the latest year; nothing where no year was reported.

    The statements are consolidated: they describe the group that the filer heads.
    """
    found = [one for one in _reported(facts) if one.end <= today]
    if not found:
        return
    latest = max(found, key=lambda one: (one.end, one.filed, -one.place, one.currency == "USD"))
    amount = latest.amount * MINOR_UNITS
    says.add(
        "turnover",
        MoneyRange(Range(amount, amount), latest.currency),
        latest.concept,
        f"{latest.amount} {latest.currency}, year to {latest.end.isoformat()}",
        as_of=latest.end,
        scope=Scope.GROUP,
    )


def _reported(facts: Any) -> Iterator[_Reported]:
    for taxonomy, concepts in document("sec.yaml")["turnover"].items():
        for place, concept in enumerate(concepts):
            units = record(facts, "facts", taxonomy, concept, "units")
            for currency in units:
                if currency in CURRENCIES:
                    yield from _years(units, currency, place, concept)


def _years(units: Any, currency: str, place: int, concept: str) -> Iterator[_Reported]:
    forms = document("sec.yaml")["annual_forms"]
    for one in records(units, currency)[-_MOST_REPORTS:]:
        start, end, filed = day(one, "start"), day(one, "end"), day(one, "filed")
        amount = whole(one, "val")
        if not start or not end or amount is None or not 0 <= amount <= _MOST:
            continue
        if text(one, "form") in forms and (end - start + timedelta(days=1)).days in _YEAR:
            yield _Reported(end, filed or end, place, concept, amount, currency)
