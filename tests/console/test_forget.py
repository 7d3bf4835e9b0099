"""Erase a company: every table is searched for it afterwards, and a list does not bring it back."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from actions.actor import Right
from actions.session import open_session
from engage.predict.weights import Term, Weights
from engage.run.chances import weights_of
from leads.store import events, predictions
from leads.store.migrate import open_store
from leads.store.schema import TABLES
from tests.console.conftest import Sluice
from tests.console.made_leads import AGREEMENT, RULE

Queued = Callable[..., None]
#: The file's own summary, and the hashes' own suppression, hold nothing of the company.
WORDS = ("zeta", "pressteile", "4711 is the extension")


def left(database_url: str) -> list[str]:
    """Each cell of the database that holds a word of the company."""
    return holding(database_url, WORDS)


def holding(database_url: str, words: Sequence[str]) -> list[str]:
    """Each cell of the database that holds one of these words."""
    store, found = open_store(database_url), []
    with store.read() as tx:
        for name, table in TABLES.items():
            for row in tx.execute(select(table)).mappings():
                for column, value in row.items():
                    text = str(value).lower()
                    if any(word in text for word in words):
                        found.append(f"{name}.{column}: {text[:200]}")
    store.close()
    return found


def test_nothing_is_left_and_a_list_does_not_bring_it_back(
    sluice: Sluice, queued: Queued, database_url: str, home: Path
) -> None:
    queued("Omega Stahl GmbH", "Zeta Pressteile GmbH")
    sluice("suppress", "add", "omega.example", "--until", "tomorrow")
    sluice("queue", "next", "--as", "ann")
    sluice("queue", "note", "4711 is the extension", "--as", "ann")
    sluice("queue", "done", "no_answer", "--note", "4711 is the extension", "--as", "ann")
    sluice("suppress", "add", "zeta.example", "--reason", "Zeta asked")

    planned = sluice("forget", "zeta.example", code=2).out
    assert "would be erased" in planned
    assert "1 companies" in planned
    assert left(database_url)

    columns = home / "columns" / "0" / "one.part"
    columns.parent.mkdir(parents=True)
    columns.write_text("Zeta Pressteile", "utf-8")
    done = sluice("forget", "zeta.example", "--yes", "--json").json
    assert done["erased"]
    assert not columns.exists()
    assert done["counts"]["list rows"] == 1
    assert done["counts"]["queue rows"] == 1
    assert done["hashes"] > 2
    assert left(database_url) == []

    assert sluice("suppress", "check", "zeta.example", "--json").json["suppressed"]
    assert "(erased)" in sluice("suppress", "list").out
    queued("Zeta Pressteile GmbH")
    sluice("queue", "next", "--as", "ann", code=3)


def test_a_row_about_who_was_erased_is_counted_and_not_stored(
    sluice: Sluice, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLUICE_DATABASE_URL", database_url)
    file = tmp_path / "fair.csv"
    file.write_text(
        "name,website,country,email\n"
        "Zeta Pressteile GmbH,zeta.example,DE,info@zeta.example\n"
        "Omega GmbH,omega.example,DE,info@omega.example\n"
    )
    sluice("import", file)
    sluice("forget", "zeta.example", "--yes")
    sluice("forget", "info@omega.example", "--yes")

    again = sluice("import", file, "--json")
    assert (again.json["rows"], again.json["erased"], again.json["rejected"]) == (2, 1, 0)
    assert "1 row names a company that was erased on request: not stored" in again.err
    assert left(database_url) == []
    assert holding(database_url, ["info@omega.example"]) == []
    other = tmp_path / "other.csv"
    other.write_text("name,website\nZeta Pressteile,zeta.example\n")
    assert sluice("import", other, "--json").json["erased"] == 1
    assert left(database_url) == []


@pytest.mark.parametrize(
    ("row", "is_erased"),
    [
        ("Zeta Pressteile GmbH,,,", True),
        ("Zeta Pressteile GmbH,zeta-south.example,,", False),
        ("Zeta Pressteile GmbH,,info@zeta-south.example,", False),
        ("Zeta Pressteile GmbH,,,030 1234567", False),
        ("Zeta Pressteile GmbH,zeta-south.example,,030 7654321", True),
        ("Zeta Pressteile GmbH,zeta-south.example,info@zeta.example,", True),
        ("Zeta Group,zeta.example,,", True),
        ("Zeta Group,,,030 7654321", False),
    ],
)
def test_a_namesake_of_who_was_erased_is_stored(
    sluice: Sluice, database: None, tmp_path: Path, row: str, is_erased: bool
) -> None:
    file, header = tmp_path / "fair.csv", "name,website,email,phone,country\n"
    file.write_text(f"{header}Zeta Pressteile GmbH,zeta.example,,030 7654321,DE\n")
    sluice("import", file)
    sluice("forget", "zeta.example", "--yes")

    later = tmp_path / "later.csv"
    later.write_text(f"{header}{row},DE\nOmega GmbH,omega.example,,,DE\n")
    assert sluice("import", later, "--json").json["erased"] == int(is_erased)


def test_a_name_without_anything_else_keeps_no_namesake_out(
    sluice: Sluice, database: None, tmp_path: Path
) -> None:
    file = tmp_path / "fair.csv"
    file.write_text("name,website\nZeta Pressteile GmbH,\nOmega GmbH,omega.example\n")
    sluice("import", file)
    sluice("forget", "Zeta Pressteile GmbH", "--yes")
    assert sluice("import", file, "--json").json["erased"] == 1

    later = tmp_path / "later.csv"
    later.write_text("name,website\nZeta Pressteile GmbH,zeta.example\n")
    assert sluice("import", later, "--json").json["erased"] == 0


def test_the_same_company_goes_at_every_client_and_no_other(sluice: Sluice, queued: Queued) -> None:
    queued("Zeta Pressteile GmbH", "Omega Stahl GmbH")
    queued("Zeta Pressteile GmbH", "Omega Stahl GmbH", client="other")
    # Both clients take the same company below.
    sluice("agency", "set", "--days-between-clients", 0)

    done = sluice("forget", "Zeta Pressteile GmbH", "--yes", "--json").json

    assert [one["client"] for one in done["companies"]] == ["default", "other"]
    for client in ("default", "other"):
        card = sluice("queue", "next", "--as", "ann", "--client", client).out
        assert "Omega Stahl GmbH" in card


def test_only_an_admin_may_and_a_dry_run_keeps_everything(sluice: Sluice, queued: Queued) -> None:
    queued("Zeta Pressteile GmbH")
    shown = sluice("forget", "zeta.example", "--dry-run", "--yes", "--json").json
    assert not shown["erased"]
    assert "Zeta Pressteile GmbH" in sluice("queue", "show").out
    sluice("user", "add", "root", "--role", "admin")
    sluice("user", "add", "mia", "--role", "manager", "--as", "root")
    refused = sluice("forget", "zeta.example", "--yes", "--as", "mia", code=4)
    assert "may not" in refused.err
    missing = sluice("forget", "nobody.example", "--yes", "--as", "root", code=3)
    assert "no company is called" in missing.err


@pytest.mark.parametrize("whom", ["Jobs@zeta.example", "+49 30 7654321"])
def test_an_address_or_a_number_goes_and_its_company_stays(
    sluice: Sluice, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whom: str
) -> None:
    monkeypatch.setenv("SLUICE_DATABASE_URL", database_url)
    file = tmp_path / "fair.csv"
    file.write_text(
        "name,website,country,email,phone\nZeta GmbH,zeta.example,DE,jobs@zeta.example,030 7654321\n"
    )
    icp = tmp_path / "icp.yaml"
    icp.write_text("icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n")
    sluice("run", file, "--icp", icp, "--no-crawl")
    sluice("queue", "next", "--as", "ann")
    sluice("queue", "note", f"asked for {whom}", "--as", "ann")
    words = ("jobs@zeta.example",) if "@" in whom else ("7654321",)
    assert holding(database_url, words)

    done = sluice("forget", whom, "--yes", "--json").json

    assert done["erased"]
    assert done["counts"]["rows with emptied cells"] == 1
    assert holding(database_url, words) == []
    assert sluice("suppress", "check", whom, "--json").json["suppressed"]
    assert "Zeta GmbH" in sluice("queue", "show").out


def test_a_company_that_was_merged_and_split_leaves_no_name_behind(
    sluice: Sluice, queued: Queued, database_url: str
) -> None:
    queued("Omega Stahl GmbH", "Zeta Pressteile GmbH")
    sluice("dedupe", "merge", "Omega Stahl GmbH", "Zeta Pressteile GmbH")
    sluice("dedupe", "split", "Omega Stahl GmbH")

    sluice("forget", "zeta.example", "--yes")
    assert left(database_url) == []


def test_an_address_goes_from_leads_hand_overs_signals_and_the_log(
    sluice: Sluice, queued: Queued, database_url: str
) -> None:
    queued("Zeta Pressteile GmbH", "Omega Stahl GmbH")
    sluice("handover", "use", AGREEMENT)
    kim, said = "kim.doe@zeta.example", ("--words", "write to:\nKim.Doe@zeta.example")
    sluice("lead", "qualify", "zeta.example", *RULE, *said, "--source", f"mail of {kim}")
    for kind in ("visited", "email_clicked", "email_clicked"):
        link = f"https://shop.example/?to={kim.replace('@', '%40') if kind == 'visited' else kim}"
        sluice("signal", "add", "zeta.example", kind, "--link", link, "--agent", f"by {kim}")
    for number in range(2):
        ids = ("--id", f"{number}/{kim}", "--link", "https://shop.example/a")
        sluice("signal", "add", "zeta.example", "email_clicked", *ids)
    sluice("webhook", "add", "https://hooks.example/leads", "--type", "lead.handed_over")
    sluice("handover", "send", "zeta.example", "-o", "-")
    sluice("handover", "accept", "zeta.example", *said)
    old = {"checklist": [{"question": "need", "words": f"ask {kim}"}], "n": 1}
    log(database_url, "handed over", old)
    found = holding(database_url, [kim, "kim.doe%40"])
    for place in ("lead_answer.words", "handover.words", "signal.link", "signal.external_id"):
        assert any(one.startswith(place) for one in found)
    assert len([one for one in found if one.startswith("event.data")]) == 1
    assert any(one.startswith("webhook_message.body") for one in found)

    sluice("forget", kim, "--yes")

    assert holding(database_url, ["kim.doe"]) == []
    listed = sluice("signal", "list", "zeta.example", "--json").json["signals"]
    assert len([one for one in listed if one["kind"] == "email_clicked"]) == 4
    assert sluice("handover", "list", "--json").json[0]["state"] == "accepted"


def test_a_person_goes_from_facts_and_models(
    sluice: Sluice, queued: Queued, database_url: str, tmp_path: Path
) -> None:
    queued("Omega Stahl GmbH")
    file = tmp_path / "owners.csv"
    file.write_text("name,website,Owner\nZeta GmbH,zeta.example,Kim Doe\nOmega AG,,Sam Poe\n")
    sluice("import", file, "--map", "custom:Owner=Owner")
    owner = Term(column="custom:Owner", texts={"kim doe": 0.5, "sam poe": -0.5})
    weights = Weights(intercept=0.0, slope=1.0, shift=0.0, terms=[owner], quantiles=[0.5])
    with open_session() as session, session.write(Right.MANAGE) as work:
        ids = work.campaign("default", None)
        predictions.add(work.tx, *ids, {"weights": weights.as_json()}, "ann")
    found = holding(database_url, ["kim doe"])
    assert {one.split(":")[0] for one in found} >= {"fact.value", "prediction_model.content"}

    sluice("forget", "--person", "Kim Doe", "--yes")

    assert holding(database_url, ["kim doe"]) == []
    assert holding(database_url, ["sam poe"])
    with open_session() as session, session.read() as work:
        (kept,) = predictions.of_campaign(work.tx, ids[1])
    assert weights_of(kept).terms[0].texts == {"sam poe": -0.5}


def log(database_url: str, verb: str, data: dict[str, Any]) -> None:
    """Add a line to the log, as a version before this one wrote it."""
    store = open_store(database_url)
    with store.write() as tx:
        events.log(tx, [events.Happened(verb=verb, thing="company", thing_id="1", data=data)])
    store.close()
