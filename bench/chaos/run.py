"""Kill things while work is under way, and count what is left.

    python bench/chaos/run.py [--quick] [BLOW...]

Every cell has a fresh database, rows that come in before and after the blow, and a crew of its own; a blow falls at a known moment of
a worker's life. Only processes started here are killed, and nothing listens on a network. Prints a line a cell with the time from the
blow until everything is done; exit code 1 when a row was lost, done twice or left, or when a mutation of the code went unnoticed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import crew as _first  # noqa: F401 - it changes the clock before anybody reads it
from checker import complaints
from mutations import MUTATIONS
from services import Postgres, RedisServer, services
from stage import Stage, children_of, stage

MOMENTS = ("after-pop", "before-commit", "after-commit", "mid-crawl")
PATIENCE = 45.0


def blow(on: Stage, target: str, pid: int) -> None:
    """Strike the target; what a machine would start again is started again."""
    if target in ("redis", "flushall", "postgres"):
        _strike_service(on, target)
    elif target == "pause":
        # Past its lease: others take its work over, then it wakes up in the middle of it.
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


def _line(kind: str, target: str, moment: str, took: float | None, found: list[str]) -> None:
    seconds = "never" if took is None else f"{took:.1f} s"
    print(f"{kind:10}  {target:22} {moment:13}  {seconds:>7}  {'; '.join(found) or 'ok'}", flush=True)


def cell(
    redis: RedisServer, postgres: Postgres, kind: str, moment: str, target: str, mutation: str = "", patience: float = PATIENCE
) -> list[str]:
    """One cell; what the checker complains about."""
    with stage(redis, postgres, kind, mutation) as on:
        on.accept()
        on.arm(moment)
        on.start_crew()
        pid = on.hit(moment)
        began = time.monotonic()
        blow(on, target, pid)
        on.go_on()
        on.accept(40, 5)
        settled = on.settled(patience)
        took = time.monotonic() - began
        on.end()
        found = complaints(on.store, redis.client())
    _line(kind, target, moment, None if settled is None else took, found)
    return found


def defaults(redis: RedisServer, postgres: Postgres, kind: str) -> list[str]:
    """Kill a whole machine, with leases as they are shipped; another one takes over."""
    with stage(redis, postgres, kind, lease=45.0) as on:
        on.accept(60, 20)
        on.arm("mid-crawl" if kind == "sqlite" else "before-commit")
        lost = on.start_crew("machine-1")
        on.hit("mid-crawl" if kind == "sqlite" else "before-commit")
        pids = [*children_of(lost.pid or 0), lost.pid or 0]
        began = time.monotonic()
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        lost.join()
        on.start_crew("machine-2")
        on.go_on()
        settled = on.settled(100)
        took = time.monotonic() - began
        on.end()
        found = complaints(on.store, redis.client()) + ([] if settled is not None and took <= 60 else [f"recovery took {took:.0f} s"])
    _line(kind, "a machine", "lease 45 s", None if settled is None else took, found)
    return found


def full_disk(redis: RedisServer, postgres: Postgres) -> list[str]:
    """Let the database's disk fill up while work is under way, then make room."""
    with tempfile.TemporaryDirectory(prefix="slc") as name:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", name], check=False, capture_output=True)
        if mounted.returncode:
            print("sqlite      full disk: not run, this machine lets nobody mount a tmpfs")
            return []
        try:
            with stage(redis, postgres, "sqlite", within=Path(name)) as on:
                on.accept()
                on.arm("after-pop")
                on.start_crew()
                on.hit("after-pop")
                began = time.monotonic()
                fill = Path(name) / "fill"
                with suppress(OSError), fill.open("wb", buffering=0) as file:
                    while True:
                        file.write(b"x" * 65_536)
                on.go_on()
                time.sleep(3)
                fill.unlink()
                settled = on.settled(PATIENCE)
                took = time.monotonic() - began
                on.end()
                found = complaints(on.store, redis.client())
        finally:
            subprocess.run(["umount", name], check=False)
    _line("sqlite", "full disk", "after-pop", None if settled is None else took, found)
    return found


def main() -> int:
    """Run the matrix, then the mutations."""
    quick, only = "--quick" in sys.argv, {one for one in sys.argv[1:] if not one.startswith("--")}
    bad = 0
    with services() as (redis, postgres):
        print("database    blow                   moment         settled  checker")
        targets = ["worker", "sweeper", "supervisor", "worker and supervisor", "everything", "redis", "flushall"]
        for kind in ("sqlite", "postgresql"):
            for target in [*targets, *(["postgres"] if kind == "postgresql" else [])][: 2 if quick else None]:
                if only and target not in only:
                    continue
                for moment in MOMENTS[: 1 if quick else None]:
                    bad += bool(cell(redis, postgres, kind, moment, target))
        special: list[Callable[[], list[str]]] = [
            lambda: cell(redis, postgres, "postgresql", "before-commit", "pause"),
            lambda: cell(redis, postgres, "sqlite", "mid-crawl", "pause"),
            lambda: cell(redis, postgres, "sqlite", "after-pop", "clock"),
            lambda: cell(redis, postgres, "postgresql", "mid-crawl", "clock"),
            lambda: full_disk(redis, postgres),
            lambda: defaults(redis, postgres, "sqlite"),
            lambda: defaults(redis, postgres, "postgresql"),
        ]
        for one in special[: 2 if quick else None] if not only or "special" in only else []:
            bad += bool(one())
        print("\nmutations of the code, each of which the checker must notice")
        unnoticed = [
            name for name, (moment, target) in MUTATIONS.items() if not cell(redis, postgres, "postgresql", moment, target, name, 12.0)
        ]
    print(f"\n{bad} cells failed; {len(MUTATIONS) - len(unnoticed)} of {len(MUTATIONS)} mutations noticed {unnoticed or ''}")
    return 1 if bad or unnoticed else 0


if __name__ == "__main__":
    sys.exit(main())
