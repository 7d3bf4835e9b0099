"""`sluice queue answer`: what a prospect said, recorded as a fact."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from actions import answers
from actions.answers import Answered
from actions.session import open_session
from console.cli.options import AsJson, UserName
from console.cli.output import emit, emit_json, note, plain
from console.cli.own_queue import QueueCampaign, QueueClient, own_queue
from console.cli.work import report_work


def answer(
    company: Annotated[
        str, typer.Argument(help="A company, by name, domain or id.", metavar="COMPANY")
    ],
    criterion: Annotated[
        str, typer.Argument(help="The criterion's id, as the card shows it.", metavar="CRITERION")
    ],
    said: Annotated[
        str,
        typer.Argument(help="yes or no; release takes an answer back.", metavar="yes|no|release"),
    ],
    user: UserName = None,
    value: Annotated[
        str | None,
        typer.Option("--value", help="The exact value: 85, 6 Mio. EUR, Odoo.", metavar="TEXT"),
    ] = None,
    text: Annotated[
        str, typer.Option("--note", help="What was said, for the next user.", metavar="TEXT")
    ] = "",
    client: QueueClient = None,
    campaign: QueueCampaign = None,
    as_json: AsJson = False,
) -> None:
    """Record a prospect's answer.

    The answer overrides lists and pages until it is released or too old. Facts that were known
    are kept. The company is decided again at once.

    Example: sluice queue answer "Nordwind Maschinenbau" windows yes --as ann --note "all PCs"
    """
    with open_session(user) as session:
        recorded = answers.record_answer(
            session,
            own_queue(session, client, campaign),
            company,
            criterion,
            said,
            value=value,
            note=text,
        )

    if as_json:
        emit_json(_json(recorded))
        return
    emit(
        f"{plain(recorded.company)}: {criterion} {recorded.answer}; its stage is {recorded.stage} now"
    )
    note("see `sluice icp explain COMPANY` for all answers")
    report_work(recorded.work)


def _json(recorded: Answered) -> dict[str, Any]:
    return {
        "company": recorded.company,
        "criterion": recorded.criterion,
        "answer": recorded.answer,
        "facts": recorded.facts,
        "verdict": recorded.verdict,
        "stage": recorded.stage,
    }
