"""`sluice crawl`: visit company sites."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from actions import crawls
from actions.session import open_session
from console.cli.options import AsJson, CampaignName, ClientName, UserName
from console.cli.output import counted, emit, emit_json, note
from console.cli.progress import Progress
from console.cli.tables import table
from console.cli.who_crawls import ask_who_crawls
from console.cli.work import report_work


def run(
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Visit the sites that open verdicts wait for.

    Then the verdicts are decided again. A site visited within 30 days is not visited again, and one
    that does not answer is left until it is due (`sluice sites show`). Robots.txt is obeyed.

    Example: sluice crawl run --client nordwind
    """
    ask_who_crawls(as_json=as_json)
    with Progress() as progress, open_session(user, progress) as session:
        done = crawls.crawl_campaign(session, client, campaign)

    report_work(done.work)
    if not done.visited:
        note("nothing is due: no site was visited")
    if as_json:
        emit_json(done.outcomes)
        return
    rows = [
        {"outcome": name, "now": (new := done.visited.get(name, 0)), "before": count - new}
        for name, count in done.outcomes.items()
    ]
    columns = {"outcome": "OUTCOME", "now": "VISITED NOW", "before": "BEFORE"}
    table(rows, columns, empty="no site was ever visited")


def site(
    domain: Annotated[
        str, typer.Argument(help="A company's domain, such as acme.example.", metavar="DOMAIN")
    ],
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Visit one site now and keep what it shows.

    Example: sluice crawl site acme.example
    """
    ask_who_crawls(as_json=as_json)
    with Progress() as progress, open_session(user, progress) as session:
        done = crawls.crawl_site(session, domain)

    if as_json:
        emit_json(asdict(done))
        return
    seen = f"{counted(done.pages, 'page')}, {counted(done.facts, 'fact')}"
    emit(f"{done.site}: {done.outcome}, {seen}. {done.reason}".rstrip())
