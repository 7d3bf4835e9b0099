"""Consents: recorded with words and source, read by the channel policy, and denied when withdrawn."""

from pathlib import Path

import pytest

from tests.console.conftest import Sluice, names_in_queue, rows_of
from tests.console.test_forget import holding

pytestmark = pytest.mark.usefixtures("database")

ICP = "icp: all\nversion: 1\nsuspect:\n  - country: [DE, GB]\n"
ROWS = (
    "name,country,email\n"
    "Alder GmbH,DE,info@alder.example\n"
    "Birch GmbH,DE,info@birch.example\n"
    "Cedar Ltd,GB,info@cedar.example\n"
)
ALDER, CEDAR = "info@alder.example", "info@cedar.example"


@pytest.fixture(autouse=True)
def fair(sluice: Sluice, tmp_path: Path, database: str) -> None:
    (tmp_path / "icp.yaml").write_text(ICP)
    (tmp_path / "fair.csv").write_text(ROWS)
    sluice("run", tmp_path / "fair.csv", "--icp", tmp_path / "icp.yaml", "--no-crawl")


def agree(sluice: Sluice, whom: str, *more: str, code: int = 0) -> str:
    words = ("--words", "may send offers", "--source", "form of the fair")
    return sluice("contact", "consent", whom, *words, *more, code=code).err


def mail_of(sluice: Sluice, company: str) -> dict[str, str]:
    card = sluice("queue", "show", company, "--json").json
    (mail,) = [one for one in card["contacts"] if one["channel"] == "email"]
    return {"says": mail["says"], "rule": mail["rule"]}


def test_a_consent_opens_an_address_and_its_withdrawal_closes_it(
    sluice: Sluice, tmp_path: Path
) -> None:
    assert names_in_queue(sluice) == {"Cedar Ltd"}
    agree(sluice, ALDER, "--who", "Kim Doe", "--on", "2026-01-05")
    assert names_in_queue(sluice) == {"Alder GmbH", "Cedar Ltd"}
    said = mail_of(sluice, "Alder GmbH")
    assert said["says"] == "allow"
    assert "consent of Kim Doe on 2026-01-05 (form of the fair)" in said["rule"]

    sluice("contact", "consent", ALDER, "--withdraw", "--on", "2026-02-01")
    assert names_in_queue(sluice) == {"Cedar Ltd"}
    assert mail_of(sluice, "Alder GmbH")["rule"] == "consent withdrawn on 2026-02-01"
    assert "withdrawn on 2026-02-01" in agree(sluice, ALDER, "--on", "2026-01-31", code=2)
    agree(sluice, ALDER, "--on", "2026-03-01")
    assert mail_of(sluice, "Alder GmbH")["says"] == "allow"
    newest, oldest = sluice("contact", "consents", "--json").json
    assert (newest["withdrawn_at"], newest["given_at"][:10]) == (None, "2026-03-01")
    assert (oldest["withdrawn_at"][:10], oldest["words"]) == ("2026-02-01", "may send offers")


def test_a_withdrawn_consent_denies_what_the_policy_allows(sluice: Sluice) -> None:
    assert "no consent for" in sluice("contact", "consent", CEDAR, "--withdraw", code=3).err
    agree(sluice, CEDAR)
    assert sluice("contact", "consent", CEDAR, "--withdraw", "--json").json == {
        "withdrawn": True,
        "point": CEDAR,
        "channel": "email",
        "companies": 1,
    }
    assert mail_of(sluice, "Cedar Ltd")["says"] == "deny"
    assert names_in_queue(sluice) == set()


def test_files_for_tools_hold_consented_addresses_and_crms_no_denied_ones(
    sluice: Sluice, tmp_path: Path
) -> None:
    agree(sluice, ALDER)
    sluice("export", "--profile", "lemlist", "-o", tmp_path / "mail.csv")
    assert {one["email"] for one in rows_of(tmp_path / "mail.csv")} == {ALDER, CEDAR}

    crm = sluice("export", "--profile", "salesforce", "-o", tmp_path / "crm.csv", "--json").json
    mails = {one["Company"]: one["Email"] for one in rows_of(tmp_path / "crm.csv")}
    assert mails == {"Alder GmbH": ALDER, "Birch GmbH": "", "Cedar Ltd": CEDAR}
    (reason,) = crm["withheld"]
    assert (crm["withheld"][reason], reason[:33]) == (1, "e-mail to a company in DE: deny (")


def test_a_suppression_counts_before_a_consent(sluice: Sluice) -> None:
    agree(sluice, ALDER)
    sluice("suppress", "add", ALDER, "--channel", "email")
    assert mail_of(sluice, "Alder GmbH")["rule"].startswith("suppressed for email")
    assert names_in_queue(sluice) == {"Cedar Ltd"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((ALDER,), "what was agreed to"),
        ((ALDER, "--words", " ", "--source", "x"), "what was agreed to"),
        (("Alder GmbH", "--words", "x", "--source", "x"), "neither an e-mail address nor a phone"),
        ((ALDER, "--words", "x", "--source", "x", "--on", "2999-01-01"), "still to come"),
        ((ALDER, "--words", "x" * 10_001, "--source", "x"), "10,001 characters"),
        ((ALDER, "--withdraw", "--words", "x"), "takes only --on"),
    ],
)
def test_what_proves_nothing_is_refused(
    sluice: Sluice, arguments: tuple[str, ...], said: str
) -> None:
    assert said in sluice("contact", "consent", *arguments, code=2).err
    assert sluice("contact", "consents", "--json").json == []


def test_a_dry_run_records_nothing_and_what_is_erased_takes_its_consents_along(
    sluice: Sluice, database: str
) -> None:
    agree(sluice, ALDER, "--dry-run")
    assert sluice("contact", "consents", "--json").json == []
    agree(sluice, ALDER, "--who", "Kim Doe")
    agree(sluice, CEDAR, "--who", "Jo Smith")
    done = sluice("forget", "Kim Doe", "--person", "--yes", "--json").json
    assert done["counts"]["consents"] == 1
    sluice("forget", "Cedar Ltd", "--yes")
    assert sluice("contact", "consents", "--json").json == []
    assert holding(database, ["jo smith", "kim doe"]) == []
