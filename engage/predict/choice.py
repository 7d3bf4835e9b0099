"""Which columns are learned from, and why the others are left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    because = {name: AFTER for name in rows.columns if name in after}
    if time is not None:
        because[time] = TIME
    candidates = {
        name: column
        for name, column in rows.columns.items()
        if name not in because and name not in keep
    }
    filled_after = {name: rows.columns[name] for name in after}
    because |= find_leaks(candidates, rows.won)
    leaks = filled_after | {name: candidates[name] for name in candidates if name in because}
    rest = {name: column for name, column in candidates.items() if name not in because}
    because |= followers(rest, leaks)

    kinds = {name: kind_of(column) for name, column in rows.columns.items() if name not in because}
    for name, kind in kinds.items():
        if kind in _BY_KIND:
            because[name] = _BY_KIND[kind]
    used = {name: column for name, column in rows.columns.items() if name not in because}
    ignored = [Ignored(name, because[name]) for name in rows.columns if name in because]
    return Choice(used, kinds, ignored)
