"""The do-not-contact list as a file, read back by the import."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.console.conftest import Sluice

NAMED = (
    "Zeta Pressteile GmbH",
    "zeta.example",
    "info@omega.example",
    "+49 30 1234567",
    "monday.com",
)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl"])
def test_the_file_suppresses_the_same_at_another_client(
    sluice: Sluice, queued: Callable[..., None], tmp_path: Path, ending: str
) -> None:
    queued("Nordwind Stahl GmbH")
    company = sluice("queue", "show", "--json").json[0]["company_id"]
    for text in (*NAMED, company):
        sluice("suppress", "add", text, "--reason", "=asked us")
    sluice("client", "add", "other")
    file = tmp_path / f"list.{ending}"

    written = sluice("suppress", "export", "-o", file, "--json").json
    assert written == {"files": [str(file)], "rows": 6, "erased": 0}
    read = sluice("suppress", "import", file, "--client", "other", "--json").json
    assert (read["new"], read["rejected"]) == (6, 0)
    for text in (*NAMED, "nordwind.example", "Nordwind Stahl GmbH"):
        assert sluice("suppress", "check", text, "--client", "other", "--json").json["suppressed"]
    assert not sluice("suppress", "check", "omega.example", "--client", "other", "--json").json[
        "suppressed"
    ]


@pytest.mark.usefixtures("database")
def test_one_level_and_a_file_that_exists(sluice: Sluice, tmp_path: Path) -> None:
    sluice("suppress", "add", "zeta.example")
    sluice("suppress", "add", "omega.example", "--level", "agency")
    file = tmp_path / "list.csv"
    sluice("suppress", "export", "-o", file, "--level", "agency")
    assert "omega.example" in file.read_text()
    assert "zeta.example" not in file.read_text()

    refused = sluice("suppress", "export", "-o", file, code=4)
    assert "exists already" in refused.err
    assert (
        "is not a level"
        in sluice("suppress", "export", "-o", "x.csv", "--level", "all", code=2).err
    )


def test_what_stops_one_channel_stops_no_other_after_a_round_trip(
    sluice: Sluice, queued: Callable[..., None], tmp_path: Path
) -> None:
    queued("Nordwind Stahl GmbH")
    sluice("suppress", "add", "info@omega.example", "--channel", "email")
    sluice("suppress", "add", "Nordwind Stahl GmbH", "--channel", "email")
    sluice("suppress", "add", "zeta.example")
    file = tmp_path / "list.csv"
    sluice("suppress", "export", "-o", file)
    before = {row["request_id"] for row in sluice("suppress", "list", "--json").json}
    for one in before:
        sluice("suppress", "end", one)

    read = sluice("suppress", "import", file, "--json")
    assert (read.json["new"], read.json["rejected"]) == (3, 0)
    assert "channel is channel" in read.err
    found = sluice("suppress", "list", "--json").json
    assert {(row["subject"], row["channel"]) for row in found} == {
        ("info@omega.example", "email"),
        ("Nordwind Stahl GmbH", "email"),
        ("zeta.example", None),
    }
    assert [row["name"] for row in sluice("queue", "show", "--json").json] == [
        "Nordwind Stahl GmbH"
    ]
    assert sluice("suppress", "import", file, "--json").json["known"] == 3


def test_an_export_read_into_an_empty_store_is_exported_the_same(
    sluice: Sluice, queued: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued("Nordwind Stahl GmbH")
    sluice("suppress", "add", "Nordwind Stahl GmbH", "--reason", '=cmd|"x", said so')
    sluice("suppress", "add", "zeta.example", "--level", "agency", "--until", "2099-01-31")
    sluice("suppress", "add", "info@omega.example", "--level", "law", "--as", "ann")
    sluice("suppress", "add", "+49 30 1234567", "--channel", "phone", "--level", "campaign")
    written, again = tmp_path / "list.csv", tmp_path / "again.csv"
    sluice("suppress", "export", "-o", written)
    rows = written.read_text().splitlines()
    assert len(rows) == 5

    monkeypatch.setenv("SLUICE_DATABASE_URL", f"sqlite:///{tmp_path / 'empty.db'}")
    (tmp_path / "zeta.csv").write_text("name,country\nZeta Pressteile GmbH,DE\n")
    sluice("run", tmp_path / "zeta.csv", "--icp", tmp_path / "icp.yaml", "--no-crawl")
    assert sluice("suppress", "import", written, "--json").json["new"] == 4
    sluice("suppress", "export", "-o", again)
    assert sorted(again.read_text().splitlines()) == sorted(rows)


def test_a_level_of_a_row_needs_its_right_and_gives_way_to_the_option(
    sluice: Sluice, queued: Callable[..., None], tmp_path: Path
) -> None:
    queued("Nordwind Stahl GmbH")
    sluice("user", "add", "root", "--role", "admin")
    sluice("user", "add", "sam", "--role", "sdr", "--as", "root")
    file = tmp_path / "list.csv"
    file.write_text("domain,level,until\nzeta.example,agency,\nomega.example,client,2020-01-31\n")
    assert "sam (sdr) may not" in sluice("suppress", "import", file, "--as", "sam", code=4).err
    assert sluice("suppress", "list", "--as", "root", "--json").json == []

    mine = ("--as", "sam", "--level", "client", "--json")
    read = sluice("suppress", "import", file, *mine, code=5)
    assert (read.json["new"], read.json["rejected"]) == (1, 1)
    assert "line 3: it ended on 2020-02-01" in read.err
    found = sluice("suppress", "list", "--as", "root", "--json").json
    assert [(row["subject"], row["level"]) for row in found] == [("zeta.example", "client")]
