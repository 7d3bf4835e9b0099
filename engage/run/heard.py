"""When companies last showed interest, asked for something, or were spoken with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import numpy as np

from engage.run.loading import signal_table
from engage.signals.chosen import which_kinds
from engage.signals.kinds import Kinds
from engage.signals.machines import by_machine
from engage.signals.order import each_once
from engage.signals.raised_hands import raises_hand
from engage.signals.table import Ints, SignalTable, moment
from leads.store import Tx

#: Earlier than every signal.
_NEVER = -(2**62)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The latest signals of a company that people caused; None: there is none."""

    #: It came by itself.
    hand: datetime | None = None
    #: It asked for something, and waits.
    asked: datetime | None = None
    #: Somebody spoke or wrote with it.
    contact: datetime | None = None


def read(
    tx: Tx, client_id: UUID, campaign_id: UUID, company_ids: Sequence[UUID], kinds: Kinds
) -> dict[UUID, Heard]:
    """Read the signals of companies that count for a campaign; companies without one are left out."""
    return heard(signal_table(tx, client_id, campaign_id, company_ids), kinds)


def heard(table: SignalTable, kinds: Kinds) -> dict[UUID, Heard]:
    """What the signals of each company say, those from the future included."""
    order = each_once(table)
    people = order[~by_machine(table, order, kinds)]
    every = kinds.by_name.values()
    contacts = [one for one in every if one.contact]
    hands, asked, contact = (
        _latest(table, people, kinds, names)
        for names in (
            {one.name for one in every if raises_hand(one.name, kinds)},
            {one.name for one in contacts if one.asks},
            {one.name for one in contacts if not one.asks},
        )
    )
    return {
        UUID(name): Heard(hand=hands[place], asked=asked[place], contact=contact[place])
        for place, name in enumerate(table.companies)
    }


def _latest(table: SignalTable, some: Ints, kinds: Kinds, names: set[str]) -> list[datetime | None]:
    """When each company last gave a signal of these kinds."""
    chosen = some[which_kinds(table, kinds, names)[table.kind[some]]]
    latest = np.full(len(table.companies), _NEVER, dtype=np.int64)
    np.maximum.at(latest, table.company[chosen], table.at[chosen])
    return [None if at == _NEVER else moment(at) for at in latest.tolist()]
