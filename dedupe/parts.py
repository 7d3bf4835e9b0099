"""The companies and single rows that were loaded from a key index."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from dedupe.key_index import Index, Link, Part, link_of
from dedupe.record import MatchRecord

#: Rows of one company that others are compared with: those with the smallest keys.
MOST_ROWS = 60


@dataclass(slots=True)
class Parts:
    """Companies and single rows, each with its rows."""

    index: Index
    rows: dict[Part, Sequence[MatchRecord]] = field(default_factory=dict)
    #: Companies that are decided again, row by row.
    broken: dict[Part, Sequence[Part]] = field(default_factory=dict)

    def load(self, parts: Collection[Part]) -> set[Part]:
        """Load parts; return those that have rows, single rows for companies to decide again."""
        missing = [part for part in parts if part not in self.rows and part not in self.broken]
        self._load_companies({part for part in missing if isinstance(part, int)})
        fresh = self.index.fresh([part for part in missing if isinstance(part, str)])
        self.rows |= {str(row.key): [row] for row in fresh}
        return {one for part in parts for one in self._held(part)}

    def _held(self, part: Part) -> list[Part]:
        """Return the part, or the rows instead of it, as far as there are rows."""
        return [one for one in self.broken.get(part, (part,)) if self.rows.get(one)]

    def _load_companies(self, companies: Collection[int]) -> None:
        broken = self.index.broken(companies)
        for company, rows in self.index.company_rows(companies).items():
            if company in broken:
                self.rows |= {str(row.key): [row] for row in rows}
                self.broken[company] = [str(row.key) for row in rows]
            else:
                self.rows[company] = sorted(rows, key=lambda row: str(row.key))[:MOST_ROWS]

    def links(self) -> Iterator[Link]:
        """Yield the links of all rows of each company that is decided again."""
        for rows in self.broken.values():
            yield from (link_of(*two) for two in combinations(rows, 2))

    def positions(self, parts: Collection[Part]) -> tuple[list[MatchRecord], dict[Part, list[int]]]:
        """Return the rows of parts, and where those of each are."""
        rows: list[MatchRecord] = []
        of_part: dict[Part, list[int]] = {}
        for part in sorted(parts, key=str):
            of_part[part] = list(range(len(rows), len(rows) + len(self.rows[part])))
            rows += self.rows[part]
        return rows, of_part

    def instead(self, link: Link) -> Iterator[Link]:
        """Yield the links of single rows instead of those of a company that is decided again."""
        sides = (self.broken.get(part, (part,)) for part in link)
        for one, other in product(*sides):
            if one != other and one in self.rows and other in self.rows:
                yield link_of(one, other)
