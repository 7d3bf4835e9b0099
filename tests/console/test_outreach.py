"""The desk and the suppressions through the store: what was said is never lost, and who must not be
called is not.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from leads.clock import now
from leads.store import Store
from leads.store.schema import lease
from tests.console.conftest import Sluice

pytestmark = pytest.mark.usefixtures("database")

ICP = (
    "icp: all\nversion: 1\nsuspect:\n  - country: [DE]\nscore:\n  - {points: 10, employees:"
    " {at_least: 20}}\n"
)


@pytest.fixture
def run(sluice: Sluice, tmp_path: Path) -> Callable[..., dict[str, int]]:
    (tmp_path / "icp.yaml").write_text(ICP)

    def imported(name: str, *rows: str, client: str = "default") -> dict[str, int]:
        (tmp_path / f"{name}.csv").write_text(
            "name,website,country,employees\n" + "\n".join(rows) + "\n"
        )
        found: dict[str, int] = sluice(
            "run",
            tmp_path / f"{name}.csv",
            "--icp",
            tmp_path / "icp.yaml",
            "--no-crawl",
            "--new-client",
            "--client",
            client,
            "--json",
        ).json
        return found

    return imported


def names(sluice: Sluice, client: str = "default") -> list[str]:
    return [row["name"] for row in sluice("queue", "show", "--client", client, "--json").json]


def let_leases_run_out(database: str) -> None:
    store = Store(database)
    with store.write() as tx:
        tx.execute(update(lease).values(until=now() - timedelta(days=1)))
    store.close()


def test_a_word_said_after_the_lease_ran_out_still_counts(
    sluice: Sluice, run: Callable[..., object], database: str
) -> None:
    run("fair", "Zeta GmbH,zeta.example,DE,30")
    sluice("queue", "next", "--as", "ann")
    let_leases_run_out(database)
    assert (
        sluice("queue", "done", "interested", "--as", "ann", "--json").json["relationship"]
        == "lead"
    )
    assert names(sluice) == []


def test_do_not_contact_counts_even_when_another_has_it_now(
    sluice: Sluice, run: Callable[..., object], database: str
) -> None:
    run("fair", "Zeta GmbH,zeta.example,DE,30")
    sluice("queue", "next", "--as", "ann")
    let_leases_run_out(database)
    sluice("queue", "next", "--as", "ben")
    assert sluice("queue", "done", "not_interested", "--as", "ann", code=3).err
    assert (
        sluice("queue", "done", "do_not_contact", "--as", "ann", "--json").json["suppressed"]
        is True
    )
    sluice("queue", "next", "--as", "ben", code=3)
    sluice("queue", "release", "--as", "ben", code=3)
    assert sluice("queue", "stats", "--json").json["states"] == {"out": 1}
    assert names(sluice) == []


def test_a_merge_takes_the_lease_and_the_word_along(
    sluice: Sluice, run: Callable[..., object]
) -> None:
    run("fair", "Alphatec GmbH,alphatec.example,DE,5", "Zeta GmbH,zeta.example,DE,30")
    assert sluice("queue", "next", "--as", "ann", "--json").json["company"]["name"] == "Zeta GmbH"
    sluice("dedupe", "merge", "Alphatec GmbH", "Zeta GmbH")
    assert sluice("queue", "next", "--as", "ben", code=3).err, "who holds the one holds the other"
    assert (
        sluice("queue", "done", "do_not_contact", "--as", "ann", "--json").json["suppressed"]
        is True
    )
    assert names(sluice) == []
    for text in ("zeta.example", "Zeta", "alphatec.example"):
        assert sluice("suppress", "check", text, "--json").json["suppressed"] is True, text


def test_an_undone_list_does_not_lock_the_one_who_calls_out(
    sluice: Sluice, run: Callable[..., object]
) -> None:
    run("fair", "Zeta GmbH,zeta.example,DE,30")
    sluice("queue", "next", "--as", "ann")
    sluice("lists", "undo", "fair")
    assert "Zeta" in sluice("queue", "next", "--as", "ann").out
    assert (
        sluice("queue", "done", "do_not_contact", "--as", "ann", "--json").json["suppressed"]
        is True
    )
    assert sluice("suppress", "check", "zeta.example", "--json").json["suppressed"] is True
    run("friday", "ZETA Gesellschaft mbH,,DE,30")
    assert names(sluice) == []


def test_the_further_relationship_stands_after_a_merge(
    sluice: Sluice, run: Callable[..., object]
) -> None:
    run("fair", "Alphatec GmbH,alphatec.example,DE,30", "Zeta GmbH,zeta.example,DE,25")
    first = sluice("queue", "next", "--as", "ann", "--json").json["company"]["name"]
    sluice("queue", "done", "call_back", "--as", "ann")
    sluice("queue", "next", "--as", "ann")
    sluice("queue", "done", "interested", "--as", "ann")
    sluice("dedupe", "merge", "Alphatec GmbH", "Zeta GmbH")
    assert first in ("Alphatec GmbH", "Zeta GmbH")
    assert names(sluice) == [], "a lead stays a lead"


def test_a_released_prospect_was_no_attempt(sluice: Sluice, run: Callable[..., object]) -> None:
    run("fair", "Zeta GmbH,zeta.example,DE,30")
    for _ in range(5):
        sluice("queue", "next", "--as", "ann")
        sluice("queue", "release", "--as", "ann")
    sluice("queue", "next", "--as", "ann")
    assert (
        sluice("queue", "done", "no_answer", "--as", "ann", "--json").json["relationship"]
        == "untouched"
    )


def test_only_what_a_disposition_closed_is_reopened(
    sluice: Sluice, run: Callable[..., object]
) -> None:
    run("fair", "Zeta GmbH,zeta.example,DE,30")
    sluice("queue", "next", "--as", "ann")
    sluice("queue", "done", "interested", "--as", "ann")
    assert "lead" in sluice("queue", "reopen", "Zeta GmbH", "--as", "ann", code=4).err
    run("other", "Eta GmbH,eta.example,DE,30")
    sluice("queue", "next", "--as", "ann")
    sluice("queue", "done", "not_interested", "--as", "ann")
    sluice("queue", "reopen", "Eta GmbH", "--as", "ann")
    assert names(sluice) == ["Eta GmbH"]


def test_ending_one_request_keeps_what_another_asked_for(
    sluice: Sluice, run: Callable[..., object]
) -> None:
    run("fair", "Zeta GmbH,zeta.example,DE,30")
    sluice("queue", "next", "--as", "ann")
    sluice("suppress", "add", "Zeta GmbH")
    (request,) = {row["request_id"] for row in sluice("suppress", "list", "--json").json}
    sluice("queue", "done", "do_not_contact", "--as", "ann")
    sluice("suppress", "end", request)
    assert sluice("suppress", "check", "Zeta", "--json").json["suppressed"] is True
    assert names(sluice) == []


def test_a_request_belongs_to_its_client_and_level(
    sluice: Sluice, run: Callable[..., object]
) -> None:
    run("fair", "Zeta GmbH,zeta.example,DE,30")
    run("fair", "Zeta GmbH,zeta.example,DE,30", client="other")
    sluice("suppress", "add", "zeta.example")
    sluice("suppress", "add", "zeta.example", "--level", "agency")
    by_level = {
        row["level"]: row["request_id"] for row in sluice("suppress", "list", "--json").json
    }
    assert sluice("suppress", "end", by_level["client"], "--client", "other", code=3).err
    assert sluice("suppress", "end", by_level["agency"], code=3).err
    sluice("suppress", "end", by_level["agency"], "--level", "agency")
    assert (names(sluice), names(sluice, "other")) == ([], ["Zeta GmbH"])


@pytest.mark.parametrize(
    ("asked", "row"),
    [
        pytest.param(
            "mondayish.example", "mondayish.example,,DE,30", id="a name that looks like a domain"
        ),
        pytest.param("Schmitbauer Anlagen", "Schmidtbauer Anlagen GmbH,,DE,30", id="a misspelling"),
        pytest.param(
            "Kschmidtbauer Anlagen",
            "Schmidtbauer Anlagen GmbH,,DE,30",
            id="a misspelling in the first letter",
        ),
    ],
)
def test_a_suppressed_name_is_met_again(
    sluice: Sluice, run: Callable[..., dict[str, int]], asked: str, row: str
) -> None:
    sluice("suppress", "add", asked)
    assert run("fair", row)["suppressed"] == 1
    assert sluice("suppress", "check", row.partition(",")[0], "--json").json["suppressed"] is True
