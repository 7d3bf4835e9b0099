"""Ctrl-C ends a command with 130 wherever it falls, and the same command goes on from there."""

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.console.conftest import Sluice

ROOT = Path(__file__).parents[2]
#: Three portions of verdicts: after the first there is time to interrupt the others.
ROWS = 1_500


def start(*arguments: str, stdin: int | None = None) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "console", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        stdin=stdin,
    )


def until(process: "subprocess.Popen[str]", is_so: Callable[[], bool]) -> None:
    """Wait until a condition holds while the process runs."""
    end = time.monotonic() + 120
    while not is_so():
        assert process.poll() is None, process.communicate()[1]
        assert time.monotonic() < end
        time.sleep(0.005)


def rows_of(home: Path, table: str) -> int:
    """How many rows a table holds; 0 while there is none."""
    file = home / "sluice.db"
    if not file.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5)) as database:
            return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    except sqlite3.Error:
        return 0


@pytest.mark.parametrize("reached", ["client", "record", "company", "verdict"])
def test_a_run_that_was_interrupted_is_resumed(
    tmp_path: Path, home: Path, sqlite_template: Path, reached: str
) -> None:
    home.mkdir()
    shutil.copyfile(sqlite_template, home / "sluice.db")
    (tmp_path / "icp.yaml").write_text("icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n")
    rows = "".join(f"Firma {one} Werke GmbH,firma{one}.example,DE\n" for one in range(ROWS))
    (tmp_path / "long.csv").write_text("name,website,country\n" + rows)
    lists = (str(tmp_path / "long.csv"), "--icp", str(tmp_path / "icp.yaml"), "--no-crawl")

    process = start("run", *lists)
    until(process, lambda: rows_of(home, reached) > 0)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert "run the same command again" in said
    assert rows_of(home, "verdict") < ROWS

    out, said = start("run", *lists, "--json").communicate(timeout=300)
    assert json.loads(out)["queued"] == ROWS, said
    assert rows_of(home, "company") == ROWS


@pytest.mark.parametrize(
    "command", [("suppress", "import", "-"), ("import", "-", "--name", "fair")], ids=" ".join
)
def test_a_command_that_waits_for_its_input_can_be_left(
    home: Path, command: tuple[str, ...]
) -> None:
    process = start(*command, stdin=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write("name\n")
    process.stdin.flush()
    waits = Path(f"/proc/{process.pid}/fdinfo")
    if not waits.exists():
        pytest.skip("needs /proc, which only Linux has, to see that the process waits for input")
    until(process, lambda: (home / "sluice.db").exists() and is_reading(process.pid))
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert rows_of(home, "record") == rows_of(home, "suppression") == 0


def is_reading(process: int) -> bool:
    """Whether the process waits in a read of a pipe."""
    try:
        return "pipe" in Path(f"/proc/{process}/wchan").read_text() or _sleeps(process)
    except OSError:
        return False


def _sleeps(process: int) -> bool:
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "S"


def test_an_import_that_was_interrupted_goes_on_with_the_same_command(
    tmp_path: Path, home: Path, sqlite_template: Path
) -> None:
    home.mkdir()
    shutil.copyfile(sqlite_template, home / "sluice.db")
    rows = "".join(f"Firma {one} Werke GmbH,firma{one}.example,DE\n" for one in range(ROWS))
    (tmp_path / "list.csv").write_text(f"name,domain,country\n{rows}")
    import_it = ("import", str(tmp_path / "list.csv"))

    first = start(*import_it)
    until(first, lambda: rows_of(home, "record") == ROWS)
    first.send_signal(signal.SIGINT)
    first.communicate(timeout=120)
    again = start(*import_it)

    _, told = again.communicate(timeout=300)
    assert again.returncode == 0, told
    assert "for a worker" not in told
    assert rows_of(home, "company") == ROWS


def test_a_review_that_was_interrupted_says_how_its_answers_are_compared(
    tmp_path: Path, home: Path, sluice: Sluice
) -> None:
    file = tmp_path / "fair.csv"
    names = [one for one in ("Quorvian", "Zyxwell") for _ in range(2)]
    rows = "".join(f"{name},{name}{at}.example\n" for at, name in enumerate(names))
    file.write_text(f"name,domain\n{rows}", "utf-8")
    sluice("client", "add", "nordwind")
    sluice("import", file, "--client", "nordwind")

    process = start("dedupe", "review", "--ask", "--client", "nordwind", stdin=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("y\n")
    process.stdin.flush()
    assert any(line.startswith("2 of 2") for line in process.stdout)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 130, said
    assert "not compared yet: `sluice dedupe run --client nordwind`" in said
    compared = sluice("dedupe", "run", "--client", "nordwind", "--json").json
    assert (compared["records"], compared["companies"]) == (4, 3)


def test_an_argument_that_is_no_utf_8_is_named(home: Path) -> None:
    file = b"odd-\xff.csv".decode("utf-8", "surrogateescape")
    ended = start("client", "add", file)

    _, told = ended.communicate(timeout=120)
    assert ended.returncode == 2
    assert told.startswith("sluice: odd-\\udcff.csv is not valid UTF-8\n")
