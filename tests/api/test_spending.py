"""A program reads what was paid for lists."""

from pathlib import Path

from tests.api.conftest import MakeProgram
from tests.console.conftest import Sluice


def test_spend_is_read_by_group(sluice: Sluice, program: MakeProgram, tmp_path: Path) -> None:
    path = tmp_path / "fair.csv"
    path.write_text("company\nAlder GmbH\n")
    for client in ("north", "east"):
        sluice("client", "add", client)
        sluice("import", path, "--client", client, "--name", "fair", "--cost", "900 EUR")

    max_of_both = program("max", "north", "east", role="manager")
    found = max_of_both.get("/spend?by=list&since=2026-01-01T00:00:00").json
    assert [one["group"] for one in found["groups"]] == ["east: fair", "north: fair"]
    assert found["all"]["cost"] == [{"amount": "1800.00", "currency": "EUR"}]

    of_one = program("max", "north", "east", role="manager", only="north")
    assert [one["group"] for one in of_one.get("/spend").json["groups"]] == ["north"]
    assert of_one.get("/spend?client=east").status in (403, 404)
    assert of_one.get("/spend?by=moon").status == 422
