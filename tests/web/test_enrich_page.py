"""A manager plans what sources are asked, starts a run, and sees limits; others decide the rest."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from actions.session import Session
from leads.clock import now
from leads.store import Store
from leads.store.spending import turns
from leads.store.spending.turns import Rest
from tests.console.conftest import Sluice
from tests.sources.asking import Asking, reach
from tests.sources.fake_sources import FakeSources
from tests.web.browser import Browser
from tests.web.conftest import LogIn

NAME = "Granby <b>Verkstad</b> AB"
ROWS = f"Fjordvik Pumper AS,NO,Oslo,0150,\n{NAME},SE,Granby,,granby.example\n"


@pytest.fixture
def asking(
    database: str, sluice: Sluice, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Asking]:
    fake = FakeSources()
    with fake.serving():
        made = Asking(sluice, tmp_path, home, fake)
        monkeypatch.setattr(Session, "context", reach(fake))
        monkeypatch.setenv("HEADCOUNTS_KEY", "right")
        monkeypatch.setenv("SLUICE_USER", "boss")
        yield made


@pytest.fixture
def mia(asking: Asking, log_in: LogIn) -> Browser:
    browser = log_in("mia", "default", role="manager")
    asking.run_list(ROWS)
    return browser


def test_a_run_is_planned_and_started(mia: Browser, asking: Asking) -> None:
    free = mia.get("/enrich")
    assert "Open verdicts 2" in free.text
    assert "provider:headcounts" not in free.text
    planned = mia.get("/enrich?budget=1%20EUR&each=0.5%20eur")
    for text in (NAME, "provider:headcounts", "0.10 EUR", "Verdicts over cost"):
        assert text in planned.text
    assert "<b>Verkstad" not in planned.html
    assert not asking.fake.asked
    started = mia.send(planned, "/enrich/runs")
    assert "workers ask about 2 companies with at most 1.00 EUR" in started.text
    assert not asking.fake.asked
    wrong = mia.get("/enrich?budget=%22much")
    assert (wrong.status, 'value="&#34;much"' in wrong.html) == (400, True)


def test_limits_and_sources_that_rest_are_shown(
    mia: Browser, log_in: LogIn, sluice: Sluice, database: str
) -> None:
    sluice("enrich", "cap", "100", "EUR", "--per-month")
    store = Store(database)
    with store.write() as tx:
        soon = now() + timedelta(hours=1)
        turns.rest(tx, [Rest("register:no", soon, "it wants <i>fewer</i> questions")])
    store.close()
    shown = mia.get("/enrich")
    for text in ("cap, per month", "100.00 EUR", "register:no", "it wants <i>fewer</i> questions"):
        assert text in shown.text
    assert "<i>fewer" not in shown.html
    assert "Wake" not in shown.text
    refused = mia.post("/enrich/wake", shown.hidden("/enrich/runs") | {"source": "register:no"})
    assert "may not steer the background work" in refused.text
    boss = log_in("root", role="admin")
    awake = boss.send(boss.get("/enrich"), "/enrich/wake")
    assert "register:no is asked again" in awake.text
    assert "fewer" not in awake.text


def test_only_managers_open_it(asking: Asking, log_in: LogIn) -> None:
    assert log_in("ann", "default").get("/enrich").status == 403
