"""The columns of all companies of a client, from files where these show the present.

Companies that changed since are read from the database. The files are made again when they are
damaged, of another version, or too old to be brought up to date.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from leads.store import Store, Tx, company_changes
from leads.store.facts import gathered
from leads.store.facts.gathered import Some, listed
from leads.store.ledger import waiting_kind
from qualify.bulk.part_file import DamagedPartError, Part, read_part
from qualify.run.kept.building import among, marks, write_all, write_changed
from qualify.run.kept.manifest import (
    Manifest,
    folder_of,
    purge_client,
    read_manifest,
    write_manifest,
    writing,
)

#: Companies of one file.
PART = 100_000
#: Of so many companies at the least columns are kept: fewer are read in a moment.
WORTH_IT = 20_000
#: Changed companies are written to a file of their own from this share on, and everything is read
#: again from that share of companies that files hold in vain.
_APPENDED, _TOO_MUCH = 0.01, 0.2
_TRIES = 2


@dataclass(frozen=True, slots=True)
class Mapped:
    """The companies of one file, and which of them count."""

    part: Part
    counts: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Kept:
    """The companies of a client: those in files, and those that the database must be asked about."""

    mapped: Sequence[Mapped]
    apart: Sequence[Some]


def kept_columns(
    tx: Tx,
    client_id: UUID,
    attributes: Collection[str],
    home: Path,
    *,
    apart: Collection[UUID] = (),
    least: int = WORTH_IT,
    part: int = PART,
) -> Kept | None:
    """The facts about some attributes of all companies of a client; those listed in `apart` are left
    to the database. None when it must be asked about all.
    """
    live = gathered.count(tx, client_id)
    # Between an import and the next look for duplicates nobody has noted yet who changed.
    if live < least or waiting_kind.is_open(tx, "dedupe", str(client_id)):
        return None
    at = _Place(tx, client_id, home, part)
    for _ in range(_TRIES):
        manifest = at.brought_up(attributes)
        if manifest is None:
            return None
        try:
            found = at.mapped(manifest, attributes, apart)
        except (DamagedPartError, OSError, ValueError):
            found = None
        if found is not None and _number(tx, found) == live and not _any_over(tx, client_id, found):
            return found
        purge_client(home, client_id)
    return None


def purge_outdated(store: Store, home: Path, clients: Collection[UUID]) -> None:
    """Delete the columns of those of the clients that an erasure has made unusable."""
    for client_id in clients:
        folder = folder_of(home, client_id)
        manifest = read_manifest(folder)
        with store.read() as tx:
            usable = manifest and company_changes.since(tx, client_id, manifest.moment)
        if usable is not None:
            continue
        # Without a manifest somebody may be writing the first one.
        with writing(folder) as has_lock:
            if has_lock:
                purge_client(home, client_id)


def _number(tx: Tx, kept: Kept) -> int:
    inside = sum(int(one.counts.sum()) for one in kept.mapped)
    return inside + sum(len(gathered.companies(tx, one)) for one in kept.apart)


def _any_over(tx: Tx, client_id: UUID, kept: Kept) -> bool:
    """Whether files hold companies that are merged or gone.

    As many companies as are live, and none of these: then they are the live ones.
    """
    over = np.frombuffer(gathered.over(tx, client_id), "S16")
    for one in kept.mapped:
        ids = one.part.ids.view("S16").ravel()
        if not ids.size:
            continue
        start, end = over.searchsorted(ids[0]), over.searchsorted(ids[-1], "right")
        here = over[start:end]
        at = ids.searchsorted(here)
        if one.counts[at[ids[at] == here]].any():
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Place:
    """The columns of one client in their folder, as one transaction sees the database."""

    tx: Tx
    client_id: UUID
    home: Path
    part: int

    @property
    def folder(self) -> Path:
        """Where they are kept."""
        return folder_of(self.home, self.client_id)

    @property
    def _where(self) -> tuple[Tx, UUID, Path]:
        return self.tx, self.client_id, self.folder

    def brought_up(self, attributes: Collection[str]) -> Manifest | None:
        """A manifest that few companies have changed since; None when another process writes one."""
        manifest = read_manifest(self.folder)
        changed = None if manifest is None else self._changed(manifest)
        if (
            manifest is not None
            and changed is not None
            and set(attributes) <= set(manifest.attributes)
        ):
            size = sum(one.size - one.left_out for one in manifest.parts)
            if len(changed) <= _APPENDED * size:
                return manifest
            vain = sum(one.left_out for one in manifest.parts) + len(changed)
            if vain <= _TOO_MUCH * size:
                return self._written(partial(write_changed, *self._where, manifest, changed))
        known = manifest.attributes if manifest else ()
        return self._written(partial(write_all, *self._where, {*attributes, *known}, self.part))

    def mapped(
        self, manifest: Manifest, attributes: Collection[str], apart: Collection[UUID]
    ) -> Kept | None:
        """What the files hold, less what changed since and what is left to the database."""
        changed = self._changed(manifest)
        if changed is None:
            return None
        other = changed | set(apart)
        found = []
        for one in manifest.parts:
            part = read_part(self.folder / one.file, attributes)
            counts = ~(marks(self.folder, one) | among(part, other))
            found.append(Mapped(part, counts))
        return Kept(found, listed(self.client_id, tuple(other)))

    def _changed(self, manifest: Manifest) -> set[UUID] | None:
        return company_changes.since(self.tx, self.client_id, manifest.moment)

    def _written(self, make: Callable[[], Manifest]) -> Manifest | None:
        """A manifest that is made and put in place; None when another process does that already."""
        try:
            with writing(self.folder) as has_lock:
                if not has_lock:
                    return None
                made = make()
                write_manifest(self.folder, made)
        except OSError:
            # The disk is full or read-only, or an erasure has deleted the folder meanwhile.
            purge_client(self.home, self.client_id)
            return None
        # Whoever erases deletes the files after the erasure is stored: it has not seen these.
        with self._afresh() as tx:
            if company_changes.since(tx, self.client_id, made.moment) is None:
                purge_client(self.home, self.client_id)
                return None
        return made

    @contextmanager
    def _afresh(self) -> Iterator[Tx]:
        """A transaction that sees what is stored by now."""
        store = Store(self.tx.engine.url.render_as_string(hide_password=False))
        try:
            with store.read() as tx:
                yield tx
        finally:
            store.close()
