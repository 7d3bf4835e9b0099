"""`sluice spend` counts what questions to sources cost, and divides answers among clients."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.console.conftest import Sluice
from tests.sources.asking import Asking, installed

ROWS = (
    "Fjordvik Pumper AS,NO,Oslo,0150,\n"
    "Granby Verkstad AB,SE,Granby,,granby.example\n"
    "Ekmala Bageri AB,SE,Ekmala,,ekmala.example\n"
    "Nobody Knows AB,SE,Lund,,nobody-knows.example\n"
)
PAID = "provider:headcounts"


@pytest.fixture
def shared(
    database: str, sluice: Sluice, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Asking]:
    """One client paid for two answers, which another one used too."""
    with installed(sluice, tmp_path, home, monkeypatch) as made:
        made.run_list(ROWS)
        made.enrich("--budget", "1", "EUR")
        made.run_list(ROWS, "other", "nordwind")
        made.enrich("--budget", "1", "EUR", "--client", "nordwind")
        yield made


@pytest.mark.usefixtures("shared")
def test_what_questions_cost_is_counted_and_divided(sluice: Sluice) -> None:
    check_sources(sluice)
    check_allocation(sluice)
    check_tables(sluice)
    check_report(sluice)
    check_correct_facts(sluice)


def check_sources(sluice: Sluice) -> None:
    by_source = sluice("spend", "--by", "source", "--json").json["sources"]
    paid = next(one for one in by_source["groups"] if one["group"] == PAID)
    assert (paid["questions"], paid["found"], paid["reused"]) == (3, 2, 2)
    assert paid["hit_rate"] == pytest.approx(2 / 3)
    assert paid["cost"] == [{"amount": "0.200000", "currency": "EUR"}]
    assert (paid["facts"], paid["checked"], paid["per_correct_fact"]) == (4, 0, None)
    assert paid["per_fact"] == [{"amount": "0.050000", "currency": "EUR"}]
    free = next(one for one in by_source["groups"] if one["group"] == "register:no")
    assert (free["questions"], free["found"], free["cost"]) == (1, 1, [])


def check_allocation(sluice: Sluice) -> None:
    for how, costs in (
        ("first", {"default": "0.200000"}),
        ("equal", {"default": "0.100000", "nordwind": "0.100000"}),
        ("none", {"(agency)": "0.200000"}),
    ):
        found = sluice("spend", "--allocate", how, "--json").json["sources"]
        said = {one["group"]: one["cost"][0]["amount"] for one in found["groups"] if one["cost"]}
        assert said == costs
        assert found["all"]["cost"] == [{"amount": "0.200000", "currency": "EUR"}]
    one = ("spend", "--client", "nordwind", "--allocate", "equal")
    assert sluice(*one, "--json").json["sources"]["all"]["cost"][0]["amount"] == "0.100000"


def check_tables(sluice: Sluice) -> None:
    shown = sluice("spend", "--by", "source")
    assert "PER CORRECT FACT" in shown.out
    assert "unknown" in shown.out
    by_list = sluice("spend", "--by", "list", "--allocate", "equal").out
    assert "default: fair" in by_list
    assert "nordwind: other" in by_list
    assert "0.20 EUR" in sluice("spend", "--by", "campaign").out
    assert "did you mean equal" in sluice("spend", "--allocate", "equl", code=2).err


def check_report(sluice: Sluice) -> None:
    """Who asked first paid, so it is a cost of that campaign alone."""
    paid = [{"amount": "0.200000", "currency": "EUR"}]
    for client, questions, each in (
        ("default", paid, [{"amount": "0.05", "currency": "EUR"}]),
        ("nordwind", [], None),
    ):
        found = sluice("report", "cost", "--client", client, "--json").json["cost"]
        assert (found["questions"], found["per"]["name"]) == (questions, each)
    assert "Questions to sources: 0.20 EUR." in sluice("report", "cost").out


def check_correct_facts(sluice: Sluice) -> None:
    sluice("audit", "draw", "--attribute", "employees", "--source", PAID)
    sluice("audit", "judge", stdin="y\nn\n")
    for client, per_correct in (((), "0.100000"), (("--client", "nordwind"), None)):
        found = sluice("spend", "--by", "source", *client, "--json").json["sources"]["groups"]
        each = {one["group"]: one["per_correct_fact"] for one in found}[PAID]
        assert (each and each[0]["amount"]) == per_correct
    assert "1 of 2" in sluice("spend", "--by", "source").out


@pytest.mark.usefixtures("shared")
def test_a_user_sees_the_part_of_his_own_clients_alone(sluice: Sluice) -> None:
    sluice("user", "add", "boss", "--role", "admin")
    sluice("user", "add", "olga", "--role", "operator", "--client", "nordwind", "--as", "boss")
    for how, cost in (("first", []), ("none", []), ("equal", ["0.100000"])):
        found = sluice("spend", "--allocate", how, "--as", "olga", "--json").json["sources"]
        assert [one["group"] for one in found["groups"]] == ["nordwind"]
        assert [one["amount"] for one in found["all"]["cost"]] == cost
