"""What the commands that import have in common: the wishes, the report, the reject file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from console.output import note, plain
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
    for line in reading.about():
        note(f"  {plain(line)}")
    if not counts.rejected or not keep:
        return []
    folder = at.settings.home / "rejects"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{imported.list_id}.rejects.csv"
    reading.write_rejects(file)
    return [str(file)]


def say_rejected(files: Sequence[str]) -> None:
    """End with exit code 5 when rows were rejected, naming the reject files."""
    if files:
        raise PartlyDoneError(
            f"some rows were rejected: see {', '.join(files)}", "mend them there and import the file: what is known stays as it is"
        )
