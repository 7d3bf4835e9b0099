"""What each role may do, and which clients a user sees."""

from collections.abc import Callable
from pathlib import Path

import pytest

from leads.settings import load_settings
from leads.store import clients
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Wanted
from leads.store.migrate import open_store
from tests.console.conftest import Sluice

ICP = "icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n"
FAIR = "name,website,country\nNordwind GmbH,nordwind.example,DE\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "fair.csv").write_text(FAIR)
    (tmp_path / "icp.yaml").write_text(ICP)
    return tmp_path


@pytest.fixture
def team(sluice: Sluice, files: Path) -> Path:
    """Two clients with a run each, and a user of each role; `ann` works for `north` alone."""
    for name in ("north", "south"):
        sluice(
            "run",
            files / "fair.csv",
            "--icp",
            files / "icp.yaml",
            "--no-crawl",
            "--client",
            name,
            "--new-client",
        )
    sluice("user", "add", "boss", "--role", "admin")
    for name in ("manager", "sdr", "operator"):
        sluice("user", "add", name, "--role", name, "--as", "boss")
    sluice("user", "add", "ann", "--role", "manager", "--client", "north", "--as", "boss")
    return files


CHANGES = [
    "import {folder}/fair.csv --client north",
    "import {folder}/fair.csv --client north --dry-run",
    "lists undo fair --client north",
    "run {folder}/fair.csv --icp {folder}/icp.yaml --no-crawl --client north",
    "crawl run --client north",
    "crawl site acme.example",
    "campaign add spring --client north",
    "client add west",
    "user add eve",
]


@pytest.mark.usefixtures("team")
class TestRoles:
    @pytest.mark.parametrize("command", CHANGES)
    @pytest.mark.parametrize("role", ["sdr", "operator"])
    def test_who_may_not_change_lists(
        self, sluice: Sluice, files: Path, command: str, role: str
    ) -> None:
        words = command.format(folder=files).split()

        refused = sluice(*words, "--as", role, "--json", code=4).error

        assert f"{role} ({role}) may not " in refused["message"]
        assert "admin" in refused["hint"]

    @pytest.mark.parametrize(
        "command",
        ["lists", "lists show fair", "lists scorecard fair", "campaign list", "campaign show all"],
    )
    @pytest.mark.parametrize("role", ["manager", "sdr", "operator"])
    def test_every_role_may_look(self, sluice: Sluice, command: str, role: str) -> None:
        assert sluice(*command.split(), "--client", "north", "--as", role).out

    def test_a_manager_adds_no_client(self, sluice: Sluice, files: Path) -> None:
        run = ("run", files / "fair.csv", "--icp", files / "icp.yaml", "--no-crawl")

        refused = sluice(
            *run, "--client", "west", "--new-client", "--as", "manager", "--json", code=4
        )

        assert "may not change users, clients" in refused.error["message"]
        sluice(*run, "--client", "west", "--new-client", "--as", "boss")
        sluice(*run, "--client", "west", "--as", "manager")

    def test_the_log_names_who_imported(self, sluice: Sluice, files: Path) -> None:
        (files / "fair.csv").write_text(FAIR.replace("Nordwind", "Ostwind"))
        sluice("import", files / "fair.csv", "--client", "north", "--as", "manager")

        assert sluice("lists", "--client", "north", "--as", "sdr", "--json").json


OF_A_CLIENT = [
    "lists",
    "lists show fair",
    "lists scorecard fair",
    "lists undo fair",
    "campaign list",
    "campaign show all",
    "campaign add spring",
    "import {folder}/fair.csv",
    "run {folder}/fair.csv --icp {folder}/icp.yaml --no-crawl",
    "crawl run",
]


@pytest.mark.usefixtures("team")
class TestClientScope:
    @pytest.mark.parametrize("command", [*OF_A_CLIENT, "client show south"])
    def test_another_client_is_out_of_reach(
        self, sluice: Sluice, files: Path, command: str
    ) -> None:
        words = command.format(folder=files).split()
        option = [] if words[0] == "client" else ["--client", "south"]

        refused = sluice(*words, *option, "--as", "ann", "--json", code=4).error

        assert refused["message"] == "ann may not work for the client 'south'"

    def test_only_own_clients_are_listed(self, sluice: Sluice) -> None:
        def names(user: str) -> list[str]:
            return [one["name"] for one in sluice("client", "list", "--as", user, "--json").json]

        assert names("ann") == ["north"]
        assert names("boss") == ["north", "south"]

    def test_the_own_client_is_worked_for(self, sluice: Sluice, files: Path) -> None:
        found = sluice("import", files / "fair.csv", "--client", "north", "--as", "ann", "--json")
        assert found.json["duplicate"] == 1

    def test_several_clients(self, sluice: Sluice) -> None:
        both = ("--client", "north", "--client", "south")
        sluice("user", "add", "ben", *both, "--as", "boss")

        shown = sluice("user", "show", "ben", "--as", "boss", "--json").json
        assert (shown["role"], shown["clients"]) == ("sdr", ["north", "south"])
        assert sluice("user", "show", "boss", "--as", "boss", "--json").json["clients"] is None
        # Nor does a user learn the names of other clients from the scope of a colleague.
        seen = sluice("user", "list", "--as", "ann", "--json").json
        assert {one["name"]: one["clients"] for one in seen}["ben"] == ["north"]

    def test_a_client_of_a_scope_exists(self, sluice: Sluice) -> None:
        sluice("user", "add", "eve", "--client", "nroth", "--as", "boss", code=3)
        assert sluice("user", "show", "eve", "--as", "boss", code=3).err

    def test_a_role_exists(self, sluice: Sluice) -> None:
        refused = sluice("user", "add", "eve", "--role", "king", "--as", "boss", "--json", code=2)
        assert refused.error["hint"] == "one of admin, manager, sdr, operator, viewer"


@pytest.fixture
def others_wait(team: Path) -> Callable[[], int]:
    """Tasks of the client `south` wait; how many still do."""
    store = open_store(load_settings().database_url)
    with store.write() as tx:
        south = clients.client_of(tx, "south").id
        wanted = [
            Wanted(kind="qualify", key=f"{south}:{number}", queue="cheap", client_id=south)
            for number in range(12)
        ]
        ledger.ask(tx, wanted, "somebody else")

    def left() -> int:
        with store.read() as tx:
            return ledger.unfinished(tx)

    return left


@pytest.mark.parametrize(
    "command",
    [
        "import {folder}/more.csv --client north",
        "lists undo fair --client north",
        "run {folder}/more.csv --icp {folder}/icp.yaml --no-crawl --client north",
        "crawl run --client north",
    ],
)
def test_an_action_leaves_the_tasks_of_others(
    sluice: Sluice, files: Path, others_wait: Callable[[], int], command: str
) -> None:
    (files / "more.csv").write_text("name,country\nOstwind GmbH,DE\n")
    words = command.format(folder=files).split()

    ended = sluice(*words, "--as", "boss")

    assert others_wait() == 12
    assert "12 other tasks wait for a worker or a run of their client" in ended.err


@pytest.mark.usefixtures("team")
class TestAnAdminOfSomeClients:
    """Its limits hold for what concerns every client, and it cannot lift them."""

    @pytest.fixture
    def limited(self, sluice: Sluice) -> str:
        sluice("user", "add", "lou", "--role", "admin", "--client", "north", "--as", "boss")
        return "lou"

    @pytest.mark.parametrize(
        "command",
        ["user add evil --role admin", "client add west", "backup {folder}/all.backup"],
    )
    def test_may_not_reach_beyond_them(
        self, sluice: Sluice, files: Path, limited: str, command: str
    ) -> None:
        words = command.format(folder=files).split()
        refused = sluice(*words, "--as", limited, "--json", code=4)
        assert "every client" in refused.error["message"]
        assert not (files / "all.backup").exists()

    def test_may_add_users_of_its_own_client(self, sluice: Sluice, limited: str) -> None:
        sluice("user", "add", "kim", "--client", "north", "--as", limited)
        sluice("user", "add", "sam", "--client", "south", "--as", limited, code=4)
