"""Prospects: take the next ones, see a card, and report what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Header, Response
from pydantic import AwareDatetime, Field

from actions import answers, desk, queue, queue_views
from actions.desk import Undone, Until
from actions.queue import Card, DispositionRequest, DispositionResult
from actions.where import Where
from console.api.callers import Caller, Campaign, check_match, needs
from console.api.cards import tag_of
from console.api.words import Body, Count, Text, Word

router = APIRouter(prefix="/prospects", tags=["prospects"])
Reader = Annotated[Caller, needs("prospects:read")]
Worker = Annotated[Caller, needs("prospects:work")]
IfMatch = Annotated[
    str | None,
    Header(max_length=500, description="The ETag of the card: refuse when it has changed."),
]


class Wanted(Body):
    """How many prospects to hold."""

    hold: Annotated[int, Field(ge=1, le=200)] = 1
    #: Prospects outside their call hours too.
    any_time: bool = False


class Result(Body):
    """What came of a prospect."""

    disposition: Word
    note: Text = ""
    channel: Literal["phone", "email", "linkedin", "post", "visit", "other"] = "phone"
    #: The value that is wrong, such as the number called.
    about: Word | None = None
    #: When to try again.
    at: AwareDatetime | None = None
    #: The token of the lease: refuse when the prospect was leased again since.
    token: Count | None = None


class Why(Body):
    """Why something is done."""

    reason: Text = ""


class Later(Why):
    """When a prospect comes back."""

    at: AwareDatetime


class Note(Body):
    """A note for the next user."""

    text: Text


class Reply(Body):
    """What a prospect answered to a criterion of the profile."""

    criterion: Word
    answer: Word
    #: The value itself, such as 120.
    value: Word | None = None
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """The company that was changed."""

    company: str
    done: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What followed from an answer."""

    company: str
    criterion: str
    answer: str
    verdict: str | None
    stage: str


@router.post("/next")
def take_next(caller: Worker, where: Campaign, wanted: Wanted) -> list[Card]:
    """Lease prospects until the user holds that many; all that are held are returned."""
    return queue.take_next(caller.session, where, wanted.hold, any_time=wanted.any_time)


@router.post("/undo")
def undo(caller: Worker, where: Campaign, why: Why) -> Undone:
    """Undo the user's last action in the campaign."""
    return desk.undo(caller.session, where, why.reason).undone


@router.get("/{company_id}")
def card(response: Response, caller: Reader, where: Campaign, company_id: UUID) -> Card:
    """Show a company's card, in the queue or not; its ETag tells whether it has changed."""
    found = queue_views.show_card(caller.session, where, str(company_id))
    response.headers["ETag"] = tag_of(found)
    return found


@router.post("/{company_id}/done")
def report(
    caller: Worker, where: Campaign, company_id: UUID, result: Result, if_match: IfMatch = None
) -> DispositionResult:
    """Report what came of a prospect that the user holds."""
    _check(caller, where, company_id, if_match)
    at = result.at.astimezone(UTC) if result.at else None
    wanted = DispositionRequest(
        kind=result.disposition,
        note=result.note,
        at=at,
        at_named=_named(at) if at else "",
        channel=result.channel,
        about=result.about,
        token=result.token,
        company=str(company_id),
    )
    return queue.report(caller.session, where, wanted).result


@router.post("/{company_id}/renew")
def renew(caller: Worker, where: Campaign, company_id: UUID) -> Card:
    """Renew the user's lease of a prospect."""
    return queue.held_card(caller.session, where, str(company_id))


@router.post("/{company_id}/release")
def release(caller: Worker, where: Campaign, company_id: UUID, if_match: IfMatch = None) -> Changed:
    """Return a prospect to the queue."""
    _check(caller, where, company_id, if_match)
    name = desk.release(caller.session, where, str(company_id))
    return Changed(company=name, done="released")


@router.post("/{company_id}/skip")
def skip(
    caller: Worker, where: Campaign, company_id: UUID, why: Why, if_match: IfMatch = None
) -> Changed:
    """Leave a prospect to others for a day."""
    _check(caller, where, company_id, if_match)
    name = desk.skip(caller.session, where, why.reason, str(company_id))
    return Changed(company=name, done="skipped")


@router.post("/{company_id}/postpone")
def postpone(
    caller: Worker, where: Campaign, company_id: UUID, later: Later, if_match: IfMatch = None
) -> Changed:
    """Let a prospect come back at a moment, to anybody."""
    _check(caller, where, company_id, if_match)
    until = Until(later.at.astimezone(UTC), _named(later.at))
    done = desk.postpone(caller.session, where, until, later.reason, str(company_id))
    return Changed(company=done.company, done="postponed")


@router.post("/{company_id}/notes")
def write_note(caller: Worker, where: Campaign, company_id: UUID, note: Note) -> Changed:
    """Write a note on a company's card."""
    name = desk.write_note(caller.session, where, note.text, str(company_id))
    return Changed(company=name, done="noted")


@router.post("/{company_id}/answers")
def record_answer(caller: Worker, where: Campaign, company_id: UUID, reply: Reply) -> Answer:
    """Record a prospect's answer to a criterion of the profile."""
    made = answers.record_answer(
        caller.session,
        where,
        str(company_id),
        reply.criterion,
        reply.answer,
        value=reply.value,
        note=reply.note,
    )
    return Answer(made.company, made.criterion, made.answer, made.verdict, made.stage)


@router.post("/{company_id}/reopen")
def reopen(caller: Worker, where: Campaign, company_id: UUID, if_match: IfMatch = None) -> Card:
    """Reopen what a disposition closed."""
    _check(caller, where, company_id, if_match)
    queue.reopen(caller.session, where, str(company_id))
    return queue_views.show_card(caller.session, where, str(company_id))


def _check(caller: Caller, where: Where, company_id: UUID, if_match: str | None) -> None:
    if if_match is not None:
        found = queue_views.show_card(caller.session, where, str(company_id))
        check_match(if_match, tag_of(found))


def _named(at: datetime) -> str:
    """How a moment is named in the log."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
