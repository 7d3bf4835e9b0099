"""A process that dies of its start is tried again, and not without end at once."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from workers import member as members
from workers import supervise as supervisor
from workers.bounds import Bounds
from workers.context import Context
from workers.member import Member

supervisor.warm()  # Once here, rather than in each supervisor that a test forks.


def dies(_began: Callable[[float], None]) -> None:
    os._exit(7)


def ended(member: Member) -> Member:
    while member.exitcode is None:
        time.sleep(0.01)
    return member


def test_each_failed_start_doubles_the_delay() -> None:
    member, delays = ended(Member("worker", dies)), []
    for _ in range(8):
        delays.append(member.note_death())
        member = ended(member.successor())
    assert delays == [0, 1, 2, 4, 8, 16, 30, 30]


def test_a_process_that_ran_for_a_while_restarts_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "STARTED_SECONDS", 0.0)
    member = ended(Member("worker", dies, 5))
    assert (member.note_death(), member.may_restart()) == (0, True)


def test_a_failed_start_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Context:
        (tmp_path / f"{time.monotonic_ns()}").touch()
        os._exit(7)

    monkeypatch.setattr(supervisor, "_admit", lambda _make: None)
    end = time.monotonic() + 3
    child = os.fork()
    if child == 0:
        try:
            supervisor.supervise(
                broken,
                1,
                lambda line: print(line, file=(tmp_path / "told").open("a"), flush=True),
                lambda: time.monotonic() > end,
                Bounds(),
            )
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    told = (tmp_path / "told").read_text().splitlines()
    assert any("because its start failed again" in line for line in told)
    assert len(list(tmp_path.glob("[0-9]*"))) <= 2 * 4, (
        "a worker and a sweeper, each three or four times in three seconds"
    )
