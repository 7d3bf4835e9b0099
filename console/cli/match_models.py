"""`sluice dedupe models|weights|diff|use|drop`: the models that answers led to."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer

from actions import learning
from actions.learning import ClusterDiff, Diff, StoredModel, Used
from actions.session import open_session
from console.cli.match_fit import figure_lines, model_json, show_weights
from console.cli.options import AsJson, ClientName, DryRun, UserName
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.progress import waiting
from console.cli.tables import table
from console.cli.work import report_work
from leads.errors import UsageError

Wanted = Annotated[
    str, typer.Argument(help="A version, a model file, or shipped.", metavar="MODEL")
]
Examples = Annotated[
    int, typer.Option("--examples", help="Of each kind, at most.", min=0, max=1_000, metavar="N")
]
_OTHER = "of another version of Sluice: fit again with `sluice dedupe fit`"


def models(client: ClientName = "default", user: UserName = None, as_json: AsJson = False) -> None:
    """List the fitted models.

    The shipped weights stand until a model is put in force.

    Example: sluice dedupe models --client nordwind
    """
    with open_session(user) as session:
        found = learning.list_models(session, client)
    if as_json:
        emit_json([_stored_json(one) for one in found])
        return
    columns = {"version": "MODEL", "state": "STATE", "answers": "ANSWERS", "right": "RIGHT"}
    more = {"shipped": "SHIPPED", "by": "BY", "at": "AT"}
    table([_row(one) for one in found], columns | more, empty="no model: the shipped weights stand")


def weights(
    version: Annotated[
        int | None,
        typer.Argument(
            help="Default: in force, else the newest.", metavar="VERSION", show_default=False
        ),
    ] = None,
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Show a model's weights beside the shipped ones.

    Weights that the model leaves as they are shipped are not listed.

    Example: sluice dedupe weights 2
    """
    with open_session(user) as session:
        found = learning.show_model(session, client, version)
    if as_json:
        more = model_json(found.model) if found.model else {}
        emit_json(_stored_json(found) | more)
        return
    state = _state(found)
    emit(f"model {found.row.version}, {state}, by {plain(found.row.by)}, {found.row.at:%Y-%m-%d}")
    if found.model is None:
        note(_OTHER)
        return
    for line in figure_lines(found.model):
        emit(line)
    show_weights(list(learning.weights_of(found.model)))


def diff(
    wanted: Wanted,
    examples: Examples = 5,
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Show what a model would change.

    Compares the client's records with the model in force and with MODEL, and counts the companies
    that would be merged and split. Nothing is written.

    Example: sluice dedupe diff 2 --examples 20
    """
    with waiting("comparing records") as progress, open_session(user, progress) as session:
        found = learning.diff_model(session, client, wanted, examples)
    if as_json:
        emit_json(_diff_json(found))
    else:
        _show_diff(found)


def use(
    wanted: Wanted,
    yes: Annotated[bool, typer.Option("--yes", help="Use it without asking.")] = False,
    examples: Examples = 5,
    dry_run: DryRun = False,
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Compare a client's records with a model from now on.

    First it shows what would change, as `sluice dedupe diff` does; --yes, or y typed at a terminal,
    puts the model in force. Then all records are compared again. Ids of companies stay where
    possible, and people's answers stay. `sluice dedupe use` with the model before, or with
    shipped, undoes it. A model file becomes a new version of the client.

    Example: sluice dedupe use 2

    Example: sluice dedupe use shipped --yes
    """
    with waiting("comparing records") as progress, open_session(user, progress) as session:
        found = learning.diff_model(session, client, wanted, examples)
        progress.end()
        if not as_json:
            _show_diff(found)
        asks = not (yes or dry_run or as_json)
        is_told = not dry_run and (yes or (asks and _confirmed()))
        done = learning.use_model(session, client, wanted) if is_told else None
        progress.end()

    _tell(found, done, as_json=as_json)
    if done is not None:
        report_work(done.work)
    elif not dry_run and found.diff is not None:
        raise UsageError("nothing was changed: --yes is missing", "add --yes to use it")


def drop(
    version: Annotated[int, typer.Argument(help="Of the model.", metavar="VERSION")],
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Delete a model that is not in force.

    Your answers stay: the same answers fit the same model again.

    Example: sluice dedupe drop 1
    """
    with open_session(user) as session:
        learning.drop_model(session, client, version)
    if as_json:
        emit_json({"dropped": version})
    else:
        emit(f"model {version} is deleted")


def _confirmed() -> bool:
    if not sys.stdin.isatty():
        return False
    sys.stderr.write("use it? y or n: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in ("y", "yes")


def _tell(found: Diff, done: Used | None, *, as_json: bool) -> None:
    if as_json:
        used = {"version": done.version, "before": done.before} if done else None
        emit_json(_diff_json(found) | {"used": used})
    elif done:
        emit(f"{_said(done.version)} in force")
        back = "shipped" if done.before is None else str(done.before)
        if done.version != done.before:
            note(f"undo it with `sluice dedupe use {back}`")


def _said(version: int | None) -> str:
    return "the shipped weights are" if version is None else f"model {version} is"


def _show_diff(found: Diff) -> None:
    told = found.diff
    if told is None:
        emit(f"{_said(found.in_force)} in force already: nothing would change")
        return
    before, after = f"{told.before:,}", counted(told.after, "company", "companies")
    emit(f"{before} -> {after}: {told.merged:,} merged, {told.split:,} split off")
    for line in _example_lines(told, found.names):
        emit(line)
    if not found.is_better:
        note("the shipped weights did better on the answers that it was fitted to")


def _example_lines(told: ClusterDiff, names: dict[str, str]) -> Iterator[str]:
    for word, examples in (("merged", told.merges), ("split off", told.splits)):
        for one in examples:
            left, right = (plain(names[str(key)], 80) for key in (one.left, one.right))
            yield f"  {word}: {left} | {right}"
            yield f"    {one.odds_before:+.2f} -> {one.odds_after:+.2f}: {plain(one.why, 200)}"


def _diff_json(found: Diff) -> dict[str, Any]:
    told = found.diff
    changes = {} if told is None else _changes(told, found.names)
    return {"in_force": found.in_force, "model": found.wanted, "changes": changes or None}


def _changes(told: ClusterDiff, names: dict[str, str]) -> dict[str, Any]:
    def rows(kind: str) -> Sequence[dict[str, Any]]:
        return [
            asdict(one) | {"left_name": names[str(one.left)], "right_name": names[str(one.right)]}
            for one in getattr(told, kind)
        ]

    numbers = {name: getattr(told, name) for name in ("before", "after", "merged", "split")}
    return numbers | {"merges": rows("merges"), "splits": rows("splits")}


def _state(one: StoredModel) -> str:
    if one.row.is_in_force:
        return "in force" if one.model else "in force, not used"
    return "used before" if one.row.used_at else "never used"


def _row(one: StoredModel) -> dict[str, Any]:
    row = {"version": one.row.version, "state": _state(one), "by": one.row.by}
    row["at"] = f"{one.row.at:%Y-%m-%d %H:%M}"
    if one.model is None:
        return row | {"answers": _OTHER}
    told, figures = one.model.answers, one.model.figures
    return row | {
        "answers": told.same + told.different,
        "right": f"{figures.learned.right:.1%}",
        "shipped": f"{figures.shipped.right:.1%}",
    }


def _stored_json(one: StoredModel) -> dict[str, Any]:
    told = one.model.answers if one.model else None
    return {
        "version": one.row.version,
        "in_force": one.row.is_in_force,
        "readable": one.model is not None,
        "by": one.row.by,
        "at": one.row.at,
        "used_at": one.row.used_at,
        "answers": asdict(told) if told else None,
    }
