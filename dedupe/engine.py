"""Which rows are the same company: normalise, block, score, cluster; the only door to the engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from dedupe.arrays import Codes, Floats, Ints
from dedupe.block import Blocked, Found, candidates, pair_code
from dedupe.clustering import Clustering as Clustering
from dedupe.clustering import Compared
from dedupe.correlate import ALWAYS, NEVER, correlate
from dedupe.features import prior_of
from dedupe.normalise import Table, normalise
from dedupe.pair_up import pair_up
from dedupe.pairs import Pairs
from dedupe.record import NO_DECISIONS, Decisions, MatchRecord
from dedupe.score import score, weights_for
from leads.company_kind import CompanyIs
from leads.errors import UsageError

Progress = Callable[[str, int, int], None]

#: A value shared by more rows than this is told to the user: only its neighbours were compared.
_CROWDED = 1_000


def cluster(
    records: Sequence[MatchRecord],
    *,
    company_is: str = CompanyIs.LEGAL_ENTITY,
    decisions: Decisions = NO_DECISIONS,
    progress: Progress | None = None,
) -> Clustering:
    """Group rows that are the same company.

    The order of rows never shows in the result. A pair of `decisions.different` is never in one
    cluster, a pair of `decisions.same` is, unless another decision forbids it. `progress` is called
    with a stage, what is done, and of how much.

    Raises `UsageError` for a kind of company that does not exist and for two rows with the same
    key.
    """
    kind = kind_of(company_is)
    _check_keys(records)
    tell = progress or (lambda _stage, _done, _of: None)
    table = normalise(records, decisions, lambda done: tell("reading names", done, len(records)))
    tell("finding candidates", 0, len(table))
    blocked = candidates(table)
    pairs = pair_up(table, blocked, lambda done, of: tell("comparing", done, of))
    odds = score(pairs, weights_for(kind), prior_of(len(table.names.cores)))
    left, right, weighed = _with_decisions(table, decisions, pairs, odds)
    clusters = correlate(
        len(table), left, right, weighed, lambda done, of: tell("clustering", done, of)
    )
    compared = Compared.of(table, pairs, odds, clusters)
    return Clustering(
        records,
        table,
        clusters,
        compared,
        kind,
        decisions,
        tuple(_warnings(records, table, blocked, clusters)),
    )


def kind_of(company_is: str) -> CompanyIs:
    """The kind of company of that name. `UsageError` for a name that is none."""
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
            f"the row id {twice!r} stands on more than one row",
            "name a column whose values differ on every row, or none",
        )


def _with_decisions(
    table: Table, decisions: Decisions, pairs: Pairs, odds: Floats
) -> tuple[Ints, Ints, Floats]:
    """The scored pairs with those people decided about set to always or never."""
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


def _warnings(
    records: Sequence[MatchRecord], table: Table, blocked: Blocked, clusters: Codes
) -> Iterator[str]:
    """What the user should know: values that so many rows share that not all of them could be
    compared, and huge clusters.
    """
    rows = len(records)
    yield from crowds(blocked)
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
    """Values that so many rows share that not all of them could be compared."""
    for found in blocked.found:
        if _crowded(found):
            yield (
                f"{found.largest:,} different rows share the {found.key} {found.value[:60]!r}: only"
                " neighbours among them were compared"
            )


def _crowded(found: Found) -> bool:
    return bool(found.value) and found.key != "word" and found.largest > _CROWDED


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:57]}...")
