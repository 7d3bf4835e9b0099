"""The same file is imported again with other options: its rows replace themselves."""

from pathlib import Path

import pytest

from tests.console.conftest import Sluice

pytestmark = pytest.mark.usefixtures("database")

ICP = "icp: all\nversion: 1\nsuspect:\n  - country: [DE, GB, FR]\n"
HEADER = "Firma;Land;Web;Umsatz;Notiz\n"
ROWS = (
    "Alphor GmbH;DE;;1 Mio;x\n"
    "Alphor Limited;GB;;2 Mio;y\n"
    "Alphor GmbH;DE;;1 Mio;x\n"
    "Betor AG;DE;betor.example;3 Mio;z\n"
    "Betor Ltd;GB;betor.example;4 Mio;\n"
)
NEW = "Alphor SARL;FR;;5 Mio;x\n"
#: One after the other; what was mapped before stays so.
OPTIONS = (
    ("--currency", "EUR"),
    ("--country", "DE"),
    ("--map", "ignore=Notiz"),
    ("--map", "ignore=Web"),
    ("--map", "keep=Umsatz"),
    ("--map", "custom:remark=Notiz"),
)


@pytest.fixture
def fair(tmp_path: Path, sluice: Sluice) -> Path:
    path = tmp_path / "fair.csv"
    path.write_text(HEADER + ROWS, "utf-8")
    (tmp_path / "icp.yaml").write_text(ICP, "utf-8")
    assert imported(sluice, path) == (4, 0, 1)
    return path


def imported(sluice: Sluice, path: Path, *options: str) -> tuple[int, int, int]:
    found = sluice("import", path, *options, "--json").json
    return found["imported"], found["updated"], found["duplicate"]


def records(sluice: Sluice) -> int:
    (one,) = sluice("lists", "--json").json
    found: int = one["records"]
    return found


def test_no_row_is_there_twice(sluice: Sluice, fair: Path) -> None:
    for options in OPTIONS:
        assert imported(sluice, fair, *options) == (0, 4, 1), options
        assert records(sluice) == 4, options
    assert imported(sluice, fair, *options) == (0, 0, 5)


def test_a_new_row_stays_new_and_the_report_counts_each_once(sluice: Sluice, fair: Path) -> None:
    sluice("icp", "use", fair.parent / "icp.yaml")
    before = sluice("report", "lists", "--json").json["lists"][0]
    fair.write_text(HEADER + NEW + ROWS, "utf-8")
    assert imported(sluice, fair, "--currency", "EUR") == (1, 4, 1)
    after = sluice("report", "lists", "--json").json["lists"][0]
    assert records(sluice) == after["records"] == before["records"] + 1
    assert after["duplicates_inside"] == before["duplicates_inside"]

    sluice("lists", "undo", "fair")
    assert records(sluice) == before["records"]
