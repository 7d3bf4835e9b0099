"""What is said of profiles that want verdicts for anything but legal entities."""

import pytest

from leads.company_kind import CompanyIs
from qualify.checking import check
from qualify.icp import load_icp
from qualify.rolling_up import of_store, of_table

OTHERS = [one for one in CompanyIs if one is not CompanyIs.LEGAL_ENTITY]


def remarks(kind: str) -> list[tuple[str, str, str]]:
    found = check(load_icp(f"icp: x\nversion: 1\ncompany_is: {kind}\nsuspect: [{{country: [DE]}}]\n", "icp.yaml"))
    return [(one.level, one.criterion, one.message) for one in found]


def test_verdicts_of_legal_entities_need_no_warning() -> None:
    assert of_store(CompanyIs.LEGAL_ENTITY) is None
    assert of_table(CompanyIs.LEGAL_ENTITY) is None
    assert remarks("legal_entity") == []


@pytest.mark.parametrize("kind", OTHERS)
def test_any_other_kind_is_told_what_is_done_and_the_way_out(kind: CompanyIs) -> None:
    for warned in (of_store(kind), of_table(kind)):
        assert warned is not None
        assert f"company_is is {kind}" in warned.message
        assert "sluice" in warned.hint
    ((level, about, message),) = remarks(kind)
    assert (level, about) == ("warning", "company_is")
    assert "verdicts are made for legal entities" in message
