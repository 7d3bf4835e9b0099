"""Compare two profiles over everything a client knows; nothing is written."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from leads.store import Store, Tx, companies, links
from leads.store.facts.gathered import Some, names, ranges
from leads.store.facts.gathered import companies as gathered_companies
from qualify.bulk.difference import EXAMPLES, Difference, difference
from qualify.bulk.part_file import WIDTH
from qualify.decide.lasting import Lasting
from qualify.members.combine import manner_of
from qualify.profile.icp import Icp
from qualify.run.grouping import grouping
from qualify.run.kept.columns import WORTH_IT, Kept, kept_columns
from qualify.run.loading import load

#: Companies read and compared together: what bounds the memory. More than one such part is shared
#: among processes.
PART = 100_000
PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between the verdicts of two profiles over the same companies."""

    left: Icp
    right: Icp
    difference: Difference
    #: The names of the examples, by their numbers.
    names: Mapping[int, str]


#: What differs in one part, and the names of its examples by their numbers.
_Part = tuple[Difference, dict[int, str]]


def compare(
    tx: Tx,
    client_id: UUID,
    left: Icp,
    right: Icp,
    today: date,
    *,
    part: int = PART,
    home: Path | None = None,
    least: int = WORTH_IT,
) -> Comparison:
    """What the verdicts of `right` change over those of `left` for every company of the client.

    With `home`, the folder of the installation, facts come from the columns that are kept in it;
    those of fewer companies than `least` are not kept.
    """
    kept = None if home is None else _kept(tx, client_id, left, right, today, home, least)
    if kept is not None:
        return _over_kept(tx, kept, left, right, today)
    found, called = Difference(0), dict[int, str]()
    for one, names_in_part in _differences(tx, ranges(tx, client_id, part), left, right, today):
        called.update({found.companies + number: name for number, name in names_in_part.items()})
        found.add(one)
    return Comparison(left, right, found, called)


def _kept(
    tx: Tx, client_id: UUID, left: Icp, right: Icp, today: date, home: Path, least: int
) -> Kept | None:
    asked = {name for icp in (left, right) for name in Lasting(icp, today).attributes}
    linked: set[UUID] = set()
    if links.any_of(tx, client_id):
        # How these are counted together depends on the profile, and on names.
        for icp in (left, right):
            grouped = grouping(tx, client_id, icp, None)
            linked.update(grouped.above, grouped.below)
    return kept_columns(tx, client_id, asked, home, apart=linked, least=least)


def _over_kept(tx: Tx, kept: Kept, left: Icp, right: Icp, today: date) -> Comparison:
    found = Difference(0)
    examples: dict[str, list[UUID]] = {name: [] for name in found.changes}
    for one in kept.mapped:
        some = difference(left, right, one.part.frames, today, kept=one.counts)
        _add_examples(examples, some, one.part.ids.data)
        found.add(some)
    for few in kept.apart:
        some = _difference_within(tx, few, left, right, today)
        ids = b"".join(UUID(key).bytes for key in gathered_companies(tx, few))
        _add_examples(examples, some, ids)
        found.add(some)
    # The first ones are the oldest, wherever they were read.
    first = {name: sorted(ids)[:EXAMPLES] for name, ids in examples.items()}
    numbers = {one: number for number, one in enumerate(sorted(set().union(*first.values())))}
    for name, change in found.changes.items():
        change.examples = [numbers[one] for one in first[name]]
    called = companies.names_of(tx, numbers)
    return Comparison(left, right, found, {numbers[one]: called[one] for one in numbers})


def _add_examples(
    examples: dict[str, list[UUID]], some: Difference, ids: bytes | memoryview
) -> None:
    """Add the ids of examples; `ids` are those of all companies, one after the other."""
    packed = bytes(ids)
    for name, change in some.changes.items():
        examples[name] += [
            UUID(bytes=packed[one * WIDTH : (one + 1) * WIDTH]) for one in change.examples
        ]


def _differences(
    tx: Tx, parts: Sequence[Some], left: Icp, right: Icp, today: date
) -> Iterator[_Part]:
    """The difference within each part, in their order."""
    processes = min(PROCESSES, len(parts), os.cpu_count() or 1)
    if processes < 2:
        yield from (_within(tx, some, left, right, today) for some in parts)
        return
    url = tx.engine.url.render_as_string(hide_password=False)
    work = [(url, some, left, right, today) for some in parts]
    # A fresh process holds no connection of ours, and no thread of whoever called.
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(_of_part, work)


def _of_part(work: tuple[str, Some, Icp, Icp, date]) -> _Part:
    url, some, left, right, today = work
    store = Store(url)
    try:
        with store.read() as tx:
            return _within(tx, some, left, right, today)
    finally:
        store.close()


def _within(tx: Tx, some: Some, left: Icp, right: Icp, today: date) -> _Part:
    found = _difference_within(tx, some, left, right, today)
    # Named at the moment at which they were counted: in another one the same number may be another
    # company's.
    examples = {number for change in found.changes.values() for number in change.examples}
    return found, names(tx, some, sorted(examples))


def _difference_within(tx: Tx, some: Some, left: Icp, right: Icp, today: date) -> Difference:
    frames = load(tx, some, [left, right], today)
    # What a fact about a group counts as depends on the profile too, so linked companies are read
    # for each.
    alike = manner_of(left) == manner_of(right) and left.company_is is right.company_is
    other = (
        None
        if alike or not links.any_of(tx, some.client_id)
        else load(tx, some, [right, left], today)
    )
    return difference(left, right, frames, today, new_frames=other)


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """A comparison as plain JSON values."""
    left, right, found = comparison.left, comparison.right, comparison.difference
    return {
        "from": {"icp": left.name, "version": left.version, "verdicts": dict(found.before)},
        "to": {"icp": right.name, "version": right.version, "verdicts": dict(found.after)},
        "companies": found.companies,
        "changes": {
            name: {
                "companies": change.companies,
                "by_criterion": dict(change.by_criterion.most_common()),
                "examples": [comparison.names[one] for one in change.examples],
            }
            for name, change in found.changes.items()
        },
        "stages": [
            {"from": old, "to": new, "companies": count}
            for (old, new), count in found.stages.most_common()
        ],
        "score_moved": found.score_moved,
    }
