"""What a transaction that reads has found already: its snapshot does not change, nor do answers."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sized
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection

from leads.store.scope import scope_of

#: Answers that one transaction keeps; one that reads a million companies must not keep all of them.
MOST = 500
#: For so many companies everything about each is read at once: other questions will follow.
FEW = 20

_Answer = TypeVar("_Answer")
_KEPT: dict[int, dict[Hashable, Any]] = {}


@contextmanager
def keeping_answers(tx: Connection) -> Iterator[None]:
    """Keep the answers of a transaction that reads, until it ends."""
    _KEPT[id(tx)] = {}
    try:
        yield
    finally:
        del _KEPT[id(tx)]


def once(tx: Connection, question: Hashable, find: Callable[[], _Answer]) -> _Answer:
    """The answer to a question, found once in a transaction that reads; nobody may change it.

    A transaction that writes asks each time.
    """
    kept = _KEPT.get(id(tx))
    if kept is None:
        return find()
    asked = (scope_of(tx), question)
    if asked not in kept:
        tell(tx, question, find())
    answer: _Answer = kept[asked]
    return answer


def tell(tx: Connection, question: Hashable, answer: object) -> None:
    """Keep an answer that was found with others."""
    kept = _KEPT.get(id(tx))
    if kept is None:
        return
    if len(kept) >= MOST:
        kept.clear()
    # Another scope may find another answer.
    kept[scope_of(tx), question] = answer


def keeps_answers(tx: Connection) -> bool:
    """Whether this is a transaction that keeps its answers."""
    return id(tx) in _KEPT


def is_about_few(tx: Connection, ids: Sized) -> bool:
    """Whether a transaction that keeps its answers asks about few companies."""
    return len(ids) <= FEW and keeps_answers(tx)
