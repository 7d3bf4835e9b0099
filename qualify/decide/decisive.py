"""Which attributes, once known, can make a company fit: the smallest sets of them.

Only values that contradict nothing known count, and one value answers all questions about its
attribute at once: a headcount of 11 to 50 can still become "at least 20", but never "at least 20"
and "at most 15" together.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import combinations, count, product
from typing import Any

from leads.answers import Answer
from leads.facts import Scope
from leads.known import FoldedAttribute
from leads.stages import Verdict
from qualify.decide.decision import CriterionAnswer
from qualify.decide.finding import Finding
from qualify.decide.folded_facts import FoldedFacts
from qualify.decide.possible_answers import AskedQuestion, possible_answers
from qualify.decide.tree import Find, found
from qualify.profile.criteria import REQUIRED, Criterion, Leaf, Section, Within, spread
from qualify.profile.icp import Icp
from qualify.words.reasons import NO_REASON

#: Sets named for one company.
MOST = 20
#: Combinations of values tried for criteria that hang together; sets that would need more are not
#: found.
MAX_TRIES = 20_000
#: Companies unlike each other that are kept in mind.
KEPT = 20_000

#: An attribute as it is asked about: its name, scope and currency.
Variable = tuple[str, Scope | None, str | None]
#: Answers of questions, by the identity of their criterion.
_Answers = dict[int, Answer]
#: Sets of attributes, and how many of them are enough for a fit.
Deciders = tuple[tuple[tuple[str, ...], ...], int]
#: What is known of the attribute that a question asks about.
Knows = Callable[[Criterion, Leaf], FoldedAttribute]


def decides(
    icp: Icp, folded: FoldedFacts, find: Find, answers: Sequence[CriterionAnswer], verdict: Verdict
) -> Deciders:
    """At most 20 minimal sets of attributes for which some values make the verdict fit, then each
    attribute an open must_not hangs on.

    With them comes how many, the first ones, are enough for a fit: an open must_not holds nobody
    back. Nothing decides a company that does not fit: no further fact takes a no back.
    """
    if verdict is Verdict.NO_FIT:
        return (), 0
    return Search(icp).decides(find, folded.known, answers, verdict)


class Search:
    """The search for what decides under one profile; what was found for a company is found at once
    for the next like it.
    """

    def __init__(self, icp: Icp) -> None:
        """Nothing was searched yet."""
        self.required = [criterion for section, criterion in icp.sections() if section in REQUIRED]
        self.must_not = list(icp.must_not)
        self._leaves: dict[Variable, list[tuple[Criterion, Leaf]]] = {}
        for pair in (pair for one in (*self.required, *self.must_not) for pair in one.leaves()):
            self._leaves.setdefault(_variable(*pair), []).append(pair)
        self._worlds: dict[Hashable, list[_Answers]] = {}
        self._found: dict[Hashable, tuple[tuple[str, ...], ...]] = {}

    def decides(
        self, find: Find, known: Knows, answers: Sequence[CriterionAnswer], verdict: Verdict
    ) -> Deciders:
        """As the function of that name, of a company that is no `no_fit`."""
        return self.decides_among(self.open_variables(find, verdict), find, known, answers)

    def open_variables(self, find: Find, verdict: Verdict) -> list[Variable]:
        """What nobody knows of the required criteria, in the order of the profile; knowing it may
        also undo an accepted one. It hangs on the answers alone.
        """
        if verdict is not Verdict.UNKNOWN:
            return []
        waiting = [
            one
            for one in self.required
            if found(one, find, accepting=False).answer is Answer.UNKNOWN
        ]
        leaves = (pair for one in waiting for pair in one.leaves())
        return list(
            dict.fromkeys(
                _variable(one, leaf)
                for one, leaf in leaves
                if find(one, leaf).answer is Answer.UNKNOWN
            )
        )

    def asked_about(self, variables: Iterable[Variable]) -> list[tuple[Criterion, Leaf]]:
        """The questions about some variables: of no others it matters what is known."""
        return [pair for variable in variables for pair in self._leaves[variable]]

    def decides_among(
        self,
        variables: Sequence[Variable],
        find: Find,
        known: Knows,
        answers: Sequence[CriterionAnswer],
    ) -> Deciders:
        """The same of a company of which these variables are open."""
        sets = self._sets(variables, find, known) if variables else ()
        held = [
            answer
            for answer in answers
            if answer.section is Section.MUST_NOT and answer.answer is Answer.UNKNOWN
        ]
        alone = [(name,) for answer in held for name in answer.attributes]
        return tuple(dict.fromkeys((*sets, *alone)))[:MOST], min(len(sets), MOST)

    def _sets(
        self, variables: Sequence[Variable], find: Find, known: Knows
    ) -> tuple[tuple[str, ...], ...]:
        """Minimal sets of attribute names that suffice, smallest first."""
        given = tuple(find(*pair).answer for pairs in self._leaves.values() for pair in pairs)
        options = {variable: self._options(variable, find, known) for variable in variables}
        key = (
            given,
            *(
                (variable, tuple(tuple(one.values()) for one in some))
                for variable, some in options.items()
            ),
        )
        if key not in self._found:
            _make_room(self._found)
            self._found[key] = tuple(_minimal(self._search(options, find)))
        return self._found[key]

    def _search(self, options: dict[Variable, list[_Answers]], find: Find) -> list[tuple[str, ...]]:
        whole: list[tuple[Variable, ...]] = [()]
        for knot in _knots(options, (*self.required, *self.must_not)):
            parts = list(self._sufficient(knot, options, find))
            whole = sorted(((*one, *part) for one in whole for part in parts), key=len)[
                : MOST * MOST
            ]
        return [
            tuple(dict.fromkeys(part for name, _, _ in one for part in spread(name)))
            for one in whole
        ]

    def _options(self, variable: Variable, find: Find, known: Knows) -> list[_Answers]:
        """The answers that the questions about one attribute can still have, together."""
        leaves = self._leaves[variable]
        asked = [
            AskedQuestion(leaf, find(one, leaf).answer, known(one, leaf)) for one, leaf in leaves
        ]
        key = (
            variable,
            *(
                (one.answer, one.known.holds, tuple(side.value for side in one.known.sides))
                for one in asked
            ),
        )
        if key not in self._worlds:
            _make_room(self._worlds)
            keys = [id(one) for one, _ in leaves]
            self._worlds[key] = [
                dict(zip(keys, answers, strict=True)) for answers in possible_answers(asked)
            ]
        return self._worlds[key]

    def _sufficient(
        self, knot: Sequence[Variable], options: dict[Variable, list[_Answers]], find: Find
    ) -> Iterator[tuple[Variable, ...]]:
        """The minimal subsets of variables of one knot for which some values make its criteria fit."""
        own = set(knot)
        required = [one for one in self.required if own & _variables(one)]
        must_not = [one for one in self.must_not if own & _variables(one)]
        enough: list[set[Variable]] = []
        tries = count()
        for chosen in _subsets(knot):
            if any(smaller <= set(chosen) for smaller in enough):
                continue
            for values in product(*(options[variable] for variable in chosen)):
                if next(tries) > MAX_TRIES:
                    return
                if _fits(_merged(values), find, required, must_not):
                    enough.append(set(chosen))
                    yield chosen
                    break


def _fits(
    given: _Answers, known: Find, required: Iterable[Criterion], must_not: Iterable[Criterion]
) -> bool:
    """Whether required criteria hold and forbidden ones do not, when some questions were answered
    in this way.
    """

    def find(criterion: Criterion, leaf: Leaf) -> Finding:
        answer = given.get(id(criterion))
        return known(criterion, leaf) if answer is None else Finding(answer, NO_REASON)

    return all(
        found(one, find, accepting=True).answer is Answer.YES for one in required
    ) and not any(found(one, find, accepting=False).answer is Answer.YES for one in must_not)


def _subsets(knot: Sequence[Variable]) -> Iterator[tuple[Variable, ...]]:
    """Every subset, smallest first."""
    for size in range(len(knot) + 1):
        yield from combinations(knot, size)


def _merged(values: Iterable[_Answers]) -> _Answers:
    return {key: answer for one in values for key, answer in one.items()}


def _make_room(kept: dict[Hashable, Any]) -> None:
    if len(kept) >= KEPT:
        kept.clear()


def _variable(criterion: Criterion, leaf: Leaf) -> Variable:
    return leaf.attribute, criterion.scope, leaf.currency if isinstance(leaf, Within) else None


def _variables(criterion: Criterion) -> set[Variable]:
    return {_variable(one, leaf) for one, leaf in criterion.leaves()}


def _knots(variables: Iterable[Variable], criteria: Sequence[Criterion]) -> list[list[Variable]]:
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
