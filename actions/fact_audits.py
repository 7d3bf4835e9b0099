"""Draw facts by chance, and judge them one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from secrets import randbits
from uuid import UUID

from actions.actor import Right
from actions.audited_names import check_attribute, check_source
from actions.session import Session, Transaction
from enrich.audits.draw import drawn
from leads.clock import now
from leads.errors import NotFoundError, UsageError
from leads.ids import new_id
from leads.store import events, lists
from leads.store.audits import draws, frame
from leads.store.audits.draws import AuditRow, DrawnFact, Progress
from leads.store.audits.frame import Frame, Stratum

__all__ = [
    "LARGEST",
    "MOST_SKIPPED",
    "AuditRow",
    "Drawing",
    "Drawn",
    "DrawnFact",
    "ListedDraw",
    "OpenFact",
    "Progress",
    "Said",
    "StratumDrawn",
    "draw",
    "judge",
    "list_draws",
    "next_fact",
    "undo",
]

#: Facts of one draw at most.
LARGEST = 5_000
#: Facts that may be left for later before the first is shown again.
MOST_SKIPPED = 500


class Said(StrEnum):
    """How a person judges a fact."""

    RIGHT = "right"
    WRONG = "wrong"
    #: The person cannot tell. It counts in no share.
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Which facts are drawn, and how many; None: of every source, of every list, any seed."""

    attribute: str
    source: str | None = None
    list: str | None = None
    sample: int = 149
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class StratumDrawn:
    """How many facts of one kind there are, and how many of them were drawn."""

    #: None: on no list.
    list: str | None
    source: str
    method: str
    confidence: str
    facts: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A draw, and what it was drawn from."""

    audit: AuditRow
    drawn: int
    strata: Sequence[StratumDrawn]


@dataclass(frozen=True, slots=True)
class ListedDraw:
    """A draw and how far it is judged."""

    audit: AuditRow
    progress: Progress


@dataclass(frozen=True, slots=True)
class OpenFact:
    """The next fact to judge, None when all are judged, and how far the work is."""

    fact: DrawnFact | None
    progress: Progress


def draw(session: Session, client: str, wanted: Drawing, *, dry_run: bool = False) -> Drawn:
    """Draw facts that are in no draw of the client yet, from each stratum by its size.

    The same facts, sample and seed give the same draw.
    """
    _check(wanted)
    seed = randbits(31) if wanted.seed is None else wanted.seed
    # Read before the writing begins: a million facts take seconds.
    with session.read(Right.MANAGE) as work:
        client_id = work.client(client)
        asked = _frame(work, client_id, wanted)
        sizes = frame.strata(work.tx, client_id, asked)
        if not sizes:
            raise _nothing_to_draw(work, client_id, wanted)
        chosen = drawn(sizes, wanted.sample, seed)
        starts = dict(zip(sizes, accumulate(sizes.values(), initial=0), strict=False))
        numbers = [starts[one] + place for one, place in chosen]
        picked = frame.pick(work.tx, client_id, asked, numbers)
        names = {one.id: one.name for one in lists.every(work.tx, client_id)}

    with session.write(Right.MANAGE, dry_run=dry_run) as work:
        audit = AuditRow(
            id=new_id(),
            client_id=work.client(client),
            attribute=wanted.attribute,
            source=wanted.source or "",
            list=wanted.list or "",
            wanted=wanted.sample,
            frame=sum(sizes.values()),
            strata=len(sizes),
            seed=seed,
            by=work.actor.name,
            at=now(),
        )
        found = [picked[one] for one in numbers if one in picked]
        draws.add(work.tx, audit, found)
        _log(work, audit, len(found))
    return Drawn(audit, len(found), _described(sizes, chosen, names))


def list_draws(session: Session, client: str) -> list[ListedDraw]:
    """List the draws of a client, the newest first."""
    with session.read(Right.LOOK) as work:
        return [ListedDraw(*one) for one in draws.every(work.tx, work.client(client))]


def next_fact(session: Session, client: str, audit: UUID | None = None, skip: int = 0) -> OpenFact:
    """The next fact without a judgement: of one draw, or of all draws, the oldest first."""
    with session.read(Right.MANAGE) as work:
        client_id = work.client(client)
        if audit is not None:
            draws.find(work.tx, client_id, audit)
        found = draws.open_fact(work.tx, client_id, audit, min(skip, MOST_SKIPPED))
        return OpenFact(found, draws.progress(work.tx, client_id, audit))


def judge(session: Session, client: str, item: UUID, said: str) -> DrawnFact:
    """Say what a drawn fact is: `right`, `wrong` or `unclear`."""
    if said not in {one.value for one in Said}:
        raise UsageError(f"{said!r} is not an answer", f"use one of: {', '.join(Said)}")
    with session.write(Right.MANAGE) as work:
        return draws.judge(work.tx, work.client(client), item, said, work.actor.name)


def undo(session: Session, client: str) -> DrawnFact:
    """Take back the actor's last judgement; its fact waits again."""
    with session.write(Right.MANAGE) as work:
        return draws.undo(work.tx, work.client(client), work.actor.name)


def _check(wanted: Drawing) -> None:
    check_attribute(wanted.attribute)
    if not 1 <= wanted.sample <= LARGEST:
        raise UsageError(
            f"{wanted.sample:,} facts cannot be drawn", f"draw from 1 to {LARGEST:,} at a time"
        )
    if wanted.seed is not None and not 0 <= wanted.seed < 2**62:
        raise UsageError("the seed is too large or below 0", "use a number such as 1")


def _frame(work: Transaction, client_id: UUID, wanted: Drawing) -> Frame:
    list_id = lists.find_list(work.tx, client_id, wanted.list).id if wanted.list else None
    return Frame(wanted.attribute, wanted.source, list_id)


def _nothing_to_draw(work: Transaction, client_id: UUID, wanted: Drawing) -> NotFoundError:
    known = frame.sources(work.tx, client_id, wanted.attribute)
    if not known:
        return NotFoundError(
            f"nothing is known about {wanted.attribute}", "see `sluice sources` for what is"
        )
    if wanted.source is not None:
        check_source(wanted.source, known, f"says nothing about {wanted.attribute}")
    return NotFoundError(
        f"every fact about {wanted.attribute} is drawn already", "`sluice audit judge` judges them"
    )


def _log(work: Transaction, audit: AuditRow, facts: int) -> None:
    line = events.Happened(
        verb="drawn",
        thing="audit",
        thing_id=audit.id,
        client_id=audit.client_id,
        who=audit.by,
        reason=f"{facts} facts about {audit.attribute}, seed {audit.seed}",
    )
    events.log(work.tx, [line])


def _described(
    sizes: Mapping[Stratum, int],
    chosen: Sequence[tuple[Stratum, int]],
    names: Mapping[UUID, str],
) -> list[StratumDrawn]:
    taken = dict.fromkeys(sizes, 0)
    for one, _ in chosen:
        taken[one] += 1
    return [
        StratumDrawn(
            list=names.get(one.list_id) if one.list_id else None,
            source=one.source,
            method=one.method,
            confidence=one.band,
            facts=size,
            drawn=taken[one],
        )
        for one, size in sizes.items()
    ]
