"""What the commands that import have in common: the wishes, the report, the reject file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from console.output import note, plain
from intake.mapping import IGNORE, KEEP
from intake.rejects import write_rejects
from leads.errors import PartlyDoneError
from leads.store.lists import ListAbout
from workers.importing import Wish, list_names

if TYPE_CHECKING:
    from console.workplace import Workplace
    from intake.read_list import Reading
    from intake.run import Imported


def wishes_for(at: Workplace, client_id: UUID, paths: Sequence[str], user: str | None) -> list[Wish]:
    """One wish for each file of a run, all prospects, named after the files."""
    from intake.read_list import ReadOptions

    about, who = ListAbout(role="prospects"), at.user(user)
    return [
        Wish(client_id=client_id, path=path, name=name, about=about, options=ReadOptions(), who=who)
        for path, name in zip(paths, list_names(paths), strict=True)
    ]


def report_import(at: Workplace, imported: Imported, reading: Reading, *, keep: bool = True) -> list[str]:
    """Say what came of a file and how its columns were understood; the path of the reject file, when there is one."""
    counts = imported.counts
    parts = [f"{getattr(counts, name):,} {name}" for name in ("imported", "updated", "duplicate", "rejected", "blank", "withdrawn")]
    note(f"{imported.name}: {counts.rows:,} rows: {', '.join(part for part in parts if not part.startswith('0 '))}")
    for line in about(reading):
        note(f"  {line}")
    if not counts.rejected:
        return []
    if not keep:
        return ["no file, as this was a dry run"]
    folder = at.settings.home / "rejects"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{imported.list_id}.rejects.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        write_rejects(stream, reading.source.header, reading.bad_rows())
    return [str(file)]


def about(reading: Reading) -> Iterator[str]:
    """How the columns were understood, what was dropped, what nobody understood, and what else the owner should know."""
    known = [column for column in reading.mapping.columns if column.field not in (IGNORE, KEEP) and not column.personal]
    yield "columns: " + ", ".join(f"{plain(column.header)} is {column.field}" for column in known)
    for header, (kind, count) in reading.personal.items():
        yield f"dropped: {plain(header)} ({kind.replace('_', ' ')}, {count:,} values): personal data is not kept"
    if reading.unknown:
        yield f"kept, not understood: {plain(reading.unknown)}"
    for reason, count in reading.reasons.most_common(5):
        yield f"rejected, {count:,} rows: {plain(reason)}"
    yield from map(plain, reading.notes())


def say_rejected(files: Sequence[str]) -> None:
    """End with exit code 5 when rows were rejected, naming the reject files."""
    if files:
        raise PartlyDoneError(
            f"some rows were rejected: see {', '.join(files)}", "mend them there and import the file: what is known stays as it is"
        )
