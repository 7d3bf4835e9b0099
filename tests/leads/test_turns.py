"""Turns at a source, at made times."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leads.store import Store
from leads.store.spending import turns
from leads.store.spending.turns import Rest

Limits = Sequence[tuple[int, int]]
START = datetime(2026, 3, 1, tzinfo=UTC)
SECOND = 1_000_000
LONGEST = round(turns.LONGEST * SECOND)


@pytest.fixture(scope="module")
def store(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("turns") / "sluice.db"
    shutil.copyfile(sqlite_template, path)
    made = Store(f"sqlite:///{path}")
    yield made
    made.close()


@dataclass
class Clock:
    """The clock of the database, in microseconds."""

    at: int = 0

    def __call__(self, _: object) -> datetime:
        return START + timedelta(microseconds=self.at)


@pytest.fixture(scope="module")
def clock() -> Iterator[Clock]:
    made = Clock()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(turns, "clock", made)
        yield made


@dataclass
class World:
    """One source, and the requests that are under way to it."""

    store: Store
    clock: Clock
    limits: Limits
    source: str = field(default_factory=lambda: uuid4().hex)
    open: list[tuple[UUID, int]] = field(default_factory=list)
    #: When requests may have begun, and when they were over.
    asked: list[tuple[int, int]] = field(default_factory=list)

    def take(self, count: int) -> float:
        with self.store.write() as tx:
            taken = turns.take(tx, self.source, self.limits, count)
        self.open += [(one, self.clock.at) for one in taken.ids]
        return taken.wait

    def end(self, which: int, late: int) -> None:
        """End a request; its end is noted later."""
        one, taken = self.open.pop(which % len(self.open))
        # What is not over by its time is not begun.
        if self.clock.at - taken <= LONGEST:
            self.asked.append((taken, self.clock.at))
        self.clock.at += late
        with self.store.write() as tx:
            turns.end(tx, {one: late / SECOND}, self.limits)

    def check(self) -> None:
        """However each request came between its beginning and its end, every window holds."""
        asked = self.asked + [(taken, taken + LONGEST) for _, taken in self.open]
        for begun, _ in asked:
            for requests, seconds in self.limits:
                since = begun - seconds * SECOND
                together = sum(taken <= begun and done > since for taken, done in asked)
                assert together <= requests


STEPS = st.lists(
    st.tuples(
        st.sampled_from([0, 1, 250_000, 999_999, 1_000_000, 3_999_999, 61_000_000]),
        st.sampled_from(["take", "end"]),
        st.integers(1, 6),
        st.sampled_from([0, 1, 700_000]),
    ),
    min_size=5,
    max_size=40,
)


@settings(max_examples=40)
@given(st.sampled_from([[(1, 1)], [(3, 1), (5, 4)], [(2, 2), (3, 7)]]), STEPS)
def test_no_window_holds_more_than_its_limit(
    store: Store, clock: Clock, limits: Limits, steps: list[tuple[int, str, int, int]]
) -> None:
    world = World(store, clock, limits)
    for after, what, number, late in steps:
        clock.at += after
        if what == "take":
            world.take(number)
        elif world.open:
            world.end(number, late)
    # Those still open are of processes that died.
    world.check()


def test_turns_leave_little_of_a_limit_unused(store: Store, clock: Clock) -> None:
    """Requests of 50 ms that ask again when they are told use four fifths of what is allowed."""
    world = World(store, clock, [(20, 1), (60, 5)])
    began, latency = clock.at, 50_000
    while clock.at - began < 21 * SECOND:
        wait = world.take(8)
        if wait:
            clock.at += latency
            while world.open:
                world.end(0, 0)
            clock.at += max(round(wait * SECOND) - latency, 0)
    world.check()
    # 60 in each of five windows: at 0, 5, 10, 15 and 20 seconds.
    assert len(world.asked) >= 0.8 * 5 * 60


def test_a_long_rest_is_not_cut_short(store: Store, clock: Clock) -> None:
    hour, day = (datetime.now(UTC) + timedelta(hours=some) for some in (1, 24))
    with store.write() as tx:
        turns.rest(tx, [Rest("register:one", day, "its quota is used up")])
        turns.rest(tx, [Rest("register:one", hour, "too fast"), Rest("register:two", hour, "")])
        held = turns.rests(tx)
    assert (held["register:one"].until, held["register:one"].reason) == (
        day,
        "its quota is used up",
    )
    assert held["register:two"].until == hour
