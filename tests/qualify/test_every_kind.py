"""Each kind of criterion with each kind of knowledge: yes, no, unknown, straddling, conflicting,
too old, of the wrong scope.

A kind for which a case cannot arise says so with `None`: a text does not straddle, and what was not
seen in an open world is no conflict.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest

from leads.facts import Fact
from leads.values import Range, Value
from tests.made_decisions import A, B, ask
from tests.made_facts import TODAY, euros, fact, nace, people, runs, runs_no, words

AGES = timedelta(days=1300)
Kind = tuple[str, str, Value, Value | None, Value | None]

#: Criterion, attribute, a value that is a yes, one that is a no, one that may be either.
KINDS: dict[str, Kind] = {
    "employees": (
        "employees: {between: [20, 250]}",
        "employees",
        people(85),
        people(5),
        people(11, 50),
    ),
    "turnover": (
        "turnover: {more_than: 5_000_000, currency: EUR}",
        "turnover",
        euros(9e6),
        euros(1e6),
        euros(1e6, 9e6),
    ),
    "founded": (
        "founded: {at_least: 1990}",
        "founded",
        people(2001),
        people(1950),
        Range(1980, 2000),
    ),
    "sites": ("sites: {at_least: 3}", "sites", people(4), people(1), people(2, 5)),
    "country": ("country: [dach]", "country", "AT", "FR", None),
    "region": ("region: [Saxony]", "region", "saxony", "Bavaria", None),
    "city": ("city: {contains: [dam]}", "city", "Rotterdam", "Utrecht", None),
    "postcode": ("postcode: {starts_with: ['30']}", "postcode", "3011 AB", "1011 AB", None),
    "industry": (
        "industry: [manufacturing]",
        "industry",
        nace("25.62"),
        nace("62.01"),
        words("Zorbing things"),
    ),
    "status": ("status: [active]", "status", "active", "dissolved", None),
    "legal form": ("legal_form: [GmbH]", "legal_form", "GmbH", "Ltd", None),
    "custom": ("'custom:Tier': [gold]", "custom:Tier", "Gold", "silver", None),
    "uses": ("uses: [python]", "technology", runs("python"), runs_no("python"), runs("wordpress")),
    "hiring": (
        "hiring: {title: [SDR], within_days: 45}",
        "job_opening",
        "SDR (m/f/d)",
        None,
        "Cook",
    ),
    "keyword": ("keyword: [golf]", "keyword", "golf", None, "polo"),
    "certificate": ("certificate: [ISO 9001]", "certificate", "ISO 9001", None, "ISO 14001"),
    "language": ("language: [de]", "language", "de", None, "en"),
}
#: What a coordinate is, needs two facts: it stands alone below.
OPEN_WORLD = ("hiring", "keyword", "certificate", "language")


def cases(kind: str) -> dict[str, tuple[list[Fact], str] | None]:
    _, name, yes, no, either = KINDS[kind]
    say: Callable[..., Fact] = lambda value, **options: fact(name, value, **options)  # noqa: E731
    return {
        "yes": ([say(yes)], "yes"),
        "no": None if no is None else ([say(no)], "no"),
        "unknown": ([], "unknown"),
        "straddling": None if either is None else ([say(either)], "unknown"),
        "conflicting": None if no is None else ([say(yes, **A), say(no, **B)], "unknown"),
        "too old": ([say(yes, seen=TODAY - AGES)], "unknown"),
        "wrong scope": ([say(yes, scope="group")], "unknown"),
    }


TABLE = [(kind, case, *found) for kind in KINDS for case, found in cases(kind).items() if found]


@pytest.mark.parametrize(
    ("kind", "case", "facts", "answer"), TABLE, ids=[f"{row[0]}, {row[1]}" for row in TABLE]
)
def test_a_kind_of_criterion_answers_as_it_must(
    kind: str, case: str, facts: list[Fact], answer: str
) -> None:
    age = ", max_age: 2 years" if case == "too old" and kind != "hiring" else ""
    found = ask(f"{{{KINDS[kind][0]}{age}}}", *facts)
    assert found.answer == answer, found.reason
    assert str(found.reason)


def test_only_open_worlds_have_no_no() -> None:
    assert [kind for kind in KINDS if cases(kind)["no"] is None] == list(OPEN_WORLD)


LOOK = ("home:1", "imprint:1", "pages:6")


def look(days: int = 0, scope: str = "company") -> list[Fact]:
    return [
        fact(
            "coverage",
            one,
            source="site:x.example",
            method="page",
            seen=TODAY - timedelta(days=days),
            scope=scope,
        )
        for one in LOOK
    ]


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        pytest.param(look(), "yes", id="yes"),
        pytest.param([*look(), fact("technology", runs("odoo"))], "no", id="no"),
        pytest.param([], "unknown", id="unknown"),
        pytest.param(look()[:1], "unknown", id="straddling: too little was read"),
        pytest.param(
            [
                *look(),
                fact("technology", runs("odoo"), **A),
                fact("technology", runs_no("odoo"), **B),
            ],
            "unknown",
            id="conflicting",
        ),
        pytest.param(look(1300), "unknown", id="too old"),
        pytest.param(look(scope="group"), "unknown", id="wrong scope"),
    ],
)
def test_what_is_not_in_use(facts: list[Fact], answer: str) -> None:
    assert ask("{does_not_use: [erp]}", *facts).answer == answer


def at(north: str, east: str, **options: object) -> list[Fact]:
    return [fact("latitude", north, **options), fact("longitude", east, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        pytest.param(at("51.92", "4.48"), "yes", id="yes"),
        pytest.param(at("52.37", "4.90"), "no", id="no"),
        pytest.param([], "unknown", id="unknown"),
        pytest.param(at("51.92", "4.48")[:1], "unknown", id="half a coordinate"),
        pytest.param(
            [*at("51.92", "4.48", **A)[:1], *at("51.92", "4.48", **B)[1:]],
            "unknown",
            id="halves of two sources",
        ),
        pytest.param(
            [*at("51.92", "4.48", **A), *at("52.37", "4.90", **B)], "unknown", id="conflicting"
        ),
        pytest.param(
            [*at("51.92", "4.48", **A), *at("51.93", "4.49", **B)],
            "yes",
            id="two places, both inside",
        ),
        pytest.param(at("51.92", "4.48", seen=TODAY - AGES), "unknown", id="too old"),
        pytest.param(at("51.92", "4.48", scope="group"), "unknown", id="wrong scope"),
        pytest.param(at("north", "400"), "unknown", id="no place on this earth"),
    ],
)
def test_how_far_it_is(facts: list[Fact], answer: str) -> None:
    assert (
        ask("{coordinates: {within_km: 30, of: [51.92, 4.48]}, max_age: 2 years}", *facts).answer
        == answer
    )
