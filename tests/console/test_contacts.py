"""Contacts: kept only where a client wants them, with source, basis and the day of their notice."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from leads.clock import now
from leads.store.migrate import open_store
from leads.store.schema import contact
from tests.console.conftest import Sluice
from tests.console.test_forget import holding

pytestmark = pytest.mark.usefixtures("database")

ICP = "icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n"
ROWS = (
    "Company,Country,Phone,First name,Last name,Job title,Contact email\n"
    "Alder GmbH,DE,+49 30 1234567,Kim,Doe,Buyer,kim.doe@alder.example\n"
    "Birch GmbH,DE,+49 30 7654321,,,Purchasing,einkauf@birch.example\n"
)
KIM = "kim.doe@alder.example"


def run(sluice: Sluice, tmp_path: Path, kept: str | None = None) -> str:
    (tmp_path / "icp.yaml").write_text(ICP)
    (tmp_path / "fair.csv").write_text(ROWS)
    if kept:
        sluice("client", "set", "default", "--contacts", kept)
    return sluice("run", tmp_path / "fair.csv", "--icp", tmp_path / "icp.yaml", "--no-crawl").err


def make_overdue(database: str) -> None:
    store = open_store(database)
    with store.write() as tx:
        tx.execute(update(contact).values(notice_due_at=now() - timedelta(days=1)))
    store.close()


@pytest.mark.parametrize(
    ("kept", "emails", "names"),
    [
        (None, [], []),
        ("roles", ["einkauf@birch.example"], [None]),
        ("persons", [KIM, "einkauf@birch.example"], ["Kim Doe", None]),
    ],
)
def test_a_client_says_what_is_kept(
    sluice: Sluice,
    tmp_path: Path,
    database: str,
    kept: str | None,
    emails: list[str],
    names: list[str | None],
) -> None:
    run(sluice, tmp_path, kept)
    found = sluice("contact", "list", "--json").json
    assert [one["email"] for one in found] == emails
    assert [one["name"] for one in found] == names
    assert all(one["basis"] and one["source"] == "list:fair" for one in found)
    assert [one["notice_due_at"] is not None for one in found] == [bool(one) for one in names]
    if kept != "persons":
        assert holding(database, ["kim"]) == []


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (None, "personal data is not kept"),
        ("roles", "mailboxes and roles are kept as contacts, persons are not"),
        ("persons", "kept as contacts"),
    ],
)
def test_an_import_says_what_becomes_of_personal_columns(
    sluice: Sluice, tmp_path: Path, kept: str | None, said: str
) -> None:
    (line,) = [one for one in run(sluice, tmp_path, kept).splitlines() if "Job title" in one]
    assert line.endswith(said)


def test_the_card_shows_contacts_until_their_notice_is_overdue(
    sluice: Sluice, tmp_path: Path, database: str
) -> None:
    run(sluice, tmp_path, "persons")
    card = sluice("queue", "show", "Alder GmbH")
    assert f"Contact: Kim Doe, Buyer, {KIM}" in card.out
    assert "(list:fair, tell where you have it from at the first contact, by" in card.out
    make_overdue(database)
    held = sluice("queue", "show", "Alder GmbH", "--json").json
    assert (held["people"], held["people_overdue"]) == ([], 1)
    assert "Kim" not in sluice("queue", "show", "Alder GmbH").out


def test_the_card_says_what_the_channel_policy_makes_of_a_persons_own_address(
    sluice: Sluice, tmp_path: Path
) -> None:
    run(sluice, tmp_path, "persons")
    phone, email = sluice("queue", "show", "Alder GmbH", "--json").json["people"][0]["ways"]
    assert (phone["channel"], phone["says"]) == ("phone", "review")
    assert (email["channel"], email["value"], email["says"]) == ("email", KIM, "deny")
    (line,) = [
        one
        for one in sluice("queue", "show", "Alder GmbH").out.splitlines()
        if one.startswith("Do not use: ") and KIM in one
    ]
    assert "e-mail to a company in DE: deny" in line

    agreed = ("--words", "may send offers", "--source", "form", "--on", "2026-01-02")
    sluice("contact", "consent", KIM, "--who", "Kim Doe", *agreed)
    _, email = sluice("queue", "show", "Alder GmbH", "--json").json["people"][0]["ways"]
    assert (email["says"], email["allowed"]) == ("allow", True)
    assert f"May use: {KIM} (email: allow (consent of Kim Doe on 2026-01-02 (form)))" in (
        sluice("queue", "show", "Alder GmbH").out
    )


def test_a_notice_puts_a_contact_back_on_the_card(
    sluice: Sluice, tmp_path: Path, database: str
) -> None:
    run(sluice, tmp_path, "persons")
    make_overdue(database)
    (late,) = [one for one in sluice("contact", "list", "--overdue", "--json").json if one["name"]]
    assert late["company"] == "Alder GmbH"

    told = sluice("contact", "notice", KIM, "--dry-run", "--json").json
    assert (told["told"], told["notices"][0]["contact"]) == (1, KIM)
    earlier = ("contact", "notice", "Doe, Kim", "--on", "2026-01-02", "--json")
    assert sluice(*earlier).json == {"told": 1, "notices": []}
    assert sluice("contact", "notice", KIM, "--json").json["told"] == 0
    (kim,) = sluice("queue", "show", "Alder GmbH", "--json").json["people"]
    assert (kim["name"], kim["tell_by"]) == ("Kim Doe", None)
    assert "no contact" in sluice("contact", "notice", "x@y.example", code=3).err
    assert "still to come" in sluice("contact", "notice", KIM, "--on", "2999-01-01", code=2).err


def test_a_notice_says_what_the_law_asks_for(sluice: Sluice, tmp_path: Path) -> None:
    run(sluice, tmp_path, "persons")
    shown = sluice("contact", "notice", KIM, "--dry-run")
    assert "must say who answers for the data, with address" in shown.err
    nordwind = "Nordwind GmbH, Kai 1, 20095 Hamburg, privacy@nordwind.example"
    sluice("client", "set", "default", "--controller", nordwind)
    assert sluice("client", "show", "default", "--json").json["controller"] == nordwind
    assert sluice("client", "set", "default", "--controller", "x" * 501, code=2)
    assert sluice("contact", "list", "--json").json[0]["noticed_at"] is None

    sent = sluice("contact", "notice", "Kim Doe")
    assert sent.err.strip() == "1 contact told"
    for words in (
        "Dear Kim Doe,",
        "your work at Alder GmbH",
        f"Responsible for the data: {nordwind}",
        "The list fair, line 2 of the file fair.csv, imported on",
        f"email: {KIM}",
        "legitimate interest",
        "You may object to any contact",
        "data protection authority",
    ):
        assert words in sent.out
    (kim,) = [one for one in sluice("contact", "list", "--json").json if one["name"]]
    assert kim["noticed_at"] is not None


def test_a_suppressed_address_is_not_shown_and_its_source_is_told(
    sluice: Sluice, tmp_path: Path
) -> None:
    run(sluice, tmp_path, "persons")
    letter = sluice("source-of", KIM).out
    assert "line 2 of the file fair.csv" in letter
    assert "kept on the basis of: legitimate interest" in letter
    sluice("suppress", "add", KIM, "--channel", "email")
    (kim,) = sluice("queue", "show", "Alder GmbH", "--json").json["people"]
    assert (kim["name"], kim["email"]) == ("Kim Doe", None)


def test_keeping_less_erases_and_another_import_does_not_move_the_day(
    sluice: Sluice, tmp_path: Path, database: str
) -> None:
    run(sluice, tmp_path, "persons")
    make_overdue(database)
    (tmp_path / "other.csv").write_text(ROWS.replace("Buyer", "Head of buying"))
    sluice("import", tmp_path / "other.csv")
    assert {one["overdue"] for one in sluice("contact", "list", "--json").json if one["name"]} == {
        True
    }
    sluice("client", "set", "default", "--contacts", "few", code=2)
    shown = sluice("client", "set", "default", "--contacts", "none", "--dry-run").out
    assert "4 contacts erased" in shown
    assert len(sluice("contact", "list", "--json").json) == 4
    sluice("client", "set", "default", "--contacts", "none")
    assert sluice("contact", "list", "--json").json == []
    assert holding(database, ["kim"]) == []


def test_undoing_an_import_erases_its_contacts(
    sluice: Sluice, tmp_path: Path, database: str
) -> None:
    run(sluice, tmp_path, "persons")
    sluice("lists", "undo", "fair")
    assert holding(database, ["kim"]) == []


def test_a_person_is_forgotten_by_name_and_does_not_come_back(
    sluice: Sluice, tmp_path: Path, database: str
) -> None:
    run(sluice, tmp_path, "persons")
    sluice("queue", "next", "--as", "ann", "--n", "2")
    sluice("queue", "note", "ask for Kim Doe", "--company", "Alder GmbH", "--as", "ann")
    assert "may be anybody" in sluice("forget", "Kim", "--person", code=2).err
    planned = sluice("forget", "Doe, Kim", "--person", "--json", code=2).json
    assert (planned["erased"], planned["counts"]["contacts"]) == (False, 1)
    assert holding(database, ["kim doe"])

    done = sluice("forget", "Kim Doe", "--person", "--yes", "--json").json
    assert (done["erased"], done["counts"]["contacts"], done["hashes"]) == (True, 1, 1)
    assert done["counts"]["notes and reasons"] >= 1
    assert holding(database, ["kim"]) == []
    (tmp_path / "other.csv").write_text(ROWS.replace(KIM, "kd@alder.example"))
    sluice("import", tmp_path / "other.csv")
    assert holding(database, ["kim", "kd@"]) == []
    assert "Alder GmbH" in sluice("queue", "show").out


def test_whatever_names_the_person_goes_and_what_names_somebody_else_stays(
    sluice: Sluice, tmp_path: Path, database: str
) -> None:
    run(sluice, tmp_path)
    (tmp_path / "more.csv").write_text(
        "Company,Country,Note\nCedar GmbH,DE,ask JÖRN  TÅK\nElm GmbH,DE,ask Jörn Tåkvist\n"
    )
    sluice("import", tmp_path / "more.csv")
    done = sluice("forget", "Jörn Tåk", "--person", "--yes", "--json").json
    assert done["counts"] == {"rows with emptied cells": 1}
    assert len(holding(database, ["jörn", "j\\u00f6rn"])) == 1
    assert len(holding(database, ["kvist"])) == 1


def test_an_address_that_was_erased_does_not_come_back_as_a_contact(
    sluice: Sluice, tmp_path: Path, database: str
) -> None:
    run(sluice, tmp_path, "persons")
    assert sluice("forget", KIM, "--yes", "--json").json["counts"]["contacts"] == 1
    sluice("import", tmp_path / "fair.csv")
    assert holding(database, ["kim"]) == []


def test_texts_that_name_an_erased_address_go_in_whatever_case_they_write_it(
    sluice: Sluice, tmp_path: Path, database: str
) -> None:
    run(sluice, tmp_path, "persons")
    (tmp_path / "more.csv").write_text(
        "Company,Country,Remark\nCedar GmbH,DE,met at the fair; write to Kim.Doe@Alder.example\n"
        "Elm GmbH,DE,met at the fair; write to akim.doe@alder.example\nFir GmbH,DE,nobody there\n"
    )
    sluice("import", tmp_path / "more.csv")
    sluice("queue", "next", "--as", "ann", "--n", "2")
    sluice("queue", "note", "Kim.Doe@Alder.example", "--company", "Alder GmbH", "--as", "ann")
    counts = sluice("forget", KIM, "--yes", "--json").json["counts"]
    assert counts["rows with emptied cells"] == 1
    assert counts["notes and reasons"] >= 1
    left = holding(database, ["kim.doe"])
    assert len(left) == 1
    assert "akim.doe" in left[0]
