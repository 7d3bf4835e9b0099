"""Companies: find them, and see their facts, verdict and where the data comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.encoders import jsonable_encoder
from pydantic import Field

from actions import companies, relations
from actions.companies import CompanyRow
from actions.explaining import company_json
from actions.finding_company import Described, FoundCompany, comparable, find_company
from actions.scoring import explain_score
from actions.tracing import Origin, sources
from console.api.callers import Caller, Campaign, Client, needs
from console.api.listing import Key, Page, Paging, listed
from console.api.words import STORABLE, Body, Text, Word
from leads.clock import now

router = APIRouter(tags=["companies"])
Reader = Annotated[Caller, needs("companies:read")]
Writer = Annotated[Caller, needs("companies:write")]
Stage = Annotated[
    Literal["prospect", "suspect", "name", "disqualified"], Query(description="The stage by fit.")
]
Wanted = Annotated[str, Query(min_length=1, max_length=500, pattern=STORABLE)]


@dataclass(frozen=True, slots=True)
class Found:
    """A company that a text may mean."""

    id: UUID
    name: str
    kind: str
    #: Why its records are held to be one company.
    reason: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a company."""

    company: Found
    facts: Sequence[Mapping[str, Any]]
    #: Its verdict, criterion by criterion; None: `why_no_verdict` says why.
    verdict: Mapping[str, Any] | None
    why_no_verdict: str


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the data of a company or person comes from, and the text for a letter."""

    whom: str
    sources: Sequence[Origin]
    letter: str


class Asked(Body):
    """A company as somebody names it; only the name is needed."""

    name: Word
    country: Text = ""
    city: Text = ""
    postcode: Text = ""
    street: Text = ""
    domain: Text = ""
    phone: Text = ""
    register_number: Text = ""
    limit: Annotated[int, Field(ge=1, le=40)] = 10


@dataclass(frozen=True, slots=True)
class Match:
    """A company that may be the one described."""

    company_id: UUID
    name: str
    #: `same` or `review`.
    outcome: str
    #: Log-odds; above 0 means a match.
    odds: float
    #: The name in the record that is most alike.
    record: str
    reasons_for: Sequence[str]
    reasons_against: Sequence[str]


@dataclass(frozen=True, slots=True)
class Matches:
    """What was found, the likeliest first."""

    matches: Sequence[Match]
    #: How many companies shared something and were compared.
    compared: int
    #: The fields of the request whose values could not be compared, such as a phone `n/a`.
    left_out: Sequence[str]


class Relation(Body):
    """How a company belongs to another one."""

    kind: Word
    of: Word
    reason: Text = ""


class Other(Body):
    """Another company."""

    of: Word
    reason: Text = ""


@router.get("/companies", response_model=Page[CompanyRow])
def list_companies(caller: Reader, where: Campaign, part: Paging, stage: Stage = "prospect") -> Any:
    """List the companies of a campaign at a stage, best first."""

    def fetch(after: Key | None, limit: int) -> Sequence[CompanyRow]:
        behind = (int(after[0]), UUID(after[1])) if after else None
        return companies.show_stage(caller.session, where, stage, behind, limit).rows

    return listed(part, fetch, lambda row: [row.score_worst, row.id])


@router.get("/companies/find")
def find_companies(caller: Reader, client: Client, text: Wanted) -> list[Found]:
    """Find the companies that a name, a domain or an id may mean."""
    found = companies.find_companies(caller.session, client, text)
    return [_found(one) for one in found.rows]


@router.post("/companies/match")
def match_company(caller: Reader, client: Client, sent: Asked) -> Matches:
    """Find the companies that may be the one described, the likeliest first.

    A name, and what else is known, is compared as a row of a list would be. `same` is one company;
    for `review` a person must decide. `left_out` names the fields with values that cannot be
    compared, such as the phone `n/a`. Nothing is stored.
    """
    described, left_out = comparable(Described(**sent.model_dump(exclude={"limit"})))
    found = find_company(caller.session, client, described, sent.limit)
    return Matches([_match(one) for one in found.companies], found.compared, left_out)


def _match(one: FoundCompany) -> Match:
    return Match(
        company_id=one.id,
        name=one.name,
        outcome=str(one.alike.outcome),
        odds=one.alike.odds,
        record=one.record.name,
        reasons_for=one.alike.reasons_for,
        reasons_against=one.alike.reasons_against,
    )


@router.get("/companies/{company_id}")
def show_company(caller: Reader, where: Campaign, company_id: UUID) -> Known:
    """Show a company with its facts, each with its source, and its verdict."""
    found = companies.company_file(caller.session, where, company_id)
    verdict = company_json(found.explained) if found.explained else None
    facts = jsonable_encoder(list(found.facts))
    return Known(_found(found.company), facts, jsonable_encoder(verdict), found.unexplained)


@router.get("/companies/{company_id}/score")
def show_score(caller: Reader, where: Campaign, company_id: UUID) -> dict[str, Any]:
    """Explain the score of a company: each signal with its points, then and now."""
    found = explain_score(caller.session, where, str(company_id), now())
    head = {"company": found.company, "scoring": found.scoring.name}
    lines = [jsonable_encoder(one.as_json()) for one in found.explained.lines]
    return {**head, **jsonable_encoder(found.explained.result.as_json()), "ledger": lines}


@router.get("/source-of")
def source_of(caller: Reader, client: Client, whom: Wanted) -> Sources:
    """Say where the data of a company, or of a contact, comes from."""
    found = sources(caller.session, client, whom)
    return Sources(found.company, found.origins, found.letter)


@router.post("/companies/{company_id}/relations")
def relate(caller: Writer, client: Client, company_id: UUID, sent: Relation) -> dict[str, str]:
    """Relate a company to another one."""
    made = relations.relate(
        caller.session, client, str(company_id), sent.kind, sent.of, reason=sent.reason
    )
    return {"company": made.company, "kind": str(made.kind), "of": made.of}


@router.post("/companies/{company_id}/relations/end")
def unrelate(caller: Writer, client: Client, company_id: UUID, sent: Other) -> dict[str, str]:
    """End the relation of two companies."""
    made = relations.unrelate(caller.session, client, str(company_id), sent.of, reason=sent.reason)
    return {"company": made.company, "of": made.other}


def _found(one: companies.StoredCompany) -> Found:
    return Found(one.id, one.name, one.kind, one.reason, one.created_at)
