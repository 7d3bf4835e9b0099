"""`sluice policy`, and what it does to cards, queue, funnel and exports."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.console.conftest import Sluice, names_in_queue

pytestmark = pytest.mark.usefixtures("database")

ICP = "icp: all\nversion: 1\nsuspect:\n  - country: [DE, GB, US]\n"
ROWS = (
    "name,country,email,phone\n"
    "Alder GmbH,DE,info@alder.example,+49 30 1234567\n"
    "Birch GmbH,DE,info@birch.example,\n"
    "Cedar Works,GB,info@cedar.example,\n"
    "Dogwood Ltd,GB,info@dogwood.example,\n"
)
OURS = (
    "policy: ours\nversion: {version}\nchannels: [phone]\nnothing_known: hold\nrules:\n"
    "  - {{countries: [any], channel: phone, says: {says}, code: x, why: agreed, source: we}}\n"
)


@pytest.fixture
def run(sluice: Sluice, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    (tmp_path / "icp.yaml").write_text(ICP)

    def made(rows: str = ROWS) -> dict[str, Any]:
        (tmp_path / "fair.csv").write_text(rows)
        icp = tmp_path / "icp.yaml"
        command = ("run", tmp_path / "fair.csv", "--icp", icp, "--no-crawl", "--json")
        found: dict[str, Any] = sluice(*command).json
        return found

    return made


def test_a_prospect_without_an_allowed_channel_is_held_until_one_opens(
    sluice: Sluice, run: Callable[..., dict[str, Any]]
) -> None:
    funnel = run()
    assert (funnel["unreachable"], funnel["queued"]) == (2, 2)
    assert names_in_queue(sluice) == {"Alder GmbH", "Dogwood Ltd"}
    assert "unreachable: 2" in sluice("queue", "stats").out
    assert sluice("queue", "stats", "--json").json["unreachable"] == 2
    held = sluice("queue", "show", "Birch GmbH", "--json").json
    assert held["queue"]["note"].startswith("unreachable: e-mail to a company in DE: deny (UWG §7")
    assert "reachable with a phone number" in held["queue"]["note"]
    cedar = sluice("policy", "explain", "Cedar Works", "--json").json
    assert cedar["unreachable"].endswith("or a legal form that is a company")
    assert cedar["counts_as"] == "person"

    with_phone = ROWS.replace("birch.example,", "birch.example,+49 30 7654321")
    assert run(with_phone)["unreachable"] == 1
    assert "Birch GmbH" in names_in_queue(sluice)


def test_the_card_says_what_each_contact_point_allows(
    sluice: Sluice, run: Callable[..., dict[str, Any]]
) -> None:
    run()
    contacts = sluice("queue", "show", "Alder GmbH", "--json").json["contacts"]
    phone, mail = [one for one in contacts if one["channel"] in ("phone", "email")]
    assert (phone["says"], phone["allowed"], phone["why"]) == ("review", True, "")
    assert (mail["says"], mail["allowed"]) == ("deny", False)
    assert mail["why"] == mail["rule"]
    text = sluice("queue", "show", "Alder GmbH").out
    assert "Check first: +49301234567 (phone to a company in DE: review (UWG §7(2) no. 1" in text
    assert "Do not use: info@alder.example (e-mail to a company in DE: deny (UWG §7(2)" in text


def test_a_client_s_own_policy_places_its_prospects_again(
    sluice: Sluice, run: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    run()
    file = tmp_path / "ours.yaml"
    file.write_text(OURS.format(version=1, says="allow"))
    assert sluice("policy", "use", file, "--dry-run", "--json").json["changed"] is True
    assert "Dogwood Ltd" in names_in_queue(sluice)
    sluice("policy", "use", file)
    assert names_in_queue(sluice) == {"Alder GmbH"}
    assert "no contact point is known" in sluice("queue", "show", "Dogwood Ltd").out
    assert sluice("policy", "show", "--json").json["own"] is True
    file.write_text(OURS.format(version=1, says="deny"))
    assert "version 2" in sluice("policy", "use", file, code=4).err
    file.write_text(OURS.format(version=2, says="deny"))
    sluice("policy", "use", file)
    assert names_in_queue(sluice) == set()
    assert "no prospect" in sluice("queue", "next", "--as", "ann", code=None).err.lower()


def test_exports_say_why_no_channel_reaches(
    sluice: Sluice, run: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    run()
    sluice("export", "--profile", "plain", "-o", tmp_path / "all.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text().splitlines()]
    reasons = {row["name"]: row["reason"].partition(":")[0] for row in rows}
    assert reasons["Cedar Works"] == reasons["Birch GmbH"] == "unreachable"
    assert "unreachable" not in (reasons["Alder GmbH"], reasons["Dogwood Ltd"])


def test_show_and_check(sluice: Sluice, tmp_path: Path) -> None:
    rows = sluice("policy", "show", "Germany", "--json").json["rules"]
    assert len(rows) == 8
    assert {row["says"] for row in rows if row["channel"] == "email"} == {"deny"}
    assert "UWG §7(2)" in sluice("policy", "show", "DE").out
    assert "is not a country" in sluice("policy", "show", "Atlantis", code=2).err
    copied = tmp_path / "copy.yaml"
    copied.write_text(sluice("policy", "show", "--yaml").out)
    assert "no mistakes" in sluice("policy", "check", copied).out
    copied.write_text(OURS.format(version=1, says="alow"))
    assert f"{copied}:6: " in sluice("policy", "check", copied, code=2).err
    gap = OURS.format(version=1, says="allow").replace("any", "DE")
    found = sluice("policy", "check", "-", stdin=gap, code=1)
    assert "-:5: rules: phone to a company has no rule" in found.out
    assert sluice("policy", "schema").json["title"] == "Channel policy of Sluice"
