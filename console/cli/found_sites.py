"""`sluice sites review`, `answer` and `undo`: the sites that a person should look at."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from actions import found_sites
from actions.found_sites import SiteForReview
from actions.session import open_session
from console.cli.options import AsJson, ClientName, Reason, UserName
from console.cli.output import counted, emit, emit_json, note, plain
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
        emit_json([_json(one) for one in found.sites])
        return
    for one in found.sites:
        _print(one)
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
        emit_json({"company": done.company, "domain": done.domain, "answer": done.answer})
    elif done.domain:
        emit(f"{plain(done.company)}: {done.domain}")
    else:
        emit(f"{plain(done.company)}: not that site")
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
        emit_json({"company": done.company, "domain": done.domain, "answer": done.answer})
    else:
        emit(f"{plain(done.company)}: withdrawn; its site is {done.domain or 'not known'}")
    report_work(done.work)


def _json(one: SiteForReview) -> dict[str, Any]:
    found = one.found
    return {
        "company_id": one.company_id,
        "company": one.company,
        "domain": found.domain,
        "band": found.band,
        "odds": found.odds,
        "reasons": list(found.reasons),
        "lacks": list(found.lacks),
    }


def _print(one: SiteForReview) -> None:
    found = one.found
    emit(f"{plain(one.company)}: {found.domain}? ({found.odds:+.1f})")
    for reason in found.reasons:
        quote = f"  “{plain(reason['quote'], 90)}”" if reason["quote"] else ""
        emit(f"    {reason['weight']:+5.1f}  {reason['mark'].replace('_', ' ')}{quote}")
    for lack in found.lacks:
        emit(f"    would settle it: {plain(lack)}")
    emit(f"    sluice sites answer {one.company_id} yes|no|DOMAIN")


def print_search(client: str, name: str, user: str | None, *, as_json: bool) -> None:
    """Search the sites of a stored list's companies, and print how many were found."""
    with open_session(user) as session:
        done = found_sites.find_in_list(session, client, name)

    bands = {band: done.bands.get(band, 0) for band in ("accept", "review", "abstain")}
    if as_json:
        emit_json({"list": name, "without_site": done.unsited, **bands})
    else:
        emit(
            f"{counted(done.unsited, 'company', 'companies')} without a site:"
            f" {bands['accept']:,} found, {bands['review']:,} for review,"
            f" {bands['abstain']:,} left open"
        )
        if bands["review"]:
            note("see `sluice sites review`")
    report_work(done.work)
