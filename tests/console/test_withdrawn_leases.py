"""A prospect is taken from its holder: it was suppressed, is a customer, or was merged with one that
another holds.
"""

from collections.abc import Callable
from pathlib import Path

from leads.store import events
from leads.store.migrate import open_store
from tests.console.conftest import Sluice

Queued = Callable[..., None]
ALPHA, ZETA = "Alpha Werkzeugbau GmbH", "Zeta Pressteile GmbH"


def holds(sluice: Sluice, user: str) -> list[str]:
    mine = sluice("queue", "mine", "--as", user, "--json").json
    return [one["name"] for one in mine["held"]]


def test_a_suppression_takes_the_prospect_from_its_holder_who_may_still_report(
    sluice: Sluice, queued: Queued, database_url: str
) -> None:
    queued(ZETA)
    company_id = sluice("queue", "next", "--as", "ann", "--json").json["company"]["id"]
    sluice("suppress", "add", "zeta.example")

    assert holds(sluice, "ann") == []
    sluice("queue", "next", "--as", "ann", code=3)
    error = sluice("queue", "skip", "x", "--company", ZETA, "--as", "ann", code=3).err
    assert f"ann holds {ZETA} no more: the lease was withdrawn" in error
    store = open_store(database_url)
    with store.read() as tx:
        lines = [(one.verb, one.reason) for one in events.of_thing(tx, "company", company_id)]
    store.close()
    assert lines[-1][0] == "lease withdrawn"
    assert lines[-1][1].startswith("ann held it; suppressed: zeta.example")

    done = sluice("queue", "done", "not_interested", "--as", "ann", "--json").json
    assert done["relationship"] == "lost"


def test_an_undo_gives_no_suppressed_prospect_back(sluice: Sluice, queued: Queued) -> None:
    queued(ZETA)
    sluice("queue", "next", "--as", "ann")
    sluice("queue", "skip", "at lunch", "--as", "ann")
    sluice("suppress", "add", "zeta.example")
    assert sluice("queue", "undo", "--as", "ann", "--json").json["held"] is False
    assert holds(sluice, "ann") == []


def test_of_two_holders_of_merged_companies_the_first_stays(sluice: Sluice, queued: Queued) -> None:
    queued(ALPHA, ZETA)
    sluice("queue", "next", "--as", "ann")
    sluice("queue", "next", "--as", "ben")
    sluice("dedupe", "merge", ALPHA, ZETA)

    assert len(holds(sluice, "ann")) == 1
    assert holds(sluice, "ben") == []
    sluice("queue", "done", "interested", "--as", "ann")


def test_the_first_holder_stays_though_the_company_is_part_of_the_other_now(
    sluice: Sluice, queued: Queued
) -> None:
    queued(ALPHA, ZETA)
    sluice("queue", "next", "--as", "ben", "--n", "2")
    # The company that stays after the merge is free, then taken by ann.
    sluice("queue", "release", "--company", ALPHA, "--as", "ben")
    sluice("queue", "next", "--as", "ann")
    sluice("dedupe", "merge", ALPHA, ZETA)

    assert len(holds(sluice, "ben")) == 1
    assert holds(sluice, "ann") == []


def test_a_won_company_is_taken_from_its_holder_and_stays_a_customer(
    sluice: Sluice, queued: Queued, tmp_path: Path
) -> None:
    queued(ZETA)
    sluice("queue", "next", "--as", "ann")
    path = tmp_path / "won.csv"
    path.write_text("domain,outcome,at\nzeta.example,won,2026-11-21\n")
    sluice("outcomes", "import", path)

    assert holds(sluice, "ann") == []
    sluice("queue", "done", "interested", "--company", ZETA, "--as", "ann", code=None)
    (row,) = sluice("export", "--stage", "all", "--json").json
    assert "customer" in row["reason"]
    assert sluice("export", "--stage", "lead", "--json").json == []
