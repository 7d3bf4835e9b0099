"""Check whether any company could meet criteria together, when no fact is known yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, islice, product
from math import prod
from typing import assert_never

from leads.answers import Answer
from leads.attributes import World, attribute
from leads.known import FoldedAttribute, Holds
from leads.lexicon.industries.code_tables import nace
from leads.values import IndustryCode
from qualify.decide.meets import meets
from qualify.decide.possible_answers import AskedQuestion, possible_answers
from qualify.decide.tree import join
from qualify.profile.criteria import Criterion, Group, Joined, Leaf, Matches, Near, Uses, Within

#: Combinations of truths tried; beyond that everything counts as possible.
MAX_TRIES = 50_000

_Both = frozenset({Answer.YES, Answer.NO})
_Options = list[dict[int, Answer]]


def possible(must: Sequence[Criterion], must_not: Sequence[Criterion] = ()) -> bool:
    """Check whether a company could have a yes to all of `must` and no yes to a `must_not`."""
    options = [_options(leaves) for leaves in _by_attribute((*must, *must_not))]
    for chosen in islice(product(*options), MAX_TRIES):
        truth = {key: answer for part in chosen for key, answer in part.items()}
        if all(_truth(one, truth) is Answer.YES for one in must) and not any(
            _truth(one, truth) is Answer.YES for one in must_not
        ):
            return True
    return prod(map(len, options)) > MAX_TRIES


def _by_attribute(criteria: Iterable[Criterion]) -> list[list[tuple[Criterion, Leaf]]]:
    found: dict[tuple[object, ...], list[tuple[Criterion, Leaf]]] = {}
    for criterion in criteria:
        for one, leaf in criterion.leaves():
            currency = leaf.currency if isinstance(leaf, Within) else None
            found.setdefault((leaf.attribute, one.scope, currency), []).append((one, leaf))
    return list(found.values())


def _options(asked: list[tuple[Criterion, Leaf]]) -> _Options:
    """List the answers that the questions about one attribute can have together."""
    name = asked[0][1].attribute
    if name == "industry":
        combined = _industries([leaf for _, leaf in asked])
        return [
            dict(zip([id(one) for one, _ in asked], answers, strict=True)) for answers in combined
        ]
    nothing = FoldedAttribute(
        name, Holds.MANY if attribute(name).world is World.OPEN else Holds.ONE
    )
    combined = possible_answers([AskedQuestion(leaf, Answer.UNKNOWN, nothing) for _, leaf in asked])
    keys = [id(one) for one, _ in asked]
    return [dict(zip(keys, answers, strict=True)) for answers in combined]


def _industries(leaves: Sequence[Leaf]) -> list[tuple[Answer, ...]]:
    """List the combinations of answers of companies in one class of NACE, or in two.

    A class that is only partly inside a word may be either.
    """
    by_answers: dict[tuple[Answer, ...], IndustryCode] = {}
    for code in nace("nace2.1"):
        value = IndustryCode("nace2.1", code)
        by_answers.setdefault(tuple(meets(leaf, (value,)) for leaf in leaves), value)
    kinds = list(by_answers.values())
    seen = [*by_answers, tuple(meets(leaf, ()) for leaf in leaves)]
    seen += [tuple(meets(leaf, pair) for leaf in leaves) for pair in combinations(kinds, 2)]
    either = (
        product(*((answer,) if answer in _Both else (Answer.YES, Answer.NO) for answer in answers))
        for answers in seen
    )
    return list(dict.fromkeys(answers for some in either for answers in some))


def _truth(criterion: Criterion, truth: dict[int, Answer]) -> Answer:
    if isinstance(criterion.test, Group):
        return join(criterion.test, [_truth(member, truth) for member in criterion.test.members])
    return truth[id(criterion)]


def findable(criterion: Criterion) -> frozenset[Answer]:
    """List the answers that lists and pages can give to a criterion; a person must give the others.

    Pages never state that something is missing, except that a technology is not in use.
    """
    test = criterion.test
    if isinstance(test, Group):
        return _of_group(test, [findable(member) for member in test.members])
    match test:
        case Within() | Near():
            return _Both
        case Uses():
            wanted, unwanted = test.terms.any_of or test.terms.all_of, test.terms.none_of
            return frozenset({Answer.YES} if not wanted or not unwanted else _Both) | (
                {Answer.NO} if unwanted else frozenset()
            )
        case Matches():
            if attribute(test.attribute).world is World.CLOSED:
                return _Both
            return frozenset({Answer.NO}) if test.terms.none_of else frozenset({Answer.YES})
        case _:
            assert_never(test)


def _of_group(group: Group, members: Sequence[frozenset[Answer]]) -> frozenset[Answer]:
    if group.joined is Joined.NOT:
        return frozenset(~answer for answer in members[0])
    needed = {Joined.ALL: len(members), Joined.ANY: 1}.get(group.joined, group.n)
    found = {Answer.YES} if sum(Answer.YES in member for member in members) >= needed else set()
    if sum(Answer.NO in member for member in members) > len(members) - needed:
        found.add(Answer.NO)
    return frozenset(found)
