"""`sluice run`: the main job."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from console.cli.options import AsJson, UserName
from console.cli.output import counted, emit_json, note
from console.cli.progress import Progress
from console.workplace import workplace


def add_to(app: typer.Typer) -> None:
    """Add the main command."""

    @app.command("run")
    def run(
        files: Annotated[
            list[str],
            typer.Argument(help="Raw lists: CSV, XLSX or JSONL; - for stdin.", metavar="LIST..."),
        ],
        icp: Annotated[str, typer.Option("--icp", help="The ICP file.", metavar="FILE")],
        client: Annotated[
            str, typer.Option("--client", help="For whom; made when new.", metavar="NAME")
        ] = "default",
        campaign: Annotated[
            str | None, typer.Option("--campaign", help="Default: the ICP's name.", metavar="NAME")
        ] = None,
        no_crawl: Annotated[
            bool, typer.Option("--no-crawl", help="Use what the lists state; visit no site.")
        ] = False,
        driver: Annotated[
            str, typer.Option("--driver", help="inline (this process) or rq (workers).")
        ] = "inline",
        mapping: Annotated[
            list[str] | None,
            typer.Option(
                "--map",
                help="Say what a column of every list is; FIELD ignore drops it.",
                metavar="FIELD=COLUMN",
            ),
        ] = None,
        encoding: Annotated[
            str | None,
            typer.Option(
                "--encoding", help="Of every list; for files that are not UTF-8, such as cp1252."
            ),
        ] = None,
        user: UserName = None,
        as_json: AsJson = False,
    ) -> None:
        """Turn raw lists into suspects, prospects and a queue.

        Each list is stored under its file's name, with the folder's before it when another file's
        list has that name. The same file again changes nothing, and a run that was interrupted goes
        on where it was. What the lists leave open is looked for on the companies' own sites, unless
        --no-crawl. Exit code 5: some rows were rejected, and a reject file was written. Exit code
        1: some of the work failed or waits still, so the counts are not final.

        Example: sluice run fair.csv register.xlsx --icp icp.yaml --client nordwind
        """
        from console.at_once import say_others
        from console.funnel import print_funnel
        from console.imports import Rejects, report_import, say_rejected, wishes_for
        from console.list_options import read_options
        from console.profiles import put_in_force, read_icp
        from workers.drivers import driver_of
        from workers.main_job import RunPlan, run_job, to_json
        from workers.pipeline import ALL, CHEAP

        profile, text = read_icp(icp)
        options = read_options(mapping or [], encoding, None, None)
        progress = Progress()
        kinds = CHEAP if no_crawl else ALL
        with workplace() as at:
            if not no_crawl:
                at.check_crawler()
            drive, context = driver_of(driver, at.context(progress=progress))
            with at.store.write() as tx:
                client_id = at.client(tx, client, make=True)
                campaign_id, _ = put_in_force(
                    tx,
                    client_id,
                    campaign or profile.name,
                    profile,
                    text,
                    at.user(user),
                    crawl=not no_crawl,
                )
            rejected: list[Rejects] = []

            def told(imported: Any, reading: Any) -> None:
                progress.end()
                rejected.extend(report_import(at, imported, reading, client))

            plan = RunPlan(
                client_id, campaign_id, wishes_for(at, client_id, files, user, options), kinds
            )
            try:
                report = run_job(context, plan, drive, told)
            finally:
                progress.end()
            result = to_json(report)
            say_others(report.others_waiting)
        if as_json:
            emit_json(result)
        else:
            print_funnel(result)
            note(f"{result['seconds']} seconds; next: `sluice queue next`")
        _say_left_open(result)
        say_rejected(rejected)


def _say_left_open(result: Mapping[str, Any]) -> None:
    from leads.errors import SluiceError

    if result["failed"] or result["waiting_tasks"]:
        failed = counted(result["failed"], "task")
        raise SluiceError(
            f"the counts are not final: {failed} of this client failed for good,"
            f" {result['waiting_tasks']:,} wait",
            "see `sluice ops failures`; what waits is done by the same command later, or by"
            " `sluice up`",
        )
