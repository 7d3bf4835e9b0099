"""A name that is a part of several companies' names: alone it is none of them for certain."""

from __future__ import annotations

import numpy as np

from dedupe.arrays import Flags
from dedupe.ceiling import FOR_REVIEW, identified
from dedupe.compare_pairs import Compared
from dedupe.outcome import STORED, Outcome, outcome_of
from dedupe.word_kinds import Kind

#: Words that make a longer name another company's.
_TELLING = Kind.ARM | Kind.BODY | Kind.TRADE | Kind.PLACE | Kind.BRAND | Kind.NAME
SAYS = "several companies have the whole name in theirs"
#: The most that such a row scores, as everything that tells two names apart.
MOST = float(FOR_REVIEW) - STORED


def ambiguous(compared: Compared) -> Flags:
    """Check which rows have the whole name of the first row and a word more, as other rows do.

    The first row was compared with each of the others. An address or a contact in common makes
    one of them certain.
    """
    places = np.flatnonzero(compared.places >= 0)
    pairs = compared.pairs.take(compared.places[places])
    asked = int(compared.table.node_of[0])
    is_left = pairs.left == asked
    own = np.where(is_left, pairs.left_kinds, pairs.right_kinds)
    more = np.where(is_left, pairs.right_kinds, pairs.left_kinds)
    longer = (own == 0) & (more & _TELLING != 0)

    core = compared.table.core[np.where(is_left, pairs.right, pairs.left)]
    likely = [outcome_of(odds) is not Outcome.DIFFERENT for odds in compared.odds[places].tolist()]
    names = {int(one) for one in core[longer & np.array(likely, dtype=bool)]}
    # A row of the same name is one more that may be meant.
    is_same = bool((compared.places < 0).any() or pairs.same_name.any())
    found = np.zeros(len(compared.places), dtype=bool)
    if len(names) + is_same > 1:
        found[places] = longer & ~identified(pairs)
    return found
