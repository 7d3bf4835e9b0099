"""Audits: facts drawn by chance, how people judge them, and how far sources agree."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.encoders import jsonable_encoder
from pydantic import Field

from actions import accuracy, audited_page, fact_audits, sources
from actions.fact_audits import LARGEST, MOST_SKIPPED, Drawing
from console.api.callers import Caller, Client, needs
from console.api.words import STORABLE, Asked, Body, Word
from console.cli import audit, audit_screen
from console.cli.sources import source_json

router = APIRouter(tags=["audits"])
Reader = Annotated[Caller, needs("companies:read")]
Writer = Annotated[Caller, needs("companies:write")]
#: The id of a draw.
Draw = Annotated[UUID | None, Query(description="One draw; default: all.")]


class Draft(Body):
    """Which facts are drawn, and how many."""

    attribute: Word
    source: Word | None = None
    list: Word | None = None
    sample: Annotated[int, Field(ge=1, le=LARGEST)] = 149
    seed: Annotated[int | None, Field(ge=0, lt=2**62)] = None


class Judgement(Body):
    """How a person judges a drawn fact."""

    #: The `id` of a fact of `GET /audits/next`.
    id: UUID
    said: Literal["right", "wrong", "unclear"]


@router.post("/audits", status_code=201)
def draw(caller: Writer, client: Client, sent: Draft, *, dry_run: bool = False) -> dict[str, Any]:
    """Draw facts by chance, to be judged; each fact is drawn once."""
    wanted = Drawing(
        attribute=sent.attribute,
        source=sent.source,
        list=sent.list,
        sample=sent.sample,
        seed=sent.seed,
    )
    done = fact_audits.draw(caller.session, client, wanted, dry_run=dry_run)
    document: dict[str, Any] = jsonable_encoder(audit.drawn_json(done) | {"dry_run": dry_run})
    return document


@router.get("/audits/next")
def next_fact(
    caller: Reader,
    client: Client,
    draw: Draw = None,
    skip: Annotated[int, Query(ge=0, le=MOST_SKIPPED, description="Facts for later.")] = 0,
) -> dict[str, Any]:
    """Show the next fact without a judgement, with its quote and page; null when all are judged."""
    found = fact_audits.next_fact(caller.session, client, draw, skip)
    if found.fact is None:
        return {"fact": None, "progress": asdict(found.progress)}
    around = audited_page.words_around(caller.session, client, found.fact)
    shown: dict[str, Any] = jsonable_encoder(
        audit_screen.open_json(found.fact, around, found.progress)
    )
    return shown


@router.post("/audits/judgements")
def judge(caller: Writer, client: Client, sent: Judgement) -> dict[str, Any]:
    """Say what a drawn fact is."""
    done = fact_audits.judge(caller.session, client, sent.id, sent.said)
    return {"id": str(done.id), "company": done.company, "said": sent.said}


@router.post("/audits/undo")
def undo(caller: Writer, client: Client) -> dict[str, Any]:
    """Take the caller's last judgement back; its fact waits again."""
    done = fact_audits.undo(caller.session, client)
    return {"id": str(done.id), "company": done.company}


@router.get("/audits/report")
def report(
    caller: Reader,
    client: Client,
    draw: Draw = None,
    attribute: Asked = "",
    source: Asked = "",
    list_name: Annotated[str, Query(alias="list", pattern=STORABLE, max_length=500)] = "",
) -> dict[str, Any]:
    """Count how many drawn facts are right: by attribute, source and list, with exact bounds."""
    found = accuracy.accuracy_report(
        caller.session, client, draw, attribute or None, source or None, list_name or None
    )
    listed = [audit.listed_json(one) for one in fact_audits.list_draws(caller.session, client)]
    document: dict[str, Any] = jsonable_encoder(audit.report_json(found) | {"draws": listed})
    return document


@router.get("/sources")
def list_sources(
    caller: Reader, client: Client, attribute: Asked = "", source: Asked = ""
) -> list[dict[str, Any]]:
    """Count how far each source agrees with better knowledge, by attribute."""
    found = sources.source_report(caller.session, client, attribute or None, source or None)
    return [source_json(one) for one in found.rates]
