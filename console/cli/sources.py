"""`sluice sources`: how far each source agrees with better knowledge."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from actions import sources
from actions.session import open_session
from actions.sources import SourceRate
from console.cli.options import AsJson, ClientName, UserName
from console.cli.output import emit_json
from console.cli.tables import table


def show(
    attribute: Annotated[
        str | None, typer.Option("--attribute", help="This attribute only.", metavar="NAME")
    ] = None,
    source: Annotated[
        str | None,
        typer.Option("--source", help="A source, such as site or list:fair.", metavar="SOURCE"),
    ] = None,
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Show how far each source agrees with better knowledge.

    Better knowledge is what came later: judgements of an audit, dispositions such as wrong number,
    what people told, and registers. A fact counts once, for the first of these that covers it.
    The bounds are exact, with 95 % certainty. FILLED is how many of its records or sites a source
    states the attribute for.

    Example: sluice sources --attribute phone
    """
    with open_session(user) as session:
        found = sources.source_report(session, client, attribute, source)

    if as_json:
        emit_json([source_json(one) for one in found.rates])
        return
    columns = {
        "attribute": "ATTRIBUTE",
        "source": "SOURCE",
        "facts": "FACTS",
        "filled": "FILLED",
        "checked": "CHECKED",
        "agreed": "AGREED",
        "disagreed": "DISAGREED",
        "low": "LOW",
        "high": "HIGH",
    }
    table([_row(one) for one in found.rates], columns, empty="no source states anything yet")


def source_json(one: SourceRate) -> dict[str, Any]:
    """What a source states about an attribute, and how far that agrees."""
    rate = one.rate
    return {
        "source": one.source,
        "attribute": one.attribute,
        "facts": one.facts,
        "subjects": one.subjects,
        "of_subjects": one.of_subjects,
        "hit_rate": one.hit_rate,
        "checked": rate.checked,
        "agreed": rate.right,
        "disagreed": rate.wrong,
        "rate": rate.value,
        "low": rate.low,
        "high": rate.high,
        "agreed_by": {kind.value: count for kind, count in one.agreed.items()},
        "disagreed_by": {kind.value: count for kind, count in one.disagreed.items()},
    }


def _row(one: SourceRate) -> dict[str, Any]:
    rate = one.rate
    has_any = rate.checked > 0
    return {
        "attribute": one.attribute,
        "source": one.source,
        "facts": one.facts,
        "filled": "" if one.hit_rate is None else f"{100 * one.hit_rate:.0f} %",
        "checked": rate.checked,
        "agreed": rate.right,
        "disagreed": rate.wrong,
        "low": f"{100 * rate.low:.0f} %" if has_any else "",
        "high": f"{100 * rate.high:.0f} %" if has_any else "",
    }
