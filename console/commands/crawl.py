"""`sluice crawl`: visit companies' own sites."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from console.cli.options import AsJson, CampaignName, ClientName
from console.cli.output import counted, emit, emit_json
from console.cli.progress import Progress
from console.cli.tables import table
from console.workplace import workplace

Domain = Annotated[
    str, typer.Argument(help="A company's domain, such as acme.example.", metavar="DOMAIN")
]


def add_to(app: typer.Typer) -> None:
    """Add the commands of the crawl."""
    group = typer.Typer(
        name="crawl", help="Visit companies' own sites, politely.", no_args_is_help=True
    )
    _run(group)
    _site(group)
    app.add_typer(group)


def _run(group: typer.Typer) -> None:
    @group.command("run")
    def run(
        client: ClientName = "default", campaign: CampaignName = None, as_json: AsJson = False
    ) -> None:
        """Visit the sites of every company whose verdict waits for something a site may tell, and
        decide anew.

        A site visited within 30 days is not visited again. Robots.txt is obeyed.

        Example: sluice crawl run --client nordwind
        """
        from leads.changes import IcpChanged
        from leads.store import pages
        from leads.store.ledger import tasks as ledger
        from qualify.run.deciding import open_sites
        from workers.inline import work_off_own
        from workers.pipeline import CHEAP, follow, visits

        progress = Progress()
        with workplace() as at:
            at.check_crawler()
            context = at.context(progress=progress)
            with at.store.write() as tx:
                client_id, campaign_id = at.campaign(tx, client, campaign)
                follow(tx, [IcpChanged(client_id, campaign_id)], context.trace_id)
            try:
                work_off_own(context, CHEAP, client_id)
                with at.store.write() as tx:
                    ledger.ask(
                        tx,
                        visits(tx, client_id, open_sites(tx, client_id, campaign_id)),
                        context.trace_id,
                    )
                work_off_own(context, client_id=client_id)
            finally:
                progress.end()
            with at.store.read() as tx:
                found = pages.outcomes(tx)
        if as_json:
            emit_json(found)
        else:
            rows = [{"outcome": name, "sites": count} for name, count in found.items()]
            table(rows, {"outcome": "OUTCOME", "sites": "SITES"}, empty="no site was visited")


def _site(group: typer.Typer) -> None:
    @group.command("site")
    def site(domain: Domain, as_json: AsJson = False) -> None:
        """Visit one site now, keep what it shows, and say how the visit ended.

        Example: sluice crawl site acme.example
        """
        from leads.errors import UsageError
        from leads.lexicon.domains import registrable
        from leads.store import pages
        from leads.store.facts import facts
        from leads.store.ledger import tasks as ledger
        from leads.store.ledger.tasks import Wanted
        from workers.inline import work_off_own
        from workers.jobs import work_batch
        from workers.pipeline import CHEAP

        found = registrable(domain)
        if found is None:
            raise UsageError(f"{domain!r} is no domain", "such as acme.example")
        with workplace() as at:
            at.check_crawler()
            context = at.context()
            with at.store.write() as tx:
                ledger.ask(
                    tx,
                    [Wanted(kind="crawl", key=found, queue="crawl", priority=ledger.NOW)],
                    context.trace_id,
                )
                asked = ledger.waiting(tx, "crawl", found)
            work_batch(context, "crawl", asked)
            work_off_own(context, CHEAP)
            with at.store.read() as tx:
                visit = pages.last_visit(tx, found)
                said = [fact for _, fact in facts.of_sites(tx, [found])]
        result: dict[str, Any] = {
            "site": found,
            "outcome": visit["outcome"] if visit else None,
            "reason": visit["reason"] if visit else "",
            "pages": visit["pages"] if visit else 0,
            "facts": len(said),
        }
        if as_json:
            emit_json(result)
        else:
            seen = f"{counted(result['pages'], 'page')}, {counted(result['facts'], 'fact')}"
            emit(f"{found}: {result['outcome']}, {seen}. {result['reason']}".rstrip())
