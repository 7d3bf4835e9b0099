"""Duplicates: the pairs that a person must decide, merges and splits."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter
from fastapi.encoders import jsonable_encoder

from actions import duplicates, reviews
from console.api.callers import Caller, Client, needs
from console.api.words import Body, Limit, Text, Word
from console.cli import pair_json

router = APIRouter(prefix="/duplicates", tags=["duplicates"])
Reader = Annotated[Caller, needs("companies:read")]
Writer = Annotated[Caller, needs("companies:write")]


class Decision(Body):
    """What a person says about two companies."""

    company: Word
    other: Word
    answer: Literal["same", "different", "part_of"]
    reason: Text = ""


class Pair(Body):
    """Two companies, or all decisions about one."""

    company: Word
    other: Word | None = None
    reason: Text = ""


class Records(Body):
    """The records that are split off."""

    records: list[Word]
    reason: Text = ""


@router.get("")
def list_pairs(caller: Reader, client: Client, limit: Limit = 50) -> dict[str, Any]:
    """List the pairs of records that a person must decide, the most doubtful first."""
    found = reviews.review(caller.session, client, limit)
    pairs = [jsonable_encoder(pair_json.doubt_json(one)) for one in found.pairs]
    return {"waiting": found.count, "pairs": pairs}


@router.get("/explain/{company_id}")
def explain(caller: Reader, client: Client, company_id: UUID) -> dict[str, Any]:
    """Explain why the records of a company are held to be one."""
    found = duplicates.explain(caller.session, client, str(company_id))
    explained: dict[str, Any] = jsonable_encoder(pair_json.company_json(found))
    return explained


@router.post("/answers")
def answer(caller: Writer, client: Client, sent: Decision) -> dict[str, str]:
    """Decide whether two companies are one; it holds whatever is imported later."""
    made = reviews.answer(
        caller.session, client, sent.company, sent.other, sent.answer, reason=sent.reason
    )
    return {"company": made.company, "other": made.other, "answer": str(made.answer)}


@router.post("/undo")
def undo(caller: Writer, client: Client, sent: Pair) -> dict[str, int]:
    """Withdraw the decisions of people about two companies, or about one."""
    done = reviews.undo(caller.session, client, sent.company, sent.other, reason=sent.reason)
    return {"withdrawn": done.decisions}


@router.post("/{company_id}/split")
def split(caller: Writer, client: Client, company_id: UUID, sent: Records) -> dict[str, int]:
    """Split records off a company."""
    done = duplicates.split(
        caller.session, client, str(company_id), sent.records, reason=sent.reason
    )
    return {"decided_pairs": done.decided_pairs}
