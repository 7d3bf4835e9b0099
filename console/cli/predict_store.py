"""`sluice predict train|check|use|explain`: predictions of a campaign."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from actions import predictions
from actions.predictions import Explained, Used
from actions.session import open_session
from actions.where import Where
from console.cli.backtest_words import GoalName
from console.cli.options import AsJson, CampaignName, ClientName, DryRun, UserName
from console.cli.output import emit, emit_json, note, plain
from console.cli.predict import prediction_json, show_prediction
from console.cli.progress import waiting
from console.cli.tables import table
from console.cli.work import report_work
from leads.errors import UsageError

Version = Annotated[
    int | None, typer.Option("--version", help="Of the prediction.", metavar="NUMBER", min=1)
]
#: Terms that people see.
_SHOWN = 12


def train(
    goal: GoalName = "lead",
    client: ClientName = "default",
    campaign: CampaignName = None,
    dry_run: DryRun = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Learn from a campaign's outcomes.

    Learns from what was known of each closed company before its first contact: facts, lists and
    signals. It is tried on the last 30 % in time, and refused as in `sluice predict FILE`. A model
    that may be used is stored with a version, and is not put in force.

    Example: sluice predict train --campaign spring --dry-run
    """
    wanted = predictions.goal_named(goal)
    with waiting("learning") as progress, open_session(user, progress) as session:
        found = predictions.train(session, Where(client, campaign), wanted, dry_run=dry_run)
    if as_json:
        emit_json({"version": found.version, "goal": goal, **prediction_json(found.prediction)})
        return
    show_prediction(found.prediction)
    if found.version is not None:
        emit(f"stored as version {found.version}")
        note("it is not in force: `sluice predict use` orders the queue by it")


def check(
    version: Version = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Try a prediction on outcomes since it was learned.

    Takes the version in force, else the newest. Says `keep`, `train again` or `too few to say`;
    the limits are those of `sluice predict train`. Names the columns that are no longer produced, or
    are others for the prospects that wait than for the companies that it learned from.

    Example: sluice predict check --campaign spring
    """
    with waiting("trying the model") as progress, open_session(user, progress) as session:
        found = predictions.check(session, Where(client, campaign), version)
    model, trial = found.model, found.trial
    if as_json:
        row = {"version": model.version, "in_force": model.is_in_force, "learned_at": model.at}
        emit_json(row | asdict(trial) | {"shifts": [asdict(one) for one in found.shifts]})
        return
    state = "in force" if model.is_in_force else "not in force"
    emit(f"version {model.version}, {state}, learned {plain(model.at)} by {plain(model.by)}")
    emit(f"{trial.advice}: {plain('; '.join(trial.why))}")
    if trial.auc is not None:
        emit(
            f"AUC {trial.auc:.2f} (at least {trial.auc_low:.2f}), calibration error"
            f" {trial.ece:.4f}, the top tenth converts {trial.lift10:.1f} times as often as all"
        )
    for one in found.shifts:
        note(f"changed: {plain(one.said)}")
    if found.shifts:
        note("import what is missing, or learn again with `sluice predict train`")


def use(
    version: Version = None,
    off: Annotated[bool, typer.Option("--off", help="Order by the score again.")] = False,
    client: ClientName = "default",
    campaign: CampaignName = None,
    dry_run: DryRun = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Order the queue by a prediction.

    It orders within the cells of the grid alone: a cell is never left for it. One company in 20 is
    placed by lot, so that all kinds of companies are tried. Without --version the newest is taken.

    Example: sluice predict use --campaign spring

    Example: sluice predict use --off
    """
    if off and version is not None:
        raise UsageError("--off and --version exclude each other", "name one of them")
    where = Where(client, campaign)
    with waiting("ordering the queue") as progress, open_session(user, progress) as session:
        if off:
            found = predictions.stop(session, where, dry_run=dry_run)
        else:
            found = predictions.use(session, where, version, dry_run=dry_run)
    if as_json:
        emit_json({"version": found.version, "changed": found.changed})
    else:
        emit(_used(found, dry_run=dry_run))
    if found.work is not None:
        report_work(found.work)


def _used(found: Used, *, dry_run: bool) -> str:
    if found.version is None:
        return "the queue is ordered by the score of the profile"
    how = "would be" if dry_run else "is" if found.changed else "was already"
    return f"version {found.version} {how} in force"


def explain(
    company: Annotated[
        str, typer.Argument(help="A company, by name, domain or id.", metavar="COMPANY")
    ],
    version: Version = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Explain the chance of a company.

    Lists what moves it beside the average company: each term multiplies the odds. Takes the version
    in force, else the newest.

    Example: sluice predict explain acme.example
    """
    with open_session(user) as session:
        found = predictions.explain(session, Where(client, campaign), company, version)
    if as_json:
        emit_json(_explained_json(found))
    else:
        _show_explained(found)


def _explained_json(found: Explained) -> dict[str, Any]:
    return {
        "company_id": found.company_id,
        "company": found.company,
        "version": found.model.version,
        "in_force": found.model.is_in_force,
        "chance": round(found.row.chance, 4),
        "average": round(found.usual, 4),
        "place": found.row.place,
        "explores": found.row.explores,
        "terms": [
            {"column": one.column, "value": one.value, "log_odds": round(one.by, 4)}
            for one in found.terms
        ],
    }


def _show_explained(found: Explained) -> None:
    emit(f"{plain(found.company)}: {_chance(found.row.chance)}, average {_chance(found.usual)}")
    if found.row.explores:
        emit("  placed by lot: one company in 20 is, whatever its chance")
    rows = [
        {"column": one.column, "value": one.value or "not known", "by": _times(one.by)}
        for one in found.terms
        if _times(one.by) != _times(0)
    ]
    table(
        rows[:_SHOWN], {"column": "WHAT", "value": "VALUE", "by": "ODDS"}, empty="nothing moves it"
    )
    if len(rows) > _SHOWN:
        note(f"{len(rows) - _SHOWN} weaker ones with --json")


def _chance(part: float) -> str:
    return f"{part:.1%}".replace("%", " %")


def _times(log_odds: float) -> str:
    return f"x {2.718281828459045**log_odds:.2f}"
