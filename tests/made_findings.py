"""Findings of searches for sites, as a test stores them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from actions.session import open_session
from leads.clock import now
from leads.store import companies, site_findings
from leads.store.site_findings import SeenPage, StoredFinding

IMPRINT = SeenPage(
    url="https://quorvian.example/impressum",
    kind="imprint",
    title="Impressum <b>Quorvian</b>",
    text="Quorvian Pumpen AG\nHauptstraße 5\n34117 Kassel <script>alert(1)</script>",
    at="2026-11-30T08:00:00+00:00",
)
REASONS = (
    {"mark": "prior", "weight": -1.0, "quote": ""},
    {"mark": "legal_same", "weight": 3.0, "quote": "Quorvian Pumpen AG Hauptstraße 5"},
    {"mark": "other_form", "weight": -2.5, "quote": "title: <i>not in the text</i>"},
)


def ids_of(client: str = "default") -> dict[str, UUID]:
    """The companies of a client, by name."""
    with open_session() as session, session.store.read() as tx, session.read() as work:
        found = companies.companies_of(tx, work.client(client))
    return {row.name: one for one, row in found.items()}


def finding(client_id: UUID, company_id: UUID, **told: Any) -> StoredFinding:
    """A finding that waits for a person."""
    one = StoredFinding(
        client_id=client_id,
        company_id=company_id,
        domain="quorvian.example",
        band="review",
        odds=0.2,
        reasons=REASONS,
        lacks=["a city in the list"],
        denied=[],
        fact_ids=[],
        basis="",
        found_at=now(),
    )
    return replace(one, **told)


def hold(
    name: str, *, client: str = "default", pages: Sequence[SeenPage] = (IMPRINT,), **told: Any
) -> UUID:
    """Store a finding that waits for a person; the company's id."""
    company_id = ids_of(client)[name]
    with open_session() as session:
        with session.read() as work:
            client_id = work.client(client)
        with session.store.write() as tx:
            site_findings.put(tx, [finding(client_id, company_id, **told)], {company_id: pages})
    return company_id
