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

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

import numpy as np

from dedupe.clustering import Clustering
from dedupe.compare_pairs import Asked, decide_rows, odds_of_rows
from dedupe.correlate import components
from dedupe.key_index import Index, Link, Part, link_of
from dedupe.keys import keys_of
from dedupe.learned import SHIPPED, Learned
from dedupe.no_collection import no_collection
from dedupe.normalise import normalise
from dedupe.outcome import REVIEWED, Strictness
from dedupe.parts import Parts
from dedupe.record import NO_DECISIONS, Decisions, MatchRecord
from dedupe.shared_keys import sharing

#: Of so many rows that match over others, each is compared with each; of more, only those that share
#: a key.
_MOST_TOGETHER = 200


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


@no_collection()
def compare_fresh(
    index: Index,
    start: Collection[Part],
    *,
    decisions: Decisions = NO_DECISIONS,
    decided_same: Collection[Link] = (),
    strictness: Strictness = Strictness.BALANCED,
    learned: Learned = SHIPPED,
    most: int = 1_000_000,
) -> Neighbourhood:
    """Decide the companies of fresh rows, or of companies to decide again, and of what they touch.

    TooManyError if more than `most` parts have to be looked at.
    """
    around = _Around(Parts(index), decisions, strictness, learned, most, decided_same)
    around.explore(set(start))
    inside = {str(row.key) for part in around.inside for row in around.parts.rows[part]}
    companies = frozenset(part for part in around.inside if isinstance(part, int))
    return Neighbourhood(around.decided(), frozenset(inside), companies)


@dataclass(slots=True)
class _Around:
    """What is known around the start."""

    parts: Parts
    decisions: Decisions
    strictness: Strictness
    learned: Learned
    most: int
    #: Parts that a person called the same.
    decided_same: Collection[Link]
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
                keys = [str(row.key) for part in self.inside for row in self.parts.rows[part]]
                waiting = self._loaded(self.parts.index.on_one_company(keys)) - self.inside

    def _loaded(self, parts: Collection[Part]) -> set[Part]:
        """Load parts, unless they are too many; return those that have rows."""
        found = self.parts.load(parts)
        if len(self.parts.rows) > self.most:
            raise TooManyError
        return found

    def decided(self) -> Clustering:
        """Decide all parts that were found together."""
        rows, of_part = self.parts.positions(self.inside | self.beside)
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
            if len(some) > 2 and sum(len(self.parts.rows[part]) for part in some) <= _MOST_TOGETHER:
                yield some

    def _hits(self, waiting: set[Part], new: set[Part]) -> tuple[set[Link], set[Part]]:
        """Return what shares a key with the parts, and the rows of keys that are crowded by now."""
        of_key = self._keys(waiting)
        holders = self.parts.index.holders(np.array(sorted(of_key), dtype=np.int64))
        return sharing(of_key, holders, new)

    def _keys(self, parts: set[Part]) -> dict[int, list[Part]]:
        """Return the keys of parts, each with those that have it."""
        rows = [(part, row) for part in sorted(parts, key=str) for row in self.parts.rows[part]]
        table = normalise([row for _, row in rows], NO_DECISIONS, corpus=self.parts.index.corpus)
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
        links = {link for one in found for link in self.parts.instead(one)} - self.compared
        links |= set(self.parts.links()) - self.compared
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
        rows, of_part = self.parts.positions({part for link in links for part in link})
        sides = [(of_part[one], of_part[other]) for one, other in links]
        owners = np.repeat(np.arange(len(links)), [len(one) * len(two) for one, two in sides])
        pairs = [pair for side in sides for pair in product(*side)]
        best = np.full(len(links), -np.inf, dtype=np.float32)
        if pairs:
            np.maximum.at(best, owners, odds_of_rows(self._asked(rows, pairs)))
        yield from zip(links, best.tolist(), strict=True)

    def _asked(self, rows: Sequence[MatchRecord], pairs: Sequence[tuple[int, int]]) -> Asked:
        ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        return Asked(
            rows, ends[:, 0], ends[:, 1], self.parts.index.corpus, self.strictness, self.learned
        )
