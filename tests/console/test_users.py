"""Users are changed and removed: the last admin stays, and what they held is free again."""

from datetime import timedelta
from pathlib import Path

import pytest

from leads.clock import now
from tests.console.conftest import Sluice

ICP = "icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n"
ROWS = "name,country\nZeta GmbH,DE\nOmega AG,DE\nKappa Werke GmbH,DE\n"


@pytest.fixture
def team(sluice: Sluice, tmp_path: Path, database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """An admin, who acts unless another user is named, and an SDR, who holds a prospect and has
    promised a call-back for each of two clients.
    """
    (tmp_path / "icp.yaml").write_text(ICP)
    (tmp_path / "list.csv").write_text(ROWS)
    # Both clients work the same companies at once.
    sluice("agency", "set", "--days-between-clients", "0")
    run = ("run", tmp_path / "list.csv", "--icp", tmp_path / "icp.yaml", "--no-crawl")
    for client in ("north", "south"):
        sluice(*run, "--client", client, "--new-client")
    sluice("user", "add", "root", "--role", "admin")
    monkeypatch.setenv("SLUICE_USER", "root")
    for name in ("ann", "bob"):
        sluice("user", "add", name, "--client", "north", "--client", "south")
    in_a_month = now() + timedelta(days=30)
    for client in ("north", "south"):
        me = ("--as", "ann", "--client", client)
        sluice("queue", "next", *me)
        sluice("queue", "done", "call_back", "--at", f"{in_a_month:%Y-%m-%d}", *me)
        sluice("queue", "next", *me)


def ready(sluice: Sluice, client: str) -> int:
    states: dict[str, int] = sluice("queue", "stats", "--client", client, "--json").json["states"]
    return states["ready"]


@pytest.mark.usefixtures("team")
def test_a_removed_user_may_not_act_and_holds_nothing(sluice: Sluice) -> None:
    dry = sluice("user", "remove", "ann", "--dry-run", "--json").json
    assert (dry["released"], dry["shared_call_backs"], dry["after"]) == (2, 2, None)
    assert (ready(sluice, "north"), ready(sluice, "south")) == (2, 2)

    done = sluice("user", "remove", "ann")
    assert "2 prospects return to the queue" in done.err
    assert "2 promised call-backs become anybody's" in done.err
    assert "`sluice user add ann --role sdr --client north --client south`" in done.err
    assert (ready(sluice, "north"), ready(sluice, "south")) == (3, 3)
    sluice("queue", "next", "--client", "north", "--as", "ann", code=4)
    sluice("user", "show", "ann", code=3)

    sluice("user", "add", "ann", "--client", "north")
    sluice("queue", "next", "--client", "north", "--as", "ann")


@pytest.mark.usefixtures("team")
def test_other_clients_keep_what_is_held_for_them(sluice: Sluice) -> None:
    done = sluice("user", "set", "ann", "--client", "south", "--json").json
    assert (done["before"]["clients"], done["after"]["clients"]) == (["north", "south"], ["south"])
    assert (done["released"], done["shared_call_backs"]) == (1, 1)
    assert (ready(sluice, "north"), ready(sluice, "south")) == (3, 2)
    sluice("queue", "next", "--client", "north", "--as", "ann", code=4)
    sluice("user", "set", "ann", "--client", "south", "--client", "north")
    sluice("queue", "next", "--client", "north", "--as", "ann")


@pytest.mark.usefixtures("team")
def test_a_role_that_works_no_queue_gives_everything_back(sluice: Sluice) -> None:
    said = sluice("user", "set", "ann", "--role", "operator")
    assert said.out == "ann: operator, works for north, south\n"
    assert "before: sdr" in said.err
    assert "2 prospects return to the queue" in said.err
    kept = sluice("user", "set", "bob", "--role", "manager", "--every-client", "--json").json
    assert (kept["after"]["role"], kept["after"]["clients"], kept["released"]) == (
        "manager",
        None,
        0,
    )


@pytest.mark.usefixtures("team")
@pytest.mark.parametrize(
    "command",
    [
        ("user", "remove", "root"),
        ("user", "set", "root", "--role", "manager"),
        ("user", "set", "root", "--client", "north"),
    ],
    ids=" ".join,
)
def test_the_last_admin_stays(sluice: Sluice, command: tuple[str, ...]) -> None:
    refused = sluice(*command, code=4)
    assert "root is the last admin" in refused.err
    sluice("user", "add", "eve", "--role", "admin")
    sluice(*command)
    (eve,) = (
        one for one in sluice("user", "list", "--as", "eve", "--json").json if one["name"] == "eve"
    )
    assert eve["role"] == "admin"


@pytest.mark.usefixtures("team")
def test_what_cannot_be_changed_is_refused_with_the_way_out(sluice: Sluice) -> None:
    assert "did you mean 'ann'?" in sluice("user", "remove", "anne", code=3).err
    assert "nothing to change" in sluice("user", "set", "ann", code=2).err
    assert "is not a role" in sluice("user", "set", "ann", "--role", "boss", code=2).err
    both = ("--client", "north", "--every-client")
    assert "exclude each other" in sluice("user", "set", "ann", *both, code=2).err
    sluice("user", "remove", "bob", "--as", "ann", code=4)
    sluice("user", "add", "northern", "--role", "admin", "--client", "north")
    sluice("user", "set", "ann", "--role", "manager", "--as", "northern", code=4)


@pytest.mark.usefixtures("team")
def test_a_name_in_other_capitals_is_pointed_to(sluice: Sluice) -> None:
    assert "did you mean 'ann'?" in sluice("queue", "mine", "--as", "Ann", code=4).err
