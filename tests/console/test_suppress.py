"""The do-not-contact list on the command line: dry runs, rejected lines, roles and client scopes."""

from functools import partial
from pathlib import Path

import pytest

from leads.store import clients
from leads.store import users as accounts
from leads.store.migrate import open_store
from tests.console.conftest import Sluice

pytestmark = pytest.mark.usefixtures("database")

ICP = "icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n"
ROWS = ("Zeta GmbH,zeta.example,DE", "Zeta Holding GmbH,zeta.example,DE", "Omega AG,,DE")


@pytest.fixture
def town(database: str, sluice: Sluice, tmp_path: Path) -> None:
    (tmp_path / "icp.yaml").write_text(ICP)
    (tmp_path / "list.csv").write_text("\n".join(("name,website,country", *ROWS)) + "\n")
    sluice("run", tmp_path / "list.csv", "--icp", tmp_path / "icp.yaml", "--no-crawl")


@pytest.fixture
def users(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An admin, who acts unless another user is named, and a manager and an SDR of one client."""
    store = open_store(database)
    with store.write() as tx:
        client_id = clients.make_client(tx, "nordwind").id
        clients.make_client(tx, "other")
        accounts.add(tx, "root", "admin")
        accounts.add(tx, "mia", "manager", [client_id])
        accounts.add(tx, "sam", "sdr", [client_id])
        accounts.add(tx, "olga", "operator")
    store.close()
    monkeypatch.setenv("SLUICE_USER", "root")


def listed(sluice: Sluice, client: str = "default") -> list[str]:
    rows = sluice("suppress", "list", "--client", client, "--json").json
    return sorted({row["subject"] for row in rows})


@pytest.mark.usefixtures("town")
def test_a_dry_run_counts_the_matches_and_keeps_nothing(sluice: Sluice) -> None:
    found = sluice("suppress", "add", "zeta.example", "--dry-run", "--json").json
    assert found == {
        "kind": "domain",
        "subject": "zeta.example",
        "level": "client",
        "channel": None,
        "until": None,
        "new": True,
        "matches": 1,
        "open_cards": 1,
        "nearest": [],
        "matches_by_name": 0,
    }
    assert (
        "would be suppressed; matches 0 companies"
        in sluice("suppress", "add", "Sigma GmbH", "--dry-run").out
    )
    assert listed(sluice) == []
    assert sluice("suppress", "check", "zeta.example").out == "not suppressed\n"


def test_what_is_suppressed_already_is_said_in_a_dry_run_too(sluice: Sluice) -> None:
    sluice("suppress", "add", "zeta.example")
    again = sluice("suppress", "add", "zeta.example", "--dry-run")
    assert "was suppressed already" in again.out


def test_an_import_names_each_rejected_line(sluice: Sluice, tmp_path: Path) -> None:
    file = tmp_path / "robinson.txt"
    file.write_text("# asked by letter\nzeta.example\n\nnobody@\nOmega AG\nzeta.example\n")
    ended = sluice("suppress", "import", file, "--json", code=5)
    assert ended.json == {"new": 2, "known": 1, "rejected": 1, "matches": 0, "open_cards": 0}
    assert "line 4:" in ended.err
    assert listed(sluice) == ["Omega AG", "zeta.example"]


def test_a_dry_run_of_an_import_keeps_nothing(sluice: Sluice, tmp_path: Path) -> None:
    file = tmp_path / "robinson.txt"
    file.write_text("zeta.example\nnobody@\n")
    ended = sluice("suppress", "import", file, "--dry-run", "--json", code=5)
    assert ended.json == {"new": 1, "known": 0, "rejected": 1, "matches": 0, "open_cards": 0}
    assert listed(sluice) == []


def test_a_wrong_level_is_no_rejected_line(sluice: Sluice, tmp_path: Path) -> None:
    file = tmp_path / "robinson.txt"
    file.write_text("zeta.example\n")
    assert "not a level" in sluice("suppress", "import", file, "--level", "all", code=2).err


@pytest.mark.usefixtures("users")
def test_the_level_decides_which_role_may_suppress(sluice: Sluice) -> None:
    add = partial(sluice, "suppress", "add", "zeta.example", "--client", "nordwind")
    add("--as", "sam")
    add("--as", "sam", "--level", "agency", code=4)
    add("--as", "olga", code=4)
    add("--as", "root", "--level", "agency")


@pytest.mark.usefixtures("users")
def test_a_user_of_one_client_changes_no_other(sluice: Sluice) -> None:
    sluice("suppress", "add", "zeta.example", "--client", "other", "--as", "mia", code=4)
    for level in ("agency", "law"):
        ended = sluice(
            "suppress", "add", "zeta.example", "--client", "nordwind", "--level", level,
            "--as", "mia", code=4,
        )  # fmt: skip
        assert "every client" in ended.err


@pytest.mark.usefixtures("users")
def test_an_sdr_may_not_end_a_suppression(sluice: Sluice) -> None:
    sluice("suppress", "add", "zeta.example", "--client", "nordwind", "--as", "sam")
    rows = sluice("suppress", "list", "--client", "nordwind", "--json").json
    end = ("suppress", "end", rows[0]["request_id"], "--client", "nordwind")
    sluice(*end, "--as", "sam", code=4)
    sluice(*end, "--as", "mia")
    assert sluice("suppress", "list", "--client", "nordwind", "--json").json == []
