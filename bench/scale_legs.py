"""What `make bench-scale` measures: a leg is one piece of work on a database, with its goals.

A module of legs has a tuple `LEGS`; `bench.scale` lists the modules. A leg is run for each database
in processes of their own: first `prepare`, which is not measured, then `work`, whose processor time
and peak memory are. Both get a `Site`. `work` may return figures of its own, by name.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.figures import ROOT


@dataclass(frozen=True, slots=True)
class Site:
    """Where a leg works: an empty folder, a new database, and how much to do."""

    home: Path
    url: str
    #: Of the leg's own size, such as rows.
    size: int

    @property
    def database(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.url.partition(":")[0]

    def sluice(self, *words: str) -> str:
        """Run a command on the database in a process of its own; what it prints.

        CalledProcessError when it fails.
        """
        set_up = {"SLUICE_HOME": str(self.home), "PYTHONPATH": str(ROOT)}
        if self.database == "postgresql":
            set_up["SLUICE_DATABASE_URL"] = self.url
        command = [sys.executable, "-W", "ignore", "-m", "console", *words]
        environment = {**os.environ, **set_up}
        done = subprocess.run(
            command, env=environment, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        return done.stdout.decode("utf-8", "replace")


#: Further figures of a leg: their names with the unit, and their values.
Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One line of the table."""

    #: By which ARGS choose it.
    name: str
    #: What it does, as the table says it; `{size}` is the number.
    what: str
    #: Its full size.
    size: int
    work: Callable[[Site], Figures | None]
    prepare: Callable[[Site], None] | None = None
    #: Its rows come from the real lists in SLUICE_BENCH_DATA.
    needs_lists: bool = False
    #: At full size: seconds of the processor, of command and server together.
    seconds: float | None = None
    megabytes: float | None = None
    #: Goals of further figures, at most, whatever the size.
    goals: Mapping[str, float] = field(default_factory=dict)
