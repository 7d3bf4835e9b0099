"""Kill the main job at random moments, run it again, and compare with an undisturbed run.

    SLUICE_BENCH_DATA=folder python -m bench.kill_run [TIMES]

The folder holds the real lists (`companies/*.csv`). Each round has its own home folder. Only
processes started here are killed.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LISTS = ("remoteintech.csv", "yc.csv", "hiring-without-whiteboards.csv")
ICP = ROOT / "examples" / "software" / "icp.yaml"


def command(data: Path) -> list[str]:
    """Return the command of the README."""
    lists = [str(data / "companies" / name) for name in LISTS]
    return [
        sys.executable,
        "-m",
        "console",
        "run",
        *lists,
        "--icp",
        str(ICP),
        "--no-crawl",
        "--json",
    ]


def start(data: Path, home: Path) -> subprocess.Popen[bytes]:
    """Start a run in its own home folder."""
    environment = {**os.environ, "SLUICE_HOME": str(home), "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command(data), env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def finish(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    """Return what a run printed, without its duration."""
    out, _ = process.communicate(timeout=600)
    found: dict[str, Any] = json.loads(out)
    found.pop("seconds")
    return found


def contents(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return everything a run stores, by names instead of ids and times."""
    queries = {
        "records": (
            "SELECT l.name, r.row, c.name FROM record r JOIN list l ON l.id = r.list_id LEFT JOIN"
            " company c ON c.id = r.company_id"
        ),
        "facts": (
            "SELECT r.name, f.attribute, f.value, count(*) FROM fact f JOIN record r ON r.id ="
            " f.record_id GROUP BY 1, 2, 3"
        ),
        "verdicts": (
            "SELECT c.name, v.verdict, v.fit_stage, v.score_worst, v.score_best, v.decides,"
            " v.superseded_at IS NULL, count(*) FROM verdict v JOIN company c ON c.id ="
            " v.company_id GROUP BY 1, 2, 3, 4, 5, 6, 7"
        ),
        "queue": (
            "SELECT c.name, q.state, q.reason, q.rank FROM queue_entry q JOIN company c ON c.id ="
            " q.company_id"
        ),
        "tasks": "SELECT kind, state, count(DISTINCT key) FROM task GROUP BY 1, 2",
        "events": "SELECT verb, count(*) FROM event GROUP BY 1",
    }
    with sqlite3.connect(home / "sluice.db") as database:
        return {
            name: sorted(database.execute(query).fetchall(), key=repr)
            for name, query in queries.items()
        }


def main() -> int:
    """Print a line per round; exit code 1 if one differs."""
    data = Path(os.environ["SLUICE_BENCH_DATA"])
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    chance = random.Random(20261121)
    with tempfile.TemporaryDirectory() as folder:
        calm = Path(folder) / "calm"
        began = time.monotonic()
        expected = finish(start(data, calm))
        took = time.monotonic() - began
        wanted = contents(calm)
        print(f"undisturbed: {took:.1f} s, {json.dumps(expected)}", flush=True)
        bad = sum(
            round_differs(data, Path(folder), number, chance.uniform(0.3, took), expected, wanted)
            for number in range(1, times + 1)
        )
    print(f"{times - bad} of {times} rounds ended like the undisturbed run")
    return 1 if bad else 0


def round_differs(
    data: Path,
    folder: Path,
    number: int,
    moment: float,
    expected: dict[str, Any],
    wanted: dict[str, list[tuple[Any, ...]]],
) -> bool:
    """Kill one run after `moment` seconds, run it again, compare."""
    home = folder / str(number)
    process = start(data, home)
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    found = finish(start(data, home))
    kept = contents(home)
    different = [name for name, rows in wanted.items() if kept[name] != rows] + (
        [] if found == expected else ["report"]
    )
    print(
        f"round {number}: killed after {moment:.1f} s, then"
        f" {'the same' if not different else 'DIFFERENT: ' + ', '.join(different)}",
        flush=True,
    )
    return bool(different)


if __name__ == "__main__":
    sys.exit(main())
