"""The options of `sluice import`, checked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from intake.import_mode import ImportMode
from intake.read_list import ReadOptions
from leads.errors import UsageError
from leads.lexicon.numbers.money import parse_money
from leads.store.lists import ROLES, ListAbout
from leads.values import MoneyRange


def read_options(
    mapping: Sequence[str], encoding: str | None, sheet: str | None, as_of: str | None
) -> ReadOptions:
    """How the file is to be read."""
    return ReadOptions(encoding=encoding, sheet=sheet, overrides=_pairs(mapping), as_of=_day(as_of))


def about_list(
    role: str | None, vendor: str | None, cost: str | None, as_of: str | None
) -> ListAbout:
    """What the user says about the list; UsageError when a word is none of ours."""
    if role is not None and role not in ROLES:
        raise UsageError(f"{role!r} is no role of a list", f"one of {', '.join(ROLES)}")
    amount, currency = _cost(cost)
    return ListAbout(
        role=role, vendor=vendor, cost_minor=amount, cost_currency=currency, as_of=_day(as_of)
    )


def manner_of(name: str | None, *, add: bool, replace: bool) -> ImportMode:
    """How the file is to go into its list."""
    if add and replace:
        raise UsageError(
            "--add and --replace contradict each other",
            "--add withdraws nothing, --replace all that the file does not name",
        )
    return ImportMode(add=add, replace=replace, named=name is not None)


def _pairs(mapping: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in mapping:
        name, equals, column = one.partition("=")
        if not equals or not name or not column:
            raise UsageError(
                f"--map {one!r} is not FIELD=COLUMN", 'such as --map name="Company Name"'
            )
        found[name.strip()] = (*found.get(name.strip(), ()), column)
    return found


def _cost(text: str | None) -> tuple[int | None, str | None]:
    if text is None:
        return None, None
    parsed = parse_money(text)
    if (
        parsed
        and isinstance(parsed.value, MoneyRange)
        and parsed.value.amount.low == parsed.value.amount.high
    ):
        return parsed.value.amount.low, parsed.value.currency
    raise UsageError(
        f"--cost {text!r} is not an amount with its currency", "such as --cost '250 EUR'"
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"--as-of {text!r} is no day", "write it as 2026-03-31") from None
