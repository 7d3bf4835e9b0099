"""Kill processes and services during work, and check the data.

    python -m bench.chaos.run [--quick] [BLOW...]     a full run writes docs/bench/chaos.md

Every test has a fresh database, rows imported before and after the failure, and its own crew. The
failure happens at a known step of a worker. Only processes started here are killed, and nothing
listens on a network. Prints one line per test with the time from the failure until all work is
done. Exit code 1 if a row was lost, done twice or left over, or if a mutation was not detected.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import bench.chaos.crew as _first  # noqa: F401 - it changes the clock before anybody reads it
from bench.chaos.checker import complaints
from bench.chaos.mutations import MUTATIONS
from bench.chaos.page import Page
from bench.chaos.services import Postgres, RedisServer, services, small_disk
from bench.chaos.stage import NoSuchMomentError, Stage, children_of, stage
from leads.errors import SluiceError

MOMENTS = (
    "after-pop",
    "begun",
    "before-commit",
    "after-commit",
    "mid-crawl",
    "mid-look-up",
    "mid-search",
)
PATIENCE = 45.0


def blow(on: Stage, target: str, pid: int) -> None:
    """Hit the target, and restart what a machine would restart."""
    if target in ("redis", "flushall", "postgres"):
        _strike_service(on, target)
    elif target == "pause":
        # Past its lease: others take over its work, then it continues in the middle of it.
        os.kill(pid, signal.SIGSTOP)
        time.sleep(on.lease * 2.5)
        on.go_on()
        os.kill(pid, signal.SIGCONT)
    elif target == "clock":
        _shift_the_clock(on)
    else:
        _kill(on, target, pid)


def _kill(on: Stage, target: str, pid: int) -> None:
    crew = on.crews[0]
    if target in ("worker", "worker and supervisor"):
        os.killpg(pid, signal.SIGKILL)
    if target == "sweeper":
        os.kill(int((on.folder / "sweeper").read_text()), signal.SIGKILL)
    if target in ("supervisor", "worker and supervisor"):
        crew.kill()
        crew.join()
        on.start_crew()
    if target == "everything":
        for child in children_of(crew.pid or 0):
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        crew.kill()
        crew.join()
        on.start_crew()


def _strike_service(on: Stage, target: str) -> None:
    if target == "flushall":
        on.redis.client().flushall()
        return
    service = on.redis if target == "redis" else on.postgres
    assert service is not None
    service.kill()
    time.sleep(1)
    service.start()


def _shift_the_clock(on: Stage) -> None:
    crew = on.crews[0]
    (on.folder / "clock").write_text("3600")
    on.go_on()
    crew.join(20)
    if crew.is_alive():
        raise AssertionError("a crew with a wrong clock went on")
    (on.folder / "clock").write_text("0")
    on.start_crew()


def cell(
    on: Stage, moment: str, target: str, patience: float = PATIENCE
) -> tuple[float | None, list[str]]:
    """Return the seconds until all was done, and the violations."""
    on.accept()
    on.arm(moment)
    on.start_crew()
    pid = on.hit(moment)
    began = time.monotonic()
    blow(on, target, pid)
    on.go_on()
    on.accept(40, 5, 5)
    return judged(on, began, patience)


def judged(on: Stage, began: float, patience: float = PATIENCE) -> tuple[float | None, list[str]]:
    """Wait until no task waits or runs, stop the crews, and check."""
    settled = on.settled(patience)
    took = None if settled is None else time.monotonic() - began
    on.end()
    return took, complaints(on.store, on.redis.client())


def defaults(on: Stage, moment: str) -> tuple[float | None, list[str]]:
    """Kill a whole machine with default leases; another one takes over."""
    on.accept(60, 20, 20)
    on.arm(moment)
    lost = on.start_crew("machine-1")
    on.hit(moment)
    began = time.monotonic()
    for pid in [*children_of(lost.pid or 0), lost.pid or 0]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    lost.join()
    on.start_crew("machine-2")
    on.go_on()
    took, found = judged(on, began, 100)
    return took, found + ([f"recovery took {took:.0f} s"] if took and took > 60 else [])


def full_disk(on: Stage, moment: str) -> tuple[float | None, list[str]]:
    """Fill the disk of the database during work, then free space."""
    on.accept()
    on.arm(moment)
    on.start_crew()
    on.hit(moment)
    began = time.monotonic()
    fill = on.disk / "fill"
    with suppress(OSError), fill.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 65_536)
    on.go_on()
    time.sleep(3)
    fill.unlink()
    return judged(on, began)


@dataclass(frozen=True, slots=True)
class Plan:
    """One planned test."""

    database: str
    target: str
    moment: str
    lease: float = 3.0
    small_disk: bool = False

    def play(self, redis: RedisServer, postgres: Postgres) -> tuple[float | None, list[str]]:
        """Run it and return its result; a test that cannot run has failed."""
        try:
            with (
                small_disk(wanted=self.small_disk) as disk,
                stage(redis, postgres, self.database, lease=self.lease, within=disk) as on,
            ):
                if self.target == "a machine":
                    return defaults(on, self.moment)
                return (
                    full_disk(on, self.moment)
                    if self.target == "full disk"
                    else cell(on, self.moment, self.target)
                )
        except (NoSuchMomentError, AssertionError, SluiceError, OSError) as error:
            return None, [
                f"not played: {type(error).__name__}: {str(error).splitlines()[-1][:200]}"
            ]


def plans(*, quick: bool, only: set[str]) -> Iterator[Plan]:
    """Yield the test matrix and the special tests."""
    targets = [
        "worker",
        "sweeper",
        "supervisor",
        "worker and supervisor",
        "everything",
        "redis",
        "flushall",
    ]
    few, moments = (2, MOMENTS[:1]) if quick else (None, MOMENTS)
    for database, of_it in (("sqlite", targets), ("postgresql", [*targets, "postgres"])):
        for target in of_it[:few]:
            if not only or target in only:
                yield from (Plan(database, target, moment) for moment in moments)
    for one in SPECIAL[:few]:
        if not only or one.target in only or "special" in only:
            yield one


SPECIAL = (
    Plan("postgresql", "pause", "before-commit"),
    Plan("sqlite", "pause", "mid-crawl"),
    Plan("postgresql", "pause", "mid-search"),
    Plan("sqlite", "pause", "mid-look-up"),
    Plan("sqlite", "clock", "after-pop"),
    Plan("postgresql", "clock", "mid-crawl"),
    Plan("sqlite", "full disk", "after-pop", small_disk=True),
    Plan("sqlite", "a machine", "mid-crawl", 45.0),
    Plan("postgresql", "a machine", "before-commit", 45.0),
    Plan("postgresql", "a machine", "mid-search", 45.0),
)


def main() -> int:
    """Run the matrix, then the mutations."""
    quick, only = "--quick" in sys.argv, {one for one in sys.argv[1:] if not one.startswith("--")}
    page = Page()
    with services() as (redis, postgres):
        print("database    failure                step           settled  checker")
        for plan in plans(quick=quick, only=only):
            page.cell(plan.database, plan.target, plan.moment, *plan.play(redis, postgres))
        print("\nmutation                                  the checker reports")
        for name, (moment, target) in MUTATIONS.items():
            with stage(redis, postgres, "postgresql", name) as on:
                page.mutation(name, cell(on, moment, target, 12.0)[1])
    print(f"\n{page.verdict()}")
    if not (quick or only):
        page.write()
    return 1 if page.bad or page.unnoticed else 0


if __name__ == "__main__":
    sys.exit(main())
