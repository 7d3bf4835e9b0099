"""The lines of `make bench-scale`, and the page of the docs that keeps them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bench.figures import ROOT
from bench.scale_legs import Leg

_PAGE = ROOT / "docs" / "bench" / "scale.md"
HEAD = (
    "| work | database | CPU s, command + server | peak MB | also | measured |",
    "|---|---|---|---|---|---|",
)
_ABOUT = """# Benchmark of many companies

Measured by `make bench-scale`. Each line is a run of its own on a new database: CPU seconds of the
command and of the PostgreSQL server, and the peak memory of the command. The lists are made up with a
fixed seed. A goal is that of the stated size: for a part of the full size, the same part of the time.
Memory has a goal at full size only.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one leg took on one database."""

    leg: Leg
    database: str
    size: int
    seconds: float
    server: float
    megabytes: float
    figures: Mapping[str, float]
    #: Which part of the leg's full size this is.
    share: float

    @property
    def key(self) -> str:
        """How the line begins: lines of the same leg, size and database begin the same."""
        return f"| {self.leg.what.format(size=f'{self.size:,}')} | {self.database} |"

    @property
    def text(self) -> str:
        """The line of the table."""
        spent = f"{self.seconds:.1f}"
        if self.server:
            spent += f" + {self.server:.1f}"
        goal = self.leg.seconds and self.leg.seconds * self.share
        # The memory of a part says nothing about that of the whole.
        most = self.leg.megabytes if self.share >= 1 else None
        also = [
            f"{value:,.4g} {name}{_verdict(value, self.leg.goals.get(name))}"
            for name, value in self.figures.items()
        ]
        cells = (
            f"{spent}{_verdict(self.seconds + self.server, goal)}",
            f"{self.megabytes:,.0f}{_verdict(self.megabytes, most)}",
            "; ".join(also),
            f"{datetime.now(UTC):%d %b %Y}, load {os.getloadavg()[0]:.1f}",
        )
        return f"{self.key} {' | '.join(cells)} |"


def put_into_page(line: Line) -> None:
    """Put a line into the page, in place of one that begins the same."""
    before = _PAGE.read_text("utf-8").splitlines() if _PAGE.exists() else []
    kept = {_key_of(text): text for text in before if text.startswith("| ")}
    kept[line.key] = line.text
    kept.pop(_key_of(HEAD[0]), None)
    _PAGE.write_text("\n".join([_ABOUT, *HEAD, *kept.values(), ""]), "utf-8")


def _key_of(text: str) -> str:
    return "|".join(text.split("|")[:3]) + "|"


def _verdict(value: float, goal: float | None) -> str:
    if not goal:
        return ""
    return f" (goal {goal:,.4g}: {'met' if value <= goal else 'missed'})"
