"""Work that two processes share: this one, and one more for as long as the work lasts."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from threading import Thread
from typing import TypeVar

from leads.collection import SELDOM

Item = TypeVar("Item")
Result = TypeVar("Result")

#: Items that the other process is given ahead.
_AHEAD = 2
#: Results that wait for an earlier one: what bounds the memory.
_WAITING = 6


def shared_by_two(
    work: Callable[[Item], Result], items: Iterable[Item], alone: int
) -> Iterator[Result]:
    """The result of each item in its order; what follows the first `alone` items is shared with a
    second process. `work`, its items and its results are pickled.
    """
    rest = iter(items)
    yield from map(work, islice(rest, alone))
    following = next(rest, None)
    if following is None:
        return
    rest = chain((following,), rest)
    if (os.cpu_count() or 1) < 2 or multiprocessing.current_process().daemon:
        yield from map(work, rest)
        return

    # A fresh process holds no connection of ours, and no thread of whoever called.
    pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _begin)
    try:
        yield from _shared(pool, work, rest)
    finally:
        pool.shutdown(cancel_futures=True)


def _shared(
    pool: ProcessPoolExecutor, work: Callable[[Item], Result], items: Iterator[Item]
) -> Iterator[Result]:
    waiting: deque[tuple[Item, Future[Result]]] = deque()
    for item in items:
        busy = sum(1 for _, one in waiting if not one.done())
        given = _given(pool, work, item) if busy < _AHEAD else None
        waiting.append((item, given or _done(work, item)))
        while waiting and (waiting[0][1].done() or len(waiting) > _WAITING):
            yield _result(work, *waiting.popleft())
    while waiting:
        yield _result(work, *waiting.popleft())


def _given(
    pool: ProcessPoolExecutor, work: Callable[[Item], Result], item: Item
) -> Future[Result] | None:
    try:
        return pool.submit(work, item)
    except BrokenProcessPool:
        return None


def _done(work: Callable[[Item], Result], item: Item) -> Future[Result]:
    here: Future[Result] = Future()
    here.set_result(work(item))
    return here


def _result(work: Callable[[Item], Result], item: Item, future: Future[Result]) -> Result:
    try:
        return future.result()
    except BrokenProcessPool:
        # Somebody ended the other process, or it found no memory.
        return work(item)


def _begin() -> None:
    """What the second process does first: it ends with its parent, and leaves Ctrl-C to it."""
    gc.set_threshold(SELDOM)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
