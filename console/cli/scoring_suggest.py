"""`sluice scoring suggest`: points by outcomes."""

from __future__ import annotations

import shlex
from typing import Annotated, Any

import typer

from actions import suggestions
from actions.session import open_session
from actions.suggestions import Moves, RulePoints, Suggested
from actions.where import Where
from console.cli.backtest_words import GoalName
from console.cli.file_remarks import remark_line
from console.cli.options import AsJson, CampaignName, ClientName, UserName
from console.cli.output import emit, emit_json, note, plain
from console.cli.progress import waiting
from console.cli.tables import table


def suggest(
    goal: GoalName = "lead",
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", help="Write the next version here.", metavar="FILE"),
    ] = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Suggest the points that outcomes would give.

    Learns from the signals before each outcome what a signal of each rule is worth, and shows the
    points beside those in force, with the cells of the grid that companies would move between now.
    Nothing is put in force; --output writes the next version of the file. It is refused under 200
    closed, 30 won or 30 lost companies.

    Example: sluice scoring suggest --campaign spring --output scoring-v2.yaml
    """
    wanted = suggestions.goal_named(goal)
    with waiting("learning points") as progress, open_session(user, progress) as session:
        found = suggestions.suggest_points(session, Where(client, campaign), wanted, output)
    if as_json:
        emit_json(_json(found))
    else:
        _show(found)
    for remark in found.remarks:
        note(remark_line(found.file or "", remark))
    if found.file and not as_json:
        quoted = shlex.quote(found.file)
        note(f"next: `sluice scoring check {quoted}`, then `sluice scoring use {quoted} --dry-run`")


def _json(found: Suggested) -> dict[str, Any]:
    one = found.suggestion
    return {
        "scoring": found.scoring.name,
        "version": found.scoring.version,
        "verdict": one.verdict,
        "why": one.why,
        "auc": round(one.reach.auc, 4) if one.reach else None,
        "auc_suggested": round(one.suggested_reach.auc, 4) if one.suggested_reach else None,
        "rules": [_rule(rule) for rule in one.rules],
        "moves": _moves(found.moves) if found.moves else None,
        "file": found.file,
    }


def _rule(one: RulePoints) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "signal": one.signal,
        "points": float(one.points),
        "suggested": float(one.suggested),
        "low": one.low,
        "high": one.high,
        "n": one.n,
        "kept": one.kept,
    }


def _moves(one: Moves) -> dict[str, Any]:
    cells = [{"from": was, "to": then, "companies": count} for was, then, count in one.moved]
    temperatures = {
        name: {"now": was, "then": then} for name, (was, then) in one.temperatures.items()
    }
    return {"companies": one.companies, "temperatures": temperatures, "cells": cells}


def _show(found: Suggested) -> None:
    one = found.suggestion
    emit(f"{one.verdict}: {plain(one.why)}")
    rows = [
        _rule(rule)
        | {
            "points": f"{rule.points:f}",
            "suggested": f"{rule.suggested:f}",
            "interval": "" if rule.low is None else f"{rule.low:g} to {rule.high:g}",
        }
        for rule in one.rules
    ]
    columns = {
        "rule": "RULE",
        "points": "POINTS",
        "suggested": "SUGGESTED",
        "interval": "95 %",
        "n": "COMPANIES",
        "kept": "KEPT, AS",
    }
    if rows:
        table(rows, columns, empty="")
    if found.moves:
        _show_moves(found.moves)
    if found.file:
        emit(f"wrote {plain(found.file)}, version {found.scoring.version + 1}")


def _show_moves(found: Moves) -> None:
    each = [f"{name} {was:,} to {then:,}" for name, (was, then) in found.temperatures.items()]
    emit(f"of {found.companies:,} companies with signals now: {', '.join(each)}")
    for was, then, count in found.moved:
        emit(f"  {was} to {then}: {count:,}")
