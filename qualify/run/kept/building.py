"""Write the columns of a client's companies to files."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Collection, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from leads.store import Store, Tx, company_changes
from leads.store.facts.gathered import Some, listed, ranges
from qualify.bulk.part_file import Part, read_part, write_part
from qualify.run.kept.manifest import KeptPart, Manifest, new_name
from qualify.run.loading import load_apart

PROCESSES = 2


def write_all(
    tx: Tx, client_id: UUID, folder: Path, attributes: Collection[str], size: int
) -> Manifest:
    """Write every live company, `size` to a file."""
    # Before the rest is read: what changes meanwhile comes after this moment.
    then = company_changes.moment(tx)
    url = tx.engine.url.render_as_string(hide_password=False)
    work = [
        (url, some, sorted(attributes), folder / new_name("part"))
        for some in ranges(tx, client_id, size)
    ]
    if len(work) < 2 or (os.cpu_count() or 1) < 2:
        parts = [_written(tx, some, asked, file) for _, some, asked, file in work]
    else:
        # A fresh process holds no connection of ours, and no thread of whoever called.
        with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn")) as pool:
            parts = list(pool.map(_of_part, work))
    return Manifest(tuple(sorted(attributes)), then, tuple(parts))


def write_changed(
    tx: Tx, client_id: UUID, folder: Path, known: Manifest, changed: Collection[UUID]
) -> Manifest:
    """Write the companies that changed to files of their own, and mark them in the others."""
    then = company_changes.moment(tx)
    before = [_marked(folder, one, changed) for one in known.parts]
    added = [
        _written(tx, some, known.attributes, folder / new_name("part"))
        for some in listed(client_id, tuple(changed))
    ]
    return replace(known, moment=then, parts=(*before, *added))


def marks(folder: Path, one: KeptPart) -> NDArray[np.bool_]:
    """Which companies of a file count no more; OSError or ValueError when that cannot be read."""
    if one.gone is None:
        return np.zeros(one.size, dtype=np.bool_)
    found: NDArray[np.bool_] = np.load(folder / one.gone, allow_pickle=False)
    if found.shape != (one.size,) or int(found.sum()) != one.left_out:
        raise ValueError(f"{one.gone} is damaged")
    return found


def among(part: Part, ids: Iterable[UUID]) -> NDArray[np.bool_]:
    """Which companies of a part are among these."""
    wanted = np.frombuffer(b"".join(sorted(one.bytes for one in ids)), "V16")
    return np.isin(part.ids.view("V16").ravel(), wanted)


def _marked(folder: Path, one: KeptPart, changed: Collection[UUID]) -> KeptPart:
    gone = marks(folder, one)
    more = gone | among(read_part(folder / one.file, ()), changed)
    if int(more.sum()) == one.left_out:
        return one
    name = new_name("gone.npy")
    np.save(folder / name, more, allow_pickle=False)
    return replace(one, gone=name, left_out=int(more.sum()))


def _of_part(work: tuple[str, Some, list[str], Path]) -> KeptPart:
    url, some, attributes, file = work
    store = Store(url)
    try:
        with store.read() as tx:
            return _written(tx, some, attributes, file)
    finally:
        store.close()


def _written(tx: Tx, some: Some, attributes: Collection[str], file: Path) -> KeptPart:
    part = load_apart(tx, some, attributes)
    write_part(file, part)
    return KeptPart(file.name, part.frames.size)
