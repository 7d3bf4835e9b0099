"""`sluice audit draw` and `report`: facts drawn by chance, and how many are right."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

import typer

from actions import accuracy, fact_audits
from actions.accuracy import Accuracy
from actions.fact_audits import LARGEST, Drawing, Drawn, ListedDraw
from actions.session import open_session
from console.cli.accuracy_lines import STATES, accuracy_json
from console.cli.options import AsJson, ClientName, DryRun, UserName
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.tables import table
from leads.errors import UsageError

Source = Annotated[
    str | None,
    typer.Option("--source", help="A source, such as site or list:fair.", metavar="SOURCE"),
]
ListName = Annotated[
    str | None,
    typer.Option("--list", help="Companies of this list only.", metavar="LIST"),
]
Draw = Annotated[str | None, typer.Option("--draw", help="One draw only.", metavar="ID")]


def draw(
    attribute: Annotated[
        str, typer.Option("--attribute", help="Such as phone or employees.", metavar="NAME")
    ],
    source: Source = None,
    list_name: ListName = None,
    sample: Annotated[
        int, typer.Option("--sample", help="How many facts.", min=1, max=LARGEST, metavar="N")
    ] = 149,
    seed: Annotated[
        int | None,
        typer.Option("--seed", help="The same seed draws the same facts.", min=0, metavar="N"),
    ] = None,
    dry_run: DryRun = False,
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Draw facts by chance, to be judged.

    Facts of each list, source, way of reading and band of confidence are drawn by their number, at
    least one of each. A fact that was drawn before is not drawn again: a second draw adds to the
    first. 149 right facts of 149 show that 98 % are right.

    Example: sluice audit draw --attribute phone --list fair-2026
    """
    wanted = Drawing(attribute=attribute, source=source, list=list_name, sample=sample, seed=seed)
    with open_session(user) as session:
        done = fact_audits.draw(session, client, wanted, dry_run=dry_run)

    if as_json:
        emit_json(drawn_json(done) | {"dry_run": dry_run})
        return
    would = "would be " if dry_run else ""
    facts = counted(done.drawn, "fact")
    emit(f"{facts} about {plain(attribute)} of {done.audit.frame:,} {would}drawn")
    rows = [asdict(one) for one in done.strata]
    columns = {
        "list": "LIST",
        "source": "SOURCE",
        "method": "METHOD",
        "confidence": "CONFIDENCE",
        "facts": "FACTS",
        "drawn": "DRAWN",
    }
    table(rows, columns, empty="")
    if not dry_run:
        note("`sluice audit judge` shows them one by one")


def report(
    attribute: Annotated[
        str | None, typer.Option("--attribute", help="This attribute only.", metavar="NAME")
    ] = None,
    source: Source = None,
    list_name: ListName = None,
    one_draw: Draw = None,
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Show how many drawn facts are right.

    The bounds are exact: the share is at least LOW with 95 % certainty. A list keeps the promise
    when LOW is not below it (setting promised_accuracy). Unclear facts count in no share.

    Example: sluice audit report --attribute phone
    """
    with open_session(user) as session:
        found = accuracy.accuracy_report(
            session, client, draw_id(one_draw), attribute, source, list_name
        )
        listed = fact_audits.list_draws(session, client)

    if as_json:
        emit_json(report_json(found) | {"draws": [listed_json(one) for one in listed]})
        return
    rows = [_row(one) for one in (*found.all, *found.sources, *found.lists)]
    columns = {
        "attribute": "ATTRIBUTE",
        "of": "OF",
        "checked": "CHECKED",
        "wrong": "WRONG",
        "unclear": "UNCLEAR",
        "open": "OPEN",
        "right": "RIGHT",
        "low": "LOW",
        "high": "HIGH",
        "promise": "PROMISE",
    }
    table(rows, columns, empty="nothing was drawn: see `sluice audit draw --help`")
    if found.promise is not None and rows:
        note(f"promised: {100 * found.promise:g} % (setting promised_accuracy)")


def draw_id(text: str | None) -> UUID | None:
    """Read the ID of a draw."""
    try:
        return None if text is None else UUID(text)
    except ValueError:
        raise UsageError(
            f"{text!r} is not the ID of a draw", "`sluice audit report --json` lists the draws"
        ) from None


def drawn_json(done: Drawn) -> dict[str, Any]:
    """A draw and what it was drawn from."""
    return {
        **_audit_json(done.audit),
        "drawn": done.drawn,
        "strata": [asdict(one) for one in done.strata],
    }


def listed_json(one: ListedDraw) -> dict[str, Any]:
    """A draw and how far it is judged."""
    return {**_audit_json(one.audit), **asdict(one.progress)}


def report_json(found: accuracy.AccuracyReport) -> dict[str, Any]:
    """The shares by attribute, by source and by list."""
    return {
        "promise": found.promise,
        "all": [{"attribute": one.attribute, **_without_of(one)} for one in found.all],
        "sources": [accuracy_json(one) for one in found.sources],
        "lists": [accuracy_json(one) for one in found.lists],
    }


def _without_of(one: Accuracy) -> dict[str, Any]:
    return {name: value for name, value in accuracy_json(one).items() if name != one.of}


def _audit_json(audit: fact_audits.AuditRow) -> dict[str, Any]:
    return {
        "id": audit.id,
        "attribute": audit.attribute,
        "source": audit.source or None,
        "list": audit.list or None,
        "sample": audit.wanted,
        "frame": audit.frame,
        "seed": audit.seed,
        "by": audit.by,
        "at": audit.at,
    }


def _row(one: Accuracy) -> dict[str, Any]:
    rate = one.rate
    judged = rate.checked + one.unclear
    return {
        "attribute": one.attribute,
        "of": f"{one.of} {one.name}".strip(),
        "checked": rate.checked,
        "wrong": one.wrong,
        "unclear": one.unclear,
        "open": one.drawn - judged,
        "right": "" if rate.value is None else f"{100 * rate.value:.1f} %",
        # Bounds of nothing say nothing, as with `sluice sources`.
        "low": f"{100 * rate.low:.1f} %" if rate.checked else "",
        "high": f"{100 * rate.high:.1f} %" if rate.checked else "",
        "promise": "" if one.promise is None else STATES[one.state],
    }
