"""Export many companies, and tell how much memory that took."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.outreach_seed import SECRET
from outreach.hashing import FILE

_SLUICE = Path(sys.executable).with_name("sluice")
#: Writes rows of forty cells to one file, as an export does, without a database.
_WRITE = """
import sys
from leads.sheets.part_files import PartFiles, PartOptions
path, count = sys.argv[1], int(sys.argv[2])
columns = tuple(f"column {place}" for place in range(40))
files = PartFiles(PartOptions(path=path, columns=columns, numbers=(False,) * 39 + (True,)))
for number in range(count):
    files.row([f"cell {number % 1000} {place}" for place in range(39)] + [number])
print(*files.put())
files.close()
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took, and how much it wrote."""

    seconds: float
    cpu: float
    #: Peak of resident memory.
    megabytes: float
    rows: int


def by_command(url: str, folder: Path, count: int, form: str) -> Cost:
    """Export so many companies with `sluice export`."""
    (folder / FILE).write_bytes(SECRET + b"\n")
    home = {"SLUICE_HOME": str(folder), "SLUICE_DATABASE_URL": url}
    path = folder / f"all.{form}"
    command = [str(_SLUICE), "export", "--profile", "plain", "-o", str(path), "--force"]
    cost = _run([*command, "--limit", str(count)], os.environ | home)
    return _counted(cost, path)


def by_writer(folder: Path, count: int, form: str) -> Cost:
    """Write so many rows of made cells in one format."""
    path = folder / f"written-{count}.{form}"
    cost = _run([sys.executable, "-c", _WRITE, str(path), str(count)], dict(os.environ))
    found = Cost(cost[0], cost[1], cost[2], count)
    for one in folder.glob(f"written-{count}*.{form}"):
        one.unlink()
    return found


def _counted(cost: tuple[float, float, float], path: Path) -> Cost:
    with path.open("rb") as file:
        rows = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b"")) - 1
    path.unlink()
    return Cost(*cost, rows)


#: Starts a command from a small process, as the peak of a process begins with that of its parent.
_LAUNCH = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([done.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""


def _run(command: list[str], environment: dict[str, str]) -> tuple[float, float, float]:
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-S", "-c", _LAUNCH, *command],
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    code, cpu, megabytes = json.loads(done.stdout)
    if code:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr[-500:]}")
    return time.perf_counter() - began, cpu, megabytes
