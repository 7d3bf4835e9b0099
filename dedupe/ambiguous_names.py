"""A name that is a part of several companies' names: alone it is none of them for certain."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

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


def ambiguous(compared: Compared, companies: Sequence[Hashable | None]) -> Flags:
    """Check which rows have the whole name of the first row and a word more, as others' rows do.

    The first row was compared with each of the others, which are on `companies`; None is on none.
    An address or a contact in common makes one of them certain.
    """
    places = np.flatnonzero(compared.places >= 0)
    pairs, at = compared.pairs, compared.places[places]
    is_left = pairs.left[at] == int(compared.table.node_of[0])
    left_kinds, right_kinds = pairs.left_kinds[at], pairs.right_kinds[at]
    own = np.where(is_left, left_kinds, right_kinds)
    more = np.where(is_left, right_kinds, left_kinds)
    longer = (own == 0) & (more & _TELLING != 0)

    odds = compared.odds[places].tolist()
    likely = [outcome_of(one) is not Outcome.DIFFERENT for one in odds]
    # A company of the very name is one more that may be meant.
    meant = compared.places < 0
    meant[places] = (longer & np.array(likely, dtype=bool)) | pairs.same_name[at]
    several = {companies[at] for at in np.flatnonzero(meant).tolist()} - {None}

    found = np.zeros(len(compared.places), dtype=bool)
    if len(several) > 1:
        found[places] = longer & ~identified(pairs)[at]
    return found
