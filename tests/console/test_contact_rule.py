"""May a company be contacted? Queue, card, funnel, explain and crawl give one answer."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from leads.store import Store, clients
from leads.store.companies import companies_of
from leads.store.schema import campaign
from tests.console.conftest import Sluice
from workers.later_tasks import revisit
from workers.pipeline import visits

pytestmark = pytest.mark.usefixtures("database")

ICP = "icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n"
ZETA, OTHER = "zeta.example", "other.example"


@pytest.fixture
def funnel(sluice: Sluice, tmp_path: Path) -> Callable[[], dict[str, Any]]:
    """Run a list of two companies; the funnel of the run."""
    (tmp_path / "icp.yaml").write_text(ICP)
    rows = f"name,website,country\nZeta GmbH,{ZETA},DE\nOther Works GmbH,{OTHER},DE\n"
    (tmp_path / "fair.csv").write_text(rows)
    command = ("run", tmp_path / "fair.csv", "--icp", tmp_path / "icp.yaml", "--no-crawl", "--json")

    def run() -> dict[str, Any]:
        found: dict[str, Any] = sluice(*command).json
        return found

    run()
    return run


def nothing(sluice: Sluice, tmp_path: Path) -> None:
    pass


def suppress_domain(sluice: Sluice, tmp_path: Path) -> None:
    sluice("suppress", "add", ZETA, "--as", "ann", "--reason", "asked us to stop")


def suppress_for_agency(sluice: Sluice, tmp_path: Path) -> None:
    sluice("suppress", "add", "Zeta GmbH", "--as", "ann", "--level", "agency")


def exclude(sluice: Sluice, tmp_path: Path) -> None:
    (tmp_path / "crm.csv").write_text(f"name,website,country\nZeta GmbH,{ZETA},DE\n")
    sluice("import", tmp_path / "crm.csv", "--role", "customers")


def close(kind: str) -> Callable[[Sluice, Path], None]:
    def done(sluice: Sluice, tmp_path: Path) -> None:
        while "Zeta" not in sluice("queue", "next", "--as", "ann").out:
            sluice("queue", "done", "call_back", "--as", "ann")
        sluice("queue", "done", kind, "--as", "ann")

    return done


@pytest.mark.parametrize(
    ("happens", "reason", "stage", "visited"),
    [
        pytest.param(nothing, "", "prospect", True, id="nothing"),
        pytest.param(
            suppress_domain, f"suppressed: {ZETA}, by ann", "disqualified", False, id="domain"
        ),
        pytest.param(
            suppress_for_agency, "suppressed: Zeta GmbH, by ann", "disqualified", False, id="agency"
        ),
        pytest.param(exclude, "excluded: on the list crm", "disqualified", False, id="customer"),
        pytest.param(close("interested"), "a lead now: interested", "lead", True, id="lead"),
        pytest.param(close("wrong_data"), "wrong data", "disqualified", False, id="closed"),
        pytest.param(close("do_not_contact"), "suppressed: ", "disqualified", False, id="opt-out"),
    ],
)
def test_every_use_gives_the_same_answer(
    sluice: Sluice,
    tmp_path: Path,
    database: str,
    funnel: Callable[[], dict[str, Any]],
    happens: Callable[[Sluice, Path], None],
    reason: str,
    stage: str,
    visited: bool,
) -> None:
    happens(sluice, tmp_path)
    card = sluice("queue", "show", ZETA, "--json").json["queue"]
    explained = sluice("icp", "explain", ZETA, "--json").json
    assert explained["not_to_be_contacted"].startswith(reason)
    assert bool(explained["not_to_be_contacted"]) == bool(reason)
    if reason:
        assert card["note"] == explained["not_to_be_contacted"]
    queued = [row["name"] for row in sluice("queue", "show", "--json").json]
    assert ("Zeta GmbH" in queued) == (not reason)
    assert explained["counts_as"] == stage

    wanted, again = visits_wanted(database)
    assert wanted == ({ZETA, OTHER} if visited else {OTHER})
    assert again == wanted
    assert funnel()["stages"][stage] >= 1


def visits_wanted(database: str) -> tuple[set[str], set[str]]:
    """The sites of both companies that are visited now, and those visited again later."""
    store = Store(database)
    with store.write() as tx:
        client_id = clients.client_of(tx, "default").id
        assert len(companies_of(tx, client_id)) == 2
        wanted = {one.key for one in visits(tx, client_id, [ZETA, OTHER])}
        tx.execute(update(campaign).values(crawl=True))
        again = {one.key for one in revisit(tx, [ZETA, OTHER])}
    store.close()
    return wanted, again
