"""Who may change profiles and decide again, and whose companies a user sees."""

from pathlib import Path

import pytest

from actions.actor import Right
from actions.session import open_session
from leads.changes import RecordsChanged
from tests.console.conftest import Ran, Sluice

ICP = "icp: makers\nversion: 1\nsuspect:\n  - country: [DE]\n"
FAIR = "name,website,country\nNordwind GmbH,nordwind.example,DE\n"


@pytest.fixture
def files(sluice: Sluice, tmp_path: Path) -> Path:
    """Two clients with a campaign each; ann is an SDR, bob manages the client south only."""
    (tmp_path / "fair.csv").write_text(FAIR, "utf-8")
    (tmp_path / "icp.yaml").write_text(ICP, "utf-8")
    for client in ("north", "south"):
        sluice("client", "add", client)
        sluice("import", tmp_path / "fair.csv", "--client", client)
        sluice("icp", "use", tmp_path / "icp.yaml", "--client", client)
    sluice("user", "add", "root", "--role", "admin")
    sluice("user", "add", "ann", "--role", "sdr")
    sluice("user", "add", "bob", "--role", "manager", "--client", "south")
    return tmp_path


def refused(ran: Ran) -> str:
    return ran.error["message"]


def test_an_sdr_may_not_change_profiles_or_decide_again(sluice: Sluice, files: Path) -> None:
    (files / "icp.yaml").write_text(ICP.replace("version: 1", "version: 2"), "utf-8")
    use = ("icp", "use", files / "icp.yaml", "--client", "north", "--json")

    assert "ann (sdr) may not change" in refused(sluice(*use, "--as", "ann", code=4))
    again = sluice("qualify", "--client", "north", "--as", "ann", "--json", code=4)
    assert "ann (sdr) may not change" in refused(again)
    assert (
        sluice("campaign", "show", "makers", "--client", "north", "--as", "ann", "--json").json[
            "icp"
        ]["version"]
        == 1
    )

    assert sluice(*use, "--as", "root").json["changed"]


def test_an_sdr_may_read_profiles_and_verdicts(sluice: Sluice, files: Path) -> None:
    who = ("--client", "north", "--as", "ann", "--json")

    explained = sluice("icp", "explain", "nordwind.example", *who).json
    assert (explained["verdict"], explained["counts_as"]) == ("fit", "prospect")
    assert sluice("icp", "diff", files / "icp.yaml", "current", *who).json["companies"] == 1
    assert sluice("icp", "replay", *who).json["same"] == 1


@pytest.mark.parametrize(
    "command",
    [
        "icp use {icp}",
        "icp explain nordwind.example",
        "icp diff {icp} current",
        "icp replay",
        "qualify",
    ],
)
def test_a_user_works_only_for_clients_in_scope(sluice: Sluice, files: Path, command: str) -> None:
    arguments = [*command.format(icp=files / "icp.yaml").split(), "--as", "bob", "--json"]

    error = refused(sluice(*arguments, "--client", "north", code=4))
    assert error == "bob may not work for the client 'north'"
    sluice(*arguments, "--client", "south")


def test_deciding_again_leaves_the_tasks_of_others_alone(sluice: Sluice, files: Path) -> None:
    with open_session("root") as session, session.write(Right.MANAGE) as work:
        work.follow([RecordsChanged(work.client("north"))])

    done = sluice("qualify", "--all", "--client", "south", "--as", "root", "--json")
    assert (done.json["companies"], done.json["stages"]["prospect"]) == (1, 1)
    assert "1 other task waits for a worker or a run of its client" in done.err
