"""Compare a few new rows with what their keys find in a stored list, not with the whole list.

The companies of the last full comparison are known: their rows stay together, unless one of them has
ended or a person decided about them. Rows that came later are *fresh*. The outcome for the fresh
rows is a function of these companies, of all fresh rows, of the decisions and of the corpus: it is
the same in whatever order and portions the rows came.

- A fresh row is compared with the companies and the fresh rows that share a key with it.
- A key that more than `MOST` companies and different fresh rows have, all that came so far counted,
  finds none of them.
- What matches, directly or over other rows, is decided together, as in a full comparison.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Protocol

import numpy as np

from dedupe.arrays import Ints
from dedupe.clustering import Clustering
from dedupe.compare_pairs import Asked, decide_rows, odds_of_rows
from dedupe.corpus import Corpus
from dedupe.correlate import components
from dedupe.keys import MOST, keys_of
from dedupe.no_collection import no_collection
from dedupe.normalise import normalise
from dedupe.outcome import REVIEWED, Strictness
from dedupe.record import NO_DECISIONS, Decisions, MatchRecord

#: Rows of one company that others are compared with: those with the smallest keys.
MOST_ROWS = 60
#: Of so many rows that match over others, each is compared with each; of more, only those that share
#: a key.
_MOST_TOGETHER = 200
#: The company of a key that too many companies have.
CROWDED = -1

#: A company of the last full comparison by its number, or a single row by its key.
Part = int | str
#: Two parts; the smaller one first.
Link = tuple[Part, Part]


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Rows that were decided together."""

    clustering: Clustering
    #: The rows whose company this decides. The others match none of them, and are there to be asked
    #: about.
    inside: frozenset[str]
    #: The companies of the last full comparison among them that stay as they were, or grow.
    companies: frozenset[int]


class TooManyError(Exception):
    """So many rows hang together that a full comparison takes less."""


@dataclass(frozen=True, slots=True)
class Holders:
    """Who has some keys: one entry per key and holder."""

    keys: Sequence[int]
    companies: Sequence[int]
    fresh_keys: Sequence[int]
    fresh_rows: Sequence[str]
    #: A hash of all that the fresh row states.
    fresh_faces: Sequence[int]


class Index(Protocol):
    """The keys of a stored list, and the rows behind them."""

    @property
    def corpus(self) -> Corpus:
        """The counts by which rows are compared."""

    def holders(self, keys: Ints) -> Holders:
        """Return who has these keys."""

    def company_rows(self, companies: Collection[int]) -> Mapping[int, Sequence[MatchRecord]]:
        """Return the live rows of companies of the last full comparison."""

    def broken(self, companies: Collection[int]) -> set[int]:
        """Return those of the companies whose rows must be decided again, one by one."""

    def fresh(self, rows: Collection[str]) -> Sequence[MatchRecord]:
        """Return those of the fresh rows that are live."""

    def on_one_company(self, rows: Collection[str]) -> set[Part]:
        """Return the parts that are stored on a company with one of the rows."""


@no_collection()
def compare_fresh(
    index: Index,
    start: Collection[Part],
    *,
    decisions: Decisions = NO_DECISIONS,
    decided_same: Collection[Link] = (),
    strictness: Strictness = Strictness.BALANCED,
    most: int = 1_000_000,
) -> Neighbourhood:
    """Decide the companies of fresh rows, or of companies to decide again, and of what they touch.

    TooManyError if more than `most` parts have to be looked at.
    """
    around = _Around(index, decisions, strictness, most, decided_same)
    around.explore(set(start))
    inside = {str(row.key) for part in around.inside for row in around.rows[part]}
    companies = frozenset(part for part in around.inside if isinstance(part, int))
    return Neighbourhood(around.decided(), frozenset(inside), companies)


@dataclass(slots=True)
class _Around:
    """What is known around the start."""

    index: Index
    decisions: Decisions
    strictness: Strictness
    most: int
    #: Parts that a person called the same.
    decided_same: Collection[Link]
    rows: dict[Part, Sequence[MatchRecord]] = field(default_factory=dict)
    #: Companies that are decided again, row by row.
    broken: dict[Part, Sequence[Part]] = field(default_factory=dict)
    #: Parts that were compared with all that their keys find.
    inside: set[Part] = field(default_factory=set)
    links: set[Link] = field(default_factory=set)
    compared: set[Link] = field(default_factory=set)
    matches: set[Link] = field(default_factory=set)
    #: Parts that a person may be asked about.
    beside: set[Part] = field(default_factory=set)

    def explore(self, start: set[Part]) -> None:
        """Look up what the start matches, what that matches, and so on."""
        new = set(start)
        waiting = self._loaded(start)
        while waiting:
            self.inside |= waiting
            found, again = self._hits(waiting, new)
            found |= {link for link in self.decided_same if not waiting.isdisjoint(link)}
            waiting = (self._loaded(again) | self._matching(found)) - self.inside
            new = set()
            if not waiting:
                keys = [str(row.key) for part in self.inside for row in self.rows[part]]
                waiting = self._loaded(self.index.on_one_company(keys)) - self.inside

    def decided(self) -> Clustering:
        """Decide all parts that were found together."""
        rows, of_part = self._positions(self.inside | self.beside)
        links = {link for link in self.links if of_part.keys() >= set(link)}
        for together in self._components():
            links |= {link_of(*two) for two in combinations(together, 2)}
        pairs = [pair for one, other in links for pair in product(of_part[one], of_part[other])]
        firm = [some for some in of_part.values() if len(some) > 1]
        return decide_rows(self._asked(rows, pairs), firm, self.decisions)

    def _components(self) -> Iterator[list[Part]]:
        """Yield the parts that match directly or over others, as far as they are few."""
        at = {part: place for place, part in enumerate(sorted(self.inside, key=str))}
        ends = np.array([(at[one], at[other]) for one, other in self.matches], dtype=np.int64)
        left, right = ends.reshape(-1, 2).T
        reach = components(len(at), left, right)
        groups: dict[int, list[Part]] = {}
        for part, first in zip(at, reach.tolist(), strict=True):
            groups.setdefault(first, []).append(part)
        for some in groups.values():
            if len(some) > 2 and sum(len(self.rows[part]) for part in some) <= _MOST_TOGETHER:
                yield some

    def _loaded(self, parts: Collection[Part]) -> set[Part]:
        """Load parts; return those that have rows, single rows for companies to decide again."""
        missing = {part for part in parts if part not in self.rows and part not in self.broken}
        companies = {part for part in missing if isinstance(part, int)}
        broken = self.index.broken(companies)
        for company, rows in self.index.company_rows(companies).items():
            if company in broken:
                self.rows |= {str(row.key): [row] for row in rows}
                self.broken[company] = [str(row.key) for row in rows]
                self.links |= {link_of(*two) for two in combinations(self.broken[company], 2)}
            else:
                self.rows[company] = sorted(rows, key=lambda row: str(row.key))[:MOST_ROWS]
        single = [part for part in missing if isinstance(part, str)]
        self.rows |= {str(row.key): [row] for row in self.index.fresh(single)}
        if len(self.rows) > self.most:
            raise TooManyError
        instead = {one for part in parts for one in self.broken.get(part, (part,))}
        return {part for part in instead if self.rows.get(part)}

    def _hits(self, waiting: set[Part], new: set[Part]) -> tuple[set[Link], set[Part]]:
        """Return what shares a key with the parts, and the rows of keys that are crowded by now."""
        of_key = self._keys(waiting)
        holders = self.index.holders(np.array(sorted(of_key), dtype=np.int64))
        known: dict[int, set[int]] = {}
        for key, company in zip(holders.keys, holders.companies, strict=True):
            known.setdefault(key, set()).add(company)
        fresh: dict[int, dict[str, int]] = {}
        for key, row, face in zip(
            holders.fresh_keys, holders.fresh_rows, holders.fresh_faces, strict=True
        ):
            fresh.setdefault(key, {})[row] = face

        found: set[Link] = set()
        again: set[Part] = set()
        for key, parts in of_key.items():
            companies, rows = known.get(key, set()), fresh.get(key, {})
            if CROWDED in companies:
                continue
            if len(companies) + len(set(rows.values())) > MOST:
                before = {face for row, face in rows.items() if row not in new}
                if len(companies) + len(before) <= MOST:
                    again |= rows.keys()
                continue
            few = _two_of_each(rows)
            for part in parts:
                found |= {link_of(part, row) for row in few if row != part}
                if isinstance(part, str):
                    found |= {link_of(part, company) for company in companies}
        return found, again

    def _keys(self, parts: set[Part]) -> dict[int, list[Part]]:
        """Return the keys of parts, each with those that have it."""
        rows = [(part, row) for part in sorted(parts, key=str) for row in self.rows[part]]
        table = normalise([row for _, row in rows], NO_DECISIONS, corpus=self.index.corpus)
        of_node: dict[int, list[Part]] = {}
        for (part, _), node in zip(rows, table.node_of.tolist(), strict=True):
            of_node.setdefault(node, []).append(part)
        of_key: dict[int, list[Part]] = {}
        for key, node in zip(*(side.tolist() for side in keys_of(table)), strict=True):
            of_key.setdefault(key, []).extend(of_node[node])
        return of_key

    def _matching(self, found: set[Link]) -> set[Part]:
        """Compare linked parts; return those that match, and remember those that nearly do."""
        self._loaded({part for link in found for part in link})
        links = {link for one in found for link in self._instead(one)} - self.compared
        links |= self.links - self.compared
        self.compared |= links
        self.links |= links
        waiting: set[Part] = set()
        for link, odds in self._odds(sorted(links, key=str)):
            if odds > 0 or link in self.decided_same:
                self.matches.add(link)
                waiting |= set(link)
            elif odds > -REVIEWED:
                self.beside |= set(link)
        return waiting

    def _odds(self, links: Sequence[Link]) -> Iterator[tuple[Link, float]]:
        """Yield each link with the log-odds of its likeliest pair of rows."""
        rows, of_part = self._positions({part for link in links for part in link})
        sides = [(of_part[one], of_part[other]) for one, other in links]
        owners = np.repeat(np.arange(len(links)), [len(one) * len(two) for one, two in sides])
        pairs = [pair for side in sides for pair in product(*side)]
        best = np.full(len(links), -np.inf, dtype=np.float32)
        if pairs:
            np.maximum.at(best, owners, odds_of_rows(self._asked(rows, pairs)))
        yield from zip(links, best.tolist(), strict=True)

    def _positions(
        self, parts: Collection[Part]
    ) -> tuple[list[MatchRecord], dict[Part, list[int]]]:
        """Return the rows of parts, and where those of each are."""
        rows: list[MatchRecord] = []
        of_part: dict[Part, list[int]] = {}
        for part in sorted(parts, key=str):
            of_part[part] = list(range(len(rows), len(rows) + len(self.rows[part])))
            rows += self.rows[part]
        return rows, of_part

    def _instead(self, link: Link) -> Iterator[Link]:
        """Yield the links of single rows instead of those of a company that is decided again."""
        sides = (self.broken.get(part, (part,)) for part in link)
        for one, other in product(*sides):
            if one != other and one in self.rows and other in self.rows:
                yield link_of(one, other)

    def _asked(self, rows: Sequence[MatchRecord], pairs: Sequence[tuple[int, int]]) -> Asked:
        ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        return Asked(rows, ends[:, 0], ends[:, 1], self.index.corpus, self.strictness)


def link_of(one: Part, other: Part) -> Link:
    """Return two parts as a link."""
    return (one, other) if str(one) < str(other) else (other, one)


def _two_of_each(faces: Mapping[str, int]) -> list[str]:
    """Return of the rows that state the same the two with the smallest keys: one is another row."""
    found: dict[int, list[str]] = {}
    for row in sorted(faces):
        found.setdefault(faces[row], []).append(row)
    return [row for some in found.values() for row in some[:2]]
