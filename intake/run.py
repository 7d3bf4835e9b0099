"""The edge of intake: the rows of a reading become records and facts of a list, and can be taken
back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from uuid import UUID

from intake.again import Manner, is_foreign, same_header, why_withheld
from intake.identity import match_key
from intake.read_list import Reading, Row
from leads.changes import Change, RecordsChanged
from leads.errors import NotAllowedError, NotFoundError
from leads.facts import Fact
from leads.ids import new_id
from leads.store import Tx, companies, events, lists
from leads.store.facts import facts
from leads.store.facts.facts import Subject
from leads.store.lists import ListAbout, NewRecord

#: Rows written at a time.
BATCH = 2_000


@dataclass(slots=True)
class Counts:
    """What came of every row: `rows` is the sum of the next five."""

    rows: int = 0
    imported: int = 0
    updated: int = 0
    duplicate: int = 0
    rejected: int = 0
    blank: int = 0
    #: Records of an excluding list that the new file does not name any more.
    withdrawn: int = 0
    #: Records of an excluding list that the new file does not name, and that stay nevertheless.
    withheld: int = 0


@dataclass(slots=True)
class Imported:
    """One reading, stored."""

    list_id: UUID
    name: str
    counts: Counts
    #: Why records that the file does not name were not withdrawn.
    why_withheld: str = ""
    #: The record each accepted row is now, in the order of the file.
    record_ids: list[UUID] = field(default_factory=list)


@dataclass(slots=True)
class _Fresh:
    """A row stored by this import."""

    id: UUID
    row_key: str


def store_reading(
    tx: Tx,
    client_id: UUID,
    name: str,
    about: ListAbout,
    reading: Reading,
    who: str,
    manner: Manner,
    progress: Callable[[str, int, int], None] | None = None,
) -> tuple[Imported, list[Change]]:
    """Store what a file says as records of the list `name`; a row that stands there already changes
    nothing.

    A row whose key stands there with other content replaces that record and is the same company. On
    a list that excludes (customers, open deals, competitors) the records the file no longer names
    are withdrawn, unless the file may be broken or short; on other lists they stay. NotFoundError
    when rows are to be added to a list that is not there.
    """
    if manner.add and lists.id_of(tx, client_id, name) is None:
        raise NotFoundError(
            f"there is no list {name!r} to add to",
            "see `sluice lists`; without --add the list is made",
        )
    list_id = lists.list_of(tx, client_id, name, about)
    live = lists.live_rows(tx, list_id)
    known = {row.content_hash: row.id for row in live}
    import_id = lists.add_import(
        tx, client_id, list_id, reading.file_name, reading.sha256, {}, reading.columns
    )
    imported = Imported(list_id, name, Counts())
    fresh = _write_rows(tx, client_id, import_id, imported, known, reading, progress)
    met = set(imported.record_ids)
    replaced = _replaced([row for row in live if row.id not in met], fresh)
    companies.put_records(tx, [(to, row.company_id) for row, to in replaced if row.company_id])
    ended = [row.id for row, _ in replaced]
    absent = (
        []
        if manner.add or not _excludes(tx, client_id, name)
        else [row.id for row in live if row.id not in met | set(ended)]
    )
    imported.why_withheld = why_withheld(len(absent), len(live), reading.rejected, manner)
    gone = [] if imported.why_withheld else absent
    lists.end_records(tx, [*ended, *gone], import_id)
    counts = _count(imported, reading, len(fresh), len(replaced))
    counts.withdrawn, counts.withheld = len(gone), len(absent) - len(gone)
    if not fresh and not gone:
        lists.drop_import(tx, import_id)
        return imported, []
    lists.set_counts(tx, import_id, asdict(counts))
    line = events.Happened(
        verb="imported",
        thing="list",
        thing_id=list_id,
        client_id=client_id,
        who=who,
        reason=reading.file_name,
        data=asdict(counts),
    )
    events.log(tx, [line])
    return imported, [RecordsChanged(client_id)]


def is_another_list(tx: Tx, client_id: UUID, name: str, reading: Reading) -> bool:
    """Whether the list of that name is not the file's: it has records, none of the file's rows, and
    had other columns last.
    """
    list_id = lists.id_of(tx, client_id, name)
    last = lists.last_import(tx, list_id) if list_id else None
    if (
        list_id is None
        or last is None
        or same_header(
            [column["header"] for column in last["columns"]["columns"]], reading.source.header
        )
    ):
        return False
    live = lists.live_rows(tx, list_id)
    return bool(live) and is_foreign(
        reading, {row.content_hash for row in live}, {row.row_key for row in live}
    )


def undo(tx: Tx, client_id: UUID, name: str, who: str) -> tuple[dict[str, int], list[Change]]:
    """Take the list's last import back: its records end, their facts are retracted, what it had
    replaced counts again.
    """
    found = lists.find_list(tx, client_id, name, hold=True)
    last = lists.last_import(tx, found["id"])
    if last is None:
        raise NotAllowedError(
            f"the list {name!r} has no import left to undo", "see `sluice lists show`"
        )
    ended, back = lists.undo_import(tx, last["id"])
    facts.retract_of_records(tx, ended, f"the import of {last['file_name']} was undone")
    counts = {"ended": len(ended), "restored": len(back)}
    line = events.Happened(
        verb="import undone",
        thing="list",
        thing_id=found["id"],
        client_id=client_id,
        who=who,
        reason=last["file_name"],
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
    reading: Reading,
    progress: Callable[[str, int, int], None] | None,
) -> list[_Fresh]:
    fresh: list[_Fresh] = []
    for rows in _batches(iter(reading)):
        records, said = [], []
        for row in rows:
            found = known.get(row.content_hash)
            if found is None:
                found = known[row.content_hash] = new_id()
                fresh.append(_Fresh(found, row.row_key))
                records.append(_record(found, row))
                said += [(Subject(record_id=found), fact) for fact in row.facts]
            imported.record_ids.append(found)
        lists.add_records(tx, client_id, imported.list_id, import_id, records)
        facts.add(tx, said)
        if progress:
            progress(f"reading {imported.name}", len(imported.record_ids), 0)
    return fresh


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _record(record_id: UUID, row: Row) -> NewRecord:
    name = name_of(row.facts)
    return NewRecord(
        id=record_id,
        row=row.row,
        line=row.line,
        row_key=row.row_key,
        content_hash=row.content_hash,
        match_key=match_key(name, row.facts),
        name=name,
        raw=row.raw,
    )


def name_of(said: tuple[Fact, ...]) -> str:
    """The company's name as the row states it."""
    return next(str(fact.value) for fact in said if fact.attribute == "name")


def _replaced(left: list[lists.LiveRow], fresh: list[_Fresh]) -> list[tuple[lists.LiveRow, UUID]]:
    """The records whose key exactly one new row has, and no other record: the row, whose id
    follows, is their new content.
    """
    old, new = Counter(row.row_key for row in left), Counter(row.row_key for row in fresh)
    ids = {row.row_key: row.id for row in fresh}
    return [
        (row, ids[row.row_key]) for row in left if old[row.row_key] == 1 and new[row.row_key] == 1
    ]


def _excludes(tx: Tx, client_id: UUID, name: str) -> bool:
    return bool(lists.find_list(tx, client_id, name)["role"] != "prospects")


def _count(imported: Imported, reading: Reading, fresh: int, replaced: int) -> Counts:
    counts = imported.counts
    counts.rejected, counts.blank = reading.rejected, reading.blank
    counts.updated, counts.imported = replaced, fresh - replaced
    counts.duplicate = len(imported.record_ids) - fresh
    counts.rows = len(imported.record_ids) + counts.rejected + counts.blank
    return counts
