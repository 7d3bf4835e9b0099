"""Undo the last import of a list."""

from __future__ import annotations

from dataclasses import dataclass

from actions.actor import Right
from actions.follow_up import WorkedOff, work_off
from actions.session import Session
from intake.run import undo


@dataclass(frozen=True, slots=True)
class UndoneImport:
    """What undoing an import changed."""

    #: Records that the import had brought.
    ended: int
    #: Records that the import had replaced or withdrawn.
    restored: int
    work: WorkedOff


def undo_import(session: Session, client: str, name: str) -> UndoneImport:
    """Undo the last import of a list; NotAllowedError when none is left."""
    with session.write(Right.MANAGE) as work:
        counts, changes = undo(work.tx, work.client(client), name, work.actor.name)
        work.follow(changes)
    return UndoneImport(counts["ended"], counts["restored"], work_off(session))
