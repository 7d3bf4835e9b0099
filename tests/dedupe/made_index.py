"""A key index in memory: the companies of a comparison, and rows that came later."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from dedupe.arrays import Ints
from dedupe.base import Base
from dedupe.corpus import Corpus
from dedupe.engine import cluster
from dedupe.key_index import Holders, Part
from dedupe.keys import as_stored, keys_of, stated_by
from dedupe.neighbourhood import compare_fresh
from dedupe.normalise import normalise
from dedupe.record import NO_DECISIONS, MatchRecord


class MadeIndex:
    """Rows that were compared in full, and rows that were added since, with their companies."""

    def __init__(self, rows: Sequence[MatchRecord]) -> None:
        self.rows = {str(row.key): row for row in rows}
        self.base = Base.of(cluster(rows, stored=True))
        self.later: dict[str, MatchRecord] = {}
        self.keys: list[tuple[int, str, int]] = []
        #: The company of each row: any name.
        self.company = {
            str(key): f"base {number}" for number, some in enumerate(self.base.rows) for key in some
        }
        self.gone: set[int] = set()

    @property
    def corpus(self) -> Corpus:
        return self.base.corpus

    def holders(self, keys: Ints) -> Holders:
        at = np.isin(self.base.keys, keys)
        wanted = set(keys.tolist())
        fresh = [one for one in self.keys if one[0] in wanted]
        return Holders(
            self.base.keys[at].tolist(),
            self.base.companies[at].tolist(),
            [one[0] for one in fresh],
            [one[1] for one in fresh],
            [one[2] for one in fresh],
        )

    def company_rows(
        self, companies: Collection[int], most: int | None = None
    ) -> Mapping[int, Sequence[MatchRecord]]:
        return {
            one: [self.rows[str(key)] for key in self.base.rows[one]][:most] for one in companies
        }

    def broken(self, companies: Collection[int]) -> set[int]:
        return self.gone & set(companies)

    def fresh(self, rows: Collection[str]) -> Sequence[MatchRecord]:
        return [self.later[row] for row in rows if row in self.later]

    def on_one_company(self, rows: Collection[str]) -> set[Part]:
        held = {self.company[row] for row in rows if row in self.company}
        mates = {row for row, company in self.company.items() if company in held}
        numbers = {
            number
            for number, some in enumerate(self.base.rows)
            if not mates.isdisjoint(map(str, some))
        }
        return {*(row for row in mates if row in self.later), *numbers}

    def add(self, rows: Sequence[MatchRecord]) -> None:
        """Add rows, and put them on companies."""
        table = normalise(rows, NO_DECISIONS, corpus=self.corpus)
        keys, nodes = keys_of(table)
        faces = as_stored(stated_by(table)).tolist()
        for row, node in zip(rows, table.node_of.tolist(), strict=True):
            self.later[str(row.key)] = row
            self.keys += [(key, str(row.key), faces[node]) for key in keys[nodes == node].tolist()]
        found = compare_fresh(self, [str(row.key) for row in rows])
        for at, some in enumerate(found.clustering.clusters):
            inside = [str(key) for key in some if str(key) in found.inside]
            for key in inside:
                self.company[key] = f"{len(self.later)}/{at}"

    def companies(self) -> set[frozenset[str]]:
        """The rows of each company."""
        found: dict[str, set[str]] = {}
        for row, company in self.company.items():
            found.setdefault(company, set()).add(row)
        return {frozenset(some) for some in found.values()}
