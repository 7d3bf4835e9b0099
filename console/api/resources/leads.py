"""Leads and their hand-over to the client."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter
from fastapi.encoders import jsonable_encoder
from pydantic import AwareDatetime

from actions import handovers, lead_pages, lead_stages
from actions.lead_list import ListedLead
from actions.lead_pages import Place
from console.api.callers import Caller, Campaign, needs
from console.api.listing import Key, Page, Paging, listed
from console.api.words import Asked, Body, Text, Word

router = APIRouter(tags=["leads"])
Reader = Annotated[Caller, needs("leads:read")]
Writer = Annotated[Caller, needs("leads:write")]
Question = Literal["icp", "need", "will", "timeline", "budget", "authority"]


class Told(Body):
    """What a company told."""

    answers: Mapping[Question, Literal["yes", "partly", "no", "unknown"]]
    words: Text = ""
    source: Word = "call"
    at: AwareDatetime | None = None


class Move(Body):
    """The stage that a lead moves to."""

    stage: Word
    reason: Text


class Words(Body):
    """What the client said."""

    words: Text = ""


class Rejection(Words):
    """Why the client rejected a lead: a code of the hand-over file."""

    reason: Word


@dataclass(frozen=True, slots=True)
class Qualified:
    """Where a lead stands, and what is open."""

    company: str
    stage: str | None
    temperature: str
    next_touch_at: datetime | None
    #: Whether it is a qualified lead: yes, no or unknown; None: it is no lead.
    qualified: str | None
    open: Sequence[str]
    against: Sequence[str]
    questions: Mapping[str, str]
    no_lead_because: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A lead and its stages."""

    company: str
    before: str
    stage: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What the client answered."""

    company: str
    answer: str


@router.get("/leads", response_model=Page[ListedLead])
def list_leads(
    caller: Reader,
    where: Campaign,
    part: Paging,
    stage: Asked = "",
    temperature: Asked = "",
    *,
    due: bool = False,
) -> Any:
    """List leads, the next touch first; with `due` those whose time has come."""

    def fetch(after: Key | None, limit: int) -> Sequence[ListedLead]:
        return lead_pages.some_leads(
            caller.session,
            where,
            limit,
            _place(after) if after else None,
            stage=stage or None,
            temperature=temperature or None,
            only_due=due,
        )

    return listed(part, fetch, _key)


@router.post("/leads/{company_id}/qualify")
def qualify(caller: Writer, where: Campaign, company_id: UUID, told: Told) -> Qualified:
    """Record what a company told; a need or a will makes it a lead."""
    answers = [f"{question}={reply}" for question, reply in told.answers.items()]
    name, done = lead_stages.qualify_lead(
        caller.session,
        where,
        str(company_id),
        answers,
        words=told.words,
        source=told.source,
        at=told.at.astimezone(UTC) if told.at else None,
    )
    return Qualified(
        name,
        done.lead.stage if done.lead else None,
        done.temperature,
        done.lead.next_touch_at if done.lead else None,
        done.rule.answer if done.rule else None,
        list(done.rule.open) if done.rule else [],
        list(done.rule.against) if done.rule else [],
        done.questions,
        done.why_not,
    )


@router.post("/leads/{company_id}/move")
def move(caller: Writer, where: Campaign, company_id: UUID, sent: Move) -> Moved:
    """Move a lead to another stage, also backwards."""
    name, before = lead_stages.move_lead(
        caller.session, where, str(company_id), sent.stage, sent.reason
    )
    return Moved(name, before, sent.stage)


@router.get("/handovers")
def list_handovers(caller: Reader, where: Campaign) -> list[dict[str, Any]]:
    """List hand-overs, overdue answers first."""
    found = handovers.list_handovers(caller.session, where)
    return [jsonable_encoder(one.row) | {"overdue": one.overdue} for one in found]


@router.post("/handovers/{company_id}/send")
def send(
    caller: Writer, where: Campaign, company_id: UUID, *, dry_run: bool = False
) -> dict[str, Any]:
    """Hand a qualified lead over to the client; the answer is what its webhooks get."""
    told = handovers.send(caller.session, where, str(company_id), None, dry_run=dry_run)
    document: dict[str, Any] = jsonable_encoder(told)
    return document


@router.post("/handovers/{company_id}/accept")
def accept(caller: Writer, where: Campaign, company_id: UUID, sent: Words) -> Answered:
    """Record that the client accepted a lead: it is an opportunity."""
    name = handovers.accept(caller.session, where, str(company_id), sent.words)
    return Answered(name, "accepted")


@router.post("/handovers/{company_id}/reject")
def reject(caller: Writer, where: Campaign, company_id: UUID, sent: Rejection) -> Answered:
    """Record that the client rejected a lead, and why: it goes back to nurture."""
    company = str(company_id)
    name, _ = handovers.reject(caller.session, where, company, sent.reason, sent.words)
    return Answered(name, "rejected")


def _place(key: Key) -> Place:
    next_touch_at, company_id = key
    return datetime.fromisoformat(next_touch_at), UUID(company_id)


def _key(row: ListedLead) -> list[str]:
    return [row.next_touch_at.isoformat(), str(row.company_id)]
