"""Long do-not-contact lists are read by two processes, with the same result."""

from pathlib import Path

import pytest

from actions import suppression_imports
from tests.console.conftest import Sluice

ROWS = 900


def long_list(file: Path) -> Path:
    lines = ["name,domain,email,level,suppressed until"]
    for number in range(ROWS):
        level = ("client", "agency", "law")[number * 3 // ROWS]
        lines.append(
            (
                f"Zeta{number} Works GmbH,,,{level},",
                f",zeta-{number}.example,,{level},2099-01-31",
                f",,info@zeta-{number}.example,{level},",
                f",no domain {number},,{level},",
                f"Zeta{number} Works GmbH,zeta-{number},,{level},",
                f"Zeta{number // 6},,,{level},2001-01-31",
            )[number % 6]
        )
    file.write_text("\n".join(lines) + "\n")
    return file


def test_two_processes_understand_what_one_does(
    sluice: Sluice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = long_list(tmp_path / "dnc.csv")
    order = ("suppress", "import", file, "--json")
    by_one = sluice(*order, "--dry-run", code=5).json

    monkeypatch.setattr(suppression_imports, "_BATCH", 20)
    monkeypatch.setattr(suppression_imports, "_ALONE", 2)
    by_two = sluice(*order, "--dry-run", code=5).json
    assert by_two == by_one
    assert by_one["new"] == ROWS * 4 // 6

    assert sluice(*order, code=5).json["new"] == by_one["new"]
    shown = sluice("suppress", "list", "--json").json
    stored = {row["subject"]: row["level"] for row in shown}
    assert len(stored) == by_one["new"]
    assert stored["Zeta0 Works GmbH"] == "client"
    assert stored["zeta-301.example"] == "agency"
    assert stored["info@zeta-896.example"] == "law"
