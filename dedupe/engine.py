"""Entry point of the engine: normalise, block, score and cluster rows.

Each pair of rows has log-odds, from which the margin of the `Strictness` is already taken off. Above
0 the pair is the same company. Just below 0 it is for review: a person decides, and the rows are
not merged. Further below it is different; see `dedupe/outcome.py`.

`Clustering` tells for each row its company (`clusters`), how sure that is (`score`), why
(`reason`), and the rows of other companies that may be the same (`review_with`). `review_pairs`
lists the latter once each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from dedupe.arrays import Codes, Floats, Ints
from dedupe.block import Blocked, KeyResult, candidates, pair_code
from dedupe.clustering import Clustering as Clustering
from dedupe.clustering import Compared
from dedupe.correlate import ALWAYS, NEVER, correlate
from dedupe.features import prior_of
from dedupe.learned import SHIPPED, Learned
from dedupe.no_collection import no_collection
from dedupe.normalise import normalise
from dedupe.outcome import STORED, Strictness, margin_of, strictness_of
from dedupe.pairing import pair_up
from dedupe.pairs import Pairs
from dedupe.record import NO_DECISIONS, Decisions, MatchRecord
from dedupe.score import score
from dedupe.table import Table
from leads.company_kind import CompanyIs
from leads.errors import UsageError

Progress = Callable[[str, int, int], None]

#: Warn about values shared by more rows than this: only neighbours were compared.
_CROWDED = 1_000


@no_collection()
def cluster(
    records: Sequence[MatchRecord],
    *,
    company_is: str = CompanyIs.LEGAL_ENTITY,
    strictness: str = Strictness.BALANCED,
    stored: bool = False,
    decisions: Decisions = NO_DECISIONS,
    learned: Learned = SHIPPED,
    progress: Progress | None = None,
) -> Clustering:
    """Group rows that are the same company.

    The order of rows never affects the result. Pairs in `decisions.different` never share a
    cluster. Pairs in `decisions.same` do, unless another decision forbids it. Where merges are
    `stored`, those near even odds are left to a person. `learned` is what a model adds to the
    weights. `progress` is called with the stage, the work done, and the total.

    Raises `UsageError` for an unknown kind of company or strictness, or if two rows have the same
    key.
    """
    kind, how = kind_of(company_is), strictness_of(strictness)
    _check_keys(records)
    tell = progress or (lambda _stage, _done, _of: None)
    table = normalise(records, decisions, lambda done: tell("reading names", done, len(records)))
    pairs, crowded = _paired(table, tell)
    scored = score(pairs, kind, prior_of(table.names.listed) - margin_of(how), learned)
    if stored:
        scored = scored._replace(odds=scored.odds - np.float32(STORED))
    left, right, weighed = with_decisions(table, decisions, pairs, scored.between_groups)
    clusters = correlate(
        len(table), left, right, weighed, lambda done, of: tell("clustering", done, of)
    )
    compared = Compared.of(table, pairs, scored, clusters)
    return Clustering(
        records,
        table,
        clusters,
        compared,
        kind,
        how,
        stored,
        decisions,
        learned,
        (*crowded, *_warnings(records, table, clusters)),
    )


def _paired(table: Table, tell: Progress) -> tuple[Pairs, tuple[str, ...]]:
    """Return the measured pairs, and warnings about values that too many rows share."""
    tell("finding candidates", 0, len(table))
    blocked = candidates(table)
    pairs = pair_up(table, blocked, lambda done, of: tell("comparing", done, of))
    return pairs, tuple(crowds(blocked))


def kind_of(company_is: str) -> CompanyIs:
    """Return the kind of company with this name; `UsageError` if unknown."""
    try:
        return CompanyIs(company_is)
    except ValueError:
        raise UsageError(
            f"there is no kind of company named {company_is!r}",
            f"use one of: {', '.join(CompanyIs)}",
        ) from None


def _check_keys(records: Sequence[MatchRecord]) -> None:
    if len({record.key for record in records}) < len(records):
        twice = next(
            key for key, times in Counter(record.key for record in records).items() if times > 1
        )
        raise UsageError(
            f"the row id {twice!r} is on more than one row",
            "name a column whose values differ on every row, or none",
        )


def with_decisions(
    table: Table, decisions: Decisions, pairs: Pairs, odds: Floats
) -> tuple[Ints, Ints, Floats]:
    """Return the scored pairs, with pairs that people decided set to always or never."""
    if not decisions.same and not decisions.different:
        return pairs.left, pairs.right, odds
    nodes = dict(zip(table.keys, table.node_of.tolist(), strict=True))
    decided: dict[int, float] = {}
    for told, value in ((decisions.same, ALWAYS), (decisions.different, NEVER)):
        for one, other in told:
            if one in nodes and other in nodes and nodes[one] != nodes[other]:
                decided[
                    int(pair_code(np.array([nodes[one]]), np.array([nodes[other]]), len(table))[0])
                ] = value
    codes = np.array(sorted(decided), dtype=np.int64)
    open_ = ~np.isin(pair_code(pairs.left, pairs.right, len(table)), codes)
    values = np.array([decided[code] for code in codes.tolist()], dtype=np.float32)
    return (
        np.r_[pairs.left[open_], codes // len(table)],
        np.r_[pairs.right[open_], codes % len(table)],
        np.r_[odds[open_], values],
    )


def _warnings(records: Sequence[MatchRecord], table: Table, clusters: Codes) -> Iterator[str]:
    """Yield warnings about huge clusters."""
    rows = len(records)
    if rows:
        of_row = clusters[table.node_of]
        sizes = np.bincount(of_row)
        largest = int(sizes.argmax())
        if sizes[largest] > max(_CROWDED, rows // 10):
            name = records[int(np.flatnonzero(of_row == largest)[0])].name
            yield (
                f"one cluster holds {int(sizes[largest]):,} of {rows:,} rows ({_short(name)}): look"
                " whether this value is a placeholder"
            )


def crowds(blocked: Blocked) -> Iterator[str]:
    """Yield values shared by so many rows that only neighbours were compared."""
    for found in blocked.found:
        if _crowded(found):
            yield (
                f"{found.largest:,} different rows share the {found.key} {found.value[:60]!r}: only"
                " neighbours among them were compared"
            )


def _crowded(found: KeyResult) -> bool:
    return bool(found.value) and found.key != "word" and found.largest > _CROWDED


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:57]}...")
