"""The companies of a campaign: the table by stage, the search, and the file of each."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from actions import companies, snapshots, tracing
from actions.actor import Right
from actions.companies import CompanyFile
from console.web.fields import Asked
from console.web.logged_in import Reader
from console.web.rendering import page

router = APIRouter()


@router.get("/companies")
def show(
    request: Request,
    here: Reader,
    stage: Asked | None = None,
    points: Annotated[int | None, Query()] = None,
    after: Annotated[UUID | None, Query()] = None,
) -> Response:
    """Show the companies at a stage, those with the most points first."""
    start = (points, after) if points is not None and after is not None else None
    found = companies.show_stage(here.session, here.where, stage, start)
    following = (
        f"/companies?stage={found.stage}&points={found.next[0]}&after={found.next[1]}"
        if found.next
        else None
    )
    first = f"/companies?stage={found.stage}" if start else None
    values = {"found": found, "first": first, "next": following}
    return page(request, "companies.html", values)


@router.get("/companies/find")
def find(
    request: Request, here: Reader, name: Asked, after: Annotated[UUID | None, Query()] = None
) -> Response:
    """Show the companies that a text may mean; one alone is opened."""
    found = companies.find_companies(here.session, here.where.client, name, after)
    if len(found.rows) == 1 and not found.next and not after:
        return RedirectResponse(f"/companies/{found.rows[0].id}", 303)
    address = f"/companies/find?name={quote(name, safe='')}"
    values = {
        "found": found,
        "name": name,
        "first": address if after else None,
        "next": f"{address}&after={found.next}" if found.next else None,
    }
    return page(request, "companies_found.html", values)


@router.get("/companies/{company_id}")
def show_one(request: Request, here: Reader, company_id: UUID) -> Response:
    """Show what is known of a company, where it comes from, and why it has its verdict."""
    found = companies.company_file(here.session, here.where, company_id)
    known = {one.id for one in found.facts}
    sources = tracing.sources(here.session, here.where.client, str(found.company.id))
    values = {
        "found": found,
        "stage": _stage(found),
        "lead_page": here.actor.may(Right.WORK_QUEUE),
        "sources": sources.origins,
        "known": known,
        "by_id": {one.id: one for one in found.facts},
    }
    return page(request, "company.html", values)


@router.get("/companies/{company_id}/facts/{fact_id}")
def show_page(request: Request, here: Reader, company_id: UUID, fact_id: UUID) -> Response:
    """Show the saved page that a fact was read from, as text, with the quote marked."""
    found = snapshots.snapshot(here.session, here.where.client, company_id, fact_id)
    values = {"found": found, "company_id": company_id, "address": quote(found.url, safe="/:?&=#%")}
    return page(request, "company_page.html", values)


def _stage(found: CompanyFile) -> str:
    return found.explained.counts_as.value if found.explained else "undecided"
