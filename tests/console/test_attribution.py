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


def test_a_file_with_values_of_sources_has_a_text_beside_it(
    asking: Asking, sluice: Sluice, tmp_path: Path
) -> None:
    asking.run_list(ROWS)
    sluice("export", "--stage", "all", "-o", tmp_path / "before.csv")
    assert not (tmp_path / "before.attribution.txt").exists()

    asking.enrich("--budget", "1", "EUR")
    beside = tmp_path / "after.attribution.txt"
    said = sluice("export", "-o", tmp_path / "after.csv")
    assert f"pass {beside} on with it" in said.err
    text = beside.read_text("utf-8")
    assert "Enhetsregisteret (Norway)\n  Licence: NLOD 2.0\n" in text
    assert "Headcounts\n  Licence: Headcounts terms\n" in text
    assert "holds for the whole: Headcounts terms (read these terms" in text
    refused = sluice("export", "-o", tmp_path / "after.jsonl", code=4)
    assert f"{beside} exists already" in refused.err
    assert not (tmp_path / "after.jsonl").exists()


def test_rows_and_summaries_name_sources(asking: Asking, sluice: Sluice, tmp_path: Path) -> None:
    asking.run_list(ROWS)
    asking.enrich("--budget", "1", "EUR")
    profile = tmp_path / "licensed.yaml"
    profile.write_text(PROFILE, "utf-8")
    export = ("export", "--profile", profile, "--json")
    found = sluice(*export, "-o", tmp_path / "some.csv").json
    assert found["attribution_file"] == str(tmp_path / "some.attribution.txt")
    sources = {one["source"] for one in found["attributions"]}
    assert sources == {"register:no", "provider:headcounts"}

    rows = sluice(*export)
    licences = {one["name"]: one["licences"] for one in json.loads(rows.out)}
    assert licences == {"Fjordvik Pumper AS": "NLOD 2.0", "Granby Verkstad AB": "Headcounts terms"}
    assert "source: Headcounts (Headcounts terms)" in rows.err
    check_origins(sluice)


def check_origins(sluice: Sluice) -> None:
    """Licence and cost of what is stored."""
    told = sluice("source-of", "Granby Verkstad AB")
    assert "licence Headcounts terms" in told.out
    # The letter is for somebody else.
    assert "0.100000" not in told.out
    assert "headcounts cost 0.100000 EUR" in told.err
    origins = sluice("source-of", "Granby Verkstad AB", "--json").json["sources"]
    assert [{"amount": "0.100000", "currency": "EUR"}] in [one["cost"] for one in origins]
