"""Persons among contacts: erased with their address, traced by name, told once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, update
from sqlalchemy.engine import Engine

from leads.clock import now
from leads.store import pages
from leads.store.engine import writes
from leads.store.migrate import open_store
from leads.store.pages import StoredPage, Visit
from leads.store.schema import contact
from tests.console.conftest import Sluice
from tests.console.test_forget import holding

HEADER = "Company,Country,First name,Last name,Job title,Contact email\n"
KIM = "kim.doe@alder.example"
ROWS = (
    f"Alder GmbH,DE,Kim,Doe,Buyer,{KIM}\n"
    "Birch GmbH,DE,Robin,Roe,Purchasing,einkauf@birch.example\n"
    "Cedar GmbH,DE,Sam,Poe,Director,\n"
)


@pytest.fixture(autouse=True)
def fair(
    sluice: Sluice, tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLUICE_DATABASE_URL", database_url)
    sluice("client", "set", "default", "--contacts", "persons")
    listed(sluice, tmp_path, "fair", ROWS)


def listed(sluice: Sluice, folder: Path, name: str, rows: str) -> None:
    (folder / f"{name}.csv").write_text(HEADER + rows)
    sluice("import", folder / f"{name}.csv")


def test_an_address_takes_its_person_along(
    sluice: Sluice, tmp_path: Path, database_url: str
) -> None:
    listed(sluice, tmp_path, "more", "Alder GmbH,DE,Kim,Doe,Buyer,\n")
    planned = sluice("forget", KIM, code=2)
    assert "Kim Doe, whose address it is: would be erased" in planned.out
    done = sluice("forget", KIM, "--yes", "--json").json
    assert (done["persons"], done["hashes"]) == (["Kim Doe"], 2)
    assert done["counts"]["contacts"] == 2
    assert holding(database_url, ["kim"]) == []
    listed(sluice, tmp_path, "again", "Alder GmbH,DE,Kim,Doe,Buyer,kd@alder.example\n")
    assert holding(database_url, ["kim", "kd@"]) == []


@pytest.mark.parametrize("whom", [(KIM,), ("Kim Doe", "--person")])
def test_pages_are_searched_once_and_block_nobody(
    sluice: Sluice, database_url: str, whom: tuple[str, ...]
) -> None:
    at = now()
    stored = tuple(
        StoredPage(
            url=f"https://alder.example/{number}",
            kind="team",
            status=200,
            headers=(),
            body=body,
            fetched_at=at,
        )
        for number, body in enumerate(
            (b"<b>Kim</b>&nbsp;Doe", b"Kim Doerr", b"<i title='Kim Doe'>")
        )
    )
    store = open_store(database_url)
    with store.write() as tx:
        pages.add_visit(tx, Visit(site="alder.example", outcome="ok", started_at=at, pages=stored))
    store.close()
    blocking: list[bool] = []

    def see(tx: Connection, _cursor: object, statement: str, *_more: object) -> None:
        if statement.startswith("SELECT page_body"):
            blocking.append(writes(tx))

    event.listen(Engine, "before_cursor_execute", see)
    try:
        done = sluice("forget", *whom, "--yes", "--json").json
    finally:
        event.remove(Engine, "before_cursor_execute", see)
    assert done["counts"]["pages"] == 2
    assert blocking == [False]


def test_the_mailbox_of_a_role_is_nobody_s_own(sluice: Sluice, database_url: str) -> None:
    done = sluice("forget", "einkauf@birch.example", "--yes", "--json").json
    assert (done["persons"], done["hashes"]) == ([], 1)
    assert holding(database_url, ["einkauf@"]) == []


def test_a_person_is_traced_by_name(sluice: Sluice, tmp_path: Path) -> None:
    letter = sluice("source-of", "Doe, Kim").out
    assert letter.startswith("The data that we hold about Doe, Kim comes from")
    assert "line 2 of the file fair.csv" in letter
    assert KIM in letter
    assert "Roe" not in letter
    (sam,) = sluice("source-of", "sam poe", "--json").json["sources"]
    assert sam["said"]["company"] == ["Cedar GmbH"]
    assert sluice("source-of", "Alder GmbH").out.startswith(
        "The data that we hold about Alder GmbH"
    )
    sluice("source-of", "Nobody Here", code=3)

    listed(sluice, tmp_path, "more", "Dogwood GmbH,DE,Kim,Doe,Clerk,kim@dogwood.example\n")
    several = sluice("source-of", "Kim Doe", code=2).err
    assert f"several contacts are called 'Kim Doe': {KIM}, kim@dogwood.example" in several


@pytest.mark.parametrize(
    ("row", "is_known"),
    [
        ("Cedar GmbH,DE,Sam,Poe,Managing director,\n", True),
        ("CEDAR GmbH,,SAM,Poe,Director,\n", True),
        ("Cedar GmbH,DE,Sam,Poe,Director,sam.poe@cedar.example\n", True),
        ("Dogwood GmbH,DE,Sam,Poe,Director,\n", False),
        ("Cedar GmbH,DE,Jo,Poe,Director,\n", False),
    ],
)
def test_a_contact_without_an_address_keeps_the_day_of_its_notice(
    sluice: Sluice, tmp_path: Path, database_url: str, row: str, is_known: bool
) -> None:
    due = datetime.now(UTC).replace(microsecond=0) + timedelta(days=3)
    store = open_store(database_url)
    with store.write() as tx:
        tx.execute(update(contact).values(notice_due_at=due))
    store.close()

    listed(sluice, tmp_path, "other", row)
    found = sluice("contact", "list", "--json").json
    (new,) = [one for one in found if one["source"] == "list:other"]
    assert (datetime.fromisoformat(new["notice_due_at"]) == due) is is_known
