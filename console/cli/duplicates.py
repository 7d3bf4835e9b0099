"""`sluice dedupe`: why records match or not, and people's decisions about them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer

from actions import duplicates
from actions.duplicates import CompanyExplained
from actions.session import Session, open_session
from console.cli import pair_json, pair_lines
from console.cli.import_report import note_reviews
from console.cli.options import AsJson, ClientName, Reason, UserName
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.work import report_work

Company = Annotated[
    str, typer.Argument(help="A company, by name, domain or id.", metavar="COMPANY")
]
#: Pairs of one company that are printed.
_SHOWN = 10


def run(user: UserName = None, client: ClientName = "default", as_json: AsJson = False) -> None:
    """Find duplicates among all records.

    Compares all records of a client again. People's decisions and the ids of companies stay.

    Example: sluice dedupe run --client nordwind
    """
    with open_session(user) as session:
        found = duplicates.find_duplicates(session, client)

    if as_json:
        counts = {"records": found.records, "companies": found.companies}
        emit_json({**counts, "review_pairs": found.review_pairs})
    else:
        companies = counted(found.companies, "company", "companies")
        emit(f"{counted(found.records, 'record')} on {companies}")
        note_reviews(found.review_pairs, client)
    report_work(found.work)


def explain(
    company: Company,
    other: Annotated[
        str | None,
        typer.Argument(
            help="Another company: why are the two not one?", metavar="OTHER", show_default=False
        ),
    ] = None,
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Explain why records match or not.

    Of one company it shows the records, the pairs that connect them, links and history. Of two
    companies it shows why they are not one. For each pair it lists what each feature adds to the
    log-odds. A sum above 0 is the same company, just below 0 is for review, and further below is a
    different one. `margin` is what a merge needs beyond "more likely than not".

    Example: sluice dedupe explain "Nordwind Maschinenbau"
    """
    with open_session(user) as session:
        if other:
            _explain_two(session, client, company, other, as_json=as_json)
            return
        found = duplicates.explain(session, client, company)

    if as_json:
        emit_json(pair_json.company_json(found))
    else:
        _show_company(found)


def _explain_two(session: Session, client: str, company: str, other: str, *, as_json: bool) -> None:
    found = duplicates.explain_two(session, client, company, other)
    if as_json:
        emit_json({"apart": pair_json.separation_json(found) if found else None})
    elif found:
        _emit_all(pair_lines.separation_lines(found))


def _show_company(found: CompanyExplained) -> None:
    company = found.company
    emit(f"{plain(company.name)}  {company.id}")
    if company.reason:
        emit(f"  one company: {plain(company.reason)}")
    for record in found.records:
        emit(f"  {plain(record.list)}, row {record.row}: {plain(record.name)}   [{record.id}]")
    for link in found.links:
        emit(f"  {plain(link.sentence)}")

    for pair in found.pairs[:_SHOWN]:
        _emit_all(pair_lines.match_lines(pair))
    if len(found.pairs) > _SHOWN:
        note(f"{len(found.pairs) - _SHOWN:,} more pairs connect its records: see them with --json")

    for event in found.history:
        moment = f"{event.at:%Y-%m-%d %H:%M}"
        why = f": {plain(event.reason)}" if event.reason.strip() else ""
        emit(f"  {moment} {event.verb} by {plain(event.who)}{why}")


def split(
    company: Company,
    record: Annotated[
        list[str] | None,
        typer.Option("--record", help="A record to split off; default: all.", metavar="ID"),
    ] = None,
    reason: Reason = "",
    user: UserName = None,
    client: ClientName = "default",
    as_json: AsJson = False,
) -> None:
    """Split records off a company.

    Without --record, every record becomes a company of its own. Your decision stays, whatever is
    imported later.

    Example: sluice dedupe split Pulse --reason "two companies of one name"
    """
    with open_session(user) as session:
        done = duplicates.split(session, client, company, record or [], reason=reason)

    if as_json:
        emit_json({"decided_pairs": done.decided_pairs})
    else:
        pairs = counted(done.decided_pairs, "pair is", "pairs are")
        emit(f"{pairs} now decided: not the same company")
    report_work(done.work)


def merge(
    company: Company,
    other: Annotated[str, typer.Argument(help="The same company.", metavar="OTHER")],
    reason: Reason = "",
    user: UserName = None,
    client: ClientName = "default",
    as_json: AsJson = False,
) -> None:
    """Merge two companies.

    The older id stays. `sluice dedupe split` undoes it.

    Example: sluice dedupe merge "Nordwind" "Nordwind Maschinenbau GmbH"
    """
    with open_session(user) as session:
        done = duplicates.merge(session, client, company, other, reason=reason)

    if as_json:
        emit_json({"merged": [done.company, done.other]})
    else:
        emit(f"{plain(done.company)} and {plain(done.other)} are one company")
    report_work(done.work)


def _emit_all(lines: Iterable[str]) -> None:
    for line in lines:
        emit(line)
