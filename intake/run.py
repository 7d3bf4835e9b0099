"""Store the rows of a list as records and facts, and undo an import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from uuid import UUID

from intake.contact_rows import new_contacts
from intake.import_counts import Counts
from intake.import_mode import ImportMode, is_foreign, same_header, why_withheld
from intake.inbound import check_name
from intake.parsed_list import ParsedList, ParsedRow, Progress
from intake.same_rows import FileRows, same_rows
from leads.changes import Change, CompaniesChanged, RecordsChanged
from leads.errors import NotAllowedError, NotFoundError
from leads.ids import new_id
from leads.store import Tx, company_records, contacts, events, imports, lists, records
from leads.store.facts import facts
from leads.store.facts.stated import StatedBy, add_stated
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
class Imported:
    """One stored import."""

    list_id: UUID
    name: str
    counts: Counts
    #: Why records that the file does not name were not withdrawn.
    why_withheld: str = ""
    #: How many rows say that they must not be contacted.
    opted_out: int = 0
    #: Whether the role of each row counts: a list of customers excludes all of its rows.
    has_roles: bool = True
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


@dataclass(frozen=True, slots=True)
class _Written:
    """The rows stored by this import, and the role of each row that was there already."""

    new: list[_NewRow]
    roles: dict[UUID, str | None]


def store_list(
    tx: Tx, to: Destination, parsed: ParsedList, progress: Progress | None = None
) -> tuple[Imported, list[Change]]:
    """Store the parsed rows as records of a list; a row that the list has already changes nothing.

    A row that the list has under its key, or with its cells read otherwise, replaces that record and
    stays on its company.
    On a list that excludes (customers, open deals, competitors) the records that the file no longer
    names are withdrawn, unless the file may be broken or incomplete; on other lists they stay.
    NotFoundError when rows are to be added to a list that does not exist; NotAllowedError when the
    list is the one of companies that came by themselves.
    """
    check_name(to.name, to.mode)
    if to.mode.add and not to.mode.arrivals and lists.id_of(tx, to.client_id, to.name) is None:
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
    excludes = lists.find_list(tx, to.client_id, to.name).excludes
    imported = Imported(list_id, to.name, Counts(), has_roles=not excludes)
    if imported.has_roles:
        imported.roles, imported.role_notes = parsed.roles.counts(), parsed.roles.notes()
    known = {row.content_hash: row.id for row in live}
    with records.many_added(tx, reading.accepted - len(known)):
        written = _write_rows(tx, to.client_id, import_id, imported, known, parsed, progress)
    new = written.new
    records.count_added(tx, len(new))
    replaced = _replace(tx, live, imported, new, parsed)
    gone = _withdraw(to, imported, live, replaced, reading.rejected)
    records.end_records(tx, [*replaced, *gone], import_id)
    if gone:
        contacts.erase_without_company(tx, to.client_id)
    _count(imported, parsed, len(new), len(replaced))
    changed = _change_roles(tx, to, imported, live, written.roles, reading.file_name)
    if not new and not gone:
        imports.drop_import(tx, import_id)
        return imported, changed
    counts = asdict(imported.counts)
    imports.set_counts(tx, import_id, counts)
    _log(tx, "imported", list_id, to.client_id, to.who, reading.file_name, counts)
    return imported, [RecordsChanged(to.client_id), *changed]


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
    ended, restored = imports.undo_import(tx, client_id, last.id)
    contacts.erase_of_records(tx, ended)
    facts.retract_of_records(tx, ended, f"the import of {last.file_name} was undone")
    contacts.erase_without_company(tx, client_id)
    counts = {"ended": len(ended), "restored": len(restored)}
    _log(tx, "import undone", found.id, client_id, who, last.file_name, counts)
    return counts, [RecordsChanged(client_id)]


def _write_rows(
    tx: Tx,
    client_id: UUID,
    import_id: UUID,
    imported: Imported,
    known: dict[str, UUID],
    parsed: ParsedList,
    progress: Progress | None,
) -> _Written:
    """Store the rows whose content is not `known` yet; each row's record is noted in `imported`."""
    origin = parsed.reading.origin
    by = StatedBy(client_id=client_id, source=origin.source, observed_at=origin.observed_at)
    new: list[_NewRow] = []
    roles: dict[UUID, str | None] = {}
    for batch in parsed.batches():
        fresh = []
        for row in batch:
            record_id = known.get(row.content_hash)
            if record_id is None:
                record_id = known[row.content_hash] = new_id()
                new.append(_NewRow(record_id, row.row_key))
                fresh.append((record_id, row))
            elif imported.has_roles:
                roles[record_id] = row.role
            imported.record_ids.append(record_id)
        made = [_record(record_id, row, imported) for record_id, row in fresh]
        records.add_records(tx, client_id, imported.list_id, import_id, made)
        add_stated(tx, by, ((record_id, row.stated) for record_id, row in fresh))
        stored = imported.record_ids[-len(batch) :] if batch else []
        named = new_contacts(f"list:{imported.name}", zip(stored, batch, strict=True))
        contacts.add(tx, client_id, named)
        if progress:
            progress(f"storing {imported.name}", len(imported.record_ids), 0)
    return _Written(new, roles)


def _record(record_id: UUID, row: ParsedRow, imported: Imported) -> NewRecord:
    return NewRecord(
        id=record_id,
        row=row.row,
        line=row.line,
        row_key=row.row_key,
        content_hash=row.content_hash,
        match_key=row.match_key,
        name=row.name,
        cells=row.cells,
        role=row.role if imported.has_roles else None,
    )


def _replace(
    tx: Tx,
    live: Sequence[LiveRecord],
    imported: Imported,
    new: Sequence[_NewRow],
    parsed: ParsedList,
) -> list[UUID]:
    """Put new rows on the companies of the records they replace; the ids of these records."""
    met = set(imported.record_ids)
    left = [row for row in live if row.id not in met]
    file = FileRows(imported.record_ids, parsed, parsed.reading.columns)
    pairs = same_rows(left, new, file, partial(records.rows_as_received, tx, imported.list_id))
    placed = [(pairs[row.id], row.company_id) for row in left if row.id in pairs and row.company_id]
    company_records.put_records(tx, placed)
    return list(pairs)


def _change_roles(
    tx: Tx,
    to: Destination,
    imported: Imported,
    live: Sequence[LiveRecord],
    roles: dict[UUID, str | None],
    file_name: str,
) -> list[Change]:
    """Store the roles of rows that were there already and are read in another way now."""
    changed = [
        replace(row, role=roles[row.id])
        for row in live
        if row.id in roles and roles[row.id] != row.role
    ]
    if not changed:
        return []

    records.set_roles(tx, changed)
    counts = {"records": len(changed)}
    _log(tx, "roles changed", imported.list_id, to.client_id, to.who, file_name, counts)
    companies = dict.fromkeys(row.company_id for row in changed if row.company_id)
    return [CompaniesChanged(to.client_id, tuple(companies))]


def _withdraw(
    to: Destination,
    imported: Imported,
    live: Sequence[LiveRecord],
    replaced: Sequence[UUID],
    rejected: int,
) -> list[UUID]:
    """The records to withdraw, because the file no longer names them; counted in `imported`."""
    if to.mode.add or imported.has_roles:
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
    counts.erased = parsed.erased
    counts.rows = len(imported.record_ids) + counts.rejected + counts.blank + counts.erased


def _log(
    tx: Tx,
    verb: str,
    list_id: UUID,
    client_id: UUID,
    who: str,
    file_name: str,
    counts: dict[str, int],
) -> None:
    line = events.Happened(
        verb=verb,
        thing="list",
        thing_id=list_id,
        client_id=client_id,
        who=who,
        reason=file_name,
        data=counts,
    )
    events.log(tx, [line])
