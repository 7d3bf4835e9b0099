"""`sluice dedupe fit`: weights from people's answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from actions import file_learning, learning, model_files
from actions.learning import Contradiction, Model, Weight
from actions.session import open_session
from console.cli.file_pairs import Answers, IdColumn, Kind, file_to_learn, note_strange
from console.cli.list_options import ListCountry
from console.cli.options import (
    AsJson,
    ClientName,
    ColumnMap,
    DryRun,
    Encoding,
    Sheet,
    UserName,
)
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.progress import waiting
from console.cli.tables import table
from leads.errors import NotAllowedError, PartlyDoneError, UsageError

#: Weights that people see.
_SHOWN = 12
_ASK = "sluice dedupe review --ask"


def fit(
    out: Annotated[
        str | None, typer.Option("--out", help="Also write the model to a file.", metavar="MODEL")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace MODEL when it exists.")] = False,
    file: Annotated[
        str | None,
        typer.Option("--file", help="Learn from a file's rows, without a store.", metavar="FILE"),
    ] = None,
    answers: Answers = None,
    id_column: IdColumn = None,
    company_is: Kind = "legal_entity",
    mapping: ColumnMap = None,
    encoding: Encoding = None,
    sheet: Sheet = None,
    country: ListCountry = None,
    dry_run: DryRun = False,
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Fit the matcher's weights to your answers.

    Needs 50 answers, of these 5 same and 5 different. What is added to the shipped weights is drawn
    towards nothing, so that few answers move little, and a weight keeps its sign. The figures are
    of answers that the weights were not fitted to: each fifth is tried with weights from the other
    four.

    The model is stored with a version and is not put in force: `sluice dedupe use` shows what it
    would change first. With --file the model goes to MODEL, for `sluice cluster FILE --model MODEL`.

    Exit code 5: some answers contradict each other. Both sides are shown, and neither was used.

    Example: sluice dedupe fit --client nordwind

    Example: sluice dedupe fit --file fair.csv --answers said.jsonl --out fair.model.json
    """
    if out is not None and not dry_run:
        _check_out(out, [file, answers], force=force)
    version = None
    with waiting("comparing rows") as progress:
        if file is not None:
            if out is None and not dry_run:
                raise UsageError("--file needs --out", "name the file that keeps the model")
            wanted = file_to_learn(
                file, answers, id_column, company_is, mapping, encoding, sheet, country
            )
            ask = f"sluice dedupe review --file {file} --answers {answers} --ask"
            of_file = file_learning.fit_file(wanted, ask, progress)
            fitted, content, strange = of_file.fitted, of_file.content, of_file.strange
        else:
            if answers is not None:
                raise UsageError("--answers needs --file", "a client's answers are stored")
            ask = _ASK if client == "default" else f"{_ASK} --client {client}"
            with open_session(user, progress) as session:
                of_client = learning.fit_client(session, client, ask, dry_run=dry_run)
            fitted, content, strange = of_client.fitted, of_client.content, 0
            version = of_client.version

    if out is not None and not dry_run:
        model_files.write_model_file(out, content)
    model = fitted.model
    if as_json:
        clashes = [_clash_json(one) for one in fitted.contradictions]
        emit_json({"version": version, **model_json(model), "contradictions": clashes})
    else:
        for line in _counted_lines(model):
            emit(line)
        show_weights(list(learning.weights_of(model))[:_SHOWN])
        _note_stored(model, version, out if not dry_run else None, client)
    note_strange(strange)
    _raise_contradictions(fitted.contradictions)


def _check_out(out: str, inputs: Sequence[str | None], *, force: bool) -> None:
    place = Path(out)
    if place.is_dir():
        raise UsageError(f"{out} is a folder", "name a file in it")
    if place.exists() and any(one and Path(one).exists() and place.samefile(one) for one in inputs):
        raise NotAllowedError(f"{out} is an input file and would be replaced", "name another file")
    if place.exists() and not force:
        raise NotAllowedError(f"{out} exists already", "name another file, or add --force")


def model_json(model: Model) -> dict[str, Any]:
    """Convert a model: its answers, its figures, and the weights that it changes."""
    return {
        "company_is": model.company_is.value,
        "answers": asdict(model.answers),
        "figures": asdict(model.figures) | {"is_better": model.figures.is_better},
        "weights": [asdict(one) for one in learning.weights_of(model)],
    }


def show_weights(weights: Sequence[Weight]) -> None:
    """Show weights as shipped and as learned."""
    rows = [
        {"name": one.name, "shipped": f"{one.shipped:+.2f}", "learned": f"{one.learned:+.2f}"}
        for one in weights
    ]
    columns = {"name": "WEIGHT", "shipped": "SHIPPED", "learned": "LEARNED"}
    table(rows, columns, empty="no weight changes")


def figure_lines(model: Model) -> list[str]:
    """Return how the shipped and the learned weights do on answers, as lines."""
    of_trial = (("shipped", model.figures.shipped), ("learned", model.figures.learned))
    return [
        f"{name}: {one.right:.1%} of the answers right, precision {one.precision:.3f},"
        f" recall {one.recall:.3f}, loss {one.loss:.3f}"
        for name, one in of_trial
    ]


def _counted_lines(model: Model) -> list[str]:
    told = model.answers
    of = f"{counted(told.same + told.different, 'answer')}: {told.same:,} same,"
    left = (
        f"; left out: {told.contradictory:,} that contradict, {told.unusable:,} that teach nothing"
    )
    more = left if told.contradictory or told.unusable else ""
    return [f"{of} {told.different:,} different{more}", *figure_lines(model)]


def _note_stored(model: Model, version: int | None, out: str | None, client: str) -> None:
    if not model.figures.is_better:
        note("the shipped weights did better on these answers: more answers may help")
    option = "" if client == "default" else f" --client {client}"
    if version is not None:
        emit(f"stored as model {version}")
        note(f"it is not in force: see `sluice dedupe diff {version}{option}`")
    if out is not None:
        emit(f"written to {plain(out)}")


def _clash_json(one: Contradiction) -> dict[str, Any]:
    keys = ("left", "right", "by", "at")
    return {
        "different": {key: getattr(one.different, key) for key in keys},
        "same": [{key: getattr(said, key) for key in keys} for said in one.same],
    }


def _raise_contradictions(found: Sequence[Contradiction]) -> None:
    for one in found:
        note(f"different: {_said(one.different)}")
        for said in one.same:
            note(f"  but same: {_said(said)}")
    if found:
        raise PartlyDoneError(
            f"{counted(len(found), 'contradiction')} in the answers: neither side was used",
            "withdraw the wrong answer, and fit again",
        )


def _said(one: Any) -> str:
    who = f" ({', '.join(part for part in (one.by, one.at) if part)})" if one.by or one.at else ""
    return f"{plain(one.left)} and {plain(one.right)}{plain(who)}"
