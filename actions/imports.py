"""Import a file into a list."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from actions.actor import Right
from actions.follow_up import WorkedOff, work_off
from actions.reading_summary import ReadingSummary, summarise
from actions.reject_files import write_reject_file
from actions.reviews import waiting_pairs
from actions.session import Session
from actions.strictness import check_strictness, use_strictness
from intake.import_counts import Counts
from intake.import_mode import ImportMode
from intake.read_list import Reading
from intake.read_options import ReadOptions
from intake.run import Imported
from leads.errors import UsageError
from leads.lexicon.numbers.money import parse_money
from leads.recognised_columns import RecognisedColumns
from leads.store.lists import ROLES, ListAbout
from leads.values import MoneyRange
from workers.importing import ImportRequest, list_names, run_import

__all__ = [
    "Counts",
    "FileToImport",
    "ImportMode",
    "ImportReport",
    "ImportedFile",
    "ListAbout",
    "ReadOptions",
    "Rejects",
    "file_report",
    "import_list",
    "list_about",
]


def list_about(
    *, role: str | None, vendor: str | None, cost: str | None, as_of: date | None
) -> ListAbout:
    """Make the properties of a list; UsageError when the cost is not one amount of money."""
    if cost is None:
        return ListAbout(role=role, vendor=vendor, as_of=as_of)

    parsed = parse_money(cost)
    money = parsed.value if parsed else None
    if not isinstance(money, MoneyRange) or money.amount.low != money.amount.high:
        raise UsageError(
            f"--cost {cost!r} is not an amount with its currency", "such as --cost '250 EUR'"
        )
    return ListAbout(
        role=role,
        vendor=vendor,
        cost_minor=money.amount.low,
        cost_currency=money.currency,
        as_of=as_of,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FileToImport:
    """A file, the list it goes into, and how it is read; `-` is stdin."""

    path: str
    client: str = "default"
    #: The list; None: named after the file.
    name: str | None = None
    about: ListAbout = field(default_factory=ListAbout)
    options: ReadOptions = field(default_factory=ReadOptions)
    #: Withdraw nothing: the file is not the whole list.
    add: bool = False
    #: Withdraw every record that the file does not name.
    replace: bool = False
    #: These companies contacted the client. The list is created if it does not exist.
    arrivals: bool = False
    #: How much evidence a merge needs, from now on; None: as the client has it.
    strictness: str | None = None

    @property
    def mode(self) -> ImportMode:
        """How the file goes into its list."""
        named = self.name is not None
        return ImportMode(add=self.add, replace=self.replace, named=named, arrivals=self.arrivals)


@dataclass(frozen=True, slots=True)
class Rejects:
    """The file with the rejected rows, and the command that imports it once it is corrected."""

    #: None in a dry run: nothing was written.
    file: Path | None
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What came of one file."""

    list_name: str
    counts: Counts
    #: Why records that the file does not name were not withdrawn; empty when they were.
    why_withheld: str
    columns: RecognisedColumns
    #: How many rows say that they must not be contacted; they are suppressed.
    opted_out: int
    #: How many rows of a list of prospects are excluded, by the role that they state.
    roles: dict[str, int]
    #: What was understood of these rows, and how to switch it off.
    role_notes: list[str]
    reading: ReadingSummary
    #: None: every row was accepted.
    rejects: Rejects | None


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """The import of one file, and the work that followed."""

    report: ImportReport
    #: How much evidence a merge of the client's companies needs.
    strictness: str
    #: Pairs of records that a person must decide.
    review_pairs: int
    work: WorkedOff


def import_list(session: Session, file: FileToImport, *, dry_run: bool = False) -> ImportedFile:
    """Import a file into a list and do what follows; a dry run stores and writes nothing."""
    _check(file)
    with session.write(Right.MANAGE) as work:
        client_id = work.client(file.client)
        request = ImportRequest(
            client_id=client_id,
            path=file.path,
            name=file.name or list_names([file.path])[0],
            about=file.about,
            options=file.options,
            who=work.actor.name,
            manner=file.mode,
        )

    imported, reading = run_import(session.context(), request, dry_run=dry_run)
    report = file_report(session, imported, reading, file.client, dry_run=dry_run)
    with session.write(Right.MANAGE, dry_run=dry_run) as work:
        strictness = use_strictness(work, file.client, file.strictness)
    # A file without new rows may be that of an import which was interrupted.
    is_new = bool(imported.counts.imported or imported.counts.updated)
    left = None if is_new else client_id
    done = WorkedOff() if dry_run else work_off(session, client_id=left)
    return ImportedFile(report, strictness, waiting_pairs(session, file.client), done)


def file_report(
    session: Session, imported: Imported, reading: Reading, client: str, *, dry_run: bool = False
) -> ImportReport:
    """Report on an imported file; the rejected rows are written to a file in the home folder."""
    rejects = None
    if imported.counts.rejected:
        rejects = _rejects(session.settings.home, imported, reading, client, dry_run=dry_run)
    return ImportReport(
        list_name=imported.name,
        counts=imported.counts,
        why_withheld=imported.why_withheld,
        columns=reading.columns,
        opted_out=imported.opted_out,
        roles=imported.roles,
        role_notes=imported.role_notes,
        reading=summarise(reading),
        rejects=rejects,
    )


def _check(file: FileToImport) -> None:
    check_strictness(file.strictness)
    role = file.about.role
    if role is not None and role not in ROLES:
        raise UsageError(f"{role!r} is not a role of a list", f"one of {', '.join(ROLES)}")
    if file.add and file.replace:
        raise UsageError(
            "--add and --replace cannot be used together",
            "--add withdraws nothing, --replace everything that the file does not name",
        )


def _rejects(
    home: Path, imported: Imported, reading: Reading, client: str, *, dry_run: bool
) -> Rejects:
    if dry_run:
        return Rejects(None, "sluice import")
    folder = home / "rejects"
    file = write_reject_file(
        folder, str(imported.list_id), reading.source.header, reading.bad_rows()
    )
    return Rejects(file, _command(str(file), imported.name, client))


def _command(file: str, name: str, client: str) -> str:
    """Name the list: after the reject file's own name, a new list of prospects would be made."""
    words: Sequence[str] = ["sluice", "import", file, "--name", name, "--add"]
    return shlex.join([*words, *(["--client", client] if client != "default" else [])])
