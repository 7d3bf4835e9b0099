"""`sluice sites find`: which site is a company's own, with the reasons."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from actions import site_finding
from actions.match_file import ListFile
from actions.site_finding import Row, RowFinding
from console.cli.column_map import column_map
from console.cli.lazy import load
from console.cli.options import AsJson, ClientName, ColumnMap, Encoding, Sheet, UserName
from console.cli.output import counted, emit, emit_json, note, plain
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
    Nothing is stored, except with --list: the companies of a stored list that have no site are
    searched, and each site found is a fact of its company.

    Example: sluice sites find "Acme Pumps GmbH" --country DE
    """
    if as_list:
        _refuse_options_of_files(dry_run, resolve, as_lines, mapping)
        # Only this needs the database, whose import takes a second.
        load("console.cli.found_sites:print_search")(client, target, user, as_json=as_json)
        return
    rows = _rows(target, country, mapping or [], encoding, sheet)
    if dry_run:
        _print_candidates(rows, as_lines=as_lines, as_json=as_json)
        return
    hosts = site_finding.resolve_map(resolve or [])
    found = site_finding.find_sites(rows, load_settings(), hosts)
    if as_json or as_lines:
        emit_json([site_finding.finding_json(one) for one in found], lines=as_lines)
        return
    _print_found(found)


def _refuse_options_of_files(*given: object) -> None:
    if any(given):
        raise UsageError(
            "--list searches a stored list", "leave out --dry-run, --resolve, --jsonl, --map"
        )


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
    if target == "-" or _is_file(target):
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


def _is_file(target: str) -> bool:
    try:
        return Path(target).is_file()
    except (OSError, ValueError):
        # Too long, or with a NUL: a name, if anything.
        return False


def _print_candidates(rows: list[Row], *, as_lines: bool, as_json: bool) -> None:
    if as_json or as_lines:
        emit_json([site_finding.candidates_json(row, MOST_SHOWN) for row in rows], lines=as_lines)
        return
    for row in rows:
        emit(f"{row.number}  {plain(row.wanted.name, 60)}")
        for one in site_finding.candidates_of(row, MOST_SHOWN):
            emit(f"  {one.weight:+5.1f}  {one.domain}   {one.because}")


def _print(one: RowFinding) -> None:
    name, found = plain(one.row.wanted.name, 60), one.finding
    if found is None:
        emit(f"{one.row.number}  {name or '(no name)'}: not searched, {plain(one.row.flaw)}")
        return
    emit(f"{one.row.number}  {name}: {found.band.value} {found.domain or ''}".rstrip())
    for reason in found.reasons:
        quote = f"  “{plain(reason.quote, 90)}”" if reason.quote else ""
        emit(f"    {reason.weight:+5.1f}  {reason.says}{quote}")
    emit(f"    {found.odds:+5.1f}  in all; {counted(found.fetches, 'request')}")
    for site in found.looked:
        odds = f"{site.judgement.odds:+.1f}" if site.judgement else plain(site.reason, 80)
        emit(f"    looked at {site.domain} ({plain(site.because)}): {site.outcome} {odds}".rstrip())
    for lack in found.lacks:
        emit(f"    would settle it: {lack}")


def _print_count(found: list[RowFinding]) -> None:
    bands = [one.finding.band.value for one in found if one.finding]
    taken, review = bands.count("accept"), bands.count("review")
    if len(found) > 1:
        note(
            f"{counted(len(found), 'row')}: {taken:,} found, {review:,} for review,"
            f" {len(found) - taken - review:,} left open"
        )
