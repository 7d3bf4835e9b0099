"""Count wrong merges and misses among pairs of well-known companies, in four settings.

`bench/lists/groups.csv` holds pairs of different companies that share a word, and pairs of one
company under two names, and `bench/lists/bare_names.csv` such pairs without legal forms;
`matching/groups_dev.csv` of the data folder holds more. Each pair is
clustered alone, and inside a list of 7,000 other companies, with name and country, and with the
city too. The two rows of a pair are wrongly merged if they are in one cluster, and missed if not.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.base_companies import LISTS
from bench.corrupt import CITIES, names
from dedupe.clustering import Clustering
from dedupe.engine import cluster
from dedupe.record import Key, MatchRecord

AROUND = 7_000
#: The sets in `bench/lists`.
OWN_LISTS = ("groups", "bare_names")
SETTINGS = ("alone, country", "alone, city", "in a list, country", "in a list, city")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two companies, or one under two names."""

    kind: str
    same: bool
    rows: tuple[dict[str, str], dict[str, str]]


@dataclass(frozen=True, slots=True)
class Told:
    """What the engine told of the pairs in one setting."""

    setting: str
    different: int
    same: int
    merged: tuple[Pair, ...]
    missed: tuple[Pair, ...]
    #: Pairs that are left to a person.
    review_of_same: int
    review_of_different: int


def pairs_of(file: Path) -> list[Pair]:
    """Read the pairs of a file, whose rows follow one another."""
    with file.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    return [
        Pair(one.get("kind", ""), one["entity_id"] == other["entity_id"], (one, other))
        for one, other in zip(rows[::2], rows[1::2], strict=True)
    ]


def file_of(name: str, folder: Path) -> Path:
    """Return the file of a set of pairs."""
    return LISTS / f"{name}.csv" if name in OWN_LISTS else folder / f"matching/{name}.csv"


def measure_groups(name: str, folder: Path) -> Iterator[Told]:
    """Yield the figures of the four settings."""
    pairs = pairs_of(file_of(name, folder))
    for setting in SETTINGS:
        city = setting.endswith("city")
        records = [tuple(record_of(row, city=city) for row in pair.rows) for pair in pairs]
        if setting.startswith("alone"):
            outcomes = [_outcome(cluster(two), two) for two in records]
        else:
            others = around(folder, city=city)
            found = cluster([*others, *(one for two in records for one in two)])
            outcomes = _outcomes(found, records)
        yield _told(setting, pairs, outcomes)


def record_of(row: dict[str, str], *, city: bool) -> MatchRecord:
    """Return a row of a pair as the engine takes it."""
    return MatchRecord(
        row["rec_id"],
        row["name"],
        aliases=(row["alias"],) if row["alias"] else (),
        country=row["country"],
        city=row["city"] if city else "",
    )


def around(folder: Path, *, city: bool) -> Iterator[MatchRecord]:
    """Yield the other companies of the list: real names in real cities."""
    rnd = random.Random(3)
    source = names(folder, rnd)
    for number in range(AROUND):
        country = rnd.choice(sorted(CITIES))
        town = rnd.choice(CITIES[country])
        yield MatchRecord(
            f"around{number}", next(source), country=country, city=town if city else ""
        )


def _outcome(found: Clustering, two: Sequence[MatchRecord]) -> str:
    return _outcomes(found, [two])[0]


def _outcomes(found: Clustering, pairs: Sequence[Sequence[MatchRecord]]) -> list[str]:
    place = {key: at for at, keys in enumerate(found.clusters) for key in keys}
    held = {frozenset((place[one], place[other])) for one, other in review_pairs(found)}
    outcomes = []
    for one, other in pairs:
        at = frozenset((place[one.key], place[other.key]))
        outcomes.append("same" if len(at) == 1 else "review" if at in held else "different")
    return outcomes


def review_pairs(found: Clustering) -> list[tuple[Key, Key]]:
    """Return the pairs of rows of different clusters that are left to a person."""
    return [(pair.left, pair.right) for pair in found.review_pairs]


def _told(setting: str, pairs: Sequence[Pair], outcomes: Sequence[str]) -> Told:
    both = list(zip(pairs, outcomes, strict=True))
    same = sum(pair.same for pair in pairs)
    return Told(
        setting,
        len(pairs) - same,
        same,
        tuple(pair for pair, told in both if not pair.same and told == "same"),
        tuple(pair for pair, told in both if pair.same and told != "same"),
        sum(pair.same and told == "review" for pair, told in both),
        sum(not pair.same and told == "review" for pair, told in both),
    )


def lines(name: str, folder: Path, worst: int) -> Iterator[str]:
    """Yield the figures as lines, with the errors below each setting."""
    yield f"{name}: wrong merges and misses, in brackets those of sixty pairs"
    for told in measure_groups(name, folder):
        wrong, missed = len(told.merged), len(told.missed)
        yield (
            f"  {told.setting:20} merged {wrong:3} of {told.different}"
            f" ({60 * wrong / max(told.different, 1):4.1f})   missed {missed:3} of {told.same}"
            f" ({60 * missed / max(told.same, 1):4.1f})   in review: {told.review_of_same} of the"
            f" same, {told.review_of_different} of the different"
        )
        for title, some in (("merged", told.merged), ("missed", told.missed)):
            for pair in some[:worst]:
                one, other = pair.rows
                yield f"      {title} ({pair.kind}): {one['name']} | {other['name']}"
