"""Names that several workers look up at the same time are asked for once."""

import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from actions.session import Session
from leads.store import Store, name_look_ups
from leads.visit_outcomes import Known
from spiders.look_up import AT_ONCE, LookedUp
from spiders.look_up import PATIENCE as PATIENCE_OF_A_NAME
from tests.made_clock import MadeClock
from workers.context import Context
from workers.shared_look_ups import TOGETHER, shared_look_up

NAMES = [f"n{place}.example" for place in range(3)]
PATIENCE = 30


class Asked:
    """A name service that counts what it is asked for, and answers when it may."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self.begun, self.may_answer = threading.Event(), threading.Event()

    def __call__(self, names: Sequence[str], **_: Any) -> Mapping[str, LookedUp]:
        self.count.update(names)
        if NAMES[0] in names:
            self.begun.set()
            assert self.may_answer.wait(PATIENCE)
        return {one: LookedUp(one, Known.FOUND, (one,)) for one in names}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    made = Asked()
    monkeypatch.setattr("workers.shared_look_ups.look_up", made)
    return made


@pytest.fixture
def other(session: Session) -> Iterator[Context]:
    """Another worker at the same database."""
    store = Store(session.settings.database_url)
    yield replace(session.context(), store=store)
    store.close()


def test_the_second_waits_for_the_first_and_uses_its_answers(
    session: Session, other: Context, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits, sleep = threading.Event(), time.sleep

    def rest(seconds: float) -> None:
        waits.set()
        sleep(seconds)

    monkeypatch.setattr("workers.shared_look_ups.time.sleep", rest)
    found: list[Mapping[str, LookedUp]] = []
    first = threading.Thread(target=lambda: found.append(shared_look_up(session.context(), NAMES)))
    second = threading.Thread(
        target=lambda: found.append(shared_look_up(other, [*NAMES, "more.example"]))
    )
    first.start()
    assert asked.begun.wait(PATIENCE)
    second.start()
    assert waits.wait(PATIENCE)
    asked.may_answer.set()
    for one in (first, second):
        one.join(PATIENCE)
        assert not one.is_alive()
    assert asked.count == Counter([*NAMES, "more.example"])
    assert sorted(map(len, found)) == [3, 4]
    assert all(one.known is Known.FOUND for some in found for one in some.values())


def test_whoever_waits_writes_nothing_and_stops_when_asked(
    session: Session, other: Context, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    with session.store.write() as tx:
        name_look_ups.begin_look_ups(tx, NAMES)
    rests: list[float] = []
    monkeypatch.setattr("workers.shared_look_ups.time.sleep", rests.append)
    waiting = replace(other, should_stop=lambda: len(rests) >= 5)
    # Nobody else can write while this is open.
    with session.store.write() as tx:
        name_look_ups.forget_look_ups(tx)
        assert shared_look_up(waiting, NAMES) == {}
    assert len(rests) == 5
    assert not asked.count


def test_many_names_are_stored_in_parts_and_a_stop_comes_between(
    session: Session, asked: Asked
) -> None:
    asked.may_answer.set()
    names = [f"m{place}.example" for place in range(2 * TOGETHER + 5)]
    parts: list[int] = []

    def stops() -> bool:
        with session.store.read() as tx:
            parts.append(len(name_look_ups.looked_up(tx, names)))
        return len(parts) == 3

    context = replace(session.context(), should_stop=stops)
    assert len(shared_look_up(context, names)) == 2 * TOGETHER
    assert parts == [0, TOGETHER, 2 * TOGETHER]
    assert len(shared_look_up(session.context(), names)) == len(names)
    assert set(asked.count.values()) == {1}


def test_a_part_is_looked_up_before_others_take_it_over() -> None:
    """Each name is asked for twice, and what no ending answers once more, at the slowest."""
    turns = -(-2 * TOGETHER // AT_ONCE) + 1
    assert turns * PATIENCE_OF_A_NAME < name_look_ups.HOLDS[name_look_ups.ASKED].total_seconds()


def test_the_names_of_a_worker_that_died_are_taken_over(
    session: Session, other: Context, asked: Asked, clock: MadeClock
) -> None:
    with session.store.write() as tx:
        assert name_look_ups.begin_look_ups(tx, NAMES) == NAMES
    with other.store.write() as tx:
        assert name_look_ups.begin_look_ups(tx, NAMES) == []
    clock.at += timedelta(minutes=1)
    asked.may_answer.set()
    assert set(shared_look_up(other, NAMES)) == set(NAMES)
    assert asked.count == Counter(NAMES)


def test_answers_that_hold_are_not_asked_for_again(
    session: Session, other: Context, asked: Asked, clock: MadeClock
) -> None:
    asked.may_answer.set()
    shared_look_up(session.context(), NAMES)
    shared_look_up(other, NAMES)
    assert asked.count == Counter(NAMES)
    clock.at += timedelta(days=31)
    shared_look_up(other, [*NAMES, NAMES[0]])
    assert asked.count == Counter(NAMES * 2)
