"""One criterion of a profile: its question and its options, read from the tree of the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from leads.attributes import CUSTOM
from leads.errors import UsageError
from leads.yaml_mistakes import did_you_mean, mistake
from leads.yaml_tree import Listing, Mapping, Node, Scalar
from qualify.profile import bounds, terms
from qualify.profile.criteria import Criterion, Group, Joined, Matches, Terms, Test, Uses, Within
from qualify.profile.options import KEYS as OPTIONS
from qualify.profile.options import Options, read_id, read_options
from qualify.profile.special_questions import read_hiring, read_near

MAX_GROUPS = 8
MAX_POINTS = 1_000_000

#: What people call a field elsewhere, and its name here.
_ELSEWHERE = {
    "revenue": "turnover",
    "sales": "turnover",
    "headcount": "employees",
    "staff": "employees",
    "size": "employees",
    "sector": "industry",
    "nace": "industry",
    "location": "country",
    "technology": "uses",
    "technologies": "uses",
    "not_uses": "does_not_use",
    "uses_not": "does_not_use",
    "year": "founded",
    "jobs": "hiring",
    "job_opening": "hiring",
    "vacancies": "openings",
    "near": "coordinates",
    "within_km": "coordinates",
    "zip": "postcode",
    "and": "all",
    "or": "any",
}


def read_criterion(node: Node, *, scored: bool = False) -> Criterion:
    """One criterion of a section; `scored` for the score section, where it carries points."""
    return _criterion(node, Options(), 0, scored=scored)


def _criterion(node: Node, inherited: Options, depth: int, *, scored: bool = False) -> Criterion:
    if not isinstance(node, Mapping):
        raise mistake(
            node, "a criterion belongs here", "write for instance `- employees: {at_least: 20}`"
        )
    key, asked = _question(node, ("points", *OPTIONS) if scored else OPTIONS)
    options = read_options(node, inherited)
    read = _field(key.text)
    test: Test
    if key.text == "hiring":
        test, days = read_hiring(asked)
        options = options if days is None else replace(options, max_age_days=days)
    else:
        test = read(asked) if read else _group(Joined(key.text), asked, options, depth)
    return Criterion(
        id=read_id(node),
        test=test,
        if_unknown=options.if_unknown,
        max_age_days=options.max_age_days,
        min_confidence=options.min_confidence,
        scope=options.scope,
        points=_points(node) if scored else 0,
    )


def _question(node: Mapping, beside: tuple[str, ...]) -> tuple[Scalar, Node]:
    """The one key of a criterion that asks something, with what it asks."""
    questions = [(key, asked) for key, asked in node.fields if key.text not in beside]
    for key, _ in questions:
        if not _field(key.text) and key.text not in list(Joined):
            raise _unknown(key)
    if not questions:
        raise mistake(
            node, "the question is missing", f"a criterion asks one of {', '.join(FIELDS)}"
        )
    if len(questions) > 1:
        both = f"{questions[0][0].text} and {questions[1][0].text}"
        raise mistake(
            questions[1][0],
            f"one criterion asks for both {both}",
            "give each its own line with a dash, or join them with all: [...]",
        )
    return questions[0]


def _unknown(key: Scalar) -> UsageError:
    known = (*FIELDS, *Joined, *OPTIONS)
    meant = _ELSEWHERE.get(key.text.casefold())
    near = f", did you mean {meant}" if meant else did_you_mean(key.text, known)
    if key.text == "points":
        return mistake(key, "points belong to the score section only")
    return mistake(
        key, f"no such criterion{near}", f"a criterion asks one of {', '.join((*FIELDS, *Joined))}"
    )


def _group(joined: Joined, node: Node, options: Options, depth: int) -> Group:
    if depth >= MAX_GROUPS:
        raise mistake(node, f"groups are nested more than {MAX_GROUPS} deep", "flatten them")
    if joined is Joined.NOT:
        return Group(joined, (_criterion(node, options, depth + 1),))
    n, listed = _at_least(node) if joined is Joined.AT_LEAST else (0, node)
    if not isinstance(listed, Listing) or not listed.items:
        raise mistake(
            listed, "a list of criteria belongs here", "put each on a line that starts with a dash"
        )
    members = tuple(_criterion(item, options, depth + 1) for item in listed.items)
    if n > len(members):
        raise mistake(node, f"{n} of {len(members)} can never be yes", "lower n, or add criteria")
    return Group(joined, members, n)


def _at_least(node: Node) -> tuple[int, Node]:
    if not isinstance(node, Mapping):
        raise mistake(
            node,
            "at_least takes n and of",
            "write at_least: {n: 2, of: [...]}, or put the bound under its field: employees:"
            " {at_least: 20}",
        )
    for key, _ in node.fields:
        if key.text not in ("n", "of"):
            raise mistake(
                key,
                f"does not belong here{did_you_mean(key.text, ('n', 'of'))}",
                "write at_least: {n: 2, of: [...]}",
            )
    n, of = node.get("n"), node.get("of")
    if of is None:
        raise mistake(node, "the list under of is missing", "write at_least: {n: 2, of: [...]}")
    if not isinstance(n, Scalar) or not n.text.isdecimal() or len(n.text) > 4 or int(n.text) < 1:
        raise mistake(n or node, "n is a whole number from 1", "write at_least: {n: 2, of: [...]}")
    return int(n.text), of


def _points(node: Mapping) -> int:
    given = node.get("points")
    text = given.text.replace("_", "") if isinstance(given, Scalar) else ""
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text.removeprefix("+"))
    if (
        not digits.isascii()
        or not digits.isdecimal()
        or len(digits) > 7
        or int(digits) > MAX_POINTS
    ):
        raise mistake(
            given or node,
            "points are missing or no whole number",
            "write for instance points: 30, or points: -10",
        )
    return int(sign + digits)


def _matches(attribute: str, word: terms.Word, node: Node) -> Matches:
    return Matches(attribute, terms.read_terms(node, word))


def _one_of(attribute: str, word: terms.Word, node: Node) -> Matches:
    """Terms of an attribute that has one value: several that must all hold can never be yes."""
    found = terms.read_terms(node, word)
    if len(found.all_of) > 1:
        raise mistake(
            node,
            f"a company has one {attribute}, so it can never be all of these",
            "write a plain list, which means any of them",
        )
    return Matches(attribute, found)


def _texts(attribute: str, node: Node) -> Matches:
    return Matches(attribute, terms.read_terms(node, terms.text_word, terms.TEXT_LISTS))


def _places(attribute: str, node: Node) -> Matches:
    return Matches(
        attribute, terms.read_terms(node, partial(terms.place_word, attribute), terms.TEXT_LISTS)
    )


def _within(attribute: str, read: Callable[[Node], bounds.Bounds], node: Node) -> Within:
    found = read(node)
    return Within(attribute, found.wanted, found.said, found.currency)


def _uses(node: Node) -> Uses:
    return Uses(terms.read_terms(node, terms.technology_word))


def _does_not_use(node: Node) -> Uses:
    if isinstance(node, Mapping):
        raise mistake(
            node,
            "does_not_use takes a plain list: none of it may be in use",
            "write does_not_use: [one, two]",
        )
    return Uses(Terms(none_of=terms.read_terms(node, terms.technology_word).any_of))


FIELDS: dict[str, Callable[[Node], Test]] = {
    "industry": partial(_matches, "industry", terms.industry_word),
    "country": partial(_one_of, "country", terms.country_word),
    "employees": partial(_within, "employees", bounds.read_counts),
    "turnover": partial(_within, "turnover", bounds.read_money),
    "status": partial(_one_of, "status", terms.status_word),
    "founded": partial(_within, "founded", bounds.read_years),
    "uses": _uses,
    "does_not_use": _does_not_use,
    "legal_form": partial(_one_of, "legal_form", terms.legal_form_word),
    "sites": partial(_within, "sites", bounds.read_counts),
    "hiring": lambda node: read_hiring(node)[0],
    "openings": partial(_within, "openings", bounds.read_counts),
    "asks_for": partial(_matches, "asks_for", terms.technology_word),
    "coordinates": read_near,
    "region": partial(_places, "region"),
    "city": partial(_places, "city"),
    "language": partial(_matches, "language", terms.language_word),
    **{name: partial(_texts, name) for name in ("postcode", "keyword", "certificate")},
}


def _field(name: str) -> Callable[[Node], Test] | None:
    """Find how a field is read; `custom:NAME` is a client's own column; None: not a field."""
    if name.startswith(CUSTOM) and len(name) > len(CUSTOM):
        return partial(_texts, name)
    return FIELDS.get(name)
