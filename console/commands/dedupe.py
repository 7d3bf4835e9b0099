"""`sluice dedupe`: why records are one company, and a person's word on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Annotated
from uuid import UUID

import typer

from console.at_once import ask_for, work_off
from console.cli.options import AsJson, ClientName, Reason, UserName
from console.cli.output import counted, emit, emit_json, note, plain
from console.commands import relate
from console.workplace import Workplace, workplace
from leads.errors import UsageError

Company = Annotated[
    str, typer.Argument(help="A company, by name, domain or id.", metavar="COMPANY")
]
#: Pairs of one company that are printed.
_SHOWN = 10


def add_to(app: typer.Typer) -> None:
    """Add the commands of duplicates."""
    group = typer.Typer(
        name="dedupe",
        help="Why records are one company, and your word on it.",
        no_args_is_help=True,
    )
    for add in (_run, _review, _explain, _split, _merge, relate.add_to):
        add(group)
    app.add_typer(group)


def _run(group: typer.Typer) -> None:
    @group.command("run")
    def run(client: ClientName = "default", as_json: AsJson = False) -> None:
        """Find duplicates among all records of a client anew; people's decisions hold.

        Example: sluice dedupe run --client nordwind
        """
        from leads.changes import RecordsChanged
        from leads.store import companies, company_records

        with workplace() as at:
            with at.store.write() as tx:
                client_id = at.client(tx, client)
                ask_for(tx, [RecordsChanged(client_id)])
            work_off(at)
            with at.store.read() as tx:
                counts = {
                    "records": len(company_records.live_records(tx, client_id)),
                    "companies": len(companies.companies_of(tx, client_id)),
                }
        (
            emit_json(counts)
            if as_json
            else emit(
                f"{counted(counts['records'], 'record')} on"
                f" {counted(counts['companies'], 'company', 'companies')}"
            )
        )


def _explain(group: typer.Typer) -> None:
    @group.command("explain")
    def explain(
        company: Company,
        other: Annotated[
            str | None,
            typer.Argument(
                help="Another company: why are the two not one?",
                metavar="OTHER",
                show_default=False,
            ),
        ] = None,
        client: ClientName = "default",
        as_json: AsJson = False,
    ) -> None:
        """Show the records of a company, why they are held together, and what happened to it; of
        two, why they are kept apart.

        Every pair has its waterfall: what each feature adds to the log-odds. Above 0 speaks for one
        company.

        Example: sluice dedupe explain "Nordwind Maschinenbau"
        """
        from console.why_apart import apart_lines, pair_lines
        from dedupe.run.linking import links_of
        from dedupe.run.telling import ask
        from dedupe.run.telling import explain as explain_pairs
        from leads.store import company_search, events
        from leads.store.records import records_of_company

        with workplace() as at:
            client_id = _client(at, client)
            with at.store.read() as tx:
                found = company_search.find(tx, client_id, company)
                asked = ask(tx, client_id, company, other)
                records = records_of_company(tx, found.id)
                history = events.of_thing(tx, "company", found.id)
                related = links_of(tx, client_id, found.id)
            pairs = explain_pairs(asked)
        if other:
            (
                emit_json({"apart": pairs[0] if pairs else None})
                if as_json
                else _emit(line for pair in pairs for line in apart_lines(pair))
            )
            return
        if as_json:
            emit_json(
                {
                    "company": asdict(found),
                    "records": [asdict(one) for one in records],
                    "links": related,
                    "history": [asdict(line) for line in history],
                    "pairs": pairs,
                }
            )
            return
        emit(f"{plain(found.name)}  {found.id}")
        if found.reason:
            emit(f"  one company: {plain(found.reason)}")
        for record in records:
            emit(f"  {record.list}, row {record.row}: {plain(record.name)}   [{record.id}]")
        for one in related:
            emit(f"  {plain(one['said'])}")
        _emit(line for pair in pairs[:_SHOWN] for line in pair_lines(pair))
        if len(pairs) > _SHOWN:
            note(f"{len(pairs) - _SHOWN:,} more pairs hold it together: see them with --json")
        for line in history:
            emit(f"  {line.at:%Y-%m-%d %H:%M} {line.verb} by {line.who}: {plain(line.reason)}")


def _review(group: typer.Typer) -> None:
    @group.command("review")
    def review(
        limit: Annotated[
            int, typer.Option("--limit", help="How many pairs at most.", min=1, max=10_000)
        ] = 20,
        client: ClientName = "default",
        as_json: AsJson = False,
    ) -> None:
        """Show the pairs of records that a person should look at, the most doubtful first; `split`
        and `merge` decide them.

        Doubtful are pairs near the threshold, rows that hang on a company by little, and pairs that
        the rest of a company outvotes.

        Example: sluice dedupe review --limit 10
        """
        from console.why_apart import review_lines
        from dedupe.run.seeing import see
        from dedupe.run.telling import review as doubts

        with workplace() as at:
            client_id = _client(at, client)
            with at.store.read() as tx:
                seen = see(tx, client_id)
            pairs = doubts(seen, limit)
        if as_json:
            emit_json(pairs)
            return
        _emit(line for pair in pairs for line in review_lines(pair, client))
        if not pairs:
            note("nothing is doubtful")


def _client(at: Workplace, name: str) -> UUID:
    """The client's id, read in a transaction of its own."""
    with at.store.read() as tx:
        return at.client(tx, name)


def _emit(lines: Iterable[str]) -> None:
    for line in lines:
        emit(line)


def _split(group: typer.Typer) -> None:
    @group.command("split")
    def split(
        company: Company,
        record: Annotated[
            list[str] | None,
            typer.Option("--record", help="A record that is another company; default: all apart."),
        ] = None,
        reason: Reason = "",
        user: UserName = None,
        client: ClientName = "default",
        as_json: AsJson = False,
    ) -> None:
        """Say that records of a company are not the same company; it is remembered whatever is
        imported later.

        Example: sluice dedupe split Pulse --reason "two firms of one name"
        """
        from dedupe.run.judging import split as take_apart

        with workplace() as at:
            with at.store.write() as tx:
                wanted = [_id(text) for text in record or []]
                kept, changes = take_apart(
                    tx, at.client(tx, client), company, wanted, at.user(user), reason
                )
                ask_for(tx, changes)
            work_off(at)
        (
            emit_json({"decided_pairs": kept})
            if as_json
            else emit(
                f"{counted(kept, 'pair is no duplicate', 'pairs are no duplicates')} from now on"
            )
        )


def _merge(group: typer.Typer) -> None:
    @group.command("merge")
    def merge(
        company: Company,
        other: Annotated[
            str, typer.Argument(help="The company that is the same one.", metavar="OTHER")
        ],
        reason: Reason = "",
        user: UserName = None,
        client: ClientName = "default",
        as_json: AsJson = False,
    ) -> None:
        """Say that two companies are one; the older id survives, and `dedupe split` takes it back.

        Example: sluice dedupe merge "Nordwind" "Nordwind Maschinenbau GmbH"
        """
        from dedupe.run.judging import merge as join

        with workplace() as at:
            with at.store.write() as tx:
                ask_for(tx, join(tx, at.client(tx, client), company, other, at.user(user), reason))
            work_off(at)
        (
            emit_json({"merged": [company, other]})
            if as_json
            else emit(f"{company} and {other} are one company")
        )


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise UsageError(
            f"{text!r} is no record id", "copy it from `sluice dedupe explain COMPANY`"
        ) from None
