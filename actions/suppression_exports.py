"""Write the do-not-contact list to a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from actions.actor import Right
from actions.session import Session
from leads.errors import UsageError
from leads.levels import LEVELS
from leads.sheets.part_files import PartFiles, PartOptions, open_parts
from leads.store import campaigns, events, suppression_pages
from outreach.run.suppression_cells import COLUMNS, cells_of

#: Suppressions read in one transaction.
_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class ExportedSuppressions:
    """What was written, and how many suppressions have nothing to be written."""

    files: tuple[str, ...]
    rows: int
    #: Suppressions of which only keyed hashes are left.
    erased: int


def export_file(
    session: Session, client: str, path: str, *, level: str | None = None, force: bool = False
) -> ExportedSuppressions:
    """Write the suppressions that count for a client; `level` names one of the four."""
    if level is not None and level not in LEVELS:
        raise UsageError(f"{level!r} is not a level", f"one of {', '.join(LEVELS)}")
    options = PartOptions(path=path, columns=COLUMNS, numbers=(False,) * len(COLUMNS), force=force)
    options.check()
    with session.read(Right.EXPORT) as work:
        client_id = work.client(client)
        names = {one.id: one.name for one in campaigns.of_client(work.tx, client_id)}
    with open_parts(options) as files:
        rows, erased = _write(session, client_id, level, files, names)
        with session.write(Right.EXPORT) as work:
            line = events.Happened(
                verb="exported",
                thing="suppressions",
                thing_id=Path(path).name,
                who=work.actor.name,
                client_id=work.client(client),
                data={"rows": rows, "erased": erased},
            )
            events.log(work.tx, [line])
        return ExportedSuppressions(tuple(files.put()), rows, erased)


def _write(
    session: Session,
    client_id: UUID,
    level: str | None,
    files: PartFiles,
    names: Mapping[UUID, str],
) -> tuple[int, int]:
    rows, erased = 0, 0
    after: UUID | None = None
    while True:
        with session.read(Right.EXPORT) as work:
            found = suppression_pages.page(
                work.tx, client_id, level, after, _PAGE, work.actor.clients
            )
        if not found:
            return rows, erased
        for keys in found:
            cells = cells_of(keys, names)
            if cells is None:
                erased += 1
                continue
            files.row(cells)
            rows += 1
        after = found[-1][0].request_id
