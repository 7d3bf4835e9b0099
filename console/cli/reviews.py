"""`sluice dedupe answer` and `undo`: what people decide about two companies."""

from __future__ import annotations

from typing import Annotated

import typer

from actions import reviews
from actions.reviews import Answer
from actions.session import open_session
from console.cli.options import (
    AsJson,
    ClientName,
    Reason,
    UserName,
)
from console.cli.output import counted, emit, emit_json, plain
from console.cli.work import report_work

Company = Annotated[
    str, typer.Argument(help="A company, by name, domain or id.", metavar="COMPANY")
]
_SAID = {
    Answer.SAME: "{} and {} are one company",
    Answer.DIFFERENT: "{} and {} are different companies",
    Answer.PART_OF: "{} is part of {}",
}


def answer(
    company: Company,
    other: Annotated[str, typer.Argument(help="The other company.", metavar="OTHER")],
    said: Annotated[str, typer.Argument(help="same, different or part_of.", metavar="ANSWER")],
    reason: Reason = "",
    user: UserName = None,
    client: ClientName = "default",
    as_json: AsJson = False,
) -> None:
    """Decide whether two companies are one.

    `same` merges them. `different` keeps them apart. `part_of` keeps them apart and links COMPANY
    to OTHER, the group it belongs to. Your decision stays, whatever is imported later. A newer
    answer of yours replaces it, and `sluice dedupe undo` withdraws it.

    Example: sluice dedupe answer "Nordwind Service" Nordwind part_of
    """
    with open_session(user) as session:
        done = reviews.answer(session, client, company, other, said, reason=reason)

    if as_json:
        emit_json({"company": done.company, "other": done.other, "answer": done.answer})
    else:
        emit(_SAID[done.answer].format(plain(done.company), plain(done.other)))
    report_work(done.work)


def undo(
    company: Company,
    other: Annotated[
        str | None,
        typer.Argument(help="The other company.", metavar="OTHER", show_default=False),
    ] = None,
    reason: Reason = "",
    user: UserName = None,
    client: ClientName = "default",
    as_json: AsJson = False,
) -> None:
    """Withdraw people's decisions about duplicates.

    Of one company it withdraws what people decided about its records: what was merged is compared
    again. Of two companies it withdraws what people decided about the two, their relation included.

    Example: sluice dedupe undo "Nordwind Service" Nordwind
    """
    with open_session(user) as session:
        done = reviews.undo(session, client, company, other, reason=reason)

    if as_json:
        emit_json({"withdrawn": done.decisions})
    else:
        emit(f"{counted(done.decisions, 'decision')} withdrawn")
    report_work(done.work)
