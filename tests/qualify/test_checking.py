"""Profiles that can be read, and yet say something nobody can meet, or something that changes
nothing.
"""

import pytest

from qualify.check.checking import check
from qualify.profile.icp import load_icp


def remarks(sections: str) -> list[tuple[str, str, str]]:
    found = check(load_icp(f"icp: x\nversion: 1\n{sections}", "icp.yaml"))
    return [(one.level, one.criterion, one.message) for one in found]


@pytest.mark.parametrize(
    ("sections", "level", "criterion", "message"),
    [
        (
            "suspect: [{country: {any_of: [DE], none_of: [dach]}}]",
            "problem",
            "country",
            "can never be yes",
        ),
        (
            "suspect: [{employees: {at_least: 20}}, {employees: {at_most: 10}}]",
            "problem",
            "employees-2",
            "contradicts employees",
        ),
        (
            "suspect: [{uses: [odoo]}, {does_not_use: [erp]}]",
            "problem",
            "technology-2",
            "contradicts technology",
        ),
        (
            "suspect: [{industry: [manufacturing]}, {industry: {none_of: [C]}}]",
            "problem",
            "industry-2",
            "contradicts industry",
        ),
        (
            "suspect: [{country: [DE]}]\nmust_not: [{country: [dach]}]",
            "problem",
            "country-2",
            "rules out every company",
        ),
        (
            (
                "suspect: [{any: [{country: [DE]}, {country: [FR]}]}]\nmust_not: [{country: [DE]},"
                " {country: [FR]}]"
            ),
            "problem",
            "country",
            "no company can meet all",
        ),
        (
            "suspect: [{not: {uses: [odoo]}}]",
            "problem",
            "technology",
            "no list and no page can say yes",
        ),
        (
            "suspect: [{keyword: {none_of: [golf]}, if_unknown: ask}]",
            "note",
            "keyword",
            "only a person",
        ),
        (
            "suspect: [{employees: {at_least: 20}}, {employees: {at_least: 10}}]",
            "warning",
            "employees-2",
            "is shadowed by employees",
        ),
        (
            "suspect: [{employees: {at_least: 10}}, {employees: {at_least: 20}}]",
            "warning",
            "employees",
            "is shadowed by employees-2",
        ),
        (
            "suspect: [{industry: ['25.62']}, {industry: [manufacturing]}]",
            "warning",
            "industry-2",
            "is shadowed by industry",
        ),
        (
            "suspect: [{country: [DE]}]\nmust_not: [{country: [FR]}]",
            "warning",
            "country-2",
            "rules out no company",
        ),
        (
            "suspect: [{country: [DE]}]\nscore: [{points: 5, country: [dach]}]",
            "warning",
            "country-2",
            "make no difference",
        ),
        (
            "suspect: [{country: [DE]}]\nscore: [{points: 5, country: [FR]}]",
            "warning",
            "country-2",
            "can earn its points",
        ),
        (
            "suspect: [{'custom:Tier': [gold]}]",
            "warning",
            "custom:Tier",
            "only a list with the column 'Tier'",
        ),
        ("suspect: [{hiring: [SDR]}]", "warning", "job_opening", "without a crawl"),
        (
            "suspect: [{turnover: {at_least: 5, currency: EUR}}]",
            "note",
            "turnover",
            "only a list can state the turnover",
        ),
        (
            "suspect: [{sites: {at_least: 5}, min_confidence: 0.9}]",
            "warning",
            "sites",
            "no source of a number of sites has a confidence above 0.8",
        ),
        (
            "suspect: [{employees: {at_least: 5}, min_confidence: 1}]",
            "warning",
            "employees",
            "has a confidence above 0.95",
        ),
        (
            "suspect: [{employees: {at_least: 0}}]",
            "warning",
            "employees",
            "asks nothing: whatever is known",
        ),
        (
            "suspect: [{any: [{employees: {at_least: 50}}, {employees: {at_most: 60}}]}]",
            "warning",
            "employees",
            "asks nothing",
        ),
        (
            "must_not: [{country: [DE]}]",
            "warning",
            "suspect",
            "every company fits unless a must_not rules it out",
        ),
        ("score: [{points: 5, country: [DE]}]", "warning", "suspect", "every company fits"),
        (
            "suspect: [{country: [DE]}]\nmust_not: [{all: [{city: [Bonn]}, {city: [Ulm]}]}]",
            "warning",
            "city",
            "rules out no company: nothing",
        ),
        (
            "suspect: [{country: [DE]}]\nscore: [{points: 0, city: [Ulm]}]",
            "warning",
            "city",
            "has no points",
        ),
        (
            "suspect: [{country: [DE]}]\nscore: [{points: -5, city: [Ulm]}]",
            "warning",
            "score",
            "is 0 for every company",
        ),
        (
            "suspect: [{country: [DE]}]\ngrades: {A: 50}",
            "warning",
            "score",
            "is 0 for every company",
        ),
        (
            "suspect: [{country: [DE]}, {region: [California]}]",
            "problem",
            "region",
            "contradicts country: its regions are in United States",
        ),
        (
            "suspect: [{country: {none_of: [dach]}}, {region: [Tirol, Bayern]}]",
            "problem",
            "region",
            "are in Austria, Germany",
        ),
        (
            "suspect: [{region: [Bayern]}, {region: [Sachsen]}]",
            "problem",
            "region-2",
            "contradicts region",
        ),
        (
            "suspect: [{city: [Munich]}, {city: [München]}]",
            "warning",
            "city-2",
            "is shadowed by city",
        ),
        (
            "suspect: [{industry: ['45.20']}]",
            "warning",
            "industry",
            "a code of NACE 2.0 that 2.1 has not",
        ),
        (
            "suspect: [{turnover: {at_least: 5, currency: EUR}, scope: group}]",
            "warning",
            "turnover",
            "of a whole group",
        ),
    ],
)
def test_what_is_wrong_with_a_profile(
    sections: str, level: str, criterion: str, message: str
) -> None:
    assert [(one[0], one[1]) for one in remarks(sections) if message in one[2]] == [
        (level, criterion)
    ]


@pytest.mark.parametrize(
    "sections",
    [
        (
            "suspect: [{employees: {at_least: 20}}, {employees: {at_most: 250}}, {country: [DE]},"
            " {industry: [manufacturing]}]"
        ),
        "suspect: [{industry: [manufacturing]}, {industry: [software]}]",
        "suspect: [{country: [dach, US]}, {region: [California, Bayern, Oregon]}]",
        (
            "suspect: [{country: [dach]}]\nmust_not: [{country: [CH]}]\nscore: [{points: 5,"
            " country: [AT]}]"
        ),
        (
            "prospect: [{uses: [windows-estate]}, {does_not_use: [management-software], if_unknown:"
            " ask}]"
        ),
        "suspect: [{city: {starts_with: [Rot]}}, {city: {contains: [dam]}}]",
        (
            "suspect: [{coordinates: {within_km: 30, of: [51.9, 4.5]}}, {coordinates: {within_km:"
            " 60, of: [52.4, 4.9]}}]"
        ),
    ],
)
def test_nothing_is_wrong(sections: str) -> None:
    assert remarks(sections) == []


def test_a_circle_inside_another_shadows_it() -> None:
    inside, around = (
        "{coordinates: {within_km: 10, of: [51.9, 4.5]}}",
        "{coordinates: {within_km: 100, of: [51.9, 4.5]}}",
    )
    assert [one[0] for one in remarks(f"suspect: [{inside}, {around}]")] == ["warning"]
