"""Compare the rows of files: find duplicates in one, or the rows of one in another.

Nothing is stored and no database is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from actions.match_file import (
    NUMBERS,
    FileRead,
    ListFile,
    MatchFile,
    open_match_file,
    open_unnamed_file,
)
from actions.match_rows import read_rows
from dedupe.clustering import Clustering
from dedupe.engine import cluster, kind_of
from dedupe.link import Match, link
from dedupe.record import Key
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
]

STANDARD = "-"
CLUSTERED = ("cluster_id", "reason")
LINKED = ("match_id", "score", "reason")

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
    #: Replace an output that exists.
    force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clustered:
    """What clustering a file led to."""

    clusters: int
    duplicates: int
    warnings: Sequence[str]
    file: FileRead


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What linking two files led to."""

    #: Rows of the left file with at least one match.
    matched: int
    matches: int
    warnings: Sequence[str]
    left: FileRead
    right: FileRead


def cluster_file(request: ClusterRequest, progress: Progress) -> Clustered:
    """Write every row of a file with its cluster and the reason."""
    kind = kind_of(request.company_is)
    output = OutputFile(path=request.output, inputs=[request.file.path], force=request.force)
    output.check()

    file = open_match_file(request.file, CLUSTERED, request.id_column)
    read_rows(file, lambda row: progress(f"reading rows: {row:,}", 0, 0))
    found = cluster(file.records, company_is=kind, progress=progress)
    _write_clusters(output, file, found, progress)

    clusters = len(found.clusters)
    return Clustered(
        clusters=clusters,
        duplicates=len(file.records) - clusters,
        warnings=(*found.warnings, *file.warnings),
        file=file.summary(),
    )


def _write_clusters(
    output: OutputFile, file: MatchFile, found: Clustering, progress: Progress
) -> None:
    cluster_of = _cluster_ids(found.clusters)
    records = iter(file.records)
    with open_writer(output, (*file.header, *CLUSTERED)) as out:
        for number, cells, rejection in file.source_rows():
            if number % 10_000 == 0:
                progress("writing", number, file.rows)
            if rejection is not None:
                out.row([*cells, None, rejection])
                continue
            key = next(records).key
            out.row([*cells, str(cluster_of[key]), found.reason(key)])


def _cluster_ids(clusters: Sequence[Sequence[Key]]) -> dict[Key, str]:
    """Map each row to the smallest row id of its cluster; numbers by value, before texts."""
    found: dict[Key, str] = {}
    for keys in clusters:
        found.update(dict.fromkeys(keys, str(min(keys, key=_order))))
    return found


def _order(key: Key) -> tuple[bool, int, str]:
    text = str(key)
    whole = text.isascii() and text.isdigit() and len(text) < 1_000
    return (not whole, int(text) if whole else 0, text)


def link_files(request: LinkRequest, progress: Progress) -> Linked:
    """Write every row of the left file with the rows of the right file that match it."""
    kind = kind_of(request.company_is)
    paths = (request.left.path, request.right.path)
    output = OutputFile(path=request.output, inputs=paths, force=request.force)
    output.check()
    if paths == (STANDARD, STANDARD):
        raise UsageError("only one of the two lists can be stdin", "put the other into a file")

    left = open_unnamed_file(request.left, LINKED)
    right = open_match_file(request.right, (), request.right_id)
    left.number = right.number = _shared_number(left, right)
    for file in (left, right):
        read_rows(file, lambda row: progress(f"reading rows: {row:,}", 0, 0), unique=False)

    warnings: list[str] = []
    matches = link(
        left.records, right.records, company_is=kind, progress=progress, warn=warnings.append
    )
    matches_of = {key: list(some) for key, some in groupby(matches, key=attrgetter("left"))}
    _write_matches(output, left, matches_of)

    return Linked(
        matched=len(matches_of),
        matches=len(matches),
        warnings=(*warnings, *left.warnings, *right.warnings),
        left=left.summary(),
        right=right.summary(),
    )


def _write_matches(output: OutputFile, left: MatchFile, matches_of: dict[Key, list[Match]]) -> None:
    records = iter(left.records)
    with open_writer(output, (*left.header, *LINKED)) as out:
        for _, cells, rejection in left.source_rows():
            if rejection is not None:
                out.row([*cells, None, None, rejection])
                continue
            for match in matches_of.get(next(records).key, [None]):
                _write_match(out, cells, match)


def _write_match(out: RowWriter, cells: Sequence[str], match: Match | None) -> None:
    if match is None:
        out.row([*cells, None, None, None])
    else:
        out.row([*cells, str(match.right), round(match.score, 4), match.reason])


def _shared_number(left: MatchFile, right: MatchFile) -> str:
    """Return the first kind of number that both files have a column of; empty for none."""
    for name in NUMBERS:
        if left.reading.mapping.of(name) and right.reading.mapping.of(name):
            return name
    return ""
