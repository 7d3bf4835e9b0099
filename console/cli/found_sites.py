"""`sluice sites review`, `answer` and `undo`: the sites that a person should look at."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from actions import found_sites
from actions.found_sites import SiteAnswered
from actions.session import open_session
from console.cli.finding_lines import print_reasons, stored_json
from console.cli.options import AsJson, ClientName, Reason, UserName
from console.cli.output import emit, emit_json, note, plain
from console.cli.work import report_work

Company = Annotated[
    str, typer.Argument(help="A company, by name, domain or id.", metavar="COMPANY")
]


def review(
    limit: Annotated[
        int, typer.Option("--limit", help="How many sites at most.", min=1, max=10_000, metavar="N")
    ] = 20,
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Show the sites that a person should look at.

    Each was found for a company, and something is missing or speaks against it. The likeliest comes
    first, with its reasons and the commands that decide it.

    Example: sluice sites review --limit 10
    """
    with open_session(user) as session:
        found = found_sites.review(session, client, limit)

    if as_json:
        emit_json([stored_json(one.company_id, one.company, one.found) for one in found.sites])
        return
    for one in found.sites:
        emit(f"{plain(one.company, 60)}: {one.found.domain}?")
        print_reasons(stored_json(one.company_id, one.company, one.found))
        emit(f"    sluice sites answer {one.company_id} yes|no|DOMAIN")
    if not found.sites:
        note("no site waits for a person")
    elif found.count > len(found.sites):
        note(f"{len(found.sites):,} of {found.count:,} sites: see more with --limit")


def answer(
    company: Company,
    said: Annotated[
        str, typer.Argument(help="yes, no, or the domain that is right.", metavar="ANSWER")
    ],
    reason: Reason = "",
    user: UserName = None,
    client: ClientName = "default",
    as_json: AsJson = False,
) -> None:
    """Say whether the site found is the company's.

    `yes` takes it. `no` leaves it, and it is never offered for this company again. A domain is
    taken instead. Your word outranks what is found later. `sluice sites undo` withdraws it.

    Example: sluice sites answer "Nordwind Service" yes
    """
    with open_session(user) as session:
        done = found_sites.answer(session, client, company, said, reason=reason)

    if as_json:
        emit_json(_answered_json(done))
    elif done.domain:
        emit(f"{plain(done.company, 60)}: {done.domain}")
    else:
        emit(f"{plain(done.company, 60)}: not that site")
    if done.next:
        note(done.next)
    report_work(done.work)


def undo(
    company: Company,
    reason: Reason = "",
    user: UserName = None,
    client: ClientName = "default",
    as_json: AsJson = False,
) -> None:
    """Withdraw the last word about a company's site.

    What held before it holds again.

    Example: sluice sites undo "Nordwind Service"
    """
    with open_session(user) as session:
        done = found_sites.undo(session, client, company, reason=reason)

    if as_json:
        emit_json(_answered_json(done))
    else:
        emit(f"{plain(done.company, 60)}: withdrawn; {done.next or _holds(done)}")
    report_work(done.work)


def _holds(done: SiteAnswered) -> str:
    return f"its site is {done.domain or 'not known'}"


def _answered_json(done: SiteAnswered) -> dict[str, Any]:
    return {
        "company": done.company,
        "domain": done.domain,
        "answer": done.answer,
        "next": done.next,
    }
