"""`sluice run`: the main job."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from actions import runs
from actions.imports import ImportReport
from actions.runs import RunReport, RunRequest, run_json
from actions.session import open_session
from console.cli.funnel import print_funnel
from console.cli.hints import add_campaign
from console.cli.import_report import check_rejected, note_import, note_reviews
from console.cli.list_options import ListCountry, ListCurrency, OptOutColumns, read_options
from console.cli.match_options import ClientStrictness
from console.cli.options import AsJson, ColumnMap, Encoding, Sheet, UserName
from console.cli.output import counted, emit_json, note
from console.cli.progress import Progress
from console.cli.warnings import note_warning
from console.cli.who_crawls import ask_who_crawls
from console.cli.work import pause_text, report_work, resume_command
from leads.errors import SluiceError


def run(
    files: Annotated[
        list[str],
        typer.Argument(help="Raw lists: CSV, XLSX or JSONL; - for stdin.", metavar="LIST..."),
    ],
    icp: Annotated[str, typer.Option("--icp", help="The ICP file.", metavar="FILE")],
    client: Annotated[
        str, typer.Option("--client", help="For whom; see --new-client.", metavar="NAME")
    ] = "default",
    new_client: Annotated[
        bool, typer.Option("--new-client", help="Add the client if it does not exist.")
    ] = False,
    campaign: Annotated[
        str | None, typer.Option("--campaign", help="Default: the ICP's name.", metavar="NAME")
    ] = None,
    no_crawl: Annotated[
        bool, typer.Option("--no-crawl", help="Use what the lists state; visit no site.")
    ] = False,
    driver: Annotated[
        str,
        typer.Option("--driver", help="inline (this process) or rq (workers).", metavar="DRIVER"),
    ] = "inline",
    mapping: ColumnMap = None,
    opt_out: OptOutColumns = None,
    encoding: Encoding = None,
    sheet: Sheet = None,
    country: ListCountry = None,
    currency: ListCurrency = None,
    strictness: ClientStrictness = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Turn raw lists into a queue of prospects.

    Each list is stored under its file's name. When another file's list has that name, the folder's
    name is put before it. The same file again changes nothing. A run that was interrupted is
    resumed by the same command.

    Missing facts are looked up on the companies' own sites, unless --no-crawl. --map and
    --sheet apply to every list, --encoding to every list that is not valid UTF-8. With --driver rq
    the command waits until the workers have done its work.

    Exit code 1: some of the work failed or still waits, so the counts are not final. Otherwise exit
    code 5: some rows were rejected, and a reject file was written.

    Example: sluice run fair.csv register.xlsx --icp icp.yaml --client nordwind
    """
    request = RunRequest(
        files=files,
        icp=icp,
        client=client,
        new_client=new_client,
        campaign=campaign,
        crawl=not no_crawl,
        driver=driver,
        options=read_options(
            mapping or [],
            encoding,
            sheet,
            country=country,
            currency=currency,
            opt_out=opt_out or [],
            encoding_if_needed=True,
        ),
        strictness=strictness,
    )
    if request.crawl:
        ask_who_crawls(as_json=as_json)
    with Progress() as progress, open_session(user, progress) as session:
        done = runs.run_lists(session, request, partial(_note_file, progress))

    if done.campaign:
        add_campaign(done.campaign)
    note_warning(done.warning)
    note_reviews(done.review_pairs, client)
    report_work(done.work)
    if as_json:
        found = {"strictness": done.strictness, "review_pairs": done.review_pairs}
        emit_json({**run_json(done.report), **found})
    else:
        print_funnel(done.report)
        note(f"{done.report.seconds} seconds; next: `sluice queue next`")
    _check_final(done.report)
    check_rejected([one.rejects for one in done.imports if one.rejects])


def _note_file(progress: Progress, report: ImportReport) -> None:
    progress.end()
    note_import(report)


def _check_final(report: RunReport) -> None:
    if report.pauses and not report.failed:
        raise SluiceError(
            f"the counts are not final: {counted(report.waiting_tasks, 'task')} of this client"
            f" must wait, as {pause_text(report.pauses[0])}",
            f"`{resume_command(report.pauses[0])}` ends the pause; then run the same command again",
        )
    if not report.is_final():
        failed = counted(report.failed, "task")
        raise SluiceError(
            f"the counts are not final: {failed} of this client failed for good,"
            f" {report.waiting_tasks:,} wait",
            "see `sluice ops failures`; the same command does later what waits, and so does"
            " `sluice up`",
        )
