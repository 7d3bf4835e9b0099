"""Set how much evidence a merge of a client's companies needs."""

from __future__ import annotations

from dataclasses import dataclass

from actions.actor import Right
from actions.follow_up import WorkedOff, work_off
from actions.session import Session, Transaction
from dedupe.outcome import Strictness, strictness_of
from dedupe.run.client_strictness import strictness_of_client
from dedupe.run.planning import read_snapshot
from dedupe.run.strictness import Effect, change_strictness, effect_of

__all__ = ["Effect", "StrictnessSet", "check_strictness", "set_strictness", "use_strictness"]


@dataclass(frozen=True, slots=True)
class StrictnessSet:
    """A client's strictness, and the one before."""

    before: Strictness
    after: Strictness
    #: What a comparison with it would change; None unless it was only tried.
    effect: Effect | None
    work: WorkedOff


def set_strictness(
    session: Session, client: str, strictness: str, *, dry_run: bool = False
) -> StrictnessSet:
    """Set a client's strictness and compare its records again; a dry run counts the changes."""
    wanted = strictness_of(strictness)
    if dry_run:
        with session.read(Right.MANAGE) as work:
            snapshot = read_snapshot(work.tx, work.client(client))
        effect = effect_of(snapshot, wanted, session.progress)
        return StrictnessSet(snapshot.found.strictness, wanted, effect, WorkedOff())

    with session.write(Right.MANAGE) as work:
        client_id = work.client(client)
        before = strictness_of_client(work.tx, client_id)
        work.follow(change_strictness(work.tx, client_id, wanted, work.actor.name))
    return StrictnessSet(before, wanted, None, work_off(session))


def check_strictness(strictness: str | None) -> None:
    """Check a strictness that is to be used later; UsageError when there is none of that name."""
    if strictness is not None:
        strictness_of(strictness)


def use_strictness(work: Transaction, client: str, strictness: str | None) -> Strictness:
    """Set a client's strictness if one is given, and return the one in force."""
    client_id = work.client(client)
    if strictness is not None:
        wanted = strictness_of(strictness)
        work.follow(change_strictness(work.tx, client_id, wanted, work.actor.name))
    return strictness_of_client(work.tx, client_id)
