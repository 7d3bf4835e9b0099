"""What `sluice cluster` and `sluice link` do: files in, rows with their cluster or match out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from console.cli.progress import Progress
from console.matching_rows import NUMBERS, MatchFile, open_match_file, read_rows
from dedupe.engine import cluster, kind_of
from dedupe.link import Match, link
from dedupe.record import Key
from intake.read_list import ReadOptions
from leads.errors import UsageError
from leads.sheets.output_file import OutputFile, open_writer
from leads.sheets.row_writer import RowWriter

CLUSTERED = ("cluster_id", "reason")
LINKED = ("match_id", "score", "reason")


def cluster_file(
    path: str,
    output: str,
    options: ReadOptions,
    id_column: str | None,
    company_is: str,
    force: bool,
    progress: Progress,
) -> tuple[dict[str, Any], MatchFile]:
    """Write every row with its cluster and the reason; a report, and the file as it was read."""
    kind = kind_of(company_is)
    target = OutputFile(path=output, inputs=[path], force=force)
    target.check()
    file = open_match_file(path, options, id_column, CLUSTERED)
    read_rows(file, lambda row: progress(f"reading rows: {row:,}", 0, 0))
    found = cluster(file.records, company_is=kind, progress=progress)
    cluster_of = _cluster_ids(found.clusters)
    written = 0
    with open_writer(target, (*file.reading.source.header, *CLUSTERED)) as out:
        for number, cells, refused in file.taken():
            if number % 10_000 == 0:
                progress("writing", number, file.rows)
            if refused is None:
                key = file.records[written].key
                out.row([*cells, str(cluster_of[key]), found.reason(key)])
                written += 1
            else:
                out.row([*cells, None, refused])
    clusters = len(found.clusters)
    report = {"rows": file.rows, "clusters": clusters, "duplicates": len(file.records) - clusters}
    return (
        report | {"rejected": file.rejected, "blank": file.blank, "warnings": list(found.warnings)},
        file,
    )


def _cluster_ids(clusters: Sequence[Sequence[Key]]) -> dict[Key, str]:
    """For each row the smallest row id of its cluster: whole numbers by value and before texts."""
    found: dict[Key, str] = {}
    for keys in clusters:
        found.update(dict.fromkeys(keys, str(min(keys, key=_order))))
    return found


def _order(key: Key) -> tuple[bool, int, str]:
    text = str(key)
    whole = text.isascii() and text.isdigit() and len(text) < 1_000
    return (not whole, int(text) if whole else 0, text)


def link_files(
    paths: tuple[str, str],
    output: str,
    options: tuple[ReadOptions, ReadOptions],
    right_id: str | None,
    company_is: str,
    force: bool,
    progress: Progress,
) -> tuple[dict[str, Any], list[MatchFile]]:
    """Write every row of the first file with the rows of the second that it is; a report, and both
    files as they were read.
    """
    kind = kind_of(company_is)
    target = OutputFile(path=output, inputs=paths, force=force)
    target.check()
    if paths == ("-", "-"):
        raise UsageError("stdin can be one of the two lists", "put the other into a file")
    left = open_match_file(paths[0], options[0], None, LINKED, ids=False)
    right = open_match_file(paths[1], options[1], right_id, ())
    left.number = right.number = _shared_number(left, right)
    for file in (left, right):
        read_rows(file, lambda row: progress(f"reading rows: {row:,}", 0, 0), unique=False)
    warnings: list[str] = []
    found = link(
        left.records, right.records, company_is=kind, progress=progress, warn=warnings.append
    )
    with open_writer(target, (*left.reading.source.header, *LINKED)) as out:
        matches = {key: list(some) for key, some in groupby(found, key=attrgetter("left"))}
        taken = iter(left.records)
        for _, cells, refused in left.taken():
            if refused is not None:
                out.row([*cells, None, None, refused])
                continue
            for match in matches.get(next(taken).key, [None]):
                _write_match(out, cells, match)
    report = {
        "rows": left.rows,
        "right_rows": right.rows,
        "matched": len(matches),
        "matches": len(found),
    }
    return report | {
        "rejected": left.rejected + right.rejected,
        "blank": left.blank + right.blank,
        "warnings": warnings,
    }, [left, right]


def _write_match(out: RowWriter, cells: Sequence[str], match: Match | None) -> None:
    if match is None:
        out.row([*cells, None, None, None])
    else:
        out.row([*cells, str(match.right), round(match.score, 4), match.reason])


def _shared_number(left: MatchFile, right: MatchFile) -> str:
    """The kind of number that both files state."""
    return next(
        (
            name
            for name in NUMBERS
            if left.reading.mapping.of(name) and right.reading.mapping.of(name)
        ),
        "",
    )
