"""Run one peer on one set: pinned environment, time limit, and cost including child processes."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent / "peers"


@dataclass(frozen=True, slots=True)
class Peer:
    """One line of `peers.yaml`."""

    name: str
    program: str
    title: str
    threshold: float
    thresholds: tuple[float, ...]
    install: tuple[str, ...] = ()
    labels: int = 0


@dataclass(frozen=True, slots=True)
class Ran:
    """The cost of a run; `failed` says why there are no pairs."""

    cpu: float
    wall: float
    megabytes: int
    failed: str = ""


def environment(peer: Peer, folder: Path) -> Path:
    """Return the Python of the peer's environment, rebuilt if its pins changed; Sluice uses
    ours.
    """
    if not peer.install:
        return Path(sys.executable)
    pins = hashlib.sha256("\n".join(peer.install).encode()).hexdigest()[:12]
    place = folder / f"{peer.name}-{pins}"
    python = place / "bin" / "python"
    if not (place / "ready").exists():
        shutil.rmtree(place, ignore_errors=True)
        uv = Path(sys.executable).with_name("uv")
        subprocess.run([uv, "venv", "-q", "--python", sys.executable, place], check=True)
        subprocess.run([uv, "pip", "install", "-q", "--python", python, *peer.install], check=True)
        (place / "ready").touch()
    return python


def run(peer: Peer, python: Path, files: list[Path], seconds: float) -> Ran:
    """Run the peer's program on the files, with a time limit."""
    began = time.monotonic()
    with (files[1].with_suffix(".log")).open("wb") as log:
        child = subprocess.Popen(
            [python, HERE / peer.program, *files],
            stdout=log,
            stderr=log,
            start_new_session=True,
            env=os.environ | {"PYTHONWARNINGS": "ignore"},
        )
        stop = threading.Timer(seconds, os.killpg, (child.pid, signal.SIGKILL))
        stop.start()
        _, status, used = os.wait4(child.pid, 0)
        stop.cancel()
    wall = time.monotonic() - began
    code = os.waitstatus_to_exitcode(status)
    child.returncode = code
    failed = (
        f"stopped after {seconds:.0f} s"
        if code == -signal.SIGKILL
        else f"ended with {code}"
        if code
        else ""
    )
    return Ran(used.ru_utime + used.ru_stime, wall, used.ru_maxrss // 1024, failed)
