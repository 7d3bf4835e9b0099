import random
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.engine import cluster
from dedupe.features import FEATURES
from dedupe.link import link
from dedupe.record import Decisions, Key, MatchRecord
from leads.errors import UsageError

_STEMS = (
    "Zyxwell",
    "Brandix",
    "Quorvian Robotics",
    "Northbridge Dental",
    "Acme",
    "Hollerith Paper",
    "Vandelso Bakery",
)
_ENDS = ("", " GmbH", " AG", " Ltd", " Ltd.", " Group", " II", " III")

rows = st.lists(
    st.builds(
        lambda stem, end, country, city, domain: {
            "name": stem + end,
            "country": country,
            "city": city,
            "domains": domain,
        },
        st.sampled_from(_STEMS),
        st.sampled_from(_ENDS),
        st.sampled_from(("", "DE", "GB")),
        st.sampled_from(("", "Exton", "Wyeford")),
        st.sampled_from(((), ("one.example",), ("two.example",))),
    ),
    min_size=2,
    max_size=14,
)


def listed(values: list[dict[str, str]]) -> list[MatchRecord]:
    return [MatchRecord(at, **row) for at, row in enumerate(values)]  # type: ignore[arg-type]


def together(clusters: list[list[Key]], one: Key, other: Key) -> bool:
    return any(one in keys and other in keys for keys in clusters)


@settings(max_examples=60)
@given(rows, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    values: list[dict[str, str]], rnd: random.Random
) -> None:
    records = listed(values)
    shuffled = rnd.sample(records, len(records))
    assert cluster(records).clusters == cluster(shuffled).clusters


@settings(max_examples=40)
@given(rows)
def test_every_row_meets_its_own_copy(values: list[dict[str, str]]) -> None:
    once = listed(values)
    twice = [*once, *(MatchRecord(f"copy {at}", **row) for at, row in enumerate(values))]  # type: ignore[arg-type]
    found = cluster(twice)
    assert all(together(found.clusters, at, f"copy {at}") for at in range(len(values)))
    assert [
        sorted(key for key in keys if isinstance(key, int)) for keys in found.clusters
    ] == cluster(once).clusters


@settings(max_examples=60)
@given(rows, st.data())
def test_what_people_decided_holds(values: list[dict[str, str]], data: st.DataObject) -> None:
    records = listed(values)
    pairs = list(combinations(range(len(records)), 2))
    different = tuple(data.draw(st.lists(st.sampled_from(pairs), max_size=3, unique=True)))
    found = cluster(records, decisions=Decisions(different=different))
    assert not any(together(found.clusters, one, other) for one, other in different)


@settings(max_examples=40)
@given(rows, st.data())
def test_a_merge_holds_and_its_split_gives_back_what_was(
    values: list[dict[str, str]], data: st.DataObject
) -> None:
    records = listed(values)
    before = cluster(records)
    apart = [
        pair
        for pair in combinations(range(len(records)), 2)
        if not together(before.clusters, *pair)
    ]
    if not apart:
        return
    pair = data.draw(st.sampled_from(apart))
    merged = cluster(records, decisions=Decisions(same=(pair,)))
    assert together(merged.clusters, *pair)
    again = cluster(records, decisions=Decisions())
    assert again.clusters == before.clusters


@settings(max_examples=30)
@given(rows)
def test_every_row_that_is_not_alone_has_a_reason(values: list[dict[str, str]]) -> None:
    found = cluster(listed(values))
    for keys in found.clusters:
        for key in keys:
            assert bool(found.reason(key)) == (len(keys) > 1)


def test_a_decision_against_identical_rows_holds() -> None:
    records = [MatchRecord(at, "Zyxwell GmbH") for at in range(4)]
    found = cluster(records, decisions=Decisions(different=((0, 1),)))
    assert not together(found.clusters, 0, 1)
    assert sum(map(len, found.clusters)) == 4


def test_of_two_decisions_that_contradict_each_other_different_wins() -> None:
    records = [
        MatchRecord("a", "Zyxwell"),
        MatchRecord("b", "Brandix"),
        MatchRecord("c", "Quorvian"),
    ]
    found = cluster(
        records, decisions=Decisions(same=(("a", "b"), ("b", "c")), different=(("a", "c"),))
    )
    assert not together(found.clusters, "a", "c")


def test_a_person_decision_is_the_reason() -> None:
    found = cluster(
        [MatchRecord(1, "Zyxwell"), MatchRecord(2, "Brandix")], decisions=Decisions(same=((1, 2),))
    )
    assert found.clusters == [[1, 2]]
    assert found.reason(2) == "A person called it the same as row 1."


def test_the_path_names_the_rows_between() -> None:
    records = [
        MatchRecord(1, "Zyxwell Robotics"),
        MatchRecord(2, "Zyxwell Robotics", aliases=("Brandix Automation Ltd",)),
        MatchRecord(3, "Brandix Automation Ltd"),
    ]
    found = cluster(records)
    assert found.clusters == [[1, 2, 3]]
    assert found.path(1, 3) == [(1, 2), (2, 3)]
    assert found.were_compared(1, 2)


def test_progress_is_told_stage_by_stage() -> None:
    stages: list[str] = []
    cluster(
        [MatchRecord(1, "Zyxwell"), MatchRecord(2, "Zyxwel")],
        progress=lambda stage, _done, _of: stages.append(stage),
    )
    assert list(dict.fromkeys(stages))[:3] == ["reading names", "finding candidates", "comparing"]


# rows, clusters, a word of the warning
CROWDS = [
    (
        [MatchRecord(at, "Acme Robotics GmbH", country="DE") for at in range(3000)],
        1,
        "one cluster holds 3,000",
    ),
    ([MatchRecord(at, f"Acme {at}") for at in range(1500)], 1500, ""),
    (
        [MatchRecord(at, f"{at}x Corp", domains=("shared.example",)) for at in range(1500)],
        1500,
        "shared.example",
    ),
    (
        [MatchRecord(at, "Acme", city=f"City {at}") for at in range(1500)],
        None,
        "1,500 different rows share the name 'acme'",
    ),
    (
        [
            MatchRecord(at, ["GmbH", "Ltd", "123", "🚀", "שלום", "-", "", "()"][at % 8])
            for at in range(800)
        ],
        8,
        "",
    ),
]


@pytest.mark.parametrize(("records", "clusters", "warning"), CROWDS)
def test_crowds_are_bounded_and_named(
    records: list[MatchRecord], clusters: int | None, warning: str
) -> None:
    found = cluster(records)
    assert clusters is None or len(found.clusters) == clusters
    assert any(warning in told for told in found.warnings) if warning else not found.warnings


def test_a_key_of_two_thousand_rows_costs_a_few_pairs_for_each() -> None:
    count = 2_000
    records = [MatchRecord(at, f"{at}x Corp", domains=("shared.example",)) for at in range(count)]
    found = cluster(records)
    assert len(found.compared.left) < 10 * count
    assert any("2,000 different rows share the domain" in told for told in found.warnings)


def test_ten_thousand_letters_are_cut_not_choked_on() -> None:
    found = cluster(
        [
            MatchRecord(1, "Zyxwell Robotics " * 700),
            MatchRecord(2, "Zyxwell Robotics " * 700),
            MatchRecord(3, "Acme"),
        ]
    )
    assert found.clusters == [[1, 2], [3]]


@pytest.mark.parametrize(
    ("records", "company_is", "message"),
    [
        (
            [MatchRecord(1, "Acme"), MatchRecord(1, "Zyxwell")],
            "legal_entity",
            "the row id 1 is on more than one row",
        ),
        ([MatchRecord(1, "Acme")], "person", "there is no kind of company named 'person'"),
    ],
)
def test_wrong_calls_are_told(records: list[MatchRecord], company_is: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        cluster(records, company_is=company_is)


def test_nothing_and_one_row_are_lists_too() -> None:
    assert cluster([]).clusters == []
    assert cluster([MatchRecord("x", "Acme")]).clusters == [["x"]]


def test_a_list_without_a_single_word_is_a_list_too() -> None:
    rows = [
        MatchRecord(at, "", domains=(domain,))
        for at, domain in enumerate(("acme.example", "acme.example", "zyxwell.example"))
    ]
    found = cluster(rows)
    assert found.clusters == [[0, 1], [2]]
    assert not found.explain(0, 2).together
    assert [(match.left, match.right) for match in link(rows[:1], rows[1:]).matches] == [(0, 1)]


def test_rows_with_other_aliases_are_not_told_as_equal() -> None:
    one, other = (
        MatchRecord(1, "Acme", aliases=("Bb", "Ee")),
        MatchRecord(2, "Acme", aliases=("Cc", "Dd")),
    )
    assert cluster([one, other]).reason(1) == "Like row 2 (Acme): the names are the same."
    assert "every value that is compared" in cluster(
        [one, MatchRecord(2, "Acme", aliases=("Ee", "Bb"))]
    ).reason(1)


def test_every_feature_says_what_it_measures() -> None:
    assert all(feature.doc.endswith(".") and feature.says for feature in FEATURES)
    assert len({feature.name for feature in FEATURES}) == len(FEATURES)


def test_rows_are_found_in_another_list() -> None:
    left = [
        MatchRecord("l1", "Zyxwell Technologies Ltd", country="GB"),
        MatchRecord("l2", "Acme"),
        MatchRecord("l3", "Unheard Of"),
    ]
    right = [
        MatchRecord("l1", "Acme"),
        MatchRecord("r2", "ZYXWELL TECHNOLOGY LIMITED", country="GB"),
        MatchRecord("r3", "Quorvian"),
    ]
    found = [(match.left, match.right) for match in link(left, right).matches]
    assert found == [("l1", "r2"), ("l2", "l1")]
    assert all(
        0.5 < match.score <= 1 and match.reason.endswith(".") for match in link(left, right).matches
    )


BRANDIX = [
    MatchRecord(1, "Brandix Foods", country="DE", city="Ostwic"),
    MatchRecord(2, "Brandix Foods"),
]


def test_a_row_that_only_shares_little_with_one_of_two_joins_both() -> None:
    slips = MatchRecord(3, "Brandx Fooods", country="DE", city="Ostwic")
    found = cluster([*BRANDIX, slips])
    assert found.explain(1, 3).odds + found.explain(2, 3).odds < 0
    assert len(found.clusters) == 1


def test_a_row_that_contradicts_one_of_two_joins_neither() -> None:
    other = replace(BRANDIX[1], domains=("brandix.example",))
    slips = MatchRecord(
        3, "Brandx Fooods", country="DE", city="Ostwic", domains=("fooods.example",)
    )
    found = cluster([BRANDIX[0], other, slips])
    assert found.explain(1, 3).odds > 0 > found.explain(2, 3).odds
    assert together(found.clusters, 1, 2)
    assert not together(found.clusters, 1, 3)
