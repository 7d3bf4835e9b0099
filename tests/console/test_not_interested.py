"""A company that declined: suppressed for its campaign, until that lifts by itself."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from leads.clock import now
from leads.store.migrate import open_store
from leads.store.schema import relationship, suppression
from tests.console.conftest import Sluice

Queued = Callable[..., None]
FILE = """dispositions: ours
version: 1
outcomes:
  declined:
    meaning: declined
    relationship: lost
    suppress: {suppress}
"""


def let_the_time_pass(database_url: str) -> None:
    """Move every end into the past."""
    store, past = open_store(database_url), now() - timedelta(seconds=1)
    with store.write() as tx:
        tx.execute(update(suppression).values(until=past))
        tx.execute(update(relationship).values(reopens_at=past))
    store.close()


def test_who_declined_comes_back_by_itself(
    sluice: Sluice, queued: Queued, database_url: str
) -> None:
    queued("Zeta GmbH")
    sluice("queue", "next", "--as", "ann")
    done = sluice("queue", "done", "not_interested", "--as", "ann", "--json").json
    assert (done["relationship"], done["level"], done["companies"]) == ("lost", "campaign", 1)
    assert done["again_at"] == done["suppressed_until"]
    listed = sluice("suppress", "list", "--json").json[0]
    assert (listed["level"], listed["until"]) == ("campaign", done["suppressed_until"])
    sluice("queue", "next", "--as", "bob", code=3)

    let_the_time_pass(database_url)

    assert "Zeta GmbH" in sluice("queue", "next", "--as", "bob").out


def test_a_date_ends_it_and_a_person_ends_it_sooner(sluice: Sluice, queued: Queued) -> None:
    queued("Zeta GmbH")
    sluice("queue", "next", "--as", "ann")
    year = f"{now().year + 1}"
    said = sluice("queue", "done", "not_interested", "--as", "ann", "--at", f"{year}-09-01")
    assert "this campaign's do-not-contact list" in said.err
    assert "that lifts by itself on" in said.err
    assert year in said.err
    sluice("queue", "reopen", "Zeta GmbH", "--as", "ann")
    assert "Zeta GmbH" in sluice("queue", "next", "--as", "bob").out
    assert sluice("suppress", "list", "--json").json == []


def test_undoing_it_needs_no_reason(sluice: Sluice, queued: Queued) -> None:
    queued("Zeta GmbH")
    sluice("queue", "next", "--as", "ann")
    sluice("queue", "done", "not_interested", "--as", "ann")
    sluice("queue", "undo", "--as", "ann")
    assert sluice("suppress", "list", "--json").json == []
    assert len(sluice("queue", "mine", "--as", "ann", "--json").json["held"]) == 1


@pytest.mark.parametrize(
    ("suppress", "said"),
    [
        ("everywhere", "7: outcomes.declined.suppress: must be one of campaign, client, agency"),
        ("{level: law}", "must be one of campaign, client, agency (given: 'law')"),
        ("{level: client, for: soon}", "suppress.for: must be a time such as"),
        ("{level: client, for: 6 years}", "at most 5 years"),
        ("{for: 180d}", "`level` is missing"),
        ("{level: client, until: 180d}", "there is no `until` here"),
    ],
)
def test_check_names_what_is_wrong(
    sluice: Sluice, tmp_path: Path, suppress: str, said: str
) -> None:
    file = tmp_path / "ours.yaml"
    file.write_text(FILE.format(suppress=suppress))
    error = sluice("dispositions", "check", file, code=2).err
    assert said in error
    assert f"{file}:7: " in error


def test_check_finds_two_ways_back(sluice: Sluice, tmp_path: Path) -> None:
    file = tmp_path / "ours.yaml"
    file.write_text(FILE.format(suppress="{level: client, for: 12h}") + "    again: 1 day\n")
    found = sluice("dispositions", "check", file, code=1).out
    assert ":8: outcomes.declined.again: `suppress` says already when it comes back" in found
