"""Which of several licences is the strictest: it holds for data that comes from all of them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum


class Strictness(IntEnum):
    """What a licence asks of who passes data on, the least first."""

    #: Nothing.
    OPEN = 0
    #: To name the source.
    ATTRIBUTION = 1
    #: What its own terms say: nobody here knows them.
    OWN_TERMS = 2
    #: To pass the data on under the same licence.
    SHARE_ALIKE = 3


#: Words of licences, the first that is in a licence's name decides. Limits on use are own terms.
_WORDS: tuple[tuple[tuple[str, ...], Strictness], ...] = (
    (("share alike", "sharealike", "by sa", "nc sa", "odbl"), Strictness.SHARE_ALIKE),
    (("by nc", "by nd", "non commercial", "noncommercial"), Strictness.OWN_TERMS),
    (("cc0", "public domain", "pddl"), Strictness.OPEN),
    (
        ("cc by", "odc by", "ogl", "open government licence", "nlod", "licence ouverte", "etalab"),
        Strictness.ATTRIBUTION,
    ),
)


def strictness(licence: str) -> Strictness:
    """What a licence asks; of one that is not known here, its own terms."""
    words = " ".join(licence.casefold().replace("-", " ").split())
    for known, found in _WORDS:
        if any(f" {one}" in f" {words}" for one in known):
            return found
    return Strictness.OWN_TERMS


def strictest(licences: Iterable[str]) -> tuple[Strictness, tuple[str, ...]]:
    """The strictest of licences: what it asks, and those that ask it, in the order of the alphabet.

    Of none it is `OPEN` with no licence.
    """
    each = {one: strictness(one) for one in licences}
    most = max(each.values(), default=Strictness.OPEN)
    return most, tuple(sorted(one for one, found in each.items() if found is most))
