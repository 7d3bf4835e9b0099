"""Which attributes, once known, can make a company fit: the smallest sets of them.

Only values that contradict nothing known count, and one value answers all questions about its attribute at once: a headcount
of 11 to 50 can still become "at least 20", but never "at least 20" and "at most 15" together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, count, product

from leads.answers import Answer
from leads.facts import Scope
from leads.stages import Verdict
from qualify.book import Book
from qualify.criteria import REQUIRED, Criterion, Leaf, Section, Within, spread
from qualify.decision import CriterionAnswer
from qualify.finding import Finding
from qualify.icp import Icp
from qualify.tree import Find, found
from qualify.worlds import Asked, worlds

#: Sets named for one company.
MOST = 20
#: Combinations of values tried for criteria that hang together; sets that would need more are not found.
MAX_TRIES = 20_000

#: An attribute as it is asked about: its name, scope and currency.
_Variable = tuple[str, Scope | None, str | None]
#: Answers of questions, by the identity of their criterion.
_Answers = dict[int, Answer]


def decides(icp: Icp, book: Book, find: Find, answers: Sequence[CriterionAnswer], verdict: Verdict) -> tuple[tuple[str, ...], ...]:
    """At most 20 minimal sets of attributes for which some values make the verdict fit, then each attribute an open must_not hangs on.

    Nothing decides a company that does not fit: no further fact takes a no back.
    """
    if verdict is Verdict.NO_FIT:
        return ()
    sets = _minimal(_Search(icp, book, find).sets()) if verdict is Verdict.UNKNOWN else []
    held = [answer for answer in answers if answer.section is Section.MUST_NOT and answer.answer is Answer.UNKNOWN]
    alone = [(name,) for answer in held for name in answer.attributes]
    return tuple(dict.fromkeys((*sets, *alone)))[:MOST]


@dataclass(slots=True)
class _Search:
    """The criteria that decide about one company, and what may still be true of each attribute they ask about."""

    icp: Icp
    book: Book
    find: Find
    required: list[Criterion] = field(init=False)
    must_not: list[Criterion] = field(init=False)

    def __post_init__(self) -> None:
        self.required = [criterion for section, criterion in self.icp.sections() if section in REQUIRED]
        self.must_not = list(self.icp.must_not)

    def sets(self) -> list[tuple[str, ...]]:
        """Sets of attribute names that suffice, smallest first."""
        options: dict[_Variable, list[_Answers]] = {variable: self._options(variable) for variable in self._open()}
        whole: list[tuple[_Variable, ...]] = [()]
        for knot in _knots(options, (*self.required, *self.must_not)):
            parts = list(self._sufficient(knot, options))
            whole = sorted(((*one, *part) for one in whole for part in parts), key=len)[: MOST * MOST]
        return [tuple(dict.fromkeys(part for name, _, _ in one for part in spread(name))) for one in whole]

    def _open(self) -> list[_Variable]:
        """What nobody knows of the required criteria, in the order of the profile; knowing it may also undo an accepted one."""
        waiting = [one for one in self.required if found(one, self.find, accepting=False).answer is Answer.UNKNOWN]
        leaves = (pair for one in waiting for pair in one.leaves())
        return list(dict.fromkeys(_variable(one, leaf) for one, leaf in leaves if self.find(one, leaf).answer is Answer.UNKNOWN))

    def _options(self, variable: _Variable) -> list[_Answers]:
        """The answers that the questions about one attribute can still have, together."""
        leaves = [pair for one in (*self.required, *self.must_not) for pair in one.leaves() if _variable(*pair) == variable]
        asked = [Asked(leaf, self.find(one, leaf).answer, self.book.known(one, leaf)) for one, leaf in leaves]
        keys = [id(one) for one, _ in leaves]
        return [dict(zip(keys, answers, strict=True)) for answers in worlds(asked)]

    def _sufficient(self, knot: Sequence[_Variable], options: dict[_Variable, list[_Answers]]) -> Iterator[tuple[_Variable, ...]]:
        """The minimal subsets of variables of one knot for which some values make its criteria fit."""
        own = set(knot)
        required = [one for one in self.required if own & _variables(one)]
        must_not = [one for one in self.must_not if own & _variables(one)]
        enough: list[set[_Variable]] = []
        tries = count()
        for size in range(len(knot) + 1):
            for chosen in combinations(knot, size):
                if any(smaller <= set(chosen) for smaller in enough):
                    continue
                for values in product(*(options[variable] for variable in chosen)):
                    if next(tries) > MAX_TRIES:
                        return
                    if self._fits({key: answer for one in values for key, answer in one.items()}, required, must_not):
                        enough.append(set(chosen))
                        yield chosen
                        break

    def _fits(self, given: _Answers, required: Iterable[Criterion], must_not: Iterable[Criterion]) -> bool:
        def find(criterion: Criterion, leaf: Leaf) -> Finding:
            answer = given.get(id(criterion))
            return self.find(criterion, leaf) if answer is None else Finding(answer, "")

        return all(found(one, find, accepting=True).answer is Answer.YES for one in required) and not any(
            found(one, find, accepting=False).answer is Answer.YES for one in must_not
        )


def _variable(criterion: Criterion, leaf: Leaf) -> _Variable:
    return leaf.attribute, criterion.scope, leaf.currency if isinstance(leaf, Within) else None


def _variables(criterion: Criterion) -> set[_Variable]:
    return {_variable(one, leaf) for one, leaf in criterion.leaves()}


def _knots(variables: Iterable[_Variable], criteria: Sequence[Criterion]) -> list[list[_Variable]]:
    """The variables in groups that no criterion joins, each group to be searched alone."""
    knots = [[variable] for variable in variables]
    for asked in map(_variables, criteria):
        joined = [knot for knot in knots if asked.intersection(knot)]
        if len(joined) > 1:
            knots = [knot for knot in knots if knot not in joined]
            knots.append([variable for knot in joined for variable in knot])
    return knots


def _minimal(sets: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Sets of which no other one is a part, smallest first."""
    kept: list[tuple[str, ...]] = []
    for one in sorted(sets, key=len):
        if not any(set(other) <= set(one) for other in kept):
            kept.append(one)
    return kept
