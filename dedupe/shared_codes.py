"""Find codes that occur more than once, which are the blocks of a key."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from dedupe.arrays import Codes, Ints, groups

#: How many bits a code and its position may have together.
_BITS = 63
#: Codes looked at at once, about; bounds the memory.
_AT_ONCE = 1_000_000


def shared_codes(codes: Codes | Ints, at_once: int = _AT_ONCE) -> Iterator[Ints]:
    """Yield the positions of codes that occur more than once, by code and then position.

    Each share has all positions of its codes.
    """
    above = int(codes.max(initial=-1)) + 1
    step = max(above // max(len(codes) // at_once, 1), 1)
    for least in range(0, above, step):
        within = (codes >= least) & (codes < least + step)
        order = _shared_among(codes, np.flatnonzero(within))
        if len(order):
            yield order


def _shared_among(codes: Codes | Ints, present: Ints) -> Ints:
    """Return the positions of codes that occur more than once, by code, among some positions."""
    if not len(present):
        return present
    # One number for the upper bits of a code and its position: NumPy sorts numbers several times
    # faster than positions by their codes.
    place_bits = int(present[-1]).bit_length()
    dropped = max(int(codes.max()).bit_length() + place_bits - _BITS, 0)
    packed = codes[present].astype(np.int64) >> dropped << place_bits
    packed |= present
    packed.sort()
    begins = packed >> place_bits
    again = begins[1:] == begins[:-1]
    order = packed[np.append(again, False) | np.append(False, again)] & ((1 << place_bits) - 1)
    return _only_shared(codes, order, dropped) if dropped else order


def _only_shared(codes: Codes | Ints, order: Ints, dropped: int) -> Ints:
    """Sort positions by code that are sorted by its upper bits, and drop codes that occur once."""
    starts, sizes = groups(codes[order] >> dropped)
    if not len(starts):
        return order
    found = codes[order]
    several = np.maximum.reduceat(found, starts) != np.minimum.reduceat(found, starts)
    mixed = np.repeat(several, sizes)
    of_mixed = order[mixed]
    order[mixed] = of_mixed[np.lexsort((of_mixed, codes[of_mixed]))]
    _, sizes = groups(codes[order])
    return order[np.repeat(sizes > 1, sizes)]
