"""A company whose signals speak against it leaves the queue, and is back when its file says so."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from actions.session import open_session
from leads.clock import now
from leads.store import scores
from tests.console.conftest import Sluice
from tests.console.made_leads import leads
from tests.made_clock import MadeClock

pytestmark = pytest.mark.usefixtures("database")

Queued = Callable[..., None]
SCORING = """scoring: strict
version: {version}
disqualify_at: {out}
{more}
rules:
  no: {{signal: not_interested, points: -40}}
  quote: {{signal: quote_requested, points: 30}}
"""


@pytest.fixture
def strict(sluice: Sluice, queued: Queued, tmp_path: Path) -> Callable[..., None]:
    queued("Zeta GmbH", "Alpha AG")

    def use(version: int, more: str = "", out: int = -40) -> None:
        path = tmp_path / f"{version}.yaml"
        path.write_text(SCORING.format(version=version, more=more, out=out))
        sluice("scoring", "use", path)

    return use


def queue(sluice: Sluice) -> set[str]:
    return {one["name"] for one in sluice("queue", "show", "--json").json}


def test_who_is_out_is_named_with_the_reason(sluice: Sluice, strict: Callable[..., None]) -> None:
    strict(1)
    made = sluice("signal", "add", "zeta.example", "not_interested", "--json").json["signal"]
    assert queue(sluice) == {"Alpha AG"}
    card = sluice("queue", "show", "zeta.example", "--json").json
    assert card["queue"]["state"] == "out"
    assert card["queue"]["note"] == (
        "disqualified: its signals speak against it, by strict version 1"
    )
    row = sluice("export", "--profile", "plain", "--stage", "disqualified", "--json").json
    assert [one["name"] for one in row] == ["Zeta GmbH"]
    assert sluice("scoring", "explain", "zeta.example", "--json").json["disqualified"] is True

    # What comes later does not bring it back, and a signal that is taken back does.
    sluice("signal", "add", "zeta.example", "quote_requested")
    assert queue(sluice) == {"Alpha AG"}
    sluice("signal", "remove", made["id"])
    assert queue(sluice) == {"Zeta GmbH", "Alpha AG"}
    sluice("signal", "add", "zeta.example", "not_interested")
    assert queue(sluice) == {"Zeta GmbH", "Alpha AG"}


def test_a_file_may_let_it_come_back(
    sluice: Sluice, strict: Callable[..., None], clock: MadeClock
) -> None:
    strict(1, "requalify_at: -20")
    sluice("signal", "add", "zeta.example", "not_interested")
    assert queue(sluice) == {"Alpha AG"}
    with open_session() as session, session.read() as work:
        assert scores.due(work.tx, now(), 10) == []
        (due,) = scores.due(work.tx, now() + timedelta(days=14, minutes=1), 10)
    clock.at += timedelta(days=14, minutes=1)
    # Any signal brings its score up to date, as the sweeper does when it is due.
    sluice("signal", "add", "zeta.example", "email_delivered")
    assert queue(sluice) == {"Zeta GmbH", "Alpha AG"}
    assert str(due[2]) == sluice("signal", "list", "zeta.example", "--json").json["company_id"]


def test_another_file_lets_it_come_back(sluice: Sluice, strict: Callable[..., None]) -> None:
    strict(1)
    sluice("signal", "add", "zeta.example", "not_interested")
    assert queue(sluice) == {"Alpha AG"}
    strict(2, out=-90)
    assert queue(sluice) == {"Zeta GmbH", "Alpha AG"}


def test_a_lead_that_is_out_is_barred(sluice: Sluice, strict: Callable[..., None]) -> None:
    strict(1)
    sluice("lead", "qualify", "zeta.example", "need=yes")
    sluice("signal", "add", "zeta.example", "not_interested")
    assert leads(sluice)["Zeta GmbH"]["barred"].startswith("disqualified: ")
    assert sluice("lead", "due", "--json").json == []
