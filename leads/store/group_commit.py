"""Commit the short work of several threads together: to commit once takes longer than the work."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

from leads.store.direct import Direct, DirectTransaction
from leads.store.scope import Scope, State

Result = TypeVar("Result")
#: Works committed together at most: others write in between.
_MOST = 50


@dataclass(slots=True, eq=False)
class _Asked:
    """The work of one thread, and what became of it."""

    work: Callable[[Direct], Any]
    scope: Scope
    #: Held until the thread need not wait any more: its work is done, or it leads.
    waits: Lock = field(default_factory=Lock)
    is_done: bool = False
    result: Any = None
    error: Exception | None = None


@dataclass(slots=True)
class GroupCommit:
    """Runs works on SQLite, each as if it had a transaction of its own.

    One thread leads: it runs what all waiting threads want, and the first one that came meanwhile
    leads next. Each work sees what the ones before it did, and a work that fails is undone alone.
    """

    #: Begins a transaction in the turn of this thread.
    opened: Callable[[], DirectTransaction]
    #: The turn to write in this process.
    turn: Callable[[], AbstractContextManager[None]]
    _guard: Lock = field(default_factory=Lock)
    _waiting: deque[_Asked] = field(default_factory=deque)
    _has_leader: bool = False

    def run(self, work: Callable[[Direct], Result], scope: Scope) -> Result:
        """What a work returns, once it is committed; its own exception when it fails."""
        asked = _Asked(work, scope)
        asked.waits.acquire()
        with self._guard:
            self._waiting.append(asked)
            leads = not self._has_leader
            self._has_leader = True
        if not leads:
            # Each leader waits for its turn for a minute at most.
            asked.waits.acquire()
        if not asked.is_done:
            self._lead(asked)
        if asked.error is not None:
            raise asked.error
        result: Result = asked.result
        return result

    def _lead(self, asked: _Asked) -> None:
        """Run the works that wait, this one first."""
        try:
            with self.turn():
                self._run_some()
        finally:
            with self._guard:
                if not asked.is_done:
                    self._waiting.remove(asked)
                self._has_leader = bool(self._waiting)
                if self._waiting:
                    self._waiting[0].waits.release()

    def _run_some(self) -> None:
        with self._guard:
            some = list(self._waiting)[:_MOST]
        self._run_together(some)
        with self._guard:
            for one in some:
                self._waiting.popleft()
                one.is_done = True
        for one in some[1:]:
            one.waits.release()

    def _run_together(self, some: Sequence[_Asked]) -> None:
        """Run works in one transaction; if one fails, all of them again, each alone."""
        tx: Direct | None = None
        try:
            with self.opened() as tx:
                for one in some:
                    tx.scope = State(one.scope, tx.scope.is_held)
                    one.result = one.work(tx)
        except Exception as error:
            if len(some) == 1 or tx is None or not tx.has_begun:
                for one in some:
                    one.error = error
                return
            for one in some:
                self._run_together([one])
