"""What a user sees when things do not go as planned."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.console.conftest import Sluice

ROW = "name,website,country\n"


def test_a_file_name_that_is_no_text_is_shown(tmp_path: Path) -> None:
    file = os.fsencode(tmp_path) + b"/bad\xff.csv"
    ended = subprocess.run(
        [sys.executable, "-m", "console", "import", file],
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert ended.returncode == 2
    assert b"is not valid UTF-8" in ended.stderr


def test_the_version(sluice: Sluice) -> None:
    assert sluice("--version").out.startswith("sluice ")


def test_a_setting_set_to_nothing_is_not_set(
    sluice: Sluice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLUICE_USER", "")
    origins = {row["setting"]: row["origin"] for row in sluice("config", "--json").json}
    assert origins["user"] == "default"


def test_only_the_owner_may_read_what_is_kept(sluice: Sluice, tmp_path: Path, home: Path) -> None:
    (tmp_path / "list.csv").write_text(ROW + ",nameless.example,DE\nAcme,acme.example,DE\n")
    sluice("import", tmp_path / "list.csv", code=5)
    (rejects,) = (home / "rejects").iterdir()
    assert [file.stat().st_mode & 0o077 for file in (home / "sluice.db", rejects)] == [0, 0]


def test_a_mended_reject_file_is_left_alone(sluice: Sluice, tmp_path: Path, home: Path) -> None:
    (tmp_path / "list.csv").write_text(ROW + ",nameless.example,DE\nAcme,acme.example,DE\n")
    sluice("import", tmp_path / "list.csv", code=5)
    (rejects,) = (home / "rejects").iterdir()
    rejects.write_text(rejects.read_text().replace(",nameless", "Nameless,nameless"))
    sluice("import", tmp_path / "list.csv", code=5)
    sluice("import", tmp_path / "list.csv", code=5)
    assert "Nameless" in rejects.read_text()
    assert len(list((home / "rejects").iterdir())) == 2


def test_a_row_read_differently_on_request_is_stored_again(sluice: Sluice, tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text("A,B,C\nAcme GmbH,90,7\nOther AG,15,80\n")
    sluice("import", tmp_path / "odd.csv", "--map", "name=A", "--map", "employees=B")
    again = sluice(
        "import", tmp_path / "odd.csv", "--map", "name=A", "--map", "employees=C", "--json"
    ).json
    assert (again["updated"], again["duplicate"]) == (2, 0)
    last = sluice(
        "import", tmp_path / "odd.csv", "--map", "name=A", "--map", "employees=C", "--json"
    ).json
    assert (last["updated"], last["duplicate"]) == (0, 2)


def test_a_company_is_found_by_the_name_of_any_of_its_rows(sluice: Sluice, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(
        ROW + "Müller Maschinenbau GmbH,mueller-mb.example,DE\nMueller Maschinenbau"
        " G.m.b.H.,mueller-mb.example,DE\n"
    )
    sluice("import", tmp_path / "list.csv")
    for name in ("Müller Maschinenbau GmbH", "Mueller Maschinenbau G.m.b.H."):
        assert len(sluice("dedupe", "explain", name, "--json").json["records"]) == 2


@pytest.mark.parametrize(
    ("asked", "met"),
    [
        pytest.param(
            "Bristow Systems PLC", "B.R.I.S.T.O.W. Systems (UK) Ltd", id="a branch with its country"
        ),
        pytest.param("Bristow Systems PLC", "The Bristow Systems Group", id="the group"),
        pytest.param("bristow.example", "info@bristow.example", id="an address of the domain"),
    ],
)
def test_a_suppression_is_wide(sluice: Sluice, asked: str, met: str) -> None:
    sluice("suppress", "add", asked)
    assert sluice("suppress", "check", met, "--json").json["suppressed"] is True


def test_what_is_good_is_marked_as_good(sluice: Sluice, tmp_path: Path) -> None:
    (tmp_path / "icp.yaml").write_text(
        "icp: all\nversion: 1\nsuspect:\n  - country: [DE]\nmust_not:\n  - status: [dissolved]\n"
    )
    (tmp_path / "list.csv").write_text(
        "name,country,status\nAcme GmbH,DE,active\nGone GmbH,DE,dissolved\n"
    )
    marks = [
        line.strip()[0]
        for line in sluice(
            "qualify", tmp_path / "list.csv", "--icp", tmp_path / "icp.yaml"
        ).out.splitlines()
        if "status:" in line
    ]
    assert marks == ["✓", "✗"]
