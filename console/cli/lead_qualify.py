"""`sluice lead qualify`: record answers about need, will, timeline, budget and authority."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from actions import lead_stages
from actions.lead_stages import Told
from actions.session import open_session
from actions.where import Where
from console.cli.moments import day_start
from console.cli.options import AsJson, CampaignName, ClientName, UserName
from console.cli.output import emit, emit_json, note, plain
from console.cli.tables import table


def qualify(
    company: Annotated[
        str, typer.Argument(help="A company, by name, domain or id.", metavar="COMPANY")
    ],
    answers: Annotated[
        list[str] | None,
        typer.Argument(help="Such as need=yes budget=partly.", metavar="[QUESTION=REPLY]..."),
    ] = None,
    words: Annotated[
        str, typer.Option("--words", help="What was said, word for word.", metavar="TEXT")
    ] = "",
    source: Annotated[
        str, typer.Option("--source", help="Where it was said, such as call.", metavar="WORD")
    ] = "call",
    at: Annotated[
        str | None, typer.Option("--at", help="When it was said; default: now.", metavar="TIME")
    ] = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Record what a company told, and show what is open.

    The questions are icp, need, will, timeline, budget and authority; the replies yes, partly, no
    and unknown. A need or a will makes the company a lead. Without answers it only shows the
    checklist.

    Example: sluice lead qualify acme.example need=yes budget=partly --words "from January on"
    """
    moment = day_start(at) if at else None
    with open_session(user) as session:
        name, told = lead_stages.qualify_lead(
            session,
            Where(client, campaign),
            company,
            answers or [],
            words=words,
            source=source,
            at=moment,
        )
    if as_json:
        emit_json(_json(name, told))
    else:
        _show(name, told)


def _json(name: str, told: Told) -> dict[str, Any]:
    return {
        "company": name,
        "stage": told.lead.stage if told.lead else None,
        "temperature": told.temperature,
        "next_touch_at": told.lead.next_touch_at if told.lead else None,
        "qualified": told.rule.answer if told.rule else None,
        "open": list(told.rule.open) if told.rule else [],
        "against": list(told.rule.against) if told.rule else [],
        "checklist": [asdict(one) for one in told.checklist.values()],
        "questions": told.questions,
        "no_lead_because": told.why_not,
    }


def _show(name: str, told: Told) -> None:
    if told.lead:
        emit(
            f"{plain(name)}: {told.lead.stage}, {told.temperature}; next: {told.lead.next_touch} at"
            f" {plain(told.lead.next_touch_at)} UTC"
        )
    else:
        emit(f"{plain(name)}: no lead{': ' if told.why_not else ''}{plain(told.why_not)}")
    columns = {
        "question": "QUESTION",
        "reply": "REPLY",
        "at": "AT",
        "source": "SOURCE",
        "words": "WORDS",
    }
    table([asdict(one) for one in told.checklist.values()], columns, empty="")
    if told.rule:
        parts = {"open": told.rule.open, "against": told.rule.against}
        rest = [f"; {word}: {', '.join(some)}" for word, some in parts.items() if some]
        emit(f"qualified lead: {told.rule.answer}{''.join(rest)}")
    for question, text in told.questions.items():
        note(f"ask for {question}: {plain(text)}")
