"""Find the signals that a mail filter or link scanner caused, not a person."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from engage.signals.chosen import which_kinds
from engage.signals.kinds import DATA, Kinds
from engage.signals.table import BY_MACHINE, BY_PERSON, SECOND, Flags, Ints, SignalTable
from leads.lexicon.reference import read_yaml


@dataclass(frozen=True, slots=True)
class Limits:
    """When signals are taken as caused by a machine."""

    in_one_second: int
    one_second_kinds: frozenset[str]
    links: int
    link_seconds: int
    in_one_minute: int
    whole_agents: frozenset[str]
    agents: tuple[str, ...]


@cache
def limits() -> Limits:
    """The limits of `engage/data/machines.yaml`."""
    row = read_yaml((DATA / "machines.yaml").read_text("utf-8"))
    return Limits(
        int(row["in_one_second"]["count"]),
        frozenset(row["in_one_second"]["kinds"]),
        int(row["links"]["count"]),
        int(row["links"]["seconds"]),
        int(row["in_one_minute"]),
        frozenset(row["whole_agents"]),
        tuple(row["agents"]),
    )


def by_machine(table: SignalTable, order: Ints, kinds: Kinds) -> Flags:
    """Which of the signals in this order a machine caused; the order is by company and time."""
    limit = limits()
    company, at, kind, said = (
        column[order] for column in (table.company, table.at, table.kind, table.machine)
    )
    doubtful = _of_kinds(table, kinds)[kind] & (said != BY_PERSON)
    found: Flags = (said == BY_MACHINE) | (doubtful & _of_agents(table, limit)[table.agent[order]])
    places = np.flatnonzero(doubtful)

    mail = places[which_kinds(table, kinds, limit.one_second_kinds)[kind[places]]]
    found[mail[_crowded(company[mail], at[mail], SECOND, limit.in_one_second)]] = True
    for one in np.unique(kind[places]).tolist():
        same = places[kind[places] == one]
        found[same[_crowded(company[same], at[same], 60 * SECOND, limit.in_one_minute)]] = True

    linked = places[_of_links(table)[table.link[order][places]]]
    link = table.link[order][linked]
    found[linked[_many_links(company[linked], at[linked], link, limit)]] = True
    return found


def _of_kinds(table: SignalTable, kinds: Kinds) -> Flags:
    """Which of the words for kinds name a kind that a machine may cause."""
    names = {one.name for one in kinds.by_name.values() if one.machine}
    return which_kinds(table, kinds, names)


def _of_agents(table: SignalTable, limit: Limits) -> Flags:
    """Which of the agents are machines."""
    flags = []
    for agent in table.agents:
        low = agent.casefold().strip()
        flags.append(low in limit.whole_agents or any(part in low for part in limit.agents))
    return np.array(flags, dtype=np.bool_)


def _of_links(table: SignalTable) -> Flags:
    """Which of the links name anything."""
    return np.array([bool(link) for link in table.links], dtype=np.bool_)


def _crowded(company: Ints, at: Ints, window: int, count: int) -> Flags:
    """Which signals, sorted by company and time, are among so many of a company in a window."""
    found = np.zeros(len(at), dtype=np.bool_)
    last = count - 1
    if len(at) < count:
        return found
    close = (at[last:] - at[: len(at) - last] < window) & (
        company[last:] == company[: len(at) - last]
    )
    starts = np.flatnonzero(close)
    for step in range(count):
        found[starts + step] = True
    return found


def _many_links(company: Ints, at: Ints, link: Ints, limit: Limits) -> Flags:
    """Which signals are among many links of a company within seconds; one link counts once."""
    window = limit.link_seconds * SECOND
    order = np.lexsort((at, link, company))
    repeats = np.zeros(len(at), dtype=np.bool_)
    repeats[1:] = (
        (company[order][1:] == company[order][:-1])
        & (link[order][1:] == link[order][:-1])
        & (at[order][1:] - at[order][:-1] < window)
    )
    cluster = np.zeros(len(at), dtype=np.int64)
    cluster[order] = np.cumsum(~repeats) - 1
    heads = np.sort(order[~repeats])
    marked = heads[_crowded(company[heads], at[heads], window, limit.links)]
    found: Flags = np.isin(cluster, cluster[marked])
    return found
