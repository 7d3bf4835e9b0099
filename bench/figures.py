"""The figures of a benchmark: printed as they come, then written to a page of the docs."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(slots=True)
class Figures:
    """Lines of the page, printed as they come."""

    lines: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def at_most(self, what: str, value: float, unit: str, goal: float | None = None) -> None:
        """Add a figure, and whether it stays under its goal."""
        self._add(what, value, unit, goal, "at most", met=goal is None or value <= goal)

    def at_least(self, what: str, value: float, unit: str, goal: float | None = None) -> None:
        """Add a figure, and whether it reaches its goal."""
        self._add(what, value, unit, goal, "at least", met=goal is None or value >= goal)

    @property
    def verdict(self) -> str:
        """Which goals are missed."""
        return f"Missed: {', '.join(self.missed)}." if self.missed else "All goals are met."

    def write(self, name: str, title: str, about: str) -> None:
        """Write the page `docs/bench/NAME.md`."""
        table = ["| what | figure | goal |", "|---|---|---|", *self.lines]
        text = "\n".join(
            [f"# {title}", "", about.rstrip(), "", about_run(), "", *table, "", self.verdict, ""]
        )
        (ROOT / "docs" / "bench" / f"{name}.md").write_text(text, "utf-8")

    def _add(
        self, what: str, value: float, unit: str, goal: float | None, way: str, *, met: bool
    ) -> None:
        said = "" if goal is None else f"{way} {goal:g}: {'met' if met else 'MISSED'}"
        if not met:
            self.missed.append(what)
        self.lines.append(f"| {what} | {value:,.4g} {unit} | {said} |")
        print(f"{what}: {value:,.4g} {unit} {said}", flush=True)


def percentile(values: list[float], percent: int) -> float:
    """The value that so many per cent of all do not exceed."""
    return sorted(values)[max(0, -(-len(values) * percent // 100) - 1)]


def about_run() -> str:
    """The size of the run, the machine and its load, and which code was measured."""
    wanted = " ".join(sys.argv[1:]) or "none, the full size"
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        f"Options of this run: {wanted}. {os.cpu_count()} processors, load at its end {load}."
        f" Measured on {datetime.now(UTC):%d %b %Y} at commit {_commit()}."
    )


def _commit() -> str:
    """The commit that is checked out; `-dirty` where files differ from it."""
    command = ["git", "describe", "--always", "--dirty", "--abbrev=8", "--exclude=*"]
    done = subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.PIPE, text=True)
    return done.stdout.strip() or "unknown"
