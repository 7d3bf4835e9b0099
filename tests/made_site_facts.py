"""Facts that a crawl read on a site, stored as it would store them."""

from dataclasses import replace

from actions.session import open_session
from leads.clock import now
from leads.facts import Evidence, Fact, Method, Scope
from leads.ids import new_id
from leads.store.facts import facts
from leads.store.facts.facts import Subject
from leads.values import Value


def crawled(
    site: str,
    *values: Value,
    attribute: str = "phone",
    confidence: float = 0.8,
    licence: str | None = None,
    scope: Scope = Scope.COMPANY,
) -> None:
    """Store these values as facts of the site."""
    seen = Evidence(
        source=f"site:{site}",
        method=Method.PAGE,
        observed_at=now(),
        url=f"https://{site}/contact",
        quote="Call us",
        confidence=confidence,
        licence=licence,
        scope=scope,
    )
    with open_session() as session, session.store.write() as tx:
        for value in values:
            made = Fact(id=new_id(), attribute=attribute, value=value, evidence=seen)
            facts.add(tx, [(Subject(site=site), made)])


def told(company: str, attribute: str, value: Value, client: str = "default") -> None:
    """Store what a person says about a company."""
    from leads.store import clients, company_search

    with open_session() as session, session.store.write() as tx:
        client_id = clients.client_of(tx, client).id
        found = company_search.find(tx, client_id, company)
        seen = Evidence(source="user:ann", method=Method.TOLD, observed_at=now())
        made = Fact(
            id=new_id(), attribute=attribute, value=value, evidence=seen, client_id=client_id
        )
        facts.add(tx, [(Subject(company_id=found.id), replace(made))])
