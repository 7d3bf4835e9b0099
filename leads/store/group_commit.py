"""Commit the short work of several threads together: to commit once takes longer than the work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
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
    #: By the clock of the process, in seconds.
    since: float = field(default_factory=monotonic)
    #: Held until the work of the thread is done, or the thread leads.
    waits: Lock = field(default_factory=Lock)
    is_done: bool = False
    result: Any = None
    error: Exception | None = None

    def go_on(self) -> None:
        """Let its thread go on; a second time does nothing."""
        if self.waits.locked():
            self.waits.release()


@dataclass(slots=True)
class GroupCommit:
    """Runs works on SQLite, each as if it had a transaction of its own.

    One thread leads: it runs what all waiting threads want, and the first one that came meanwhile
    leads next. Each work sees what the works before it did. When one of them fails, all are run again,
    each alone: only the one that fails is undone.
    """

    #: Begins a transaction in the turn of this thread.
    opened: Callable[[], DirectTransaction]
    #: The turn to write in this process.
    turn: Callable[[], AbstractContextManager[None]]
    #: Held for what follows, never while a work runs.
    _guard: Lock = field(default_factory=Lock)
    _waiting: list[_Asked] = field(default_factory=list)
    _leader: _Asked | None = None

    def run(self, work: Callable[[Direct], Result], scope: Scope) -> Result:
        """What a work returns, once it is committed; its own exception when it fails."""
        asked = _Asked(work, scope)
        asked.waits.acquire()
        try:
            with self._guard:
                self._waiting.append(asked)
                leads = self._leader is None
                if leads:
                    self._leader = asked
            if not leads:
                asked.waits.acquire()
            if not asked.is_done:
                self._lead()
        finally:
            # A signal may end a thread while it waits or leads: the others go on without it.
            self._leave(asked)
        if asked.error is not None:
            raise asked.error
        result: Result = asked.result
        return result

    def _lead(self) -> None:
        """Run the works that wait."""
        began = monotonic()
        try:
            with self.turn():
                with self._guard:
                    some = self._waiting[:_MOST]
                self._run(some)
        except Exception as error:
            # There was no turn: those who waited for it as long need not wait again.
            with self._guard:
                some = [one for one in self._waiting if one.since <= began]
            self._end(some, error)

    def _run(self, some: Sequence[_Asked]) -> None:
        """Run works in one transaction; if one fails, all of them again, each alone."""
        tx: Direct | None = None
        try:
            with self.opened() as tx:
                for one in some:
                    tx.scope = State(one.scope, tx.scope.is_held)
                    one.result = one.work(tx)
            self._end(some)
        except Exception as error:
            if len(some) == 1 or tx is None or not tx.has_begun:
                self._end(some, error)
                return
            for one in some:
                self._run([one])

    def _end(self, some: Sequence[_Asked], error: Exception | None = None) -> None:
        """Let the threads of these works go on, with what became of them."""
        with self._guard:
            for one in some:
                if one in self._waiting:
                    self._waiting.remove(one)
                one.error = error
                one.is_done = True
                one.go_on()

    def _leave(self, asked: _Asked) -> None:
        """Take back a work that is not done, and pass on the lead."""
        with self._guard:
            if asked in self._waiting:
                self._waiting.remove(asked)
            if self._leader is asked:
                self._leader = self._waiting[0] if self._waiting else None
                if self._leader is not None:
                    self._leader.go_on()
