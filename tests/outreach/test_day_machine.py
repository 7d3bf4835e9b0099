"""Two SDRs, two clients and one database: whatever they do in whatever order, nothing slips.

After every step: a company has one holder at most in a campaign; nothing that was suppressed or
erased is in a queue, in somebody's hands or in an export; the log names every change; an undo
restores how everything stood; and nothing is raised but errors that say the way out.

`make fuzz-outreach` runs more cases.
"""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import make_url

from tests.conftest import GIVEN
from tests.made_clock import MadeClock
from tests.outreach.day_driver import DayCounts, DayDriver
from tests.outreach.day_machine import Day
from tests.outreach.day_town import BEGINS, NORTH, SOUTH, build_town, session_at
from tests.postgres import fresh_database

#: More cases than in the suite, and how many steps each may have.
MORE_CASES = int(GIVEN.get("SLUICE_FUZZ_CASES", "0"))
STEPS = int(GIVEN.get("SLUICE_FUZZ_STEPS", "20"))
OpenDay = Callable[[ExitStack], DayDriver]


def run_days(open_day: OpenDay, cases: int) -> None:
    """Run so many days, each in a town of its own."""

    class OwnDay(Day):
        def __init__(self) -> None:
            self.stack = ExitStack()
            super().__init__(open_day(self.stack))

        def teardown(self) -> None:
            self.stack.close()

    # Shrinking a failure takes minutes: the steps as they were found are printed without it.
    shrinks = bool(GIVEN.get("SLUICE_FUZZ_SHRINK"))
    phases = [Phase.generate, Phase.shrink] if shrinks else [Phase.generate]
    wanted = settings(
        max_examples=MORE_CASES or cases,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        # The suite runs the same days each time; `make fuzz-outreach` runs others.
        derandomize=not MORE_CASES,
        phases=phases,
    )
    run_state_machine_as_test(OwnDay, settings=wanted)


@pytest.fixture
def town_clock() -> Iterator[MadeClock]:
    clock = MadeClock(BEGINS)
    with clock.running():
        yield clock


@pytest.fixture
def counts(capsys: pytest.CaptureFixture[str]) -> Iterator[DayCounts]:
    found = DayCounts()
    yield found
    if MORE_CASES:
        with capsys.disabled():
            sys.stdout.write(f"\n{found}\n")


@pytest.fixture(scope="module")
def town_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with the town in it, to be copied."""
    folder = tmp_path_factory.mktemp("town")
    build_town(f"sqlite:///{folder / 'town.db'}", folder / "home")
    return folder / "town.db"


@pytest.fixture(scope="module")
def town_template(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a PostgreSQL database with the town in it, to be copied."""
    with fresh_database(postgres_url) as url:
        build_town(url, tmp_path_factory.mktemp("town"))
        yield str(make_url(url).database)


def test_nothing_slips_on_sqlite(
    town_file: Path, tmp_path: Path, town_clock: MadeClock, counts: DayCounts
) -> None:
    def open_day(stack: ExitStack) -> DayDriver:
        town_clock.at = BEGINS
        file = tmp_path / f"{counts.cases}.db"
        shutil.copyfile(town_file, file)
        stack.callback(file.unlink)
        session = session_at(f"sqlite:///{file}", tmp_path / "home")
        stack.callback(session.store.close)
        return DayDriver(session, town_clock, tmp_path / "files", counts)

    run_days(open_day, 10)


def test_an_undo_after_a_merge_leaves_to_another_client_what_it_worked(
    town_file: Path, tmp_path: Path, town_clock: MadeClock
) -> None:
    file = shutil.copyfile(town_file, tmp_path / "day.db")
    session = session_at(f"sqlite:///{file}", tmp_path / "home")
    try:
        driver = DayDriver(session, town_clock, tmp_path / "files", DayCounts())
        day = Day(driver)
        day.begin()
        names = {row["id"]: row["name"] for row in driver.rows["company"]}
        held = [(one.where.client, names[one.company_id]) for one in driver.held()]
        day.done(held.index((SOUTH, "Ceder Optik AG")), "too_big", 1)
        north = [names[one] for one in driver.rows.live_companies(driver.client_of(NORTH))]
        (adler,) = (one for one in driver.held() if names[one.company_id].startswith("Adler"))
        ceder = north.index("Ceder Optik AG")
        first = north.index(names[adler.company_id])
        day.merge(NORTH, first, ceder - first)
        day.act_and_undo(driver.held().index(adler), ["uses_competitor"])
        entry = driver.rows.tables["queue_entry"][adler.lease["queue_entry_id"]]
        assert entry["state"] == "ready"
        assert "worked lately by this agency" in entry["reason"]
        assert adler.company_id not in {one.company_id for one in driver.held()}
    finally:
        session.store.close()


def test_nothing_slips_on_postgresql(
    postgres_url: str,
    town_template: str,
    tmp_path: Path,
    town_clock: MadeClock,
    counts: DayCounts,
) -> None:
    def open_day(stack: ExitStack) -> DayDriver:
        town_clock.at = BEGINS
        url = stack.enter_context(fresh_database(postgres_url, town_template))
        session = session_at(url, tmp_path / "home")
        stack.callback(session.store.close)
        return DayDriver(session, town_clock, tmp_path / "files", counts)

    run_days(open_day, 3)
