"""A process that is killed at any step of a question pays nothing twice, and loses nothing."""

import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import func, select

from actions.session import Session
from console.cli.main import run_command
from leads.settings import load_settings
from leads.store import Tx
from leads.store.migrate import open_store
from leads.store.schema import source_question, spending_line
from leads.store.spending import questions as stored_questions
from sources.run import catalog
from tests.console.conftest import Sluice
from tests.sources.asking import HOST, PROVIDER, Asking, reach
from tests.sources.fake_sources import FakeSources, Paid
from workers import asking as batch
from workers import asking_jobs, source_http, source_talk

T = TypeVar("T")
ROWS = "Granby Verkstad AB,SE,Granby,,granby.example\nEkmala Bageri AB,SE,Ekmala,,ekmala.example\n"
BUDGET = ("enrich", "run", "--budget", "1", "EUR")
KNOWS_REPEATS = PROVIDER + "repeat_header: X-Request-Id\n"


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _after(module: object, name: str) -> None:
    """Die when this function of a module has returned."""
    before: Callable[..., object] = getattr(module, name)

    def dying(*given: object, **named: object) -> object:
        before(*given, **named)
        _die()
        raise AssertionError

    setattr(module, name, dying)


def _at(module: object, name: str) -> None:
    """Die when this function of a module is called."""

    def dying(*_: object, **__: object) -> object:
        _die()
        raise AssertionError

    setattr(module, name, dying)


#: Where the process dies, and whether the provider may have been asked by then, as far as is known.
STEPS: dict[str, tuple[Callable[[], None], bool]] = {
    "before it is reserved": (lambda: _at(batch, "reserve"), False),
    "in the transaction of the reservation": (lambda: _after(batch, "reserve"), False),
    "after it is reserved": (lambda: _at(source_talk.Talk, "hold"), False),
    "in the transaction that says it is sent": (
        lambda: _after(stored_questions, "send"),
        False,
    ),
    "before the call": (lambda: _at(source_http.SourceClient, "send"), True),
    "after the call": (lambda: _at(source_http, "_read"), True),
    "before the answer is stored": (lambda: _at(batch, "settle"), True),
    "in the transaction of the answer": (lambda: _after(batch, "settle"), True),
}


@pytest.fixture
def asking(
    database: str, sluice: Sluice, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Asking]:
    fake = FakeSources()
    with fake.serving():
        made = Asking(sluice, tmp_path, home, fake)
        monkeypatch.setattr(Session, "context", reach(fake))
        monkeypatch.setenv("HEADCOUNTS_KEY", "right")
        # The provider alone: each step is one of a question that costs money.
        monkeypatch.setattr(catalog, "registers", tuple)
        monkeypatch.setattr(asking_jobs, "AGAIN", timedelta(0))
        yield made


def _killed(prepare: Callable[[], None]) -> None:
    """Run the command in a process of its own that dies on its way."""
    child = os.fork()
    if child == 0:
        try:
            prepare()
            sys.stdout = sys.stderr = io.StringIO()
            run_command([*BUDGET])
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "it was to be killed, and ended by itself"


def _read(read: Callable[[Tx], T]) -> T:
    store = open_store(load_settings().database_url)
    try:
        with store.read() as tx:
            return read(tx)
    finally:
        store.close()


def _open_questions(tx: Tx) -> int:
    waiting = source_question.c.state.in_(("reserved", "sent"))
    return int(tx.execute(select(func.count()).where(waiting)).scalar_one())


def _books(tx: Tx) -> tuple[int, int]:
    """What questions were charged, and what the ledger adds up to: millionths."""
    charged = select(func.coalesce(func.sum(source_question.c.charged_micros), 0))
    added = select(func.coalesce(func.sum(spending_line.c.micros), 0))
    return int(tx.execute(charged).scalar_one()), int(tx.execute(added).scalar_one())


@pytest.mark.parametrize("step", STEPS)
def test_a_killed_run_pays_nothing_twice(asking: Asking, sluice: Sluice, step: str) -> None:
    asking.run_list(ROWS)
    prepare, was_sent = STEPS[step]
    _killed(prepare)
    sluice(*BUDGET)
    sluice(*BUDGET)
    assert len(asking.paid.billed) == len(set(asking.paid.billed))
    assert _read(_open_questions) == 0
    charged, added = _read(_books)
    assert charged == added
    lost = sluice("enrich", "unclear", "--json").json
    assert bool(lost) == was_sent
    if not lost:
        assert sorted(asking.paid.billed) == ["ekmala.example", "granby.example"]


@pytest.mark.parametrize(
    "step", ["before the call", "after the call", "in the transaction of the answer"]
)
def test_a_provider_that_knows_repeats_is_asked_again(
    asking: Asking, sluice: Sluice, step: str
) -> None:
    asking.provider_file.write_text(KNOWS_REPEATS, "utf-8")
    asking.paid = Paid(asking.companies, knows_repeats=True)
    asking.fake.hosts[HOST] = asking.paid
    asking.run_list(ROWS)
    _killed(STEPS[step][0])
    sluice(*BUDGET)
    assert sorted(asking.paid.billed) == ["ekmala.example", "granby.example"]
    assert sluice("enrich", "unclear", "--json").json == []
    assert _read(_open_questions) == 0


def test_a_person_says_whether_a_lost_answer_was_charged(asking: Asking, sluice: Sluice) -> None:
    asking.run_list(ROWS)
    _killed(STEPS["before the call"][0])
    sluice(*BUDGET)
    lost = sluice("enrich", "unclear", "--json").json
    for one in lost:
        sluice("enrich", "settle", one["id"], "--not-charged")
    assert sluice("enrich", "unclear", "--json").json == []
    sluice(*BUDGET)
    assert sorted(asking.paid.billed) == ["ekmala.example", "granby.example"]
    charged, added = _read(_books)
    assert charged == added == 200_000
