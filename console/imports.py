"""What the commands that import have in common: the wishes, the report, the reject file."""

from __future__ import annotations

import io
import itertools
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from console.cli.output import counted, note, plain
from intake.mapping import IGNORE, KEEP
from intake.rejects import write_rejects
from leads.errors import PartlyDoneError
from leads.store.lists import ListAbout
from workers.importing import ImportRequest, list_names, names_with_folders

if TYPE_CHECKING:
    from console.workplace import Workplace
    from intake.read_list import Reading, ReadOptions
    from intake.run import Imported


@dataclass(frozen=True, slots=True)
class Rejects:
    """Where the rejected rows of a file are, and the command that imports them when they are
    mended.
    """

    file: str
    command: str


def wishes_for(
    at: Workplace, client_id: UUID, paths: Sequence[str], user: str | None, options: ReadOptions
) -> list[ImportRequest]:
    """One wish for each file of a run, all prospects, named after the files."""
    about, who = ListAbout(role="prospects"), at.user(user)
    return [
        ImportRequest(
            client_id=client_id,
            path=path,
            name=name,
            about=about,
            options=options,
            who=who,
            otherwise=full,
        )
        for path, name, full in zip(
            paths, list_names(paths), names_with_folders(paths), strict=True
        )
    ]


def report_import(
    at: Workplace, imported: Imported, reading: Reading, client: str, *, keep: bool = True
) -> list[Rejects]:
    """Say what came of a file and how its columns were understood; the reject file, when there is
    one.
    """
    counts = imported.counts
    parts = [
        f"{getattr(counts, name):,} {name}"
        for name in (
            "imported",
            "updated",
            "duplicate",
            "rejected",
            "blank",
            "withdrawn",
            "withheld",
        )
    ]
    note(
        f"{imported.name}: {counted(counts.rows, 'row')}:"
        f" {', '.join(part for part in parts if not part.startswith('0 '))}"
    )
    for line in about(reading):
        note(f"  {line}")
    if imported.why_withheld:
        stay = (
            "record that the file does not name stays"
            if counts.withheld == 1
            else "records that the file does not name stay"
        )
        note(f"  {counts.withheld:,} {stay} on the list, as {imported.why_withheld}")
    if not counts.rejected:
        return []
    if not keep:
        return [Rejects("no file, as this was a dry run", "sluice import")]
    folder = at.settings.home / "rejects"
    folder.mkdir(parents=True, exist_ok=True)
    file = _reject_file(folder, str(imported.list_id), reading)
    return [Rejects(str(file), _command(str(file), imported.name, client))]


def _reject_file(folder: Path, name: str, reading: Reading) -> Path:
    """The file with the rejected rows as received; one that somebody has mended meanwhile is left
    alone.

    It holds what the list held, persons included, so only its owner may read it.
    """
    text = io.StringIO(newline="")
    write_rejects(text, reading.source.header, reading.bad_rows())
    data = text.getvalue().encode("utf-8")
    for number in itertools.count(1):
        file = folder / f"{name}{'' if number == 1 else f'-{number}'}.rejects.csv"
        if not file.exists():
            file.touch(mode=0o600)
            file.write_bytes(data)
        if file.read_bytes() == data:
            return file
    raise AssertionError("there is always another number")


def _command(file: str, name: str, client: str) -> str:
    """Names the list, as the reject file's own name would make a list of prospects."""
    words = [
        "sluice",
        "import",
        file,
        "--name",
        name,
        "--add",
        *(["--client", client] if client != "default" else []),
    ]
    return shlex.join(words)


def about(reading: Reading) -> Iterator[str]:
    """How the columns were understood, what was dropped, what nobody understood, and what else the
    owner should know.
    """
    known = [
        column
        for column in reading.mapping.columns
        if column.field not in (IGNORE, KEEP) and not column.personal
    ]
    yield "columns: " + ", ".join(f"{plain(column.header)} is {column.field}" for column in known)
    for header, (kind, count) in reading.personal.items():
        yield (
            f"dropped: {plain(header)} ({kind.replace('_', ' ')}, {counted(count, 'value')}):"
            " personal data is not kept"
        )
    if reading.unknown:
        yield f"kept, not understood: {plain(reading.unknown)}"
    for reason, count in reading.reasons.most_common(5):
        yield f"rejected, {counted(count, 'row')}: {plain(reason)}"
    yield from map(plain, reading.notes())


def say_rejected(rejects: Sequence[Rejects]) -> None:
    """End with exit code 5 when rows were rejected, naming the reject files and what to do with
    them.
    """
    if rejects:
        files, commands = (
            ", ".join(one.file for one in rejects),
            ", ".join(f"`{one.command}`" for one in rejects),
        )
        raise PartlyDoneError(
            f"some rows were rejected: see {files}",
            f"mend them there, then {commands}: what is known stays as it is",
        )
