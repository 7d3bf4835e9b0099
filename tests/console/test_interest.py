"""What an SDR and a client see of a company's interest: the card, the queue, the export."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.console.conftest import Sluice

pytestmark = pytest.mark.usefixtures("database")

Queued = Callable[..., None]
SEED = Path(__file__).parents[2] / "examples" / "scoring" / "seed.yaml"
KINDS = ("welcome_email_clicked", "price_page_visited", "quote_requested")


def labelled(folder: Path, name: str, labels: str) -> Path:
    path = folder / f"{name}.yaml"
    text = SEED.read_text("utf-8")
    assert "labels:" not in text
    path.write_text(f"{text}\nlabels: {labels}\n".replace("scoring: seed", f"scoring: {name}"))
    return path


def test_a_card_says_how_interested_a_company_is_and_why(sluice: Sluice, queued: Queued) -> None:
    queued("Zeta GmbH", "Alpha AG")
    assert sluice("queue", "show", "zeta.example", "--json").json["interest"] is None
    assert "Interest" not in sluice("queue", "show", "zeta.example").out
    sluice("scoring", "use", SEED)
    for kind in KINDS:
        sluice("signal", "add", "zeta.example", kind, "--channel", "email")

    found = sluice("queue", "show", "zeta.example", "--json").json["interest"]
    assert (found["engagement"], found["temperature"], found["lead_stage"]) == (35, "warm", "sql")
    assert (found["grid"], found["moved"]["engagement_before"]) == ("A2", 0)
    assert "requested a quote" in found["moved"]["why"]
    last = [(one["signal"], one["points"]) for one in found["last_signals"]]
    assert last == list(zip(reversed(KINDS), (20, 5, 10), strict=True))
    text = sluice("queue", "next", "--as", "ann").out
    assert "Interest: A2, engagement 35, warm, sql; cold on " in text
    assert "requested a quote (email) +20" in text


def test_the_queue_lists_interest_beside_fit(sluice: Sluice, queued: Queued) -> None:
    queued("Zeta GmbH", "Alpha AG")
    assert "ENGAGEMENT" not in sluice("queue", "show").out
    sluice("scoring", "use", SEED)
    for kind in KINDS:
        sluice("signal", "add", "zeta.example", kind)

    rows = sluice("queue", "show", "--json").json
    assert {row["name"]: (row["engagement"], row["temperature"]) for row in rows} == {
        "Zeta GmbH": (35, "warm"),
        "Alpha AG": (0, "cold"),
    }
    assert "ENGAGEMENT" in sluice("queue", "show").out


def test_each_client_reads_the_same_interest_in_the_words_of_its_crm(
    sluice: Sluice, queued: Queued, tmp_path: Path
) -> None:
    queued("Zeta GmbH")
    sluice("campaign", "add", "second")
    icp = tmp_path / "all.yaml"
    icp.write_text(
        "icp: everyone\nversion: 1\nsuspect:\n  - country: [DE, AT]\nscore:\n"
        "  - {points: 10, employees: {at_least: 20}}\n"
    )
    sluice("icp", "use", icp, "--campaign", "second")
    sluice(
        "scoring",
        "use",
        labelled(tmp_path, "de", "{warm: Lauwarm, sql: Vertriebsreif}"),
        "--campaign",
        "all",
    )
    sluice(
        "scoring",
        "use",
        labelled(tmp_path, "en", "{warm: Engaged, sql: Sales ready}"),
        "--campaign",
        "second",
    )
    for kind in KINDS:
        sluice("signal", "add", "zeta.example", kind)

    for campaign, words in (
        ("all", ("Lauwarm", "Vertriebsreif")),
        ("second", ("Engaged", "Sales ready")),
    ):
        where = ("--campaign", campaign)
        card = sluice("queue", "show", "zeta.example", *where).out
        assert f"engagement 35, {words[0]}, {words[1]}" in card
        rows = sluice("export", "--profile", "spreadsheet", "--stage", "all", "--json", *where).json
        assert (rows[0]["Temperature"], rows[0]["Lead stage"]) == words
        plain = sluice("export", "--profile", "plain", "--stage", "all", "--json", *where).json[0]
        assert (plain["engagement"], plain["temperature"], plain["lead_stage"]) == (
            35,
            "warm",
            "sql",
        )
        assert plain["grid"].endswith("2")
        assert "requested a quote on" in plain["score_reason"]


def test_a_label_for_nothing_is_refused(sluice: Sluice, tmp_path: Path) -> None:
    sluice("scoring", "check", labelled(tmp_path, "good", "{nurture: Wiedervorlage}"))
    bad = labelled(tmp_path, "bad", "{lukewarm: Lau}")
    ran = sluice("scoring", "check", bad, code=1)
    assert "nothing is called lukewarm here" in ran.out + ran.err


def test_a_file_is_a_changed_one_when_the_temperature_changes_only(
    sluice: Sluice, queued: Queued, tmp_path: Path
) -> None:
    queued("Zeta GmbH")
    sluice("scoring", "use", SEED)
    out = tmp_path / "first.csv"
    sluice("export", "--profile", "plain", "--stage", "all", "-o", out)
    changed = ("export", "--profile", "plain", "--stage", "all", "--changed", "--json")
    assert sluice(*changed).json == []
    sluice("signal", "add", "zeta.example", "price_page_visited")
    assert json.dumps(sluice(*changed).json).count("Zeta GmbH") <= 1
    for kind in KINDS:
        sluice("signal", "add", "zeta.example", kind)
    assert [row["temperature"] for row in sluice(*changed).json] == ["warm"]
