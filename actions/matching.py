"""Compare the rows of files: find duplicates in one, or the rows of one in another.

Nothing is stored and no database is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from actions.added_columns import added_columns, renamed
from actions.kept_rows import KeptRows
from actions.match_file import (
    NUMBERS,
    FileRead,
    ListFile,
    MatchFile,
    open_match_file,
    open_unnamed_file,
)
from actions.match_rows import STEP, read_rows
from actions.model_files import learned_of_file
from dedupe.clustering import Clustering
from dedupe.engine import cluster, kind_of
from dedupe.learned import SHIPPED, Learned
from dedupe.link import Linking, Match, link
from dedupe.no_collection import no_collection
from dedupe.outcome import strictness_of
from dedupe.record import Key, MatchRecord, in_natural_order
from leads.errors import UsageError
from leads.sheets.output_file import OutputFile, open_writer
from leads.sheets.row_writer import RowWriter

__all__ = [
    "ClusterRequest",
    "Clustered",
    "FileRead",
    "LinkRequest",
    "Linked",
    "ListFile",
    "Progress",
    "cluster_file",
    "link_files",
    "renamed",
]

STANDARD = "-"
CLUSTERED = ("cluster_id", "score", "reason", "review_with")
LINKED = ("match_id", "score", "reason", "review_with")
#: Rows that `review_with` names at most.
_REVIEWED = 10

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterRequest:
    """A file whose duplicates are wanted, and where the result goes."""

    file: ListFile
    #: CSV or JSON Lines; `-` for stdout.
    output: str
    #: The column of row ids; None: as recognised, else row numbers.
    id_column: str | None = None
    company_is: str = "legal_entity"
    strictness: str = "balanced"
    #: The path of a model file; None: the shipped weights.
    model: str | None = None
    #: Replace an output that exists.
    force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRequest:
    """Two files: the rows of `left` are looked up in `right`."""

    left: ListFile
    right: ListFile
    #: CSV or JSON Lines; `-` for stdout.
    output: str
    #: The id column of `right`; None: as recognised, else row numbers.
    right_id: str | None = None
    company_is: str = "legal_entity"
    strictness: str = "balanced"
    #: The path of a model file; None: the shipped weights.
    model: str | None = None
    #: Replace an output that exists.
    force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clustered:
    """What clustering a file led to."""

    clusters: int
    duplicates: int
    #: Pairs of clusters that may be one company: a person must decide.
    review_pairs: int
    warnings: Sequence[str]
    #: The name of each added column; another than usual if the file has a column of that name.
    columns: Mapping[str, str]
    file: FileRead


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What linking two files led to."""

    #: Rows of the left file with at least one match.
    matched: int
    matches: int
    #: Pairs of a left row without a match and a right row that may match.
    review_pairs: int
    warnings: Sequence[str]
    #: The name of each added column; another than usual if the left file has a column of that name.
    columns: Mapping[str, str]
    left: FileRead
    right: FileRead


@no_collection()
def cluster_file(request: ClusterRequest, progress: Progress) -> Clustered:
    """Write every row of a file with its cluster, the reason, and the rows to compare by eye."""
    kind, strictness = kind_of(request.company_is), strictness_of(request.strictness)
    learned = learned_for(request.model, request.company_is)
    inputs = [request.file.path, *filter(None, [request.model])]
    output = OutputFile(path=request.output, inputs=inputs, force=request.force)
    output.check()

    file = open_match_file(request.file, request.id_column)
    kept = KeptRows(len(file.header))
    read_rows(file, lambda row: progress(f"reading rows: {row:,}", 0, 0), kept=kept)
    found = cluster(
        file.records,
        company_is=kind,
        strictness=strictness,
        learned=learned,
        progress=progress,
    )
    columns = added_columns(CLUSTERED, file.header)
    with open_writer(output, (*file.header, *columns.values())) as out:
        _write_clusters(out, kept, found, lambda row: progress("writing", row, file.rows))

    clusters = found.companies
    return Clustered(
        clusters=clusters,
        duplicates=len(file.records) - clusters,
        review_pairs=len(found.review_pairs),
        warnings=(*found.warnings, *file.warnings),
        columns=columns,
        file=file.summary(),
    )


def learned_for(model: str | None, company_is: str) -> Learned:
    """Return what a model file adds to the shipped weights; nothing without a file."""
    return SHIPPED if model is None else learned_of_file(model, company_is)


def _write_clusters(
    out: RowWriter, kept: KeptRows, found: Clustering, step: Callable[[int], None]
) -> None:
    ids, rows = _cluster_ids(found), found.found_rows()
    for number, (cells, rejection) in enumerate(kept, start=1):
        if number % STEP == 0:
            step(number)
        if rejection is not None:
            out.row([*cells, None, None, rejection, None])
            continue
        row = next(rows)
        partners = _listed(row.review_with)
        out.row([*cells, ids[row.cluster], _score(row.score), row.reason, partners])


def _score(score: float | None) -> float | None:
    return None if score is None else round(score, 4)


def _listed(keys: Sequence[Key]) -> str | None:
    """Return row ids as one cell, likeliest first; None for none."""
    return "; ".join(str(key) for key in keys[:_REVIEWED]) if keys else None


def _cluster_ids(found: Clustering) -> dict[int, str]:
    """Map each cluster to its smallest row id; numbers by value, before texts."""
    keys, several = dict[int, Key](), dict[int, list[Key]]()
    for key, at in zip(found.table.keys, found.of_node[found.table.node_of].tolist(), strict=True):
        if keys.setdefault(at, key) is not key:
            several.setdefault(at, [keys[at]]).append(key)
    keys |= {at: min(some, key=in_natural_order) for at, some in several.items()}
    return {at: str(key) for at, key in keys.items()}


@no_collection()
def link_files(request: LinkRequest, progress: Progress) -> Linked:
    """Write every row of the left file with the rows of the right file that match it."""
    kind, strictness = kind_of(request.company_is), strictness_of(request.strictness)
    learned = learned_for(request.model, request.company_is)
    paths = (request.left.path, request.right.path)
    inputs = [*paths, *filter(None, [request.model])]
    output = OutputFile(path=request.output, inputs=inputs, force=request.force)
    output.check()
    if paths == (STANDARD, STANDARD):
        raise UsageError("only one of the two lists can be stdin", "put the other into a file")

    left = open_unnamed_file(request.left)
    right = open_match_file(request.right, request.right_id)
    left.number = right.number = _shared_number(left, right)
    kept = KeptRows(len(left.header))
    for file in (left, right):
        read_rows(
            file,
            lambda row: progress(f"reading rows: {row:,}", 0, 0),
            unique=False,
            kept=kept if file is left else None,
        )

    warnings: list[str] = []
    found = link(
        left.records,
        right.records,
        company_is=kind,
        strictness=strictness,
        learned=learned,
        progress=progress,
        warn=warnings.append,
    )
    columns = added_columns(LINKED, left.header)
    with open_writer(output, (*left.header, *columns.values())) as out:
        matched = _write_matches(out, kept, left.records, found)

    return Linked(
        matched=matched,
        matches=len(found.matches),
        review_pairs=sum(map(len, found.review_with.values())),
        warnings=(*warnings, *left.warnings, *right.warnings),
        columns=columns,
        left=left.summary(),
        right=right.summary(),
    )


def _write_matches(
    out: RowWriter, kept: KeptRows, records: Sequence[MatchRecord], found: Linking
) -> int:
    """Write the rows of the left file; return how many have a match."""
    by_row = groupby(found.matches, key=attrgetter("left"))
    matches_of: dict[Key, list[Match]] = {key: list(some) for key, some in by_row}
    compared = iter(records)
    for cells, rejection in kept:
        if rejection is not None:
            out.row([*cells, None, None, rejection, None])
            continue
        key = next(compared).key
        for match in matches_of.get(key, ()):
            _write_match(out, cells, match)
        if key not in matches_of:
            out.row([*cells, None, None, None, _listed(found.review_with.get(key, ()))])
    return len(matches_of)


def _write_match(out: RowWriter, cells: Sequence[str], match: Match) -> None:
    out.row([*cells, str(match.right), round(match.score, 4), match.reason, None])


def _shared_number(left: MatchFile, right: MatchFile) -> str:
    """Return the first kind of number that both files have a column of; empty for none."""
    for name in NUMBERS:
        if left.reading.mapping.of(name) and right.reading.mapping.of(name):
            return name
    return ""
