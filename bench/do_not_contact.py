"""What one do_not_contact costs while thousands of companies are queued: CPU and tasks.

Usage: python -m bench.do_not_contact [COMPANIES] [CLIENTS]; SLUICE_DATABASE_URL names the database.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, select

from console.cli.main import run_command
from leads.store import Store
from leads.store.schema import queue_entry, task

ICP = "icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n"
SYLLABLES = [a + b for a in "bdfgklmnprstvw" for b in ("a", "e", "i", "o", "u", "an", "er", "ol")]


def main() -> None:
    """Fill the queues, suppress one company, and print the figures as JSON."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    clients = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SLUICE_HOME"] = folder
        os.environ.setdefault("SLUICE_DATABASE_URL", f"sqlite:///{folder}/sluice.db")
        names = [f"client{number}" for number in range(1, clients + 1)]
        filled = _timed(lambda: _fill_all(Path(folder), names, count))
        _sluice("queue", "next", "--client", names[0], "--as", "ann")
        before = _counts()
        disposed = _timed(
            lambda: _sluice("queue", "done", "do_not_contact", "--client", names[0], "--as", "ann")
        )
        after_done = _counts()
        agency = _timed(
            lambda: _sluice(
                "suppress", "add", _domain(7), "--level", "agency", "--client", names[0]
            )
        )
        after_agency = _counts()
        listed = json.loads(_sluice("suppress", "list", "--client", names[0], "--json"))
        request = next(row["request_id"] for row in listed if row["level"] == "agency")
        ended = _timed(
            lambda: _sluice("suppress", "end", request, "--level", "agency", "--client", names[0])
        )
        after_end = _counts()
        print(
            json.dumps(
                {
                    "queued": before["ready"],
                    "filling": filled,
                    "done do_not_contact": {
                        **disposed,
                        "tasks": after_done["tasks"] - before["tasks"],
                    },
                    "suppress add for the agency": {
                        **agency,
                        "tasks": after_agency["tasks"] - after_done["tasks"],
                    },
                    "suppress end for the agency": {
                        **ended,
                        "tasks": after_end["tasks"] - after_agency["tasks"],
                    },
                },
                indent=1,
            )
        )


def _domain(number: int) -> str:
    return f"firma{number}.example"


def _fill_all(folder: Path, clients: list[str], count: int) -> None:
    for client in clients:
        _fill(folder, client, count)


def _fill(folder: Path, client: str, count: int) -> None:
    chance = random.Random(1)
    rows = ["name,website,country,email,phone"]
    for number in range(count):
        name = "".join(chance.choice(SYLLABLES) for _ in range(4)).title()
        domain, phone = _domain(number), f"+49 30 {7_000_000 + number}"
        rows.append(f"{name} {number} GmbH,{domain},DE,info@{domain},{phone}")
    (folder / "list.csv").write_text("\n".join(rows) + "\n")
    (folder / "icp.yaml").write_text(ICP)
    _sluice(
        "run",
        str(folder / "list.csv"),
        "--icp",
        str(folder / "icp.yaml"),
        "--no-crawl",
        "--new-client",
        "--client",
        client,
    )


def _sluice(*arguments: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()) as err:
        code = run_command(list(arguments))
    if code:
        raise SystemExit(f"{' '.join(arguments)}: exit code {code}: {err.getvalue()}")
    return out.getvalue()


def _timed(do: Callable[[], object]) -> dict[str, float]:
    cpu, wall = time.process_time(), time.monotonic()
    do()
    return {
        "cpu_seconds": round(time.process_time() - cpu, 2),
        "seconds": round(time.monotonic() - wall, 2),
    }


def _counts() -> dict[str, int]:
    store = Store(os.environ["SLUICE_DATABASE_URL"])
    with store.read() as tx:
        tasks = tx.execute(select(func.count()).select_from(task)).scalar_one()
        ready = tx.execute(
            select(func.count()).select_from(queue_entry).where(queue_entry.c.state == "ready")
        ).scalar_one()
    store.close()
    return {"tasks": tasks, "ready": ready}


if __name__ == "__main__":
    main()
