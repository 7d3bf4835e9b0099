"""What stops one channel only: a bounced mailbox, an unsubscribe, `suppress add --channel`."""

import json
from pathlib import Path

import pytest

from tests.console.conftest import Sluice

ICP = "icp: all\nversion: 1\nsuspect:\n  - country: [US]\n"
MAIL, OTHER, PHONE = "info@alder.example", "sales@alder.example", "+12125550123"
ROWS = (
    "name,country,email,email 2,phone\n"
    f"Alder Inc,US,{MAIL},{OTHER},{PHONE}\n"
    "Birch Inc,US,info@birch.example,,\n"
)


@pytest.fixture(autouse=True)
def fair(
    sluice: Sluice, tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLUICE_DATABASE_URL", database_url)
    (tmp_path / "icp.yaml").write_text(ICP)
    (tmp_path / "fair.csv").write_text(ROWS)
    sluice("run", tmp_path / "fair.csv", "--icp", tmp_path / "icp.yaml", "--no-crawl")


def queued(sluice: Sluice) -> set[str]:
    return {row["name"] for row in sluice("queue", "show", "--json").json}


def allowed(sluice: Sluice, company: str = "Alder Inc") -> dict[str, bool]:
    contacts = sluice("queue", "show", company, "--json").json["contacts"]
    return {one["value"]: one["allowed"] for one in contacts if one["channel"] != "web"}


def outcomes(sluice: Sluice, tmp_path: Path, kind: str, address: str) -> None:
    (tmp_path / "out.csv").write_text(
        f"email,outcome,date\n{address},{kind},2026-11-20T10:00:00Z\n"
    )
    sluice("outcomes", "import", tmp_path / "out.csv", "--profile", "plain")


@pytest.mark.parametrize("kind", ["bounced", "unsubscribed"])
def test_a_mailbox_that_is_gone_stops_no_call(sluice: Sluice, tmp_path: Path, kind: str) -> None:
    outcomes(sluice, tmp_path, kind, MAIL)
    assert "Alder Inc" in queued(sluice)
    assert allowed(sluice) == {PHONE: True, MAIL: False, OTHER: True}
    assert f"Do not use: {MAIL} (suppressed for email" in sluice("queue", "show", "Alder Inc").out
    sluice("export", "--profile", "plain", "-o", tmp_path / "out.jsonl")
    rows = map(json.loads, (tmp_path / "out.jsonl").read_text().splitlines())
    (alder,) = [row for row in rows if row["name"] == "Alder Inc"]
    assert MAIL not in json.dumps(alder)


def test_the_only_mailbox_makes_a_company_unreachable_until_it_has_a_phone(
    sluice: Sluice, tmp_path: Path
) -> None:
    outcomes(sluice, tmp_path, "bounced", "info@birch.example")
    assert queued(sluice) == {"Alder Inc"}
    note = sluice("queue", "show", "Birch Inc", "--json").json["queue"]["note"]
    assert note.startswith("unreachable: suppressed for email: info@birch.example")
    assert "a phone number, another e-mail address" in note
    (tmp_path / "fair.csv").write_text(
        ROWS.replace("birch.example,,", "birch.example,,+12125550199")
    )
    sluice("run", tmp_path / "fair.csv", "--icp", tmp_path / "icp.yaml", "--no-crawl")
    assert queued(sluice) == {"Alder Inc", "Birch Inc"}


def test_the_agency_decides_that_an_unsubscribe_stops_everything(
    sluice: Sluice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLUICE_UNSUBSCRIBE_STOPS", "all")
    outcomes(sluice, tmp_path, "unsubscribed", MAIL)
    assert queued(sluice) == {"Birch Inc"}
    monkeypatch.setenv("SLUICE_UNSUBSCRIBE_STOPS", "some")
    (tmp_path / "out.csv").write_text(f"email,outcome,date\n{OTHER},unsubscribed,2026-11-21\n")
    command = ("outcomes", "import", tmp_path / "out.csv", "--profile", "plain")
    assert "unsubscribe_stops" in sluice(*command, code=2).err


def test_a_channel_of_a_whole_company_is_suppressed_and_the_strictest_wins(sluice: Sluice) -> None:
    added = sluice("suppress", "add", "Alder Inc", "--channel", "email", "--json").json
    assert (added["channel"], added["matches"]) == ("email", 1)
    assert allowed(sluice) == {PHONE: True, MAIL: False, OTHER: False}
    found = sluice("suppress", "check", "Alder Inc").out
    assert "for client, email only" in found
    assert "email" in sluice("suppress", "list").out
    assert sluice("suppress", "add", "Alder Inc", "--channel", "fax", code=2).err
    said = sluice("suppress", "add", "Alder Inc", "--channel", "phone").out
    assert "matches 1 company, which another channel may still reach" in said
    assert "Alder Inc" not in queued(sluice)

    sluice("suppress", "add", "Alder Inc")
    (row,) = sluice("suppress", "check", "Alder Inc", "--json").json["by"]
    assert row["channel"] is None
    assert (
        sluice("queue", "show", "Alder Inc", "--json")
        .json["queue"]["note"]
        .startswith("suppressed: ")
    )
    again = sluice("suppress", "add", "Alder Inc", "--channel", "email", "--json").json
    assert again["new"] is False


def test_ending_it_opens_the_channel_again(sluice: Sluice) -> None:
    sluice("suppress", "add", "info@birch.example", "--channel", "email")
    assert queued(sluice) == {"Alder Inc"}
    (row,) = sluice("suppress", "list", "--json").json
    sluice("suppress", "end", row["request_id"])
    assert queued(sluice) == {"Alder Inc", "Birch Inc"}
