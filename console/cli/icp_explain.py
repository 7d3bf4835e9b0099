"""`sluice icp explain`: why a company has its verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from actions import explaining
from actions.profiles import read_icp
from actions.queue import Where
from actions.session import open_session
from console.cli.icp_options import answer_mark
from console.cli.options import AsJson, CampaignName, ClientName, UserName
from console.cli.output import emit, emit_json, plain

#: How many facts of an answer are shown; the JSON output has them all.
_FACTS = 3


def explain(
    company: Annotated[
        str, typer.Argument(help="A company, by name, domain or id.", metavar="COMPANY")
    ],
    icp: Annotated[
        str | None,
        typer.Option("--icp", help="A profile to use instead of the one in force.", metavar="FILE"),
    ] = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Explain a company's verdict.

    Shows each answer with its evidence, the score line by line, and what would raise the score. If
    the company must not be contacted, the first line gives the reason: the company then counts as
    disqualified, whatever its verdict.

    Example: sluice icp explain nordwind.example
    """
    file = read_icp(icp) if icp else None
    with open_session(user) as session:
        found = explaining.explain_company(session, Where(client, campaign), company, file)

    made = explaining.company_json(found)
    if as_json:
        emit_json(made)
        return
    for line in _lines(made):
        emit(line)


def _lines(made: Mapping[str, Any]) -> Iterator[str]:
    if made["not_to_be_contacted"]:
        yield f"not to be contacted: {plain(made['not_to_be_contacted'])}"
    verdict = made["verdict"].replace("_", " ")
    yield (
        f"{plain(made['company']['name'])}: {made['counts_as']} ({verdict}) by {made['icp']}"
        f" version {made['version']}"
    )
    yield from _linked(made)
    yield from _answers(made)
    yield from _score(made)
    if made["what_next"]:
        yield made["what_next"][:1].upper() + made["what_next"][1:]
    for line in made["history"]:
        at, cause = line["at"][:16].replace("T", " "), line["cause"] or "decided"
        yield f"{at} {line['from']} to {line['to']} ({cause})"


def _linked(made: Mapping[str, Any]) -> Iterator[str]:
    """Name the company that this one is counted with, or those counted with it."""
    if made["counted_with"]:
        yield f"  {plain(made['counted_with']['reason'])}"
    if made["members"]:
        yield f"  counted with it: {plain(', '.join(one['name'] for one in made['members']), 200)}"


def _answers(made: Mapping[str, Any]) -> Iterator[str]:
    section = ""
    for one in made["answers"]:
        if one["section"] != section:
            section = one["section"]
            yield section.replace("_", " ").capitalize()
        yield (
            f"  {answer_mark(one['answer'], section)} {one['criterion']}: {plain(one['reason'])}"
        )
        for fact in one["facts"][:_FACTS]:
            where = f" {fact['url']}" if fact["url"] else ""
            yield f"      “{plain(fact['quote'], 100)}” {fact['source']}, {fact['day']}{where}"


def _score(made: Mapping[str, Any]) -> Iterator[str]:
    if made["ledger"]:
        grade = f", grade {_span(made['grade'])}" if made["grade"] else ""
        yield f"Score {_span(made['score'])}{grade}"
    for line in made["ledger"]:
        yield (
            f"  {_span(line):>10}  {line['criterion']} ({line['answer']}, {line['points']} points"
            " in the profile)"
        )
    for one in made["raises"]:
        how = "with a yes" if one["answer"] == "unknown" else "if that changed"
        yield f"  would rise by up to {one['by']} {how}: {one['criterion']}"


def _span(of: Mapping[str, Any]) -> str:
    worst, best = ("none" if of[end] is None else f"{of[end]}" for end in ("worst", "best"))
    return worst if worst == best else f"{worst} to {best}"
