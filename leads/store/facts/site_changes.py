"""Which facts of sites came and went since a moment, site by site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select

from leads.facts import Fact
from leads.ids import floor_of
from leads.store.engine import Tx, chunks
from leads.store.facts.facts import PARTS, fact_of
from leads.store.schema import fact, retraction


class SiteChanges(NamedTuple):
    """The facts of a site that are new, and those that are gone."""

    site: str
    new: list[Fact]
    gone: list[Fact]


def since(tx: Tx, sites: Sequence[str] | None, at: datetime) -> Iterator[SiteChanges]:
    """The changes of the facts of sites since then, None: of every site; a fact that came and went
    since counts as neither.
    """
    if sites is None:
        yield from _since(tx, fact.c.site > "", at)
        return
    for some in chunks(list(sites)):
        yield from _since(tx, fact.c.site.in_(some), at)


def _since(tx: Tx, which: ColumnElement[bool], at: datetime) -> Iterator[SiteChanges]:
    first = floor_of(at)
    moved = or_(fact.c.id >= first, retraction.c.at >= at)
    wanted = (
        select(fact.c.site, retraction.c.at, *PARTS)
        .outerjoin(retraction, retraction.c.fact_id == fact.c.id)
        .where(which, moved)
        .order_by(fact.c.site, fact.c.id)
    )
    rows = tx.execution_options(yield_per=1_000).execute(wanted)
    for site, some in groupby(rows, key=lambda row: str(row[0])):
        found = SiteChanges(site, [], [])
        for _, ended_at, *parts in some:
            one = fact_of(parts, None)
            if one.id < first:
                found.gone.append(one)
            elif ended_at is None:
                found.new.append(one)
        yield found
