"""The answer of the facts to one question about a number, a text or the industries of a company."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from leads.answers import Answer, all_of
from leads.known import FoldedAttribute, Holds, Side
from leads.values import Value
from qualify.decide.distance import find_near
from qualify.decide.finding import Finding
from qualify.decide.folded_facts import FoldedFacts
from qualify.decide.lost_zeros import postcode_answer
from qualify.decide.meets import meets
from qualify.decide.person_answers import answered_by_person, person_answer
from qualify.decide.usage import find_use
from qualify.profile.criteria import Criterion, Leaf, Matches, Near, Terms, Uses, Within
from qualify.words.phrases import ids, noun, say_ignored, say_question, say_sides
from qualify.words.reasons import Reason, reason

_IS = {Answer.YES: "is", Answer.NO: "is not", Answer.UNKNOWN: "may or may not be"}


def find(criterion: Criterion, leaf: Leaf, folded: FoldedFacts) -> Finding:
    """What the facts in `folded` answer to one question; a person's answer ranks above them."""
    by_machine = _by_machine(criterion, leaf, folded)
    said = person_answer(criterion, leaf, folded)
    return answered_by_person(*said, by_machine) if said else by_machine


def _by_machine(criterion: Criterion, leaf: Leaf, folded: FoldedFacts) -> Finding:
    if isinstance(leaf, Uses):
        return find_use(criterion, leaf, folded)
    if isinstance(leaf, Near):
        return find_near(criterion, leaf, folded)
    known = folded.known(criterion, leaf)
    if not known.sides:
        return Finding(Answer.UNKNOWN, _nothing(known))
    if leaf.attribute == "industry":
        return _by_source(leaf, known)
    if isinstance(leaf, Matches) and leaf.attribute == "postcode":
        return _by_postcode(leaf, known, _countries(criterion, folded))
    return (
        _by_side(leaf, known, [meets(leaf, (side.value,)) for side in known.sides])
        if known.holds is not Holds.MANY or isinstance(leaf, Within)
        else _among_many(leaf, known)
    )


def _nothing(known: FoldedAttribute) -> Reason:
    name = noun(known.attribute)
    if not known.ignored:
        return reason("no {} is known", name)
    ignored = say_ignored(known.attribute, known.ignored)
    return reason("no {} that counts is known: {}", name, ignored)


def _countries(criterion: Criterion, folded: FoldedFacts) -> tuple[str, ...]:
    """The countries that count for a criterion; several where sources disagree."""
    known = folded.fold("country", folded.policy_beside(criterion))
    return tuple(str(side.value) for side in known.sides)


def _by_postcode(leaf: Matches, known: FoldedAttribute, countries: Sequence[str]) -> Finding:
    """As of any text, but a short one may have lost zeros, as its country tells."""
    said = [postcode_answer(leaf, str(side.value), countries) for side in known.sides]
    return _by_side(leaf, known, said)


def _by_side(leaf: Leaf, known: FoldedAttribute, said: Sequence[Answer]) -> Finding:
    """The answer on which all sides agree, whichever of them is true; unknown when it depends on
    the side.
    """
    answers = set(said)
    if len(answers) > 1:
        return _disagreement(leaf, known)
    answer = answers.pop()
    return Finding(answer, _sentence(leaf, answer, known.sides), _ids(known.sides))


def _by_source(leaf: Leaf, known: FoldedAttribute) -> Finding:
    """A company is in all the industries that one source names; two sources disagree when one says
    yes and another no.
    """
    said: dict[str, list[Value]] = defaultdict(list)
    for side in known.sides:
        for fact in side.facts:
            said[fact.evidence.source].append(side.value)
    answers = {meets(leaf, values) for values in said.values()}
    if {Answer.YES, Answer.NO} <= answers:
        return _disagreement(leaf, known)
    # Words nobody can place contradict nothing.
    answer = next(settled for settled in Answer if settled in answers)
    supporting = [
        side for side in known.sides if meets(leaf, (side.value,)) is answer
    ] or known.sides
    return Finding(answer, _sentence(leaf, answer, supporting), _ids(supporting))


def _among_many(leaf: Matches, known: FoldedAttribute) -> Finding:
    """In an open world what was not seen may be true all the same: a wanted word is a yes or open,
    an unwanted one a no or open.
    """
    values = [side.value for side in known.sides]
    wanted, unwanted = replace(leaf.terms, none_of=()), Terms(none_of=leaf.terms.none_of)
    asked = [
        (terms, sure)
        for terms, sure in ((wanted, Answer.YES), (unwanted, Answer.NO))
        if terms.every()
    ]
    answer = all_of(
        sure if meets(Matches(leaf.attribute, terms), values) is sure else Answer.UNKNOWN
        for terms, sure in asked
    )
    supporting = [
        side for side in known.sides if meets(leaf, (side.value,)) is answer
    ] or known.sides
    return Finding(answer, _sentence(leaf, answer, supporting), _ids(supporting))


def _sentence(leaf: Leaf, answer: Answer, sides: Sequence[Side]) -> Reason:
    return reason(
        f"{{}} {{}} {_IS[answer]} {{}}",
        noun(leaf.attribute),
        say_sides(leaf.attribute, sides),
        say_question(leaf),
    )


def _disagreement(leaf: Leaf, known: FoldedAttribute) -> Finding:
    who = "its sites differ" if known.holds is Holds.SITES else "sources disagree"
    return Finding(
        Answer.UNKNOWN,
        reason(
            f"{who} on {{}}: {{}}; asked is {{}}",
            noun(leaf.attribute),
            say_sides(leaf.attribute, known.sides),
            say_question(leaf),
        ),
        _ids(known.sides),
    )


def _ids(sides: Sequence[Side]) -> tuple[UUID, ...]:
    return ids([fact for side in sides for fact in side.facts])
