"""Turn a person's yes or no to a criterion into answers to its questions, and into the values that
follow from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from leads.answers import Answer
from leads.attributes import Kind, attribute
from leads.errors import NotFoundError, UsageError
from leads.lexicon.names.legal_forms import legal_form
from leads.lexicon.numbers.money import parse_money
from leads.lexicon.numbers.ranges import parse_count, parse_year
from leads.lexicon.places.countries import country_code
from leads.lexicon.statuses import parse_status
from leads.lexicon.technologies import find
from leads.values import IndustryCode, Range, TechnologyUse, Value
from leads.values import MoneyRange as Money
from leads.yaml_mistakes import did_you_mean
from qualify.decide.meets import meets
from qualify.profile.criteria import Criterion, Group, Joined, Leaf, Matches, Uses, Within
from qualify.profile.icp import Icp
from qualify.words.phrases import say_question

#: The answer that each member must have had for the group to have its own.
_EVERY = {
    (Joined.ALL, Answer.YES): Answer.YES,
    (Joined.ANY, Answer.NO): Answer.NO,
    (Joined.NOT, Answer.YES): Answer.NO,
    (Joined.NOT, Answer.NO): Answer.YES,
}


@dataclass(frozen=True, slots=True)
class QuestionAnswer:
    """One question, the answer a person gave, and the values that follow from it."""

    criterion: Criterion
    leaf: Leaf
    answer: Answer
    values: tuple[Value, ...]


def criterion_named(icp: Icp, name: str) -> Criterion:
    """The criterion, or the member of a group, with that id; NotFoundError otherwise."""
    known = {one.id: one for _, criterion in icp.sections() for one in _inside(criterion) if one.id}
    if name not in known:
        raise NotFoundError(
            f"{icp.name} version {icp.version} has no criterion"
            f" {name!r}{did_you_mean(name, known)}",
            f"it has {', '.join(known)}",
        )
    return known[name]


def _inside(criterion: Criterion) -> Iterator[Criterion]:
    yield criterion
    if isinstance(criterion.test, Group):
        for member in criterion.test.members:
            yield from _inside(member)


def answers_to_questions(
    criterion: Criterion, answer: Answer, value: str | None
) -> list[QuestionAnswer]:
    """What a yes or no to a criterion says about each of its questions; UsageError when it leaves
    open which of them it is about.
    """
    test = criterion.test
    if not isinstance(test, Group):
        return [QuestionAnswer(criterion, test, answer, _values(test, answer, value))]
    of_each = _answer_of_each(test, answer)
    if of_each is None:
        raise _ambiguous(criterion, test, answer)
    if value is not None and len(test.members) > 1:
        raise UsageError(
            f"{criterion.id} asks several questions, so it is not clear which one {value!r} answers",
            "answer each by its own id",
        )
    return [one for member in test.members for one in answers_to_questions(member, of_each, value)]


def _answer_of_each(group: Group, answer: Answer) -> Answer | None:
    """Find the answer that each member must have; None when several would do."""
    if settled := _EVERY.get((group.joined, answer)):
        return settled
    needed = group.n if answer is Answer.YES else 1
    every = group.joined is Joined.AT_LEAST and needed == len(group.members)
    return answer if every or len(group.members) == 1 else None


def _ambiguous(criterion: Criterion, group: Group, answer: Answer) -> UsageError:
    ids = ", ".join(member.id for member in group.members if member.id)
    return UsageError(
        f"{answer.value} to {criterion.id} leaves open which of its questions is meant",
        f"answer one of them: {ids or 'give its members ids in the profile'}",
    )


def _values(leaf: Leaf, answer: Answer, text: str | None) -> tuple[Value, ...]:
    if text is None:
        return _following(leaf, answer)
    value = _read(leaf, text)
    if isinstance(leaf, Uses):
        return (value,)
    if meets(leaf, (value,)) is ~answer:
        raise UsageError(
            f"{text} is {(~answer).value} to what is asked ({say_question(leaf)}), not"
            f" {answer.value}",
            "check the value",
        )
    return (value,)


def _following(leaf: Leaf, answer: Answer) -> tuple[Value, ...]:
    """The values that the answer alone settles: none where many would do."""
    match leaf:
        case Within():
            amount = _amount(leaf.wanted, answer)
            return (
                ()
                if amount is None
                else (Money(amount, leaf.currency) if leaf.currency else amount,)
            )
        case Uses():
            return tuple(TechnologyUse(term, uses) for term, uses in _uses(leaf, answer))
        case Matches() if attribute(leaf.attribute).kind is Kind.TEXT and answer is Answer.YES:
            terms = leaf.terms
            alone = len(terms.any_of) == 1 and terms.every() == terms.any_of
            return (
                terms.any_of
                if alone and (leaf.attribute != "country" or country_code(terms.any_of[0]))
                else ()
            )
        case _:
            return ()


def _amount(wanted: Range, answer: Answer) -> Range | None:
    if answer is Answer.YES:
        return Range(max(wanted.low or 0, 0), wanted.high)
    if wanted.high is None and wanted.low:
        return Range(0, wanted.low - 1)
    return Range(wanted.high + 1, None) if wanted.low is None and wanted.high is not None else None


def _uses(leaf: Uses, answer: Answer) -> list[tuple[str, bool]]:
    terms = leaf.terms
    if terms.none_of and not terms.any_of and not terms.all_of:
        wanted, uses = terms.none_of, answer is Answer.NO
    elif not terms.none_of and not (terms.any_of and terms.all_of):
        wanted, uses = (terms.any_of or terms.all_of), answer is Answer.YES
    else:
        return []
    # "Uses one of these" does not say which; "uses all of these" does.
    every = not uses if wanted != terms.all_of else uses
    return [(term, uses) for term in wanted] if every or len(wanted) == 1 else []


def _read(leaf: Leaf, text: str) -> Value:
    found = _parsed(leaf, text.strip())
    if found is None:
        raise UsageError(
            f"{text!r} is not understood as a {leaf.attribute.replace('_', ' ')}",
            "write it as a list would",
        )
    return found


def _parsed(leaf: Leaf, text: str) -> Value | None:
    match leaf:
        case Within(attribute="founded"):
            return parse_year(text)
        case Within():
            amount = parse_money(text, leaf.currency) if leaf.currency else parse_count(text)
            return amount.value if amount else None
        case Uses():
            technology = find(text)
            return TechnologyUse(technology.slug) if technology else None
        case Matches():
            return _WORDS.get(leaf.attribute, _as_written)(text)
        case _:
            return None


def _as_written(text: str) -> str | None:
    return text or None


def _form(text: str) -> str | None:
    found = legal_form(text)
    return found.name if found else None


_WORDS: dict[str, Callable[[str], Value | None]] = {
    "industry": lambda text: IndustryCode("text", text),
    "country": country_code,
    "status": parse_status,
    "legal_form": _form,
}
