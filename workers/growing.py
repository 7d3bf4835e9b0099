"""A site that offers more jobs than at the last look: a signal of growth for its companies."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from enrich.run import SiteFacts
from leads.changes import Change, SignalsChanged
from leads.facts import Fact
from leads.store import Tx, signals
from leads.store.facts import facts
from leads.store.signals import NewSignal
from leads.values import Range

KIND = "openings_increased"
#: Who records it.
_BY = "crawl"


def signal_growth(tx: Tx, stored: Sequence[SiteFacts]) -> list[Change]:
    """Record the signal for each company of each site whose number of openings has grown.

    The first look at a site is no growth. The fact's id names the event, so it is recorded once.
    """
    grown = {one.site: fact for one in stored if (fact := _grown(one)) is not None}
    if not grown:
        return []
    made = [
        NewSignal(
            client_id=client_id,
            company_id=company_id,
            kind=KIND,
            happened_at=grown[site].evidence.observed_at,
            source=f"site:{site}",
            external_id=str(grown[site].id),
            by=_BY,
            link=grown[site].evidence.url,
        )
        for site, client_id, company_id in facts.companies_with_sites(tx, list(grown))
    ]
    clients = {one.company_id: one.client_id for one in made}
    by_client: dict[UUID, list[UUID]] = {}
    for one in signals.add(tx, made):
        by_client.setdefault(clients[one.company_id], []).append(one.company_id)
    return [SignalsChanged(client, tuple(some)) for client, some in sorted(by_client.items())]


def _grown(one: SiteFacts) -> Fact | None:
    """Return the fact that states more openings than before; None if there may be no more."""
    before, now = (
        [fact for fact in some if fact.attribute == "openings"] for some in (one.gone, one.new)
    )
    if not before or not now:
        return None
    old, new = before[0].value, now[0].value
    if not isinstance(old, Range) or not isinstance(new, Range):
        return None
    is_more = old.high is not None and new.low is not None and new.low > old.high
    return now[0] if is_more else None
