"""The stored key index of a client, as the comparison of later records asks it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from threading import Lock
from uuid import UUID

import numpy as np

from dedupe.arrays import Ints, groups
from dedupe.base import Base
from dedupe.corpus import Corpus
from dedupe.key_index import Holders, Part
from dedupe.keys import as_stored, keys_of, keys_of_rows, stated_by
from dedupe.normalise import normalise
from dedupe.packed_base import (
    bits_for,
    companies_with,
    packed_corpus,
    packed_keys,
    packed_rows,
    part_of,
    read_corpus,
    rows_of,
)
from dedupe.record import NO_DECISIONS, MatchRecord
from dedupe.run.match_input import COMPARED, match_record
from leads.ids import new_id
from leads.store import Tx, compared_records, judgements, match_index
from leads.store.engine import Store
from leads.store.match_index import COMPANIES_A_PART, KEYS, ROWS, BaseHead, FreshKey

#: Another one as soon as keys or counts are made otherwise: an index of another form is not asked.
FORM = "form 2"
#: Parts that one transaction writes: others wait for it a fraction of a second.
_PARTS_AT_ONCE = 2_000
#: Corpora that a process keeps: one of a million records has a few megabytes.
_KEPT = 4

_corpora: dict[UUID, Corpus] = {}
_reading = Lock()


def corpus_of_client(tx: Tx, client_id: UUID, head: BaseHead) -> Corpus:
    """Return the counts of the last full comparison; a process keeps those it used last."""
    with _reading:
        found = _corpora.pop(head.version, None)
        if found is None:
            found = read_corpus(match_index.corpus(tx, client_id))
        _corpora[head.version] = found
        while len(_corpora) > _KEPT:
            del _corpora[next(iter(_corpora))]
    return found


class StoredIndex:
    """The index of one client in an open transaction."""

    def __init__(self, tx: Tx, client_id: UUID, head: BaseHead) -> None:
        self._tx, self._client, self._head = tx, client_id, head
        self.corpus = corpus_of_client(tx, client_id, head)
        #: The company of every record that was read, and all records of the companies that were.
        self.read: dict[str, str | None] = {}
        self.of_company: dict[int, list[str]] = {}
        self._is_fresh = match_index.has_fresh(tx, client_id)
        self.added: list[FreshKey] = []

    def add(self, records: Sequence[MatchRecord]) -> None:
        """Let records count as stored that the transaction cannot store yet."""
        self.added += fresh_keys(records, self.corpus)

    def holders(self, keys: Ints) -> Holders:
        """Return who has these keys."""
        known = self._companies_with(keys)
        wanted = set(keys.tolist())
        own = {one.record_id for one in self.added}
        fresh = [one for one in self.added if one.key in wanted]
        if self._is_fresh:
            stored = match_index.fresh_with(self._tx, self._client, wanted)
            fresh += [one for one in stored if one.record_id not in own]
        return Holders(
            [key for key, _ in known],
            [company for _, company in known],
            [one.key for one in fresh],
            [str(one.record_id) for one in fresh],
            [one.face for one in fresh],
        )

    def _companies_with(self, keys: Ints) -> list[tuple[int, int]]:
        by_part = _by_part(keys, part_of(keys, self._head.bits))
        return [
            entry
            for place, body in self._parts(KEYS, by_part)
            for entry in companies_with(body, by_part[place])
        ]

    def _parts(self, kind: str, places: Collection[int]) -> Iterator[tuple[int, bytes]]:
        return match_index.parts(self._tx, self._client, self._head.version, kind, places)

    def company_rows(
        self, companies: Collection[int], most: int | None = None
    ) -> Mapping[int, Sequence[MatchRecord]]:
        """Return the live rows of companies of the last full comparison: all, or the first ones."""
        self._read_companies(companies)
        of_company = {company: self.of_company.get(company, []) for company in companies}
        if most is None:
            return self._live(of_company)

        # A company of a thousand rows costs no more than one of a few, unless some have ended.
        found = self._live({company: ids[:most] for company, ids in of_company.items()})
        fewer = [one for one, ids in of_company.items() if len(found[one]) < min(most, len(ids))]
        if fewer:
            rest = self._live({company: of_company[company][most:] for company in fewer})
            found |= {one: (found[one] + rest[one])[:most] for one in fewer}
        return found

    def _live(self, of_company: Mapping[int, Sequence[str]]) -> dict[int, list[MatchRecord]]:
        """Return the rows by these ids of each company that are live, in the order of their ids."""
        ids = [one for some in of_company.values() for one in some]
        rows = {row.key: row for row in self._rows(ids)}
        return {
            company: [rows[one] for one in some if one in rows]
            for company, some in of_company.items()
        }

    def broken(self, companies: Collection[int]) -> set[int]:
        """Return the companies of which a record has ended."""
        self._read_companies(companies)
        ids = [one for company in companies for one in self.of_company.get(company, ())]
        live = set(map(str, match_index.live_among(self._tx, list(map(UUID, ids)))))
        return {
            company
            for company in companies
            if not live.issuperset(self.of_company.get(company, ()))
        }

    def _read_companies(self, companies: Collection[int]) -> None:
        missing = sorted(one for one in companies if one not in self.of_company)
        by_part: dict[int, list[int]] = {}
        for company in missing:
            by_part.setdefault(company // COMPANIES_A_PART, []).append(company)
        for place, body in self._parts(ROWS, by_part):
            some = by_part[place]
            rows = rows_of(body, [company % COMPANIES_A_PART for company in some])
            self.of_company.update(zip(some, rows, strict=True))

    def fresh(self, rows: Collection[str]) -> Sequence[MatchRecord]:
        """Return those of the records that are live."""
        return self._rows(sorted(rows))

    def _rows(self, ids: Sequence[str]) -> list[MatchRecord]:
        records = compared_records.compared(self._tx, self._client, COMPARED, ids)
        self.read.update({one.id: one.company_id for one in records})
        return [match_record(one, one.stated) for one in records]

    def on_one_company(self, rows: Collection[str]) -> set[Part]:
        """Return the parts that are stored on a company with one of the rows."""
        held = {UUID(company) for row in rows if (company := self.read.get(row))}
        return self.parts_of(match_index.on_companies(self._tx, held)) if held else set()

    def parts_of(self, record_ids: Sequence[UUID]) -> set[Part]:
        """Return the parts that records belong to."""
        return set(self.each_part(record_ids))

    def each_part(self, record_ids: Sequence[UUID]) -> list[Part]:
        """Return the part of each record: a company of the last full comparison, or the record."""
        ids = [str(one) for one in record_ids]
        keys = keys_of_rows(ids)
        company_of = dict(self._companies_with(np.unique(keys)))
        return [company_of.get(key, one) for one, key in zip(ids, keys.tolist(), strict=True)]


def _by_part(keys: Ints, places: Ints) -> dict[int, Ints]:
    """Return sorted keys by their parts, which are in order, too."""
    starts, sizes = groups(places)
    parts = zip(places[starts].tolist(), starts.tolist(), sizes.tolist(), strict=True)
    return {place: keys[start : start + size] for place, start, size in parts}


def fresh_keys(records: Sequence[MatchRecord], corpus: Corpus) -> list[FreshKey]:
    """Return the keys to store of records that came after the full comparison."""
    table = normalise(records, NO_DECISIONS, corpus=corpus)
    keys, nodes = keys_of(table)
    faces = as_stored(stated_by(table)).tolist()
    of_node: list[list[int]] = [[] for _ in faces]
    for key, node in zip(keys.tolist(), nodes.tolist(), strict=True):
        of_node[node].append(key)
    return [
        FreshKey(key, UUID(str(record.key)), faces[node])
        for record, node in zip(records, table.node_of.tolist(), strict=True)
        for key in of_node[node]
    ]


def put_parts(
    store: Store, client_id: UUID, note: UUID, base: Base, step: Callable[[Tx], None]
) -> BaseHead | None:
    """Store the parts of a new index in short transactions; `put_head` lets it count.

    `note` says that the comparison may go on; None once it may not. `step` is called in each
    transaction.
    """
    # After all records that were compared: `match_index.pending` looks for later ones.
    version = new_id()
    bits = bits_for(len(base.keys))
    for kind, parts in (
        (KEYS, packed_keys(base.keys, base.companies, bits)),
        (ROWS, packed_rows(base.rows, COMPANIES_A_PART)),
    ):
        while some := list(islice(parts, _PARTS_AT_ONCE)):
            with store.write() as tx:
                if not match_index.may_go_on(tx, client_id, note):
                    return None
                match_index.put_parts(tx, client_id, version, kind, some)
                step(tx)
    return BaseHead(version, (), sum(map(len, base.rows)), bits)


def put_head(tx: Tx, client_id: UUID, head: BaseHead, corpus: Corpus) -> None:
    """Let the index count that rests on what the client has now."""
    head = replace(head, rests_on=rests_on(tx, client_id))
    match_index.put_head(tx, client_id, head, packed_corpus(corpus))


def head_of(tx: Tx, client_id: UUID) -> BaseHead | None:
    """Return the last full comparison; None if there is none whose index can be asked."""
    head = match_index.head(tx, client_id)
    return head if head and FORM in head.rests_on else None


def rests_on(tx: Tx, client_id: UUID) -> list[str]:
    """Return what an index rests on besides the records."""
    return [FORM, *map(str, judgements.settings_of(tx, client_id))]
