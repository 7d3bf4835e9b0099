"""What is wrong with companies of a client: sites that do not answer, businesses that are closed."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select

from leads.store.engine import Tx
from leads.store.facts.belonging import any_entries, entries, held, is_about, of_client, own, sites
from leads.store.figures.keys import Key, key
from leads.store.schema import crawl, fact

_NO_ANSWER = "unreachable"


def dead_sites(tx: Tx, client_id: UUID) -> tuple[set[Key], set[Key]]:
    """The companies of which every site was visited and none was reached at the last visit, and those
    of which every site was visited.
    """
    owners = sites(tx, of_client(client_id)).subquery()
    last = (
        select(crawl.c.outcome)
        .where(crawl.c.site == owners.c.key)
        .order_by(crawl.c.started_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    wanted = select(key(owners.c.of), last)
    outcomes: dict[Key, set[str | None]] = defaultdict(set)
    for company_id, outcome in tx.execute(wanted).all():
        outcomes[company_id].add(outcome)
    visited = {one for one, found in outcomes.items() if None not in found}
    return {one for one in visited if outcomes[one] == {_NO_ANSWER}}, visited


def statuses(tx: Tx, client_id: UUID) -> dict[Key, str]:
    """The status of companies, such as `dissolved`, by the fact that was seen last."""
    found: dict[Key, tuple[datetime, str]] = {}
    for wanted in _of_status(tx, client_id):
        for company_id, value, at in tx.execute(wanted).all():
            if company_id not in found or (at, str(value)) > found[company_id]:
                found[company_id] = (at, str(value))
    return {company_id: status for company_id, (_, status) in found.items()}


def _of_status(tx: Tx, client_id: UUID) -> list[Select[str, object, datetime]]:
    within = of_client(client_id)
    wanted: list[Select[str, object, datetime]] = [
        select(key(one.company), fact.c.value, fact.c.observed_at).where(
            one.holds, within(one), is_about("status")
        )
        for one in own()
    ]
    shared = [(sites(tx, within), fact.c.site)]
    if any_entries(tx):
        shared.append((entries(tx, within), fact.c.register_entry))
    for union, subject in shared:
        owners = union.subquery()
        wanted.append(
            select(key(owners.c.of), fact.c.value, fact.c.observed_at)
            .join(fact, subject == owners.c.key)
            .where(is_about("status"), held())
        )
    return wanted
