"""What changed about the facts of sites since a moment, counted by attribute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from leads.ids import floor_of
from leads.store.engine import Tx, chunks
from leads.store.schema import fact, retraction


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeChanges:
    """How many facts of one attribute sites state now that they did not before, and the reverse."""

    attribute: str
    new: int
    gone: int


def since(tx: Tx, sites: Sequence[str], at: datetime) -> list[AttributeChanges]:
    """The changes of the facts of sites since then, by attribute; a fact that came and went since
    counts as neither.
    """
    new, gone = Counter[str](), Counter[str]()
    for some in chunks(list(sites)):
        about = select(fact.c.attribute, fact.c.id, retraction.c.at).outerjoin(
            retraction, retraction.c.fact_id == fact.c.id
        )
        for name, fact_id, ended_at in tx.execute(about.where(fact.c.site.in_(some))):
            is_new = fact_id >= floor_of(at)
            if is_new and ended_at is None:
                new[name] += 1
            elif not is_new and ended_at is not None and ended_at >= at:
                gone[name] += 1
    return by_attribute(new, gone)


def by_attribute(new: Counter[str], gone: Counter[str]) -> list[AttributeChanges]:
    """The attributes of which any fact came or went, in the order of the alphabet."""
    names = sorted({*new, *gone})
    return [AttributeChanges(attribute=one, new=new[one], gone=gone[one]) for one in names]
