"""A server of the product, or the bare one beside it, as a process of its own that is measured."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep

from bench.outreach_seed import SECRET

_TICKS = os.sysconf("SC_CLK_TCK")
_STARTS = 60


@dataclass(frozen=True, slots=True)
class Server:
    """A server on a loopback port."""

    port: int
    pid: int

    @property
    def address(self) -> str:
        """Where browsers find it."""
        return f"http://127.0.0.1:{self.port}"

    def cpu(self) -> float:
        """Seconds of CPU so far."""
        text = Path(f"/proc/{self.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(text[11]) + int(text[12])) / _TICKS

    def megabytes(self, what: str = "VmRSS") -> float:
        """Memory that it holds now; `VmHWM`: at most so far."""
        lines = Path(f"/proc/{self.pid}/status").read_text("utf-8").splitlines()
        return next(int(one.split()[1]) / 1000 for one in lines if one.startswith(f"{what}:"))


@contextmanager
def serving(url: str, home: Path) -> Iterator[Server]:
    """Run `sluice serve` over a database while the block runs."""
    port = _free_port()
    command = ["-c", "from console.start import main; main()", "serve", "--port", str(port)]
    with _running(command, url, home, port) as server:
        yield server


@contextmanager
def serving_bare(url: str, home: Path) -> Iterator[Server]:
    """Run the bare server over a database while the block runs."""
    port = _free_port()
    with _running(["-m", "bench.web_bare", str(port)], url, home, port) as server:
        yield server


@contextmanager
def _running(arguments: Sequence[str], url: str, home: Path, port: int) -> Iterator[Server]:
    home.mkdir(exist_ok=True)
    own = {"SLUICE_DATABASE_URL": url, "SLUICE_HOME": str(home), "SLUICE_HASH_KEY": SECRET.decode()}
    with (home / "server.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", *arguments],
            env=os.environ | own,
            stdout=log,
            stderr=log,
        )
    try:
        _wait_for(port, process, home)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes], home: Path) -> None:
    until = monotonic() + _STARTS
    while monotonic() < until and process.poll() is None:
        with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
            try:
                connection.request("GET", "/login")
                connection.getresponse().read()
            except OSError:
                sleep(0.05)
            else:
                return
    said = (home / "server.log").read_text("utf-8", "replace")[-1_000:]
    raise RuntimeError(f"the server did not start: {said}")


def _free_port() -> int:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
