"""Look for dead cycles rarely while very many objects are made, almost none of them in a cycle."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: Objects made between two looks; Python's own is 700. A look at all objects takes a sixth of a
#: short command, a quarter of a check of many companies, and a fifth of deciding.
SELDOM = 50_000


@contextmanager
def rare_collection() -> Iterator[None]:
    """Look for cycles every 50,000 objects at most; what is in one still cannot fill the memory."""
    before = gc.get_threshold()
    # 0: the collection is off.
    if 0 < before[0] < SELDOM:
        gc.set_threshold(SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def frozen_collection() -> Iterator[None]:
    """Look rarely, and leave out what is loaded by now, such as modules and rules."""
    gc.freeze()
    try:
        with rare_collection():
            yield
    finally:
        gc.unfreeze()
