"""Which columns are learned from, and why the others are left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from engage.predict.kinds import Kind, kind_of
from engage.predict.leaks import find_leaks, followers
from engage.predict.table import Column, Outcomes

_BY_KIND = {
    Kind.CONSTANT: "it has one value only",
    Kind.DATE: "a date: give the one to sort by with --time",
    Kind.ID: "an id: nearly every row has its own value",
    Kind.TEXT: "free text: most rows have their own",
}
AFTER = "known only after the outcome (--after)"
TIME = "the time that sorts the rows (--time)"


@dataclass(frozen=True, slots=True)
class Ignored:
    """A column that is not learned from."""

    column: str
    because: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The columns that are learned from, what each holds, and the others."""

    used: Mapping[str, Column]
    kinds: Mapping[str, Kind]
    ignored: Sequence[Ignored]


def choose(rows: Outcomes, after: frozenset[str], keep: frozenset[str], time: str | None) -> Choice:
    """Choose the columns: what the user said first, then leaks, then what they hold."""
    because = dict.fromkeys(after, AFTER)
    if time is not None:
        because[time] = TIME
    because |= _too_late(rows, because.keys() | keep, after)

    kinds = {name: kind_of(column) for name, column in _others(rows, because.keys()).items()}
    because |= {name: _BY_KIND[kind] for name, kind in kinds.items() if kind in _BY_KIND}
    ignored = [Ignored(name, because[name]) for name in rows.columns if name in because]
    return Choice(_others(rows, because.keys()), kinds, ignored)


def _too_late(rows: Outcomes, decided: Set[str], after: frozenset[str]) -> dict[str, str]:
    """The columns that are known only after the outcome, each with the reason."""
    candidates = _others(rows, decided)
    leaks = find_leaks(candidates, rows.won)
    late = {name: rows.columns[name] for name in (*after, *leaks)}
    return leaks | followers(_others(rows, decided | leaks.keys()), late)


def _others(rows: Outcomes, names: Set[str]) -> dict[str, Column]:
    return {name: column for name, column in rows.columns.items() if name not in names}
