"""Store the rows of a list as records and facts, and undo an import."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from uuid import UUID

from intake.import_mode import ImportMode, is_foreign, same_header, why_withheld
from intake.mapping import ColumnMapping
from intake.parsed_list import ParsedList, ParsedRow, Progress
from intake.row_roles import RoleColumns, RowRoles
from leads.changes import Change, RecordsChanged
from leads.errors import NotAllowedError, NotFoundError
from leads.ids import new_id
from leads.store import Tx, company_records, events, imports, lists, records
from leads.store.facts import facts
from leads.store.facts.facts import Subject
from leads.store.lists import ListAbout
from leads.store.records import LiveRecord, NewRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Which list a file goes into, how, and who imports it."""

    client_id: UUID
    name: str
    about: ListAbout
    who: str
    mode: ImportMode


@dataclass(slots=True)
class Counts:
    """What came of every row: `rows` is the sum of the next five."""

    rows: int = 0
    imported: int = 0
    updated: int = 0
    duplicate: int = 0
    rejected: int = 0
    blank: int = 0
    #: Records of an excluding list that were withdrawn because the file does not name them.
    withdrawn: int = 0
    #: Records of an excluding list that stay although the file does not name them.
    withheld: int = 0


@dataclass(slots=True)
class Imported:
    """One stored import."""

    list_id: UUID
    name: str
    counts: Counts
    #: Why records that the file does not name were not withdrawn.
    why_withheld: str = ""
    #: How many rows say that they must not be contacted.
    opted_out: int = 0
    #: How many rows of a list of prospects are excluded, by the role that they state.
    roles: dict[str, int] = field(default_factory=dict)
    role_notes: list[str] = field(default_factory=list)
    #: The record each accepted row is now, in the order of the file.
    record_ids: list[UUID] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _NewRow:
    """A row stored by this import."""

    id: UUID
    row_key: str


def store_list(
    tx: Tx, to: Destination, parsed: ParsedList, progress: Progress | None = None
) -> tuple[Imported, list[Change]]:
    """Store the parsed rows as records of a list; a row that the list has already changes nothing.

    A row whose key the list has with other content replaces that record and stays on its company.
    On a list that excludes (customers, open deals, competitors) the records that the file no longer
    names are withdrawn, unless the file may be broken or incomplete; on other lists they stay.
    NotFoundError when rows are to be added to a list that does not exist.
    """
    if to.mode.add and lists.id_of(tx, to.client_id, to.name) is None:
        raise NotFoundError(
            f"there is no list {to.name!r} to add to",
            "see `sluice lists`; leave --add out to make the list",
        )
    reading = parsed.reading
    list_id = lists.list_of(tx, to.client_id, to.name, to.about)
    live = records.live_records(tx, list_id)
    import_id = imports.add_import(
        tx, to.client_id, list_id, reading.file_name, reading.sha256, reading.columns
    )
    imported = Imported(list_id, to.name, Counts())
    known = {row.content_hash: row.id for row in live}
    new = _write_rows(tx, to.client_id, import_id, imported, known, parsed, progress)
    replaced = _replace(tx, live, imported.record_ids, new)
    gone = _withdraw(tx, to, imported, live, replaced, reading.rejected)
    records.end_records(tx, [*replaced, *gone], import_id)
    _count(imported, parsed, len(new), len(replaced))
    if not new and not gone:
        imports.drop_import(tx, import_id)
        return imported, []
    counts = asdict(imported.counts)
    imports.set_counts(tx, import_id, counts)
    line = events.Happened(
        verb="imported",
        thing="list",
        thing_id=list_id,
        client_id=to.client_id,
        who=to.who,
        reason=reading.file_name,
        data=counts,
    )
    events.log(tx, [line])
    return imported, [RecordsChanged(to.client_id)]


def is_another_list(tx: Tx, client_id: UUID, name: str, parsed: ParsedList) -> bool:
    """Whether the list of that name comes from another file: it has records, none of the file's
    rows, and its last import had other columns.
    """
    list_id = lists.id_of(tx, client_id, name)
    last = imports.last_import(tx, list_id) if list_id else None
    if list_id is None or last is None:
        return False
    header = [column["header"] for column in last.columns["columns"]]
    if same_header(header, parsed.reading.source.header):
        return False
    live = records.live_records(tx, list_id)
    contents, keys = {row.content_hash for row in live}, {row.row_key for row in live}
    return bool(live) and is_foreign(parsed, contents, keys)


def undo(tx: Tx, client_id: UUID, name: str, who: str) -> tuple[dict[str, int], list[Change]]:
    """Undo the list's last import: its records end, their facts are retracted, and the records it
    had ended are live again.
    """
    found = lists.find_list(tx, client_id, name, hold=True)
    last = imports.last_import(tx, found.id)
    if last is None:
        raise NotAllowedError(
            f"the list {name!r} has no import left to undo", "see `sluice lists show`"
        )
    ended, restored = imports.undo_import(tx, last.id)
    facts.retract_of_records(tx, ended, f"the import of {last.file_name} was undone")
    counts = {"ended": len(ended), "restored": len(restored)}
    line = events.Happened(
        verb="import undone",
        thing="list",
        thing_id=found.id,
        client_id=client_id,
        who=who,
        reason=last.file_name,
        data=counts,
    )
    events.log(tx, [line])
    return counts, [RecordsChanged(client_id)]


def _write_rows(
    tx: Tx,
    client_id: UUID,
    import_id: UUID,
    imported: Imported,
    known: dict[str, UUID],
    parsed: ParsedList,
    progress: Progress | None,
) -> list[_NewRow]:
    """Store the rows whose content is not `known` yet; each row's record is noted in `imported`."""
    new: list[_NewRow] = []
    # The role of a list of prospects is that of its rows; the others exclude all of theirs.
    has_roles = not lists.find_list(tx, client_id, imported.name).excludes
    mapping = parsed.reading.mapping if has_roles else ColumnMapping(())
    roles = RowRoles(RoleColumns.of(mapping))
    for batch in parsed.batches():
        fresh = []
        for row in batch:
            role = roles.role(row.raw)
            record_id = known.get(row.content_hash)
            if record_id is None:
                record_id = known[row.content_hash] = new_id()
                new.append(_NewRow(record_id, row.row_key))
                fresh.append((record_id, row, role))
            imported.record_ids.append(record_id)
        made = [_record(*one) for one in fresh]
        records.add_records(tx, client_id, imported.list_id, import_id, made)
        origin = parsed.reading.origin
        facts.add(
            tx,
            (
                (Subject(record_id=record_id), fact)
                for record_id, row, _ in fresh
                for fact in origin.facts(row.statements)
            ),
        )
        if progress:
            progress(f"storing {imported.name}", len(imported.record_ids), 0)
    imported.roles, imported.role_notes = roles.counts(), roles.notes()
    return new


def _record(record_id: UUID, row: ParsedRow, role: str | None) -> NewRecord:
    return NewRecord(
        id=record_id,
        row=row.row,
        line=row.line,
        row_key=row.row_key,
        content_hash=row.content_hash,
        match_key=row.match_key,
        name=row.name,
        raw=row.raw,
        role=role,
    )


def _replace(
    tx: Tx, live: Sequence[LiveRecord], met: Sequence[UUID], new: Sequence[_NewRow]
) -> list[UUID]:
    """Put new rows on the companies of the records they replace; the ids of these records.

    A row replaces a record when no other new row and no other record has their key.
    """
    found = set(met)
    left = [row for row in live if row.id not in found]
    old_keys, new_keys = Counter(row.row_key for row in left), Counter(row.row_key for row in new)
    ids = {row.row_key: row.id for row in new}
    replaced = [row for row in left if old_keys[row.row_key] == 1 and new_keys[row.row_key] == 1]
    placed = [(ids[row.row_key], row.company_id) for row in replaced if row.company_id]
    company_records.put_records(tx, placed)
    return [row.id for row in replaced]


def _withdraw(
    tx: Tx,
    to: Destination,
    imported: Imported,
    live: Sequence[LiveRecord],
    replaced: Sequence[UUID],
    rejected: int,
) -> list[UUID]:
    """The records to withdraw, because the file no longer names them; counted in `imported`."""
    if to.mode.add or not lists.find_list(tx, to.client_id, to.name).excludes:
        return []
    named = {*imported.record_ids, *replaced}
    absent = [row.id for row in live if row.id not in named]
    imported.why_withheld = why_withheld(len(absent), len(live), rejected, to.mode)
    if imported.why_withheld:
        imported.counts.withheld = len(absent)
        return []
    imported.counts.withdrawn = len(absent)
    return absent


def _count(imported: Imported, parsed: ParsedList, new: int, replaced: int) -> None:
    counts = imported.counts
    counts.rejected, counts.blank = parsed.reading.rejected, parsed.reading.blank
    counts.updated, counts.imported = replaced, new - replaced
    counts.duplicate = len(imported.record_ids) - new
    counts.rows = len(imported.record_ids) + counts.rejected + counts.blank
