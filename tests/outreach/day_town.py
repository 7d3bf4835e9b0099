"""The town of the day machine: two clients, the companies of their lists, and the first moment."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from actions import runs
from actions.clients import add_client
from actions.runs import RunRequest
from actions.session import Session
from actions.where import Where
from leads.settings import Given, load_settings
from leads.store.migrate import open_store
from tests.made_clock import MadeClock

BEGINS = datetime(2026, 11, 30, 8, tzinfo=UTC)
NORTH, SOUTH = "north", "south"
#: The queues of the town.
QUEUES = (Where(NORTH, "spring"), Where(NORTH, "autumn"), Where(SOUTH, "spring"))
USERS = ("ann", "ben")


@dataclass(frozen=True)
class TownRow:
    """One row of a list. `ref` is in no other row: it tells from which row a record is."""

    ref: str
    name: str
    website: str = ""
    email: str = ""
    phone: str = ""
    city: str = ""
    employees: int = 30
    country: str = "DE"

    @property
    def keys(self) -> frozenset[tuple[str, str]]:
        """Everything by which a suppression finds the row, with the kind of key."""
        said = {("company", self.name), ("domain", self.website), ("phone", self.phone)}
        said |= {("email", self.email), ("domain", self.email.partition("@")[2])}
        return frozenset((kind, value) for kind, value in said if value)


#: Two rows of one company, a pair for review, a company of both clients, and two more.
NORTH_ROWS = (
    TownRow(
        "n1", "Adler Werkzeugbau GmbH", "adler.example", "info@adler.example", "+49 30 23125101"
    ),
    TownRow("n2", "Adler Werkzeugbau GmbH", "adler.example", "", "+49 30 23125109", "Potsdam", 31),
    TownRow("n3", "Birke Pumpen GmbH", "birke.example", "", "+49 30 23125102", "Berlin"),
    TownRow("n4", "Birke Pumpen", "birke.test", "", "", "Essen", 10, ""),
    TownRow(
        "n5", "Ceder Optik AG", "ceder.example", "post@ceder.example", "+49 30 23125103", "", 15
    ),
    TownRow("n6", "Dahlie Druck GmbH", "dahlie.example", "", "", "", 40),
)
SOUTH_ROWS = (
    TownRow("s1", "Ceder Optik AG", "ceder.example", "", "+49 30 23125103", "", 15),
    TownRow("s2", "Fichte Glas GmbH", "fichte.example", "", "+49 30 23125104", "", 25),
)
ROWS = {one.ref: one for one in (*NORTH_ROWS, *SOUTH_ROWS)}
ROWS_OF = {NORTH: NORTH_ROWS, SOUTH: SOUTH_ROWS}
_PROFILE = (
    "icp: all\nversion: 1\nsuspect:\n  - country: [DE]\nscore:\n"
    "  - {points: 10, employees: {at_least: 20}}\n"
)


def session_at(url: str, home: Path) -> Session:
    """A session at that database; `as_user` makes one for each user."""
    given = dict(load_settings({"SLUICE_HOME": str(home)}).given)
    given["time_zone"] = Given("Europe/Berlin", "the test")
    given["hash_key"] = Given("0123456789abcdef0123456789abcdef", "the test")
    settings = type(load_settings({}))(given)
    return Session(settings=settings, store=open_store(url), user="ann")


def list_file(folder: Path, client: str, rows: Sequence[TownRow]) -> Path:
    """Write the list of a client."""
    lines = ["ref,name,website,email,phone,country,city,employees"]
    for row in rows:
        cells = [row.ref, row.name, row.website, row.email, row.phone, row.country, row.city]
        lines.append(",".join([*cells, str(row.employees)]))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{client}.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def suppression_file(
    folder: Path, row: TownRow, level: str, campaign: str | None, until: datetime | None
) -> Path:
    """Write a do-not-contact list of one row."""
    ends = until.isoformat() if until else ""
    cells = [row.name, row.website, row.email, row.phone, level, campaign or "", ends]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "do-not-contact.csv"
    header = "name,domain,email,phone,level,campaign,suppressed until"
    path.write_text(f"{header}\n{','.join(cells)}\n", "utf-8")
    return path


def build_town(url: str, home: Path) -> None:
    """Run the lists of both clients, for each of their campaigns."""
    session = session_at(url, home)
    home.mkdir(parents=True, exist_ok=True)
    icp = home / "icp.yaml"
    icp.write_text(_PROFILE, "utf-8")
    with MadeClock(BEGINS - timedelta(hours=1)).running():
        for where in QUEUES:
            add_client(session, where.client)
            file = list_file(home, where.client, ROWS_OF[where.client])
            request = RunRequest(
                files=[str(file)],
                icp=str(icp),
                client=where.client,
                campaign=where.campaign,
                crawl=False,
            )
            runs.run_lists(session, request, lambda _report: None)
    session.store.close()


def ref_of(raw: object) -> str:
    """From which row of the town a stored record is."""
    cells: Any = json.loads(raw) if isinstance(raw, str) else raw
    # It is the first column of every list of the town.
    return str(cells[0] if isinstance(cells, list) else cells["ref"])
