"""Find the sites of names without a store; the crawler takes half a second to load."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from actions.heeded import heeded_anywhere
from actions.site_finding import Row, RowFinding
from enrich.finding.search import Bounds, Search
from leads.settings import Settings
from spiders.limits import check_user_agent, limits_of
from workers.site_search import Around, mapped_endings, search
from workers.visiting import user_agent_of


def find_sites(
    rows: Sequence[Row],
    settings: Settings,
    allowed: Mapping[tuple[str, int], tuple[str, int]],
    *,
    client: str,
    user: str | None = None,
) -> list[RowFinding]:
    """Find the site of each row; with a map of hosts nothing else is looked up or reached.

    Suppressions of the client and the opt-out list are heeded where there is a database. No database
    is made.
    """
    user_agent = check_user_agent(user_agent_of(settings, allowed))
    bounds = Bounds(
        look_ups=settings.find_look_ups,
        visits=settings.find_visits,
        endings=mapped_endings(allowed),
    )
    with heeded_anywhere(settings, client, user) as heeded:
        suppressed = heeded.suppressed({row.number: row.known for row in rows})
        rows = [replace(row, flaw=row.flaw or suppressed.get(row.number, "")) for row in rows]
        searches = {row.number: Search(row.wanted, bounds) for row in rows if not row.flaw}
        done = search(
            list(searches.values()),
            limits=limits_of(settings),
            user_agent=user_agent,
            allowed=allowed,
            pages=bounds.pages,
            around=Around(opted_out=heeded.opted_out, barred=heeded.barred),
        )
    found = dict(zip(searches, done, strict=True))
    return [RowFinding(row, found.get(row.number)) for row in rows]
