"""Which companies are offered as parts of others, and which never are."""

from dataclasses import replace

import pytest

from dedupe.engine import Clustering, cluster
from dedupe.group_offers import group_offers
from dedupe.record import Decisions, MatchRecord
from dedupe.review import Kind, doubtful


def two(left: str, right: str, domains: tuple[str, str] = ("", "")) -> Clustering:
    rows = [
        MatchRecord(key, name, domains=(domain,) if domain else ())
        for key, name, domain in zip((1, 2), (left, right), domains, strict=True)
    ]
    return cluster(rows, strictness="careful", stored=True)


#: The part, the whole, and the domains.
OFFERED = [
    ("Zyxwell Energy AG", "Zyxwell AG", ("", "")),
    ("Zyxwell Finance GmbH", "Zyxwell AG", ("", "zyxwell.example")),
    ("Zyxwell Deutschland GmbH", "Zyxwell AG", ("", "")),
    ("Quorvian GmbH", "Quorvian Holding GmbH", ("", "")),
    ("Zyxwell Energy AG", "Zyxwell AG", ("zyxwell-energy.example", "zyxwell.example")),
    ("Hollerith Dental Leasing Ltd", "Hollerith Dental Ltd", ("", "")),
]


@pytest.mark.parametrize(("part", "whole", "domains"), OFFERED)
def test_an_arm_a_trade_or_a_place_behind_the_name_is_a_part(
    part: str, whole: str, domains: tuple[str, str]
) -> None:
    assert [(one.part, one.whole) for one in group_offers(two(part, whole, domains))] == [(1, 2)]
    turned = group_offers(two(whole, part, (domains[1], domains[0])))
    assert [(one.part, one.whole) for one in turned] == [(2, 1)]


NOT_OFFERED = [
    ("Zyxwell Tarnwick AG", "Zyxwell AG", ("", ""), "another brand"),
    ("Zyxwell Energy AG", "Zyxwell Foods AG", ("", ""), "two parts, and no whole"),
    ("Tarnwick Foods Ltd", "Tarnwick Ltd", ("other.example", "tarnwick.example"), "other domains"),
    ("National Bank Ltd", "National Ltd", ("", ""), "a common word is no group"),
    ("Brandix Foods", "Brandix", ("brandixfoods.example", "brandix.example"), "names without form"),
    ("42 Technologies Ltd", "42 Ltd", ("", ""), "a number is no group"),
    ("Zyxwell AG", "Quorvian AG", ("", ""), "nothing is shared"),
]


@pytest.mark.parametrize(
    ("left", "right", "domains", "remark"), NOT_OFFERED, ids=[one[-1] for one in NOT_OFFERED]
)
def test_what_is_no_part(left: str, right: str, domains: tuple[str, str], remark: str) -> None:
    assert group_offers(two(left, right, domains)) == [], remark


def test_a_shared_domain_outweighs_another_country() -> None:
    rows = [
        MatchRecord(1, "Brandix Singapore", country="SG", domains=("brandix.example",)),
        MatchRecord(2, "Brandix", country="US", domains=("brandix.example",)),
    ]
    assert [one[:2] for one in group_offers(cluster(rows, stored=True))] == [(1, 2)]
    apart = [replace(rows[0], domains=()), rows[1]]
    assert group_offers(cluster(apart, stored=True)) == []


def test_the_nearest_whole_is_offered_once_for_each_part() -> None:
    names = ("Zyxwell AG", "Zyxwell Energy AG", "Zyxwell Energy Leasing AG", "Zyxwell Foods AG")
    rows = [MatchRecord(at, name, country="DE") for at, name in enumerate(names)]
    offers = {(one.part, one.whole) for one in group_offers(cluster(rows, stored=True))}
    assert offers == {(1, 0), (2, 1), (3, 0)}


def test_a_part_is_offered_instead_of_a_match_and_not_after_a_decision() -> None:
    rows = [
        MatchRecord(1, "Zyxwell Energy AG", country="DE", city="Berlin"),
        MatchRecord(2, "Zyxwell AG", country="DE", city="Berlin"),
    ]
    (doubt,) = doubtful(cluster(rows, stored=True), 10)
    assert (doubt.left, doubt.right, doubt.kind, doubt.together) == (1, 2, Kind.PART_OF, False)
    decided = cluster(rows, stored=True, decisions=Decisions(different=((2, 1),)))
    assert doubtful(decided, 10) == []
