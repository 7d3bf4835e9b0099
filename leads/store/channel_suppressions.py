"""Suppressions that stop one channel only: an unsubscribe, a mailbox that bounces."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, exists, select

from leads.clock import now
from leads.store import driver
from leads.store.engine import Tx
from leads.store.schema import suppression
from leads.store.snapshot import once
from leads.store.suppressions import SuppressionRow, live_at, rows_with


def of_channels(
    tx: Tx, client_id: UUID, campaign_id: UUID | None, hashes: Sequence[str]
) -> list[SuppressionRow]:
    """The live suppressions of one channel with one of these keys that apply to the client and
    campaign, oldest first.
    """
    return rows_with(tx, client_id, campaign_id, hashes, suppression.c.channel.is_not(None))


def kinds_of_channels(tx: Tx) -> frozenset[str]:
    """The kinds of keys under which anything is suppressed for one channel only."""
    return once(tx, kinds_of_channels, lambda: _kinds(tx))


def _kinds(tx: Tx) -> frozenset[str]:
    return frozenset(one for (one,) in driver.run(tx, _KINDS, {"now": now()}))


_LIVE = (suppression.c.channel.is_not(None), live_at(bindparam("now")))
_KINDS = select(suppression.c.kind).where(*_LIVE).distinct()
#: Whether there is any.
ANY_LIVE = exists().where(*_LIVE)
