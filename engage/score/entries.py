"""Which rules count which signals, and for how many points."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from engage.scoring.scoring import Rule, Scoring
from engage.signals.chosen import which_kinds
from engage.signals.kinds import Kinds
from engage.signals.machines import by_machine
from engage.signals.order import each_once
from engage.signals.table import SECOND, Flags, Ints, SignalTable, microseconds

_DAY = 86_400 * SECOND
#: Points and weights have two decimals; two weights and the points make millionths.
_HUNDREDTHS = 100


@dataclass(frozen=True, slots=True)
class Entries:
    """The lines of all ledgers: each a signal that a rule counts, by company and time."""

    #: The signal's place in the table.
    signal: Ints
    #: The rule's place in the file.
    rule: Ints
    #: In millionths of a point.
    points: Ints


@dataclass(frozen=True, slots=True)
class Counted:
    """The signals of a table that count at a moment, and the ledgers they make."""

    table: SignalTable
    #: The latest moment of any company.
    at: int
    #: By company and time, each event once, none later than the company's moment.
    order: Ints
    #: In the same order: whether a machine caused the signal.
    machine: Flags
    #: The signals of `order` that no machine caused.
    people: Ints
    entries: Entries
    future: int
    repeats: int
    #: Words that name no kind, with the number of signals.
    unknown_kinds: Mapping[str, int]

    def of_kinds(self, kinds: Kinds, names: Set[str]) -> Ints:
        """The signals of these kinds that no machine caused, by company and time."""
        is_kind = which_kinds(self.table, kinds, names)
        return self.people[is_kind[self.table.kind[self.people]]]


def count(table: SignalTable, scoring: Scoring, at: datetime) -> Counted:
    """Count the signals up to a moment."""
    moment = microseconds(at)
    everywhere = np.full(max(len(table.companies), 1), moment)
    return count_until(table, scoring, everywhere)


def count_until(table: SignalTable, scoring: Scoring, until: Ints) -> Counted:
    """Count the signals of each company up to a moment of its own, in microseconds since 1970."""
    order = each_once(table)
    repeats = len(table) - len(order)
    is_past = table.at[order] <= until[table.company[order]]
    order = order[is_past]
    machine = by_machine(table, order, scoring.kinds)
    people = order[~machine]
    return Counted(
        table=table,
        at=int(until.max(initial=0)),
        order=order,
        machine=machine,
        people=people,
        entries=_entries(table, scoring, people),
        future=int(len(is_past) - np.count_nonzero(is_past)),
        repeats=repeats,
        unknown_kinds=_unknown(table, order, scoring.kinds),
    )


def _unknown(table: SignalTable, order: Ints, kinds: Kinds) -> dict[str, int]:
    counts = np.bincount(table.kind[order], minlength=len(table.kinds)).tolist()
    return {
        word: count
        for word, count in zip(table.kinds, counts, strict=True)
        if count and kinds.name_of(word) is None
    }


def _entries(table: SignalTable, scoring: Scoring, order: Ints) -> Entries:
    people = _people(table, order) if scoring.people_weights else None
    parts: list[tuple[Ints, Ints, Ints]] = []
    for place, rule in enumerate(scoring.rules):
        chosen = np.flatnonzero(_matches(table, rule, order, scoring.kinds))
        chosen = chosen[_first_of_day(table, order[chosen], rule.per_day)]
        weights = _weights(scoring, rule, chosen, people)
        points = int(rule.points * _HUNDREDTHS) * weights
        parts.append((chosen, np.full(len(chosen), place, np.int64), points))
    where, rules, points = (np.concatenate(column) for column in zip(*parts, strict=True))
    in_time = np.lexsort((rules, where))
    return Entries(order[where[in_time]], rules[in_time], points[in_time])


def _matches(table: SignalTable, rule: Rule, order: Ints, kinds: Kinds) -> Flags:
    """Which signals a rule counts, before its cap."""
    found: Flags = which_kinds(table, kinds, {rule.kind})[table.kind[order]]
    for wanted, words, column in (
        (rule.channels, table.channels, table.channel),
        (rule.sources, table.sources, table.source),
    ):
        if wanted:
            found &= np.array([word in wanted for word in words], dtype=np.bool_)[column[order]]
    if rule.value_at_least is not None:
        found &= table.value[order] >= rule.value_at_least
    return found


def _first_of_day(table: SignalTable, order: Ints, limit: int | None) -> Flags:
    """Which signals are among the first so many of their company and day."""
    if limit is None or not len(order):
        return np.ones(len(order), dtype=np.bool_)
    company, day = table.company[order], table.at[order] // _DAY
    is_new = np.ones(len(order), dtype=np.bool_)
    is_new[1:] = (company[1:] != company[:-1]) | (day[1:] != day[:-1])
    place = np.arange(len(order))
    since_first = place - np.maximum.accumulate(np.where(is_new, place, 0))
    found: Flags = since_first < limit
    return found


def _people(table: SignalTable, order: Ints) -> Ints:
    """For each signal, how many people of its company had taken part by then."""
    company, contact = table.company[order], table.contact[order]
    is_named = np.array([bool(name) for name in table.contacts], dtype=np.bool_)[contact]
    _, first = np.unique(company * (len(table.contacts) + 1) + contact, return_index=True)
    is_first = np.zeros(len(order), dtype=np.int64)
    is_first[first] = 1
    is_first[~is_named] = 0
    running = np.cumsum(is_first)
    starts = np.flatnonzero(np.diff(company, prepend=-1))
    before = np.repeat(running[starts] - is_first[starts], np.diff([*starts, len(order)]))
    return running - before


def _weights(scoring: Scoring, rule: Rule, chosen: Ints, people: Ints | None) -> Ints:
    """What the points of each signal are multiplied by, in ten-thousandths."""
    kind = scoring.kinds.by_name.get(rule.kind)
    if rule.points <= 0 or not scoring.stage_weights or kind is None:
        return np.full(len(chosen), _HUNDREDTHS * _HUNDREDTHS, np.int64)
    weight = int(scoring.stage_weights[kind.stage] * _HUNDREDTHS)
    found = np.full(len(chosen), _HUNDREDTHS, np.int64)
    for count, more in sorted(scoring.people_weights.items()):
        if people is not None:
            found[people[chosen] >= count] = int(more * _HUNDREDTHS)
    return found * weight
