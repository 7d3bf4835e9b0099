"""What an export is asked for, and what it reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from actions.accuracy import Accuracy
from actions.where import Where
from outreach.exports.selection import Only
from sources.attribution import Attribution

#: A row as JSON.
Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRequest:
    """What is exported, and to where."""

    where: Where = field(default_factory=Where)
    #: The name of a built-in profile, or the path of a file.
    profile: str
    #: Whether the profile must not be a path.
    built_in_only: bool = False
    #: `-` is stdout; None: rows go to `on_row` alone.
    path: str | None
    #: Names of stages; none: prospects, or everything in the queue.
    stages: Sequence[str] = ()
    #: Only what is in the queue, best first.
    queue: bool = False
    #: Companies that must stop, of those that earlier files of this profile hold.
    removals: bool = False
    only: Only = Only.ALL
    #: Only companies whose verdict is of this moment or later.
    since: datetime | None = None
    #: Such as `country=DE`.
    conditions: Sequence[str] = ()
    limit: int | None = None
    with_sources: bool = False
    force: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportReport:
    """What was written."""

    profile: str
    files: Sequence[str]
    rows: int
    #: How many companies were left out, by reason.
    left_out: Mapping[str, int]
    #: How many contact points were left out of written rows, by reason.
    withheld: Mapping[str, int]
    #: Why the first few were left out: name and reason.
    examples: Sequence[tuple[str, str]]
    #: How the sources of the rows must be named.
    attributions: Sequence[Attribution] = ()
    #: The file that says it; None: there is nothing to say, or no file.
    attribution_file: str | None = None
    #: Lists whose audits do not show the promised accuracy.
    below_promise: Sequence[Accuracy] = ()


@dataclass(slots=True)
class ExportTally:
    """What was counted so far."""

    rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    withheld: Counter[str] = field(default_factory=Counter)
    examples: list[tuple[str, str]] = field(default_factory=list)
    #: Sources and licences of the values in rows.
    licensed: set[tuple[str, str]] = field(default_factory=set)

    def leave(self, company: str, reason: str) -> None:
        """Count a company that is left out; of each reason the first few are named."""
        if self.left_out[reason] < 3:
            self.examples.append((company, reason))
        self.left_out[reason] += 1
