"""Which answers the questions about one attribute can still have, given what is known.

Each bound and each word of the questions is tried, on both sides; values in between give no other
answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from leads.answers import Answer
from leads.attributes import World, attribute
from leads.known import FoldedAttribute, Holds
from leads.lexicon.industries.membership import code_of
from leads.values import MoneyRange, Range, TechnologyUse, Value
from qualify.decide.distance import spots
from qualify.decide.lost_zeros import readings
from qualify.decide.meets import NOWHERE, inside, meets, slugs
from qualify.profile.country_groups import countries_of
from qualify.profile.criteria import Leaf, Matches, Near, Terms, Uses, Within

#: Sets of technologies or industries tried for one company; beyond that only each alone, none and
#: all.
MAX_SETS = 1 << 12


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question about the attribute, the answer the facts give, and what they say."""

    leaf: Leaf
    answer: Answer
    known: FoldedAttribute


def possible_answers(asked: Sequence[AskedQuestion]) -> list[tuple[Answer, ...]]:
    """Every combination of yes and no that the questions of one attribute can still have; answers
    already settled stay.
    """
    found: dict[tuple[Answer, ...], None] = {}
    for values in _truths(asked):
        answers = tuple(meets(one.leaf, values) for one in asked)
        if Answer.UNKNOWN not in answers and all(
            _keeps(one, answer, values) for one, answer in zip(asked, answers, strict=True)
        ):
            found[answers] = None
    return list(found)


def _keeps(one: AskedQuestion, answer: Answer, values: Sequence[Value]) -> bool:
    """Whether a world contradicts nothing that is settled, and chooses among the sides where
    sources disagree.
    """
    if one.answer is not Answer.UNKNOWN:
        return answer is one.answer
    if one.known.holds is not Holds.ONE or not one.known.sides or isinstance(one.leaf, Near):
        return True
    if one.leaf.attribute == "postcode":
        return any(values[0] in readings(str(side.value), ()) for side in one.known.sides)
    return any(_on_side(values[0], side.value) for side in one.known.sides)


def _on_side(value: Value, side: Value) -> bool:
    if isinstance(side, Range | MoneyRange):
        return inside(side.amount if isinstance(side, MoneyRange) else side, value) is Answer.YES
    return value == side


def _truths(asked: Sequence[AskedQuestion]) -> Iterator[tuple[Value, ...]]:
    """What may be the whole truth about the attribute, one example for each that differs in the
    answers.
    """
    leaf = asked[0].leaf
    match leaf:
        case Within():
            yield from _amounts(leaf, asked)
        case Near():
            circles = [one.leaf for one in asked if isinstance(one.leaf, Near)]
            yield from ((spot,) for spot in spots(circles))
        case Uses():
            yield from _technologies(asked)
        case Matches(attribute="industry"):
            yield from _sets((), _industry_codes(asked), asked)
        case Matches(attribute="asks_for"):
            yield from _sets(_stated(asked), sorted(_all_slugs(_asked_terms(asked))), asked)
        case Matches() if attribute(leaf.attribute).world is World.OPEN:
            yield from _sets(_stated(asked), _texts(asked), asked)
        case Matches():
            yield from ((text,) for text in _texts(asked))


def _amounts(leaf: Within, asked: Sequence[AskedQuestion]) -> Iterator[tuple[Value, ...]]:
    for number in _numbers(asked):
        alone = Range(number, number)
        yield (MoneyRange(alone, leaf.currency) if leaf.currency else alone,)


def _industry_codes(asked: Sequence[AskedQuestion]) -> list[Value]:
    return [code_of(term) for term in _asked_terms(asked)]


def _asked_terms(asked: Sequence[AskedQuestion]) -> list[str]:
    return [term for one in asked for term in _terms(one.leaf).every()]


def _stated(asked: Sequence[AskedQuestion]) -> tuple[Value, ...]:
    return tuple(dict.fromkeys(side.value for one in asked for side in one.known.sides))


def _technologies(asked: Sequence[AskedQuestion]) -> Iterator[tuple[Value, ...]]:
    """What is known to be in use and not denied, with every set of the others that a question
    names.
    """
    stated = _stated_uses(asked)
    denied = _all_slugs(value.slug for value in stated if not value.uses)
    uses = [value for value in stated if value.uses]
    sure = tuple(value for value in uses if not slugs(value.slug) & denied)
    disputed = [value for value in uses if value not in sure]
    asked_about = sorted(_all_slugs(_asked_terms(asked)) - denied)
    yield from _sets(sure, [*disputed, *(TechnologyUse(slug) for slug in asked_about)], asked)


def _stated_uses(asked: Sequence[AskedQuestion]) -> list[TechnologyUse]:
    values = [side.value for one in asked for side in one.known.sides]
    return [value for value in values if isinstance(value, TechnologyUse)]


def _all_slugs(terms: Iterable[str]) -> set[str]:
    return {slug for term in terms for slug in slugs(term)}


def _sets(
    sure: tuple[Value, ...], candidates: Sequence[Value], asked: Sequence[AskedQuestion]
) -> Iterator[tuple[Value, ...]]:
    """`sure` with every set of candidates; of candidates that no question tells apart only
    the first is used.
    """
    parts = [_with(one.leaf, part) for one in asked for part in _parts(_terms(one.leaf))]
    by_answers: dict[tuple[Answer, ...], Value] = {}
    for candidate in candidates:
        answers = tuple(meets(part, (candidate,)) for part in parts)
        if Answer.UNKNOWN not in answers:
            by_answers.setdefault(answers, candidate)
    kinds = list(by_answers.values())
    sizes = range(len(kinds) + 1) if 1 << len(kinds) <= MAX_SETS else (0, 1, len(kinds))
    for size in sizes:
        for chosen in combinations(kinds, size):
            yield (*sure, *chosen)


def _parts(terms: Terms) -> Iterator[Terms]:
    """The terms that only count together, each as a question of its own."""
    yield from (Terms(any_of=part) for part in (terms.any_of, terms.none_of) if part)
    yield from (Terms(any_of=(term,)) for term in terms.all_of)
    yield from (Terms(starts_with=part) for part in (terms.starts_with,) if part)
    yield from (Terms(contains=part) for part in (terms.contains,) if part)
    yield from (Terms(phrases=part) for part in (terms.phrases,) if part)


def _with(leaf: Leaf, terms: Terms) -> Leaf:
    return Uses(terms) if isinstance(leaf, Uses) else Matches(leaf.attribute, terms)


def _terms(leaf: Leaf) -> Terms:
    assert not isinstance(leaf, Within | Near)
    return leaf.terms


def _numbers(asked: Sequence[AskedQuestion]) -> list[int]:
    """The numbers at which an answer can change, and their neighbours."""
    ranges = [one.leaf.wanted for one in asked if isinstance(one.leaf, Within)]
    ranges += _known_ranges(asked)
    ends = {end for known in ranges for end in (known.low, known.high) if end is not None}
    numbers = {number for end in ends for number in (end - 1, end, end + 1)}
    return sorted({0, *(number for number in numbers if number >= 0)})


def _known_ranges(asked: Sequence[AskedQuestion]) -> Iterator[Range]:
    for one in asked:
        for side in one.known.sides:
            value = side.value.amount if isinstance(side.value, MoneyRange) else side.value
            if isinstance(value, Range):
                yield value


def _examples(term: str) -> list[str]:
    """A term as a text; of a group of countries each one, because another question may name some of
    them.
    """
    return sorted(countries_of((term,)))


def _texts(asked: Sequence[AskedQuestion]) -> list[str]:
    """Every text a question names or a fact states, texts put together from the beginnings and
    parts asked for, and another one.
    """
    terms = [_terms(one.leaf) for one in asked]
    starts = ["", *(start for one in terms for start in one.starts_with)]
    parts = [part for one in terms for part in (*one.contains, *one.phrases)]
    texts = [NOWHERE, *(name for one in terms for term in one.every() for name in _examples(term))]
    texts += (start + part for start, part in product(starts, [*parts, " ".join(parts)]))
    texts += (text for one in asked for text in _stated_texts(one))
    return list(dict.fromkeys(filter(None, texts)))


def _stated_texts(one: AskedQuestion) -> Iterator[str]:
    """What the facts state; a postcode with the zeros that it may have lost too."""
    for side in one.known.sides:
        text = str(side.value)
        yield from readings(text, ()) if one.leaf.attribute == "postcode" else (text,)
