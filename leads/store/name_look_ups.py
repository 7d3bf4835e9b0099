"""Names that were looked up to find companies' sites: shared by all clients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from leads.clock import now
from leads.store.engine import Tx, chunks
from leads.store.inserts import insert_or_skip, insert_or_update
from leads.store.schema import name_look_up
from leads.visit_outcomes import Known

#: A look-up that is under way.
ASKED = "asked"
#: How long a look-up holds: names are registered more often than given up.
HOLDS: Mapping[str, timedelta] = {
    Known.FOUND: timedelta(days=30),
    Known.MISSING: timedelta(days=7),
    Known.FAILED: timedelta(hours=1),
    # Some process looks it up now; if it ends without an answer, another one does after this.
    ASKED: timedelta(seconds=40),
}
_HOLDS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class LookedUpName:
    """One answer of the name service."""

    name: str
    known: str
    hosts: tuple[str, ...]


def looked_up(tx: Tx, names: Sequence[str]) -> dict[str, LookedUpName]:
    """The answers of earlier look-ups that still hold, by name."""
    found: dict[str, LookedUpName] = {}
    at = now()
    for some in chunks(list(names)):
        wanted = select(name_look_up).where(name_look_up.c.name.in_(some))
        for row in tx.execute(wanted):
            if at - row.looked_up_at < HOLDS.get(row.known, _HOLDS):
                found[row.name] = LookedUpName(row.name, row.known, tuple(row.hosts))
    return found


def begin_look_ups(tx: Tx, names: Sequence[str]) -> list[str]:
    """Take over those names of which no look-up is under way or holds; returns them."""
    at, own = now(), set[str]()
    for some in chunks(sorted(set(names)), 1_000):
        rows = [{"name": one, "known": ASKED, "hosts": [], "looked_up_at": at} for one in some]
        adding = insert_or_skip(tx, name_look_up).returning(name_look_up.c.name)
        own.update(tx.execute(adding.values(rows)).scalars())
        own.update(_taken_over(tx, some, at))
    return [one for one in names if one in own]


def _taken_over(tx: Tx, names: Sequence[str], at: datetime) -> list[str]:
    old = select(name_look_up.c.name).where(name_look_up.c.name.in_(names), _is_old(at))
    # What another worker takes over at this moment is locked, and its own.
    found = list(tx.execute(old.with_for_update(skip_locked=True)).scalars())
    asked = {"known": ASKED, "hosts": [], "looked_up_at": at}
    tx.execute(update(name_look_up).where(name_look_up.c.name.in_(found)).values(asked))
    return found


def keep_look_ups(tx: Tx, names: Sequence[LookedUpName]) -> None:
    """Store look-ups in place of those before, always in one order: two workers that store the same
    names wait for each other, and neither for both.
    """
    at = now()
    rows = [
        {"name": one.name, "known": one.known, "hosts": list(one.hosts), "looked_up_at": at}
        for one in sorted(names, key=lambda one: one.name)
    ]
    for batch in chunks(rows, 1_000):
        keeping = insert_or_update(tx, name_look_up, "name", "known", "hosts", "looked_up_at")
        tx.execute(keeping, batch)


def drop_old_look_ups(tx: Tx, limit: int) -> int:
    """Delete look-ups that are too old to hold, the oldest first, at most `limit`; how many."""
    at = now()
    oldest = select(name_look_up.c.name).where(
        name_look_up.c.looked_up_at < at - min(HOLDS.values()), _is_old(at)
    )
    some = oldest.order_by(name_look_up.c.looked_up_at).limit(limit)
    return tx.execute(delete(name_look_up).where(name_look_up.c.name.in_(some))).rowcount


def forget_look_ups(tx: Tx) -> int:
    """Delete every look-up: which of them were made of one company's name, no row tells."""
    return tx.execute(delete(name_look_up)).rowcount


def _is_old(at: datetime) -> ColumnElement[bool]:
    """Whether a look-up is too old to hold."""
    by_kind = [
        and_(name_look_up.c.known == known, name_look_up.c.looked_up_at < at - holds)
        for known, holds in HOLDS.items()
    ]
    others = name_look_up.c.known.not_in(list(HOLDS))
    return or_(
        name_look_up.c.looked_up_at < at - max(HOLDS.values()),
        *by_kind,
        and_(others, name_look_up.c.looked_up_at < at - _HOLDS),
    )
