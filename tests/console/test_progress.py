"""The line of progress on a terminal."""

import os
import pty
import subprocess
import sys

STEPS = """
from console.cli.output import note
from console.cli.progress import Progress

with Progress() as progress:
    progress("reading one", 1, 2)
    progress.end()
    note("one is done")
    progress("reading two", 1, 2)
"""


WAITING = """
from console.cli.progress import waiting

with waiting("learning"):
    pass
"""


def shown(steps: str = STEPS, **environment: str) -> str:
    """What a terminal receives on stderr."""
    terminal, stderr = pty.openpty()
    given = {key: value for key, value in os.environ.items() if key not in ("CI", "NO_COLOR")}
    with subprocess.Popen(
        [sys.executable, "-c", steps],
        stderr=stderr,
        env={**given, "TERM": "xterm", "COLUMNS": "80", **environment},
    ) as process:
        os.close(stderr)
        received = b""
        while some := read(terminal):
            received += some
    os.close(terminal)
    assert process.returncode == 0, received
    return received.decode()


def read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # Linux: the other end was closed.
        return b""


def test_progress_goes_on_after_a_note() -> None:
    text = shown()
    assert text.index("reading one") < text.index("one is done") < text.index("reading two")


def test_what_is_done_in_one_step_is_shown() -> None:
    assert "learning" in shown(WAITING)
    assert shown(WAITING, NO_COLOR="1") == ""


def test_a_terminal_without_colours_shows_none() -> None:
    assert shown(NO_COLOR="1").split() == ["one", "is", "done"]


def test_a_pipe_receives_notes_and_no_progress() -> None:
    done = subprocess.run([sys.executable, "-c", STEPS], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"one is done\n")
