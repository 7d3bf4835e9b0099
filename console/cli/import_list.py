"""`sluice import`: a file into a list."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from actions import imports
from actions.imports import FileToImport, ImportReport
from actions.session import open_session
from console.cli.import_report import check_rejected, note_import, note_reviews
from console.cli.list_options import (
    ListCountry,
    ListCurrency,
    OptOutColumns,
    day_of,
    read_options,
)
from console.cli.match_options import ClientStrictness
from console.cli.options import AsJson, ClientName, ColumnMap, DryRun, Encoding, Sheet, UserName
from console.cli.output import emit, emit_json, note
from console.cli.progress import Progress
from console.cli.reading_lines import reading_lines
from console.cli.work import report_work


def import_list(
    file: Annotated[
        str, typer.Argument(help="A raw list: CSV, XLSX or JSONL; - for stdin.", metavar="LIST")
    ],
    name: Annotated[
        str | None,
        typer.Option("--name", help="Its name; default: the file's name.", metavar="NAME"),
    ] = None,
    role: Annotated[
        str | None,
        typer.Option(
            "--role",
            help="prospects (default), customers, open_deals or competitors.",
            metavar="ROLE",
        ),
    ] = None,
    vendor: Annotated[
        str | None, typer.Option("--vendor", help="Who sold or made it.", metavar="NAME")
    ] = None,
    cost: Annotated[
        str | None,
        typer.Option("--cost", help="What it cost, such as 250 EUR.", metavar="AMOUNT"),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", help="The day its facts are from, such as 2026-03-31.", metavar="DATE"
        ),
    ] = None,
    mapping: ColumnMap = None,
    opt_out: OptOutColumns = None,
    encoding: Encoding = None,
    sheet: Sheet = None,
    country: ListCountry = None,
    currency: ListCurrency = None,
    strictness: ClientStrictness = None,
    add: Annotated[
        bool, typer.Option("--add", help="The file is not the whole list: withdraw nothing.")
    ] = False,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Withdraw what the file does not name, even most of it."),
    ] = False,
    client: ClientName = "default",
    user: UserName = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Store a raw list.

    The same file again changes nothing. With other options, each row replaces its record. The
    companies of customers, open deals and competitors are excluded from outreach. On such a list,
    records that the file no longer names are withdrawn, unless rows were rejected, or they are more
    than four and more than half of the list.

    FIELD of --map is one of:

    company: name, legal_name, alias, former_name, legal_form, parent, status, closed, founded

    place: country, region, postcode, city, postcode_city, street, location, latitude, longitude,
    sites

    contact: website, domain, email, phone, fax, social

    size: employees, turnover, currency

    business: industry, technology, keyword, certificate, language

    numbers: id, register_number, vat_id, lei

    handling: opt_out, objection, keep (not read), ignore (dropped)

    person (dropped): account_owner, date_of_birth, family_name, gender, given_name,
    home_address, job_title, national_id, officer, person_id, person_name, personal_email,
    personal_phone, personal_profile, salutation, whereabouts

    your own: custom:NAME

    The country of a row is the one it states or shows; else --country; else the one that states,
    postcodes and legal forms show for nearly all rows; else the default of `sluice client set`.
    The next file of a list keeps --country and --currency; `none` takes them back.

    Exit code 5: some rows were rejected, and a reject file was written.

    Example: sluice import customers.csv --role customers --client nordwind
    """
    request = FileToImport(
        path=file,
        client=client,
        name=name,
        about=imports.list_about(role=role, vendor=vendor, cost=cost, as_of=day_of(as_of)),
        options=read_options(
            mapping or [], encoding, sheet, as_of, country, currency, opt_out or []
        ),
        add=add,
        replace=replace,
        strictness=strictness,
    )
    with Progress() as progress, open_session(user, progress) as session:
        done = imports.import_list(session, request, dry_run=dry_run)

    report = done.report
    note_import(report)
    if dry_run:
        note("nothing was stored: this was a dry run")
    note_reviews(done.review_pairs, client)
    report_work(done.work)
    counts = asdict(report.counts)
    if as_json:
        found = {"strictness": done.strictness, "review_pairs": done.review_pairs}
        emit_json(_json(report, {**counts, **found}, dry_run=dry_run))
    else:
        emit(", ".join(f"{count:,} {what}" for what, count in counts.items()))
    check_rejected([report.rejects] if report.rejects else [])


def _json(report: ImportReport, counts: dict[str, Any], *, dry_run: bool) -> dict[str, Any]:
    return {
        "list": report.list_name,
        "dry_run": dry_run,
        **counts,
        "excluded_rows": report.roles,
        "columns": report.columns,
        "notes": [*reading_lines(report.reading), *report.role_notes],
    }
