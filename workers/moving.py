"""A site that leads to another domain: visit that one, and let the company's site follow to it if both
are the company's.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from enrich.moves import decide_move
from leads.changes import Change, CompaniesChanged
from leads.clock import now
from leads.facts import Evidence, Fact, Method
from leads.ids import new_id
from leads.store import Tx, site_moves
from leads.store.facts import facts
from leads.store.facts.facts import Subject

_SURE = 0.85


def follow_moves(tx: Tx, sites: Sequence[str]) -> list[Change]:
    """Give companies the new domain of their site, where these sites say that it is theirs.

    Otherwise the facts of both sites stay apart, and the old site states where it leads.
    """
    changed: dict[UUID, list[UUID]] = {}
    for old, new in site_moves.leading_to(tx, sites):
        there = [fact for _, fact in facts.of_sites(tx, [new])]
        for _, client_id, company_id in facts.companies_with_sites(tx, [old]):
            own = facts.of_companies(tx, client_id, [company_id])[company_id]
            move = decide_move(own, there)
            if move.follows and not any(
                fact.attribute == "domain" and fact.value == new for fact in own
            ):
                facts.add(tx, [_domain(client_id, company_id, old, new, move.why)])
                changed.setdefault(client_id, []).append(company_id)
    return [CompaniesChanged(client, tuple(some)) for client, some in changed.items()]


def _domain(
    client_id: UUID, company_id: UUID, old: str, new: str, why: str
) -> tuple[Subject, Fact]:
    evidence = Evidence(
        source=f"site:{old}",
        method=Method.INFERRED,
        observed_at=now(),
        url=f"https://{old}/",
        quote=f"{old} leads to {new}; {why}",
        confidence=_SURE,
    )
    made = Fact(id=new_id(), attribute="domain", value=new, evidence=evidence, client_id=client_id)
    return Subject(company_id=company_id), made
