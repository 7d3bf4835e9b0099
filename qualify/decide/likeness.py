"""What facts have in common that differ only in their days, and in the site of the company they
were seen on.

Such facts give the same answers; of the reasons only the days and sites differ. What counts of a
day is whether it is too old, and whether it comes before or after the others: both stand in the
likeness. Not so for money, which is converted at the rate of its day.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from leads.facts import Method
from qualify.decide.fact_shape import Said, day_of

_SITE = "site:"


@dataclass(frozen=True, slots=True)
class Likeness:
    """Facts that give the same answers have the same key; `words` are the days and sites, each
    once, that their reasons may name.
    """

    key: Hashable
    words: tuple[str, ...]
    #: Values and other sources, which reasons may name too.
    texts: tuple[str, ...]


def likeness(shape: Sequence[Sequence[Said]], age: Callable[[Said], Hashable]) -> Likeness:
    """The likeness of the facts of some attributes; `age` says how old a fact counts as."""
    whole = [said for facts in shape for said in facts]
    if len(whole) == 1 and not whole[0].evidence.source.startswith(_SITE):
        return _alone(whole[0], age)
    days = {day: place for place, day in enumerate(sorted({day_of(said) for said in whole}))}
    moments = {
        moment: place
        for place, moment in enumerate(sorted({said.evidence.observed_at for said in whole}))
    }
    sites = {site: place for place, site in enumerate(_sites(whole))}

    def of(said: Said) -> Hashable:
        seen, day = said.evidence, day_of(said)
        source = sites.get(seen.source, seen.source)
        return (
            said.value,
            source,
            seen.method,
            seen.scope,
            seen.confidence,
            days[day],
            moments[seen.observed_at],
            age(said),
        )

    key = tuple([tuple([of(said) for said in facts]) for facts in shape])
    words = (*(day.isoformat() for day in days), *(site.replace(":", " ", 1) for site in sites))
    texts = (
        *(str(said.value) for said in whole),
        *{said.evidence.source for said in whole} - sites.keys(),
    )
    return Likeness(key, words, texts)


def _alone(said: Said, age: Callable[[Said], Hashable]) -> Likeness:
    """The likeness of one fact of a list, a register or a person."""
    seen = said.evidence
    key = (said.value, seen.source, seen.method, seen.scope, seen.confidence, age(said))
    return Likeness(key, (day_of(said).isoformat(),), (str(said.value), seen.source))


def _sites(whole: Sequence[Said]) -> list[str]:
    """The sites among the sources; none where a person's word is said to come from one, whom
    reasons name in another way.
    """
    found = [said for said in whole if said.evidence.source.startswith(_SITE)]
    return (
        []
        if any(said.evidence.method is Method.TOLD for said in found)
        else sorted({said.evidence.source for said in found})
    )


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason without its days and sites: pieces of text, and places of words between them."""

    pieces: tuple[str | int, ...]

    def of(self, words: Sequence[str]) -> str:
        """The reason for a company whose facts have these words."""
        return "".join([one if isinstance(one, str) else words[one] for one in self.pieces])


def without(reason: str, words: Sequence[str], texts: Iterable[str]) -> Reason | None:
    """A reason with the places of its words instead of them; None when `texts`, which stay as they
    are, may hold one of them too.
    """
    fixed = "\0".join(texts)
    if any(
        _bare(word) in text
        for word in words
        for text in (fixed, *(other for other in words if other != word))
    ):
        return None
    pieces: list[str | int] = [reason]
    for place, word in enumerate(words):
        pieces = [
            part
            for piece in pieces
            for part in (_parted(piece, word, place) if isinstance(piece, str) else (piece,))
        ]
    left = "\0".join(piece for piece in pieces if isinstance(piece, str))
    return None if any(_bare(word) in left for word in words) else Reason(tuple(pieces))


def _parted(piece: str, word: str, place: int) -> Iterator[str | int]:
    """A piece of text with a place between what stands before, between and after a word."""
    for number, text in enumerate(piece.split(word)):
        if number:
            yield place
        yield text


def _bare(word: str) -> str:
    return word.removeprefix("site ")
