"""Who may see and steer the background work."""

import pytest

import tests.console.test_ops as ops
from leads.store import Store, clients
from leads.store import users as accounts
from tests.console.conftest import Sluice

store = ops.store


@pytest.fixture
def users(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """An admin, who acts unless another user is named, an SDR, and an operator of one client."""
    with store.write() as tx:
        client_id = clients.make_client(tx, "ostwind").id
        accounts.add(tx, "root", "admin")
        accounts.add(tx, "sam", "sdr")
        accounts.add(tx, "olga", "operator", [client_id])
    monkeypatch.setenv("SLUICE_USER", "root")


@pytest.mark.usefixtures("users")
@pytest.mark.parametrize(
    "command",
    [("pause",), ("resume",), ("drain",), ("requeue", "--all"), ("discard", "--all")],
    ids=lambda command: command[0],
)
def test_only_an_operator_of_every_client_steers_all_work(
    sluice: Sluice, command: tuple[str, ...]
) -> None:
    assert "may not steer" in sluice("ops", *command, "--as", "sam", code=4).err
    assert "every client" in sluice("ops", *command, "--as", "olga", code=4).err
    sluice("ops", *command, "--as", "root")


@pytest.mark.usefixtures("users")
def test_an_operator_of_one_client_steers_and_sees_that_one(
    store: Store, sluice: Sluice, monkeypatch: pytest.MonkeyPatch
) -> None:
    ops.fail_the_crawls(store)
    sluice("ops", "pause", "--client", "nordwind", "--as", "root")
    sluice("ops", "pause", "--client", "nordwind", "--as", "olga", code=4)
    sluice("ops", "pause", "--client", "ostwind", "--as", "olga")
    assert sluice("ops", "failures", "--json").json

    monkeypatch.setenv("SLUICE_USER", "olga")
    found = sluice("ops", "status", "--json").json
    assert [one["name"] for one in found["paused"]] == ["ostwind"]
    assert "nordwind" not in {one["client"] for one in (*found["clients"], *found["stuck"])}
    assert sluice("ops", "failures", "--json").json == []
