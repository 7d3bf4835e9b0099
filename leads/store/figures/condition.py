"""What is wrong with companies of a client: sites that do not answer, businesses that are closed."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select

from leads.store.engine import Tx
from leads.store.facts.belonging import any_entries, entries, held, is_about, of_client, own, sites
from leads.store.figures.keys import Key, key
from leads.store.schema import fact, site

_NO_ANSWER = "unreachable"


def dead_sites(tx: Tx, client_id: UUID) -> tuple[set[Key], set[Key]]:
    """The companies of which every site was visited and none was reached at the last visit, or all
    are stated dead; and those of which every site was visited.
    """
    owners = sites(tx, of_client(client_id)).subquery()
    wanted = select(key(owners.c.of), site.c.outcome, site.c.dead_at).outerjoin(
        site, site.c.site == owners.c.key
    )
    # By company, whether each of its sites gave no answer; None: it was not visited.
    silent: dict[Key, set[bool | None]] = defaultdict(set)
    for company_id, outcome, dead_at in tx.execute(wanted).all():
        is_silent = None if outcome is None else outcome == _NO_ANSWER or dead_at is not None
        silent[company_id].add(is_silent)
    visited = {one for one, found in silent.items() if None not in found}
    return {one for one in visited if silent[one] == {True}}, visited


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
