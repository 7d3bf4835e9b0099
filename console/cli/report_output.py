"""Deliver a report: as text or JSON on stdout, or as a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from actions import report_files
from actions.reports import CampaignReport
from console.cli.output import as_text, emit, emit_json, note, plain
from console.cli.tables import table
from console.reports.page import Tile, page
from console.reports.section import Section
from leads.errors import UsageError

_CSV = ".csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How a report is wanted."""

    as_json: bool
    #: None: on stdout.
    output: str | None = None
    force: bool = False

    @property
    def is_csv(self) -> bool:
        """Whether a CSV file is wanted."""
        return self.output is not None and self.output.lower().endswith(_CSV)

    def check(self, *, tables: int) -> None:
        """Refuse a file that cannot be written, before the work starts."""
        if self.output is None:
            return
        ending = report_files.check_file(self.output, force=self.force)
        if ending == _CSV and tables != 1:
            raise UsageError(
                "a CSV file holds one table, and this report has several",
                "use `sluice report funnel`, `lists`, `cost`, `sdr` or `weeks` with -o FILE.csv",
            )


def deliver(
    found: CampaignReport,
    wanted: Delivery,
    document: Callable[[CampaignReport], dict[str, Any]],
    parts: Sequence[Section],
    tiles: Sequence[Tile] = (),
) -> None:
    """Print or write a report that consists of some sections."""
    if wanted.output is not None:
        _write(wanted.output, found, document, parts, tiles)
        note(f"{wanted.output} written")
    if wanted.as_json:
        emit_json(document(found))
    elif wanted.output is None:
        for number, one in enumerate(parts):
            if number:
                emit("")
            show(one)


def show(one: Section) -> None:
    """Print a section as a table with its notes."""
    emit(f"{one.title}. {one.intro}".strip())
    headings = {key: words.upper() for key, words in one.columns.items()}
    table(one.rows, headings, empty=one.empty)
    for words in one.notes if one.rows else ():
        emit(plain(words))


def _write(
    path: str,
    found: CampaignReport,
    document: Callable[[CampaignReport], dict[str, Any]],
    parts: Sequence[Section],
    tiles: Sequence[Tile],
) -> None:
    if path.lower().endswith(_CSV):
        text = report_files.csv_text(parts[0].records)
    elif path.lower().endswith(".json"):
        text = as_text(document(found), indent=2) + "\n"
    else:
        text = page(found.head, parts, tiles)
    report_files.write_text(path, text)
