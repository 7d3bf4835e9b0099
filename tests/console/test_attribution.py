"""Files with values of registers and providers say so; so does `sluice source-of`, with the cost."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.console.conftest import Sluice
from tests.sources.asking import Asking, installed

ROWS = (
    "Fjordvik Pumper AS,NO,Oslo,0150,\n"
    "Granby Verkstad AB,SE,Granby,,granby.example\n"
    "Ekmala Bageri AB,SE,Ekmala,,ekmala.example\n"
)
PROFILE = """\
export: licensed
version: 1
columns:
  - {column: name, from: name}
  - {column: staff, from: employees}
  - {column: licences, from: licences, joined_by: semicolon}
"""


@pytest.fixture
def asking(
    database: str, sluice: Sluice, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Asking]:
    assert database
    with installed(sluice, tmp_path, home, monkeypatch) as made:
        yield made


def test_sources_are_named_beside_what_they_gave(
    asking: Asking, sluice: Sluice, tmp_path: Path
) -> None:
    asking.run_list(ROWS)
    before, after = tmp_path / "before.csv", tmp_path / "after.csv"
    sluice("export", "--stage", "all", "-o", before)
    assert not (tmp_path / "before.attribution.txt").exists()

    asking.enrich("--budget", "1", "EUR")
    beside = tmp_path / "after.attribution.txt"
    said = sluice("export", "-o", after)
    assert f"pass {beside} on with it" in said.err
    text = beside.read_text("utf-8")
    assert "Enhetsregisteret (Norway)\n  Licence: NLOD 2.0\n" in text
    assert "Headcounts\n  Licence: Headcounts terms\n" in text
    assert "holds for the whole: Headcounts terms (read these terms" in text
    refused = sluice("export", "-o", tmp_path / "after.jsonl", code=4)
    assert f"{beside} exists already" in refused.err
    assert not (tmp_path / "after.jsonl").exists()

    profile = tmp_path / "licensed.yaml"
    profile.write_text(PROFILE, "utf-8")
    found = sluice("export", "--profile", profile, "--force", "-o", after, "--json").json
    assert found["attribution_file"] == str(beside)
    assert {one["source"] for one in found["attributions"]} == {
        "register:no",
        "provider:headcounts",
    }
    rows = sluice("export", "--profile", profile, "--json")
    licences = {one["name"]: one["licences"] for one in json.loads(rows.out)}
    assert licences == {"Fjordvik Pumper AS": "NLOD 2.0", "Granby Verkstad AB": "Headcounts terms"}
    assert "source: Headcounts (Headcounts terms)" in rows.err

    told = sluice("source-of", "Granby Verkstad AB")
    assert "licence Headcounts terms" in told.out
    assert "0.100000" not in told.out
    assert "headcounts cost 0.100000 EUR" in told.err
    origins = sluice("source-of", "Granby Verkstad AB", "--json").json["sources"]
    assert {"amount": "0.100000", "currency": "EUR"} in [
        paid for one in origins for paid in one["cost"]
    ]
