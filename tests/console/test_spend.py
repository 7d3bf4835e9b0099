"""`sluice spend` counts what was paid for lists, for the clients of who asks."""

from pathlib import Path

import pytest

from tests.console.conftest import Sluice


@pytest.fixture
def bought(sluice: Sluice, database: str, tmp_path: Path) -> None:
    """Lists of two clients; one states no cost."""
    assert database
    path = tmp_path / "fair.csv"
    path.write_text("company\nAlder GmbH\n")
    for client in ("north", "east"):
        sluice("client", "add", client)
    for client, name, *cost in (
        ("north", "fair", "--cost", "900 EUR", "--vendor", "Messe"),
        ("north", "own"),
        ("east", "fair", "--cost", "15.05 USD", "--vendor", "Messe"),
    ):
        sluice("import", path, "--client", client, "--name", name, *cost)


@pytest.mark.usefixtures("bought")
def test_cost_is_added_up_by_group(sluice: Sluice) -> None:
    shown = sluice("spend", "--by", "vendor")
    assert "Messe" in shown.out
    assert "900.00 EUR + 15.05 USD" in shown.out
    assert "--cost '250 EUR'" in shown.err
    found = sluice("spend", "--json").json
    assert [(one["group"], one["lists"], one["unstated"]) for one in found["groups"]] == [
        ("east", 1, 0),
        ("north", 2, 1),
    ]
    assert found["all"]["cost"] == [
        {"amount": "900.00", "currency": "EUR"},
        {"amount": "15.05", "currency": "USD"},
    ]
    assert sluice("spend", "--client", "east", "--json").json["all"]["lists"] == 1
    assert "no lists in this period" in sluice("spend", "--until", "2020-01-01").err
    assert "did you mean vendor" in sluice("spend", "--by", "vendr", code=2).err


@pytest.mark.usefixtures("bought")
def test_lists_of_other_clients_are_left_out(sluice: Sluice) -> None:
    sluice("user", "add", "boss", "--role", "admin")
    sluice("user", "add", "olga", "--role", "operator", "--client", "east", "--as", "boss")
    found = sluice("spend", "--as", "olga", "--json").json
    assert [one["group"] for one in found["groups"]] == ["east"]
    sluice("spend", "--client", "north", "--as", "olga", code=4)
