"""`sluice dedupe relate` and `unrelate`: sites, brands and parts of companies."""

from __future__ import annotations

from typing import Annotated

import typer

from actions import relations
from actions.session import open_session
from console.cli.options import AsJson, ClientName, Reason, UserName
from console.cli.output import emit, emit_json, plain
from console.cli.work import report_work
from leads.company_links import SAID

Company = Annotated[
    str, typer.Argument(help="A company, by name, domain or id.", metavar="COMPANY")
]


def relate(
    company: Company,
    kind: Annotated[str, typer.Argument(help="site_of, brand_of or part_of.", metavar="KIND")],
    other: Annotated[str, typer.Argument(help="The company it belongs to.", metavar="OTHER")],
    reason: Reason = "",
    user: UserName = None,
    client: ClientName = "default",
    as_json: AsJson = False,
) -> None:
    """Relate a company to another.

    The first company is a site, a brand or a part of the second. Your decision overrides what lists
    and pages state. An ICP's company_is decides which related companies count together.

    Example: sluice dedupe relate "Nordwind Service" part_of "Nordwind Holding"
    """
    with open_session(user) as session:
        done = relations.relate(session, client, company, kind, other, reason=reason)

    if as_json:
        emit_json({"company": done.company, "kind": done.kind, "of": done.of})
    else:
        emit(f"{plain(done.company)} is now {SAID[done.kind]} {plain(done.of)}")
    report_work(done.work)


def unrelate(
    company: Company,
    other: Annotated[
        str, typer.Argument(help="The company it does not belong to.", metavar="OTHER")
    ],
    reason: Reason = "",
    user: UserName = None,
    client: ClientName = "default",
    as_json: AsJson = False,
) -> None:
    """End the relation of two companies.

    Your decision stays, whatever lists and pages state later.

    Example: sluice dedupe unrelate "Nordwind Service" "Nordwind Holding" --reason "sold in May"
    """
    with open_session(user) as session:
        done = relations.unrelate(session, client, company, other, reason=reason)

    if as_json:
        emit_json({"unrelated": [done.company, done.other]})
    else:
        emit(f"{plain(done.company)} and {plain(done.other)} are no longer related")
    report_work(done.work)
