"""`sluice dedupe`: why records are one company, and a person's word on it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from console.at_once import ask_for, work_off
from console.options import AsJson, ClientName, Reason, UserName
from console.output import emit, emit_json, plain
from console.workplace import workplace
from leads.errors import UsageError

Company = Annotated[str, typer.Argument(help="A company, by name, domain or id.", metavar="COMPANY")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of duplicates."""
    group = typer.Typer(name="dedupe", help="Why records are one company, and your word on it.", no_args_is_help=True)
    for add in (_run, _explain, _split, _merge):
        add(group)
    app.add_typer(group)


def _run(group: typer.Typer) -> None:
    @group.command("run")
    def run(client: ClientName = "default", as_json: AsJson = False) -> None:
        """Find duplicates among all records of a client anew; people's decisions hold.

        Example: sluice dedupe run --client nordwind
        """
        from leads.changes import RecordsChanged
        from leads.store import companies

        with workplace() as at:
            with at.store.write() as tx:
                client_id = at.client(tx, client)
                ask_for(tx, [RecordsChanged(client_id)])
            work_off(at)
            with at.store.read() as tx:
                counts = {"records": len(companies.live_records(tx, client_id)), "companies": len(companies.companies_of(tx, client_id))}
        emit_json(counts) if as_json else emit(f"{counts['records']:,} records on {counts['companies']:,} companies")


def _explain(group: typer.Typer) -> None:
    @group.command("explain")
    def explain(company: Company, client: ClientName = "default", as_json: AsJson = False) -> None:
        """Show the records of a company, why they are held together, and what happened to it.

        Example: sluice dedupe explain "Nordwind Maschinenbau"
        """
        from leads.store import companies, events, lists

        with workplace() as at, at.store.write() as tx:
            found = companies.find(tx, at.client(tx, client), company)
            records = lists.raw_records(tx, found["id"])
            history = events.of_thing(tx, "company", found["id"])
        if as_json:
            emit_json({"company": found, "records": records, "history": history})
            return
        emit(f"{plain(found['name'])}  {found['id']}")
        if found["reason"]:
            emit(f"  one company because {plain(found['reason'])}")
        for one in records:
            emit(f"  {one['list']}, row {one['row']}: {plain(one['name'])}   [{one['id']}]")
        for line in history:
            emit(f"  {line['at']:%Y-%m-%d %H:%M} {line['verb']} by {line['who']}: {plain(line['reason'])}")


def _split(group: typer.Typer) -> None:
    @group.command("split")
    def split(
        company: Company,
        record: Annotated[list[str] | None, typer.Option("--record", help="A record that is another company; default: all apart.")] = None,
        reason: Reason = "",
        user: UserName = None,
        client: ClientName = "default",
        as_json: AsJson = False,
    ) -> None:
        """Say that records of a company are not the same company; it is remembered whatever is imported later.

        Example: sluice dedupe split Pulse --reason "two firms of one name"
        """
        from dedupe.run import split as take_apart

        with workplace() as at:
            with at.store.write() as tx:
                wanted = [_id(text) for text in record or []]
                kept, changes = take_apart(tx, at.client(tx, client), company, wanted, at.user(user), reason)
                ask_for(tx, changes)
            work_off(at)
        emit_json({"decided_pairs": kept}) if as_json else emit(f"{kept} pairs are not duplicates from now on")


def _merge(group: typer.Typer) -> None:
    @group.command("merge")
    def merge(
        company: Company,
        other: Annotated[str, typer.Argument(help="The company that is the same one.", metavar="OTHER")],
        reason: Reason = "",
        user: UserName = None,
        client: ClientName = "default",
        as_json: AsJson = False,
    ) -> None:
        """Say that two companies are one; the older id survives, and `dedupe split` takes it back.

        Example: sluice dedupe merge "Nordwind" "Nordwind Maschinenbau GmbH"
        """
        from dedupe.run import merge as join

        with workplace() as at:
            with at.store.write() as tx:
                ask_for(tx, join(tx, at.client(tx, client), company, other, at.user(user), reason))
            work_off(at)
        emit_json({"merged": [company, other]}) if as_json else emit(f"{company} and {other} are one company")


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise UsageError(f"{text!r} is no record id", "copy it from `sluice dedupe explain COMPANY`") from None
