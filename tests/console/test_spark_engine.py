"""`--engine spark`: what is refused before Spark starts, and one run on Spark where it is installed."""

import csv
import os
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.console.conftest import Sluice, rows_of

_ROWS = """\
id,name,country,domain
7,Zyxwell Robotics GmbH,DE,zyxwell.example
8,Brandix Bakery Ltd,GB,
9,ZYXWELL ROBOTICS,Germany,www.zyxwell.example
10,,DE,
"""


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    file = tmp_path / "rows.csv"
    file.write_text(_ROWS, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--engine", "dusk"], "there is no engine named 'dusk'"),
        (["--master", "local[2]"], "--master needs Spark"),
    ],
)
def test_an_unknown_engine_or_a_master_without_spark_is_refused(
    sluice: Sluice, rows: Path, tmp_path: Path, options: list[str], says: str
) -> None:
    done = sluice("cluster", rows, "-o", tmp_path / "out.csv", *options, code=2)
    assert says in done.err


def test_a_file_of_verdicts_needs_spark(sluice: Sluice, rows: Path, tmp_path: Path) -> None:
    profile = tmp_path / "icp.yaml"
    profile.write_text("icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n", encoding="utf-8")
    done = sluice("qualify", rows, "--icp", profile, "-o", tmp_path / "out.csv", code=2)
    assert "-o needs --engine spark" in done.err


def test_without_pyspark_the_error_says_what_to_install(
    sluice: Sluice, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)

    done = sluice("cluster", rows, "-o", tmp_path / "out.csv", "--engine", "spark", code=6)
    assert "pip install 'sluice[spark]'" in done.err


@pytest.fixture
def spark() -> None:
    if find_spec("pyspark") is None or shutil.which("java") is None:
        pytest.skip("needs Java, and PySpark (480 MB): pip install 'sluice[spark]'")


@pytest.mark.usefixtures("spark")
def test_clusters_on_spark_are_those_of_one_process(
    sluice: Sluice, rows: Path, tmp_path: Path
) -> None:
    assert on_spark(sluice, rows, tmp_path, "local[1]") == in_one_process(sluice, rows, tmp_path)


@pytest.mark.usefixtures("spark")
def test_a_spark_worker_that_is_killed_loses_nothing(
    sluice: Sluice, rows: Path, tmp_path: Path
) -> None:
    with killing_a_worker() as killed:
        found = on_spark(sluice, rows, tmp_path, "local-cluster[2,1,1024]")
    assert killed, "the run ended before a worker was killed"
    assert found == in_one_process(sluice, rows, tmp_path)


_COMPARED = ("id", "cluster_id", "score", "review_with")


def on_spark(sluice: Sluice, rows: Path, folder: Path, master: str) -> list[tuple[str, ...]]:
    out = folder / "spark.csv"
    sluice("cluster", rows, "-o", out, "--engine", "spark", "--master", master, code=5)
    found = [
        row
        for part in sorted(out.glob("part-*"))
        for row in csv.DictReader(part.read_text(encoding="utf-8").splitlines())
    ]
    found.sort(key=lambda row: int(row["id"]))
    return [tuple(row[name] for name in _COMPARED) for row in found]


def in_one_process(sluice: Sluice, rows: Path, folder: Path) -> list[tuple[str, ...]]:
    sluice("cluster", rows, "-o", folder / "local.csv", code=5)
    return [tuple(row[name] for name in _COMPARED) for row in rows_of(folder / "local.csv")]


@contextmanager
def killing_a_worker() -> Iterator[list[int]]:
    """Kill the first worker of this process's Spark that runs Python, which is in a stage then."""
    killed: list[int] = []
    ended = threading.Event()

    def watch() -> None:
        while not killed and not ended.wait(0.05):
            parents = dict(_processes())
            ours = _family(os.getpid(), parents)
            workers = {one for one in ours if "CoarseGrainedExecutorBackend" in _command(one)}
            # The script that starts a worker names its class, too.
            at_work = [
                parents[one]
                for one in ours
                if parents[one] in workers and "pyspark.daemon" in _command(one)
            ]
            for worker in at_work[:1]:
                os.kill(worker, signal.SIGKILL)
                killed.append(worker)

    thread = threading.Thread(target=watch)
    thread.start()
    yield killed
    ended.set()
    thread.join()


def _processes() -> Iterator[tuple[int, int]]:
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
            yield int(folder.name), int(stat[1])


def _family(process: int, parents: dict[int, int]) -> list[int]:
    found = [process]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def _command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text()
    except OSError:
        return ""
