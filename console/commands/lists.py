"""`sluice import` and `sluice lists`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from console.cli.options import AsJson, CampaignName, ClientName, DryRun, UserName
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.progress import Progress
from console.cli.tables import table
from console.workplace import workplace

Name = Annotated[str, typer.Argument(help="The list's name.", metavar="NAME")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of lists."""
    _import(app)
    group = typer.Typer(name="lists", invoke_without_command=True)
    for add in (_all, _show, _undo, _scorecard):
        add(group)
    app.add_typer(group)


def _import(app: typer.Typer) -> None:
    @app.command("import")
    def read(
        file: Annotated[
            str, typer.Argument(help="A raw list: CSV, XLSX or JSONL; - for stdin.", metavar="LIST")
        ],
        name: Annotated[
            str | None, typer.Option("--name", help="What to call it; default: the file's name.")
        ] = None,
        role: Annotated[
            str | None,
            typer.Option(
                "--role",
                help="prospects, customers, open_deals or competitors; all but the first exclude.",
            ),
        ] = None,
        vendor: Annotated[str | None, typer.Option("--vendor", help="Who sold or made it.")] = None,
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
        mapping: Annotated[
            list[str] | None,
            typer.Option(
                "--map", help="Say what a column is; FIELD ignore drops it.", metavar="FIELD=COLUMN"
            ),
        ] = None,
        encoding: Annotated[
            str | None,
            typer.Option("--encoding", help="Needed for files that are not UTF-8, such as cp1252."),
        ] = None,
        sheet: Annotated[
            str | None, typer.Option("--sheet", help="Of an XLSX, by name or number.")
        ] = None,
        add: Annotated[
            bool, typer.Option("--add", help="The file is not the whole list: withdraw nothing.")
        ] = False,
        replace: Annotated[
            bool,
            typer.Option(
                "--replace", help="Withdraw what the file does not name, even most of the list."
            ),
        ] = False,
        client: ClientName = "default",
        user: UserName = None,
        dry_run: DryRun = False,
        as_json: AsJson = False,
    ) -> None:
        """Store a raw list; the same file again changes nothing.

        On a list that excludes, what the file names no more is withdrawn, unless rows were rejected
        or it is most of the list. Exit code 5: some rows were rejected, and a reject file was
        written.

        Example: sluice import customers.csv --role customers --client nordwind
        """
        from console.at_once import work_off
        from console.imports import about, report_import, say_rejected
        from console.list_options import about_list, manner_of, read_options
        from workers.importing import ImportRequest, list_names, run_import

        progress = Progress()
        options = read_options(mapping or [], encoding, sheet, as_of)
        with workplace() as at:
            with at.store.write() as tx:
                client_id = at.client(tx, client)
            wish = ImportRequest(
                client_id=client_id,
                path=file,
                name=name or list_names([file])[0],
                about=about_list(role, vendor, cost, as_of),
                options=options,
                who=at.user(user),
                manner=manner_of(name, add=add, replace=replace),
            )
            imported, reading = run_import(at.context(progress=progress), wish, dry_run=dry_run)
            progress.end()
            rejected = report_import(at, imported, reading, client, keep=not dry_run)
            if dry_run:
                note("nothing was stored: this was a dry run")
            else:
                work_off(at)
        if as_json:
            emit_json(
                {
                    "list": imported.name,
                    "dry_run": dry_run,
                    **_counts(imported),
                    "columns": reading.columns,
                    "notes": list(about(reading)),
                }
            )
        else:
            emit(", ".join(f"{count:,} {what}" for what, count in _counts(imported).items()))
        say_rejected(rejected)


def _all(group: typer.Typer) -> None:
    @group.callback()
    def show_all(
        context: typer.Context, client: ClientName = "default", as_json: AsJson = False
    ) -> None:
        """List the lists of a client, with their roles and how many records and companies they
        hold.

        Example: sluice lists --client nordwind
        """
        if context.invoked_subcommand:
            return
        from leads.store import lists

        with workplace() as at, at.store.read() as tx:
            rows = [asdict(row) for row in lists.listing(tx, at.client(tx, client))]
        if as_json:
            emit_json(rows)
            return
        columns = {
            "name": "LIST",
            "role": "ROLE",
            "vendor": "VENDOR",
            "as_of": "AS OF",
            "records": "RECORDS",
            "companies": "COMPANIES",
        }
        table(rows, columns, empty="no lists yet: `sluice import FILE` or `sluice run`")


def _show(group: typer.Typer) -> None:
    @group.command("show")
    def show(name: Name, client: ClientName = "default", as_json: AsJson = False) -> None:
        """Show a list: what it is, its imports, and how the columns of the last one were
        understood.

        Example: sluice lists show fair-2026
        """
        from leads.store import imports, lists

        with workplace() as at, at.store.read() as tx:
            found = lists.find_list(tx, at.client(tx, client), name)
            history = imports.imports_of(tx, found.id)
        if as_json:
            emit_json({"list": asdict(found), "imports": [asdict(one) for one in history]})
            return
        emit(f"{found.name} ({found.role})" + (f", from {found.vendor}" if found.vendor else ""))
        for one in history:
            counts = ", ".join(f"{count:,} {what}" for what, count in one.counts.items() if count)
            emit(
                f"  {one.at:%Y-%m-%d %H:%M} {one.file_name}:"
                f" {counts}{' (undone)' if one.undone_at else ''}"
            )
        for column in history[0].columns["columns"] if history else ():
            emit(f"    {plain(column['header'])} is {column['field']} (by {column['how']})")


def _undo(group: typer.Typer) -> None:
    @group.command("undo")
    def undo(
        name: Name, client: ClientName = "default", user: UserName = None, as_json: AsJson = False
    ) -> None:
        """Take back the last import of a list: its records and facts count no more, what it
        replaced counts again.

        Example: sluice lists undo fair-2026
        """
        from console.at_once import ask_for, work_off
        from intake.run import undo as take_back

        with workplace() as at:
            with at.store.write() as tx:
                counts, changes = take_back(tx, at.client(tx, client), name, at.user(user))
                ask_for(tx, changes)
            work_off(at)
        (
            emit_json({"list": name, **counts})
            if as_json
            else emit(
                f"{counted(counts['ended'], 'record')} taken back, {counts['restored']:,} restored"
            )
        )


def _scorecard(group: typer.Typer) -> None:
    @group.command("scorecard")
    def scorecard(
        name: Name,
        client: ClientName = "default",
        campaign: CampaignName = None,
        as_json: AsJson = False,
    ) -> None:
        """Say what a list was worth: duplicates inside, already on other lists, stages of its
        companies, cost per prospect.

        Example: sluice lists scorecard fair-2026
        """
        from leads.store import lists
        from workers.report import scorecard as weigh

        with workplace() as at:
            context = at.context()
            with at.store.read() as tx:
                client_id, campaign_id = at.campaign(tx, client, campaign)
                found: dict[str, Any] = weigh(
                    tx, client_id, campaign_id, lists.find_list(tx, client_id, name), context.secret
                )
        if as_json:
            emit_json(found)
            return
        for what, value in found.items():
            emit(f"{what.replace('_', ' ')}: {value}")


def _counts(imported: Any) -> dict[str, int]:
    return asdict(imported.counts)
