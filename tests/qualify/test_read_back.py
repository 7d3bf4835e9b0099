"""A criterion as a person reads it."""

import pytest

from qualify.profile.icp import load_icp
from qualify.words.read_back import read_back


@pytest.mark.parametrize(
    ("criterion", "said"),
    [
        ("sites: {at_least: 3}", "number of sites is at least 3"),
        ("country: [dach, GB]", "country is a country of DACH or United Kingdom"),
        ("country: {none_of: [CH]}", "country is outside Switzerland"),
        (
            "turnover: {between: [1m, 2m], currency: EUR}, max_age: 90",
            "turnover is from 1,000,000 to 2,000,000 EUR, no older than 90 days",
        ),
        ("uses: {any_of: [shopify], none_of: [erp]}", "uses Shopify and does not use erp"),
        (
            "employees: {at_least: 3}, scope: group, min_confidence: 0.5",
            "headcount is at least 3, at least 0.5 sure, of the group",
        ),
        ("coordinates: {within_km: 25, of: [51.92, 4.48]}", "place is within 25 km of 51.92, 4.48"),
        (
            "hiring: {title: [SDR], within_days: 45}",
            "job opening is naming SDR, no older than 45 days",
        ),
        (
            "not: {any: [{city: [Ulm]}, {language: [de]}]}",
            "not: any of: city is Ulm; language is German",
        ),
        (
            "at_least: {n: 1, of: [{city: [Ulm]}, {city: [Bonn]}]}",
            "at least 1 of: city is Ulm; city is Bonn",
        ),
    ],
)
def test_a_criterion_is_read_back_as_it_was_understood(criterion: str, said: str) -> None:
    (one,) = load_icp(f"icp: x\nversion: 1\nsuspect: [{{{criterion}}}]", "icp.yaml").suspect
    assert read_back(one) == said
