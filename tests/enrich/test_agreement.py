"""How far sources agree with better knowledge: each kind of value, and the counts."""

import pytest

from enrich.audits.agreement import (
    Against,
    Compared,
    Stated,
    agreement,
    by_trust,
    source_rates,
)
from leads.values import IndustryCode, Range, Value
from tests.made_facts import euros, nace, people, runs, runs_no, words


@pytest.mark.parametrize(
    ("attribute", "said", "better", "agreed"),
    [
        ("city", "Kiel", "kiel", True),
        ("city", "Kiel", "Bremen", False),
        # A company has several phones: another one does not contradict the first.
        ("phone", "+493012345", "+493012345", True),
        ("phone", "+493012345", "+494099999", None),
        ("employees", people(50, 100), people(80), True),
        ("employees", people(50, 100), people(12), False),
        ("employees", Range(None, 9), people(10, None), False),
        ("turnover", euros(5_000_000), euros(4_000_000, 6_000_000), True),
        ("turnover", euros(5_000_000), euros(9_000_000), False),
        ("turnover", euros(5_000_000), euros(5_000_000, currency="CHF"), None),
        ("industry", nace("28"), nace("28.4"), True),
        ("industry", nace("28.4"), nace("28"), True),
        ("industry", nace("28"), nace("46.6"), False),
        ("industry", nace("28"), words("machines"), None),
        ("industry", nace("28"), IndustryCode("naics", "333"), None),
        ("industry", words("machines"), words("machines"), True),
        ("technology", runs("sap"), runs("sap"), True),
        ("technology", runs("sap"), runs_no("sap"), False),
        ("technology", runs("sap"), runs_no("odoo"), None),
        ("technology", runs("sap"), runs("odoo"), None),
    ],
)
def test_agreement(attribute: str, said: Value, better: Value, agreed: bool | None) -> None:
    assert agreement(attribute, said, better) is agreed


def test_counts_are_summed_by_source_and_attribute() -> None:
    stated = [
        Stated("site", "phone", 90, 80),
        Stated("list:fair", "phone", 100, 100),
        Stated("site", "city", 50, 50),
    ]
    compared = [
        Compared("site", "phone", Against.AUDIT, agreed=True, facts=19),
        Compared("site", "phone", Against.DISPOSITION, agreed=False, facts=1),
        Compared("list:fair", "phone", Against.AUDIT, agreed=True, facts=20),
        Compared("list:fair", "phone", Against.TOLD, agreed=True, facts=30),
        Compared("list:gone", "phone", Against.TOLD, agreed=True, facts=30),
    ]
    found = source_rates(stated, {"site": 160, "list:fair": 100}, compared)
    assert [(one.attribute, one.source) for one in found] == [
        ("city", "site"),
        ("phone", "list:fair"),
        ("phone", "site"),
    ]
    site = found[2]
    assert (site.rate.right, site.rate.wrong, site.hit_rate) == (19, 1, 0.5)
    assert found[0].rate.value is None
    # Of the city nothing is checked, so nothing orders its sources.
    assert by_trust(found, "phone") == ["list:fair", "site"]
    assert by_trust(found, "city") == []
