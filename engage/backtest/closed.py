"""Which companies are closed, how that ended, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from engage.signals.chosen import which_kinds
from engage.signals.kinds import Kinds
from engage.signals.raised_hands import raises_hand
from engage.signals.table import Flags, Ints, SignalTable

#: Later than every signal.
NEVER = 2**62


class Goal(StrEnum):
    """What counts as won."""

    LEAD = "lead"
    CUSTOMER = "customer"


#: Kinds of signals that state the outcome.
_WON = {
    Goal.LEAD: {"interested", "meeting_booked", "meeting_held", "won"},
    Goal.CUSTOMER: {"won"},
}
_LOST = {"lost", "not_interested", "uses_competitor", "disqualified", "do_not_contact"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How companies stand: each column has one value for each company; times are in microseconds
    since 1970, and `NEVER` where there is none.
    """

    companies: Sequence[str]
    is_lost: Flags
    #: From when a company is what the goal asks for, by its relationship or stage.
    won_at: Ints
    lost_at: Ints
    #: The first disposition.
    first_at: Ints
    #: Which came by themselves, and became leads by that.
    came: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """Companies with an outcome, the earliest first."""

    companies: Sequence[str]
    #: Their places among all companies of the table of signals.
    places: Ints
    won: Flags
    #: When the outcome was known: what happened at that moment or later does not count.
    at: Ints
    #: When the company was first contacted; `NEVER` where nobody knows.
    contacted: Ints

    def __len__(self) -> int:
        return len(self.won)

    def some(self, which: Flags) -> Closed:
        """Those of them that are chosen."""
        return self._at(np.flatnonzero(which))

    def known_contacts(self) -> Closed:
        """Those of which the first contact is known."""
        return self.some(self.contacted < NEVER)

    def sorted_by(self, moments: Ints) -> Closed:
        """The same, the earliest of these moments first."""
        return self._at(np.argsort(moments, kind="stable"))

    def _at(self, places: Ints) -> Closed:
        return Closed(
            companies=[self.companies[place] for place in places.tolist()],
            places=self.places[places],
            won=self.won[places],
            at=self.at[places],
            contacted=self.contacted[places],
        )


def stating(kinds: Kinds, goal: Goal) -> list[str]:
    """Every word for a kind of signal that states or dates an outcome or the first contact."""
    names = _WON[goal] | _LOST | _raising(kinds) | _contact(kinds)
    return sorted(word for word, name in kinds.names.items() if name in names)


def close(standing: Standing, table: SignalTable, kinds: Kinds, goal: Goal) -> Closed:
    """Find whether and when each company was won or lost.

    `table` names the companies in the order of `standing`, and others after them. A signal that
    states the outcome dates it when it is earlier than the relationship, which may have been
    recorded later. A company that came by itself is a lead from its first signal that showed
    interest, which was not known before.
    """
    size = len(standing.companies)
    won_at = np.minimum(standing.won_at, _first(table, kinds, _WON[goal], size))
    if goal is Goal.LEAD:
        raised = _first(table, kinds, _raising(kinds), size)
        won_at = np.where(standing.came & (won_at < NEVER), np.minimum(won_at, raised), won_at)
    is_won = won_at < NEVER
    is_lost = standing.is_lost & ~is_won
    lost_at = np.minimum(standing.lost_at, _last(table, kinds, _LOST, size))
    at = np.where(is_won, won_at, lost_at)

    is_closed = is_won | is_lost
    first_at = np.minimum(standing.first_at, _first(table, kinds, _contact(kinds), size))
    contacted = np.where(first_at < NEVER, np.minimum(first_at, at), NEVER)
    order = np.lexsort((np.arange(size), at))
    places = order[is_closed[order]]
    return Closed(
        companies=[standing.companies[place] for place in places.tolist()],
        places=places,
        won=is_won[places],
        at=at[places],
        contacted=contacted[places],
    )


def stated(table: SignalTable, kinds: Kinds, goal: Goal) -> Closed:
    """The same by signals alone: a company is lost when one says so, and none says that it is won."""
    size = len(table.companies)
    never = np.full(size, NEVER, dtype=np.int64)
    standing = Standing(
        companies=table.companies,
        is_lost=_last(table, kinds, _LOST, size) < NEVER,
        won_at=never,
        lost_at=never,
        first_at=never,
        came=np.zeros(size, dtype=np.bool_),
    )
    return close(standing, table, kinds, goal)


def _contact(kinds: Kinds) -> set[str]:
    return {name for name, kind in kinds.by_name.items() if kind.contact}


def _raising(kinds: Kinds) -> set[str]:
    return {name for name in kinds.by_name if raises_hand(name, kinds)}


def _first(table: SignalTable, kinds: Kinds, names: set[str], size: int) -> Ints:
    found = np.full(len(table.companies), NEVER, dtype=np.int64)
    chosen = which_kinds(table, kinds, names)[table.kind]
    np.minimum.at(found, table.company[chosen], table.at[chosen])
    return found[:size]


def _last(table: SignalTable, kinds: Kinds, names: set[str], size: int) -> Ints:
    """The last moment; `NEVER` without one."""
    found = np.full(len(table.companies), -1, dtype=np.int64)
    chosen = which_kinds(table, kinds, names)[table.kind]
    np.maximum.at(found, table.company[chosen], table.at[chosen])
    return np.where(found < 0, NEVER, found)[:size]
