"""Answers of people about pairs of rows, and where they contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dedupe.record import Key
from leads.errors import UsageError

#: Fewer answers teach nothing that holds for the other pairs.
FEWEST = 50
#: Of each kind, same and different.
FEWEST_OF_A_KIND = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said about two rows."""

    left: Key
    right: Key
    same: bool
    by: str = ""
    #: When, as text; empty: not known.
    at: str = ""
    #: Pairs that one word decided share it and count as one answer; empty: the pair alone.
    word: str = ""

    @property
    def pair(self) -> frozenset[Key]:
        """Return the two rows."""
        return frozenset((self.left, self.right))

    @property
    def counts_as(self) -> str:
        """Return what is equal for all pairs of one answer."""
        return self.word or "\0".join(sorted(map(str, self.pair)))


@dataclass(frozen=True, slots=True)
class Contradiction:
    """An answer `different`, and the answers that make the two rows one company."""

    different: Answer
    #: The shortest chain of them.
    same: tuple[Answer, ...]


def contradictions(answers: Sequence[Answer]) -> list[Contradiction]:
    """Return each answer `different` about two rows that other answers make one company."""
    ordered = in_order(answers)
    near: dict[Key, list[tuple[Key, Answer]]] = {}
    for one in ordered:
        if one.same:
            near.setdefault(one.left, []).append((one.right, one))
            near.setdefault(one.right, []).append((one.left, one))

    return [
        Contradiction(one, chain)
        for one in ordered
        if not one.same and (chain := _chain(near, one.left, one.right))
    ]


def new_contradiction(earlier: Sequence[Answer], new: Answer) -> Contradiction | None:
    """Return a contradiction that comes with a new answer; those that were there do not count."""
    known = {one.different for one in contradictions(earlier)}
    found = contradictions([*earlier, new])
    return next((one for one in found if one.different not in known), None)


def without(answers: Sequence[Answer], found: Sequence[Contradiction]) -> list[Answer]:
    """Return the answers that are in no contradiction: neither side of one wins."""
    involved = {side.counts_as for one in found for side in (one.different, *one.same)}
    return [one for one in in_order(answers) if one.counts_as not in involved]


def in_order(answers: Iterable[Answer]) -> list[Answer]:
    """Return answers in an order that does not depend on how they came."""
    return sorted(
        answers, key=lambda one: (*sorted(map(str, one.pair)), one.same, one.word, one.at)
    )


def count(answers: Iterable[Answer]) -> Mapping[bool, int]:
    """Count the answers `same` (True) and `different` (False)."""
    words = {(one.same, one.counts_as) for one in answers}
    return {kind: sum(same is kind for same, _ in words) for kind in (True, False)}


def check_enough(answers: Iterable[Answer], more: str) -> None:
    """Refuse too few answers; UsageError that says how many are missing, and how to get `more`."""
    counted = count(answers)
    total = sum(counted.values())
    if total < FEWEST:
        raise UsageError(
            f"{total:,} of {FEWEST} answers can be learned from: {FEWEST - total} are missing",
            more,
        )
    for same, word in ((True, "same"), (False, "different")):
        if counted[same] < FEWEST_OF_A_KIND:
            missing = FEWEST_OF_A_KIND - counted[same]
            raise UsageError(
                f"{counted[same]} of {FEWEST_OF_A_KIND} answers {word!r}: {missing} are missing",
                more,
            )


def _chain(
    near: Mapping[Key, Sequence[tuple[Key, Answer]]], start: Key, end: Key
) -> tuple[Answer, ...]:
    """Return the shortest chain of answers `same` from one row to another; empty if none."""
    came_by: dict[Key, tuple[Key, Answer] | None] = {start: None}
    front = [start]
    while front and end not in came_by:
        reached: list[Key] = []
        for row in front:
            for other, answer in near.get(row, ()):
                if other not in came_by:
                    came_by[other] = (row, answer)
                    reached.append(other)
        front = reached

    chain: list[Answer] = []
    step = came_by.get(end)
    while step is not None:
        chain.append(step[1])
        step = came_by[step[0]]
    return tuple(reversed(chain))
