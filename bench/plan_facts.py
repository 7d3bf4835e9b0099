"""Facts and values of the simulated base."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import count
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from leads.facts import Evidence, Fact, Method
from leads.values import MoneyRange, Range, Value

_numbers = count(1)
#: How wrong numbers are: that many times the true one.
FACTORS = (0.2, 0.4, 2.5, 5.0)


@dataclass(frozen=True, slots=True)
class Told:
    """What one source holds: a flag for each company."""

    found: NDArray[np.bool_]
    has: Mapping[str, NDArray[np.bool_]]
    wrong: Mapping[str, NDArray[np.bool_]]
    luck: Mapping[str, NDArray[np.float64]]
    #: Whether it knows each technology, if it is in use.
    each: Sequence[NDArray[np.bool_]]
    #: Bands that it gives headcounts in; empty: exact ones.
    bands: Sequence[Sequence[int | None]]


def fact(name: str, value: Value, source: str, method: Method, today: date) -> Fact:
    """Create one fact."""
    evidence = Evidence(
        source=source, method=method, observed_at=datetime.combine(today, time(12), tzinfo=UTC)
    )
    return Fact(id=UUID(int=next(_numbers)), attribute=name, value=value, evidence=evidence)


def read_far(today: date) -> Iterator[Fact]:
    """A crawl of enough pages for silence to mean something."""
    for look in ("home:1", "imprint:1", "pages:6", "headers:6"):
        yield fact("coverage", look, "site:own", Method.PAGE, today)


def banded(value: Range, bands: Sequence[Sequence[int | None]]) -> Range:
    """The band that a headcount lies in."""
    number = value.low or 0
    low, high = next(
        (low, high)
        for low, high in bands
        if (low or 0) <= number and (high is None or number <= high)
    )
    return Range(low, high)


def mistaken(name: str, value: Value, luck: float, other: Callable[[Value, float], Value]) -> Value:
    """A wrong value in place of a true one."""
    factor = FACTORS[int(luck * len(FACTORS))]
    match value:
        case Range(low=low) if name == "founded":
            year = min((low or 0) + int(luck * 20) + 1, 2026)
            return Range(year, year)
        case Range():
            return _times(value, factor)
        case MoneyRange():
            return MoneyRange(_times(value.amount, factor), value.currency)
        case "active" | "dissolved":
            return "dissolved" if value == "active" else "active"
        case _:
            return other(value, luck)


def _times(value: Range, factor: float) -> Range:
    number = max(1, int((value.low or 0) * factor))
    return Range(number, number)
