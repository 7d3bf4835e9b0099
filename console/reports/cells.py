"""Figures as the text of a cell."""

from __future__ import annotations

from actions.reports import Amounts, Share, Wait

#: Stands where a figure is not known or does not apply.
NOTHING = "–"


def share(one: Share | None) -> str:
    """A share with its counts and its 95 % interval: `12 of 80: 15% (8.8–24%)`."""
    if one is None:
        return ""
    return f"{one.count:,} of {one.of:,}: {brief(one)}"


def brief(one: Share) -> str:
    """A share with its interval: `15% (8.8–24%)`."""
    return f"{one} ({one.range})" if one.range else str(one)


def money(amounts: Amounts | None) -> str:
    """Amounts of money, or a dash."""
    return str(amounts) if amounts else NOTHING


def days(number: float | None) -> str:
    """A number of days, or a dash."""
    return NOTHING if number is None else f"{number:,.1f}"


def wait(one: Wait | None) -> str:
    """A median with its interval: `12.0 (8.0–20.5)`; without one, why there is none."""
    if one is None:
        return NOTHING
    if one.median is None:
        return one.why_none
    return f"{one.median:,.1f} ({days(one.low)}–{'?' if one.high is None else days(one.high)})"
