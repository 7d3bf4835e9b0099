"""`sluice sites find`: which site is a company's own, with the reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

import typer

from actions import site_finding
from actions.match_file import ListFile
from actions.site_finding import Row, RowFinding
from console.cli.column_map import column_map
from console.cli.finding_lines import print_reasons
from console.cli.lazy import load
from console.cli.options import AsJson, ClientName, ColumnMap, Encoding, Sheet, UserName
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.site_bands import band_counts
from leads.errors import NotFoundError, UsageError
from leads.settings import load_settings

#: Candidates that `--dry-run` shows.
MOST_SHOWN = 48
_TABLES = frozenset({".csv", ".tsv", ".xlsx", ".jsonl", ".json", ".txt"})


def find(
    target: Annotated[
        str, typer.Argument(help="A name, or a file of rows; - for stdin.", metavar="NAME")
    ],
    country: Annotated[
        str | None,
        typer.Option(
            "--country", help="The country where the list names none, as DE.", metavar="CODE"
        ),
    ] = None,
    resolve: Annotated[
        list[str] | None,
        typer.Option(
            "--resolve",
            help="Reach HOST here, and nothing else.",
            metavar="HOST=ADDRESS:PORT",
        ),
    ] = None,
    as_list: Annotated[
        bool, typer.Option("--list", help="NAME is a stored list; keep what is found.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="With --list: search again those searched before.")
    ] = False,
    client: ClientName = "default",
    user: UserName = None,
    mapping: ColumnMap = None,
    encoding: Encoding = None,
    sheet: Sheet = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the candidates in order; reach nothing.")
    ] = False,
    as_lines: Annotated[
        bool, typer.Option("--jsonl", help="Print one JSON object per line.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Find the site of a company, or of each row of a file.

    Domains are made of the name, looked up, and visited, the likeliest first. A site is taken when
    its pages show enough of the row: the owner's name, the country, the address, a number. Shown
    for review: a person should look. Otherwise it says what was seen and what would settle it.
    Suppressed companies and hosts on the opt-out list are left alone. Nothing is stored, except with
    --list: the companies of a stored list that have no site are searched, and each site found is a
    fact of its company.

    Example: sluice sites find "Acme Pumps GmbH" --country DE
    """
    of_files = {
        "--map": mapping,
        "--encoding": encoding,
        "--sheet": sheet,
        "--dry-run": dry_run,
        "--jsonl": as_lines,
    }
    if as_list:
        _refuse(
            "--list keeps what it finds, and what --resolve reaches is never kept",
            {"--resolve": resolve},
        )
        _refuse(
            "--list searches the companies of a stored list, and no file",
            {**of_files, "--country": country},
        )
        # Only this needs the database, whose import takes a second.
        search = load("console.cli.searched_sites:print_search")
        search(client, target, user, again=again, as_json=as_json)
        return
    _refuse("--again is for --list, which keeps what it finds", {"--again": again})
    rows = _rows(target, country, mapping or [], encoding, sheet)
    if not rows:
        note(f"{plain(target, 60)}: no rows")
    if dry_run:
        _print_candidates(rows, as_lines=as_lines, as_json=as_json)
        return
    hosts = site_finding.resolve_map(resolve or [])
    # Only this needs the crawler, whose import takes half a second.
    find_sites = load("actions.site_searching:find_sites")
    found = find_sites(rows, load_settings(), hosts, client=client, user=user)
    if as_json or as_lines:
        emit_json([site_finding.finding_json(one) for one in found], lines=as_lines)
        return
    _print_found(found)


def _refuse(why: str, options: Mapping[str, object]) -> None:
    given = [name for name, value in options.items() if value]
    if given:
        raise UsageError(why, f"leave out {', '.join(given)}")


def _print_found(found: list[RowFinding]) -> None:
    for one in found:
        _print(one)
    _print_count(found)


def _rows(
    target: str,
    country: str | None,
    mapping: list[str],
    encoding: str | None,
    sheet: str | None,
) -> list[Row]:
    if _is(Path.is_dir, target):
        raise UsageError(
            f"{plain(target, 60)} is a folder", "name a file, or a company as in its register"
        )
    if target == "-" or _is(Path.is_file, target):
        file = ListFile(
            path=target,
            mapping=column_map(mapping),
            encoding=encoding,
            sheet=sheet,
            country=country,
        )
        return site_finding.rows_of_file(file)
    if Path(target[:200]).suffix.lower() in _TABLES:
        raise NotFoundError(f"there is no file {target}", "name a file, or a company")
    if mapping or encoding or sheet:
        raise UsageError(
            f"there is no file {plain(target, 60)}",
            "--map, --encoding and --sheet are for files",
        )
    return [site_finding.row_of_name(target, country)]


def _is(kind: Callable[[Path], bool], target: str) -> bool:
    try:
        return bool(target.strip()) and kind(Path(target))
    except (OSError, ValueError):
        # Too long, or with a NUL: a name, if anything.
        return False


def _print_candidates(rows: list[Row], *, as_lines: bool, as_json: bool) -> None:
    if as_json or as_lines:
        emit_json([site_finding.candidates_json(row, MOST_SHOWN) for row in rows], lines=as_lines)
        return
    for row in rows:
        emit(f"{row.number}  {plain(row.wanted.name, 60) or '(no name)'}")
        for one in site_finding.candidates_of(row, MOST_SHOWN):
            emit(f"  {one.weight:+5.1f}  {one.domain}   {plain(one.because, 90)}")
        if why := site_finding.why_none(row):
            emit(f"  no candidate: {plain(why, 90)}")


def _print(one: RowFinding) -> None:
    name, found = plain(one.row.wanted.name, 60), one.finding
    if found is None:
        emit(f"{one.row.number}  {name or '(no name)'}: not searched, {plain(one.row.flaw)}")
        return
    emit(f"{one.row.number}  {name}: {found.band.value} {found.domain or ''}".rstrip())
    print_reasons(site_finding.finding_json(one), f"; {counted(found.fetches, 'request')}")


def _print_count(found: list[RowFinding]) -> None:
    bands = Counter(one.finding.band.value for one in found if one.finding)
    unsearched = len(found) - bands.total()
    more = f", {unsearched:,} not searched" if unsearched else ""
    if len(found) > 1:
        note(f"{counted(len(found), 'row')}: {band_counts(bands)}{more}")
