"""`sluice dedupe fit`: weights from people's answers."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from actions import file_learning, learning, model_files
from actions.file_learning import FileToLearn
from actions.learning import Contradiction, Fitted, Model, Weight
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
_USE = "sluice dedupe use MODEL"


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
    would change first. A client with too few pairs takes the model of another list, by
    `sluice dedupe use MODEL`. With --file the model goes to MODEL, for
    `sluice cluster FILE --model MODEL`.

    Exit code 5: some answers contradict each other. Both sides are shown, and the model is fitted
    to the other answers.

    Example: sluice dedupe fit --client nordwind

    Example: sluice dedupe fit --file fair.csv --answers said.jsonl --out fair.model.json
    """
    if file is None and answers is not None:
        raise UsageError("--answers needs --file", "a client's answers are stored")
    if out is not None:
        _check_out(out, [file, answers], force=force)
    place = None if dry_run else out
    if file is None:
        done = _of_client(client, user, dry_run=dry_run)
    elif out is None and not dry_run:
        raise UsageError("--file needs --out", "name the file that keeps the model")
    else:
        done = _of_file(
            file_to_learn(file, answers, id_column, company_is, mapping, encoding, sheet, country)
        )
    if place is not None:
        model_files.write_model_file(place, done.content)
    if as_json:
        emit_json(_fit_json(done))
    else:
        _show(done, place, client)
    note_strange(done.strange)
    undo = f"withdraw the wrong answer with `sluice dedupe undo A B{_option(client)}`"
    mend = f"correct the wrong line of {answers}" if file else undo
    again = "fit again with --force" if place else "fit again"
    _raise_contradictions(done.fitted.contradictions, f"{mend}, and {again}")


@dataclass(frozen=True, slots=True)
class _Done:
    """A model that was fitted, and where it came from."""

    fitted: Fitted
    content: str
    #: None: it is not stored.
    version: int | None = None
    #: Answers about other rows than those of the file.
    strange: int = 0


def _of_client(client: str, user: str | None, *, dry_run: bool) -> _Done:
    ask, use = (f"{one}{_option(client)}" for one in (_ASK, _USE))
    with waiting("comparing records") as progress, open_session(user, progress) as session:
        found = learning.fit_client(session, client, ask, use, dry_run=dry_run)
    return _Done(found.fitted, found.content, found.version)


def _of_file(wanted: FileToLearn) -> _Done:
    options = {
        "file": wanted.file.path,
        "answers": wanted.answers,
        "id": wanted.id_column or "",
    }
    named = " ".join(f"--{name} {shlex.quote(value)}" for name, value in options.items() if value)
    with waiting("comparing rows") as progress:
        found = file_learning.fit_file(wanted, f"sluice dedupe review {named} --ask", progress)
    return _Done(found.fitted, found.content, strange=found.strange)


def _option(client: str) -> str:
    return "" if client == "default" else f" --client {shlex.quote(client)}"


def _fit_json(done: _Done) -> dict[str, Any]:
    clashes = [_clash_json(one) for one in done.fitted.contradictions]
    return {"version": done.version, **model_json(done.fitted.model), "contradictions": clashes}


def _show(done: _Done, out: str | None, client: str) -> None:
    model = done.fitted.model
    for line in _counted_lines(model):
        emit(line)
    show_weights(list(learning.weights_of(model))[:_SHOWN])
    if model.figures.is_guess:
        note("a coin would do as well as this model: check the answers, and leave it out of force")
    elif not model.figures.is_better:
        note("the shipped weights did better on these answers: more answers may help")
    if done.version is not None:
        emit(f"stored as model {done.version}")
        note(f"it is not in force: see `sluice dedupe diff {done.version}{_option(client)}`")
    if out is not None:
        emit(f"written to {plain(out)}")


def _check_out(out: str, inputs: Sequence[str | None], *, force: bool) -> None:
    if out == "-":
        raise UsageError("--out cannot be stdout", "name a file, such as fair.model.json")
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
        "figures": asdict(model.figures) | _judged(model),
        "weights": [asdict(one) for one in learning.weights_of(model)],
    }


def _judged(model: Model) -> dict[str, bool]:
    return {"is_better": model.figures.is_better, "is_guess": model.figures.is_guess}


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


def _clash_json(one: Contradiction) -> dict[str, Any]:
    keys = ("left", "right", "by", "at")
    return {
        "different": {key: getattr(one.different, key) for key in keys},
        "same": [{key: getattr(said, key) for key in keys} for said in one.same],
    }


def _raise_contradictions(found: Sequence[Contradiction], hint: str) -> None:
    for one in found:
        note(f"different: {_said(one.different)}")
        for said in one.same:
            note(f"  but same: {_said(said)}")
    if found:
        raise PartlyDoneError(
            f"{counted(len(found), 'contradiction')} in the answers: the model is fitted to the"
            " others",
            hint,
        )


def _said(one: Any) -> str:
    who = f" ({', '.join(part for part in (one.by, one.at) if part)})" if one.by or one.at else ""
    return f"{plain(one.left)} and {plain(one.right)}{plain(who)}"
