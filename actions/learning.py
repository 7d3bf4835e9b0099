"""Fit the matcher's weights to a client's answers, and put a model in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from actions.actor import Right
from actions.follow_up import WorkedOff, work_off
from actions.model_files import read_model_file
from actions.session import Session, Transaction
from dedupe.learned import SHIPPED, Learned
from dedupe.learning.answers import Contradiction
from dedupe.learning.cluster_diff import ClusterDiff
from dedupe.learning.model import Fitted, Model, Weight, named, weights_of
from dedupe.learning.model_file import read_model, write_model
from dedupe.run import learning
from dedupe.run.match_input import read_input
from dedupe.run.models import called, model_of
from leads.company_kind import CompanyIs
from leads.errors import NotAllowedError, NotFoundError, UsageError
from leads.store import events, match_models
from leads.store.match_models import MatchModelRow

__all__ = [
    "ClusterDiff",
    "Contradiction",
    "Diff",
    "Fitted",
    "FittedModel",
    "Model",
    "StoredModel",
    "Used",
    "Weight",
    "diff_model",
    "drop_model",
    "fit_client",
    "list_models",
    "show_model",
    "use_model",
    "weights_of",
]

#: What people call the weights without a model.
SHIPPED_WEIGHTS = "shipped"
#: No version has more; Python does not read numbers of thousands of digits.
_DIGITS = 40


@dataclass(frozen=True, slots=True)
class FittedModel:
    """A model fitted to a client's answers."""

    fitted: Fitted
    #: A dry run stores no version.
    version: int | None
    #: The text of its file.
    content: str


@dataclass(frozen=True, slots=True)
class StoredModel:
    """A stored model."""

    row: MatchModelRow
    #: Its weights. Those of another version of the matcher cannot be used.
    model: Model | None


@dataclass(frozen=True, slots=True)
class Diff:
    """What a model would change, beside what is in force."""

    #: None: the shipped weights.
    in_force: int | None
    wanted: str
    #: None when it is in force already.
    diff: ClusterDiff | None
    #: The records of the examples by key, as people find them.
    names: dict[str, str]
    #: Whether the model did better than the shipped weights on answers it was not fitted to.
    is_better: bool


@dataclass(frozen=True, slots=True)
class Used:
    """What is in force now, and what was before; None: the shipped weights."""

    version: int | None
    before: int | None
    work: WorkedOff


def fit_client(
    session: Session, client: str, ask: str, use: str, *, dry_run: bool = False
) -> FittedModel:
    """Fit a model to a client's answers and store it; it is not put in force.

    UsageError when there are too few answers; `ask` is the command that asks for more, and `use` the
    one that takes another list's model.
    """
    with session.read(Right.MANAGE) as work:
        client_id = work.client(client)
        found = learning.read_to_learn(work.tx, client_id)

    # Comparing takes seconds with many records, which no transaction waits for.
    fitted = learning.fit_client(found, ask, use, session.progress)
    content = write_model(fitted.model)
    if dry_run:
        return FittedModel(fitted, None, content)
    with session.write(Right.MANAGE) as work:
        version = _add(work, client_id, content)
    return FittedModel(fitted, version, content)


def list_models(session: Session, client: str) -> Sequence[StoredModel]:
    """List the models of a client, the newest first."""
    with session.read() as work:
        rows = match_models.of_client(work.tx, work.client(client))
    return [StoredModel(row, model_of(row)) for row in rows]


def show_model(session: Session, client: str, version: int | None) -> StoredModel:
    """Return a model: the one named, else the one in force, else the newest."""
    with session.read() as work:
        client_id = work.client(client)
        rows = match_models.of_client(work.tx, client_id)
    if version is not None:
        chosen = [row for row in rows if row.version == version]
    else:
        chosen = [row for row in rows if row.is_in_force] or rows
    if not chosen:
        raise _no_model(version)
    return StoredModel(chosen[0], model_of(chosen[0]))


def diff_model(session: Session, client: str, wanted: str, examples: int) -> Diff:
    """Compare a client's companies by the model in force and by another; nothing is written.

    `wanted` is a version, the path of a model file, or `shipped`.
    """
    with session.read(Right.MANAGE) as work:
        client_id = work.client(client)
        found = read_input(work.tx, client_id)
        before = match_models.in_force(work.tx, client_id)
        learned, is_better, version = _wanted(work, client_id, wanted)
    number = before.version if before else None
    if version == number and not _is_file(wanted):
        return Diff(number, wanted, None, {}, is_better)
    told, names = learning.diff_client(found, learned, examples, session.progress)
    return Diff(number, wanted, told, names, is_better)


def use_model(session: Session, client: str, wanted: str) -> Used:
    """Put a model in force and compare all records again.

    A model file is stored as a new version first.
    """
    with session.write(Right.MANAGE) as work:
        client_id = work.client(client)
        before = match_models.in_force(work.tx, client_id)
        if _is_file(wanted):
            model = _of_legal_entities(read_model_file(wanted), wanted)
            version: int | None = _add(work, client_id, write_model(model))
        else:
            version = _wanted(work, client_id, wanted)[2]
        by = work.actor.name
        work.follow(learning.use_model(work.tx, client_id, version, by))
    return Used(version, before.version if before else None, work_off(session))


def drop_model(session: Session, client: str, version: int) -> None:
    """Delete a model; NotAllowedError when it is in force."""
    with session.write(Right.MANAGE) as work:
        client_id = work.client(client)
        row = _row(work, client_id, version)
        if row.is_in_force:
            raise NotAllowedError(
                f"model {version} is in force", "`sluice dedupe use shipped` first"
            )
        match_models.drop(work.tx, client_id, version)
        _log(work, client_id, "match model dropped", version)


def _wanted(work: Transaction, client_id: UUID, wanted: str) -> tuple[Learned, bool, int | None]:
    """Return what a model adds, whether it did better than the shipped weights, and its version."""
    if wanted == SHIPPED_WEIGHTS:
        return SHIPPED, True, None
    if _is_file(wanted):
        model = _of_legal_entities(read_model_file(wanted), wanted)
        return named(model, wanted), model.figures.is_better, None
    row = _row(work, client_id, _version(wanted))
    model = read_model(row.content, called(row.version))
    return named(model, called(row.version)), model.figures.is_better, row.version


def _of_legal_entities(model: Model, name: str) -> Model:
    """Refuse a model of another kind of company: the store holds legal entities."""
    if model.company_is != CompanyIs.LEGAL_ENTITY:
        raise UsageError(
            f"{name} was fitted with --company-is {model.company_is}; a client's companies are legal"
            " entities",
            "use it with `sluice cluster FILE --model`",
        )
    return model


def _is_file(wanted: str) -> bool:
    return not wanted.isdecimal() and wanted != SHIPPED_WEIGHTS


def _version(text: str) -> int:
    if len(text) > _DIGITS:
        raise _no_model(f"{text[:_DIGITS]}…")
    return int(text)


def _row(work: Transaction, client_id: UUID, version: int) -> MatchModelRow:
    rows = match_models.of_client(work.tx, client_id)
    row = next((one for one in rows if one.version == version), None)
    if row is None:
        raise _no_model(version)
    return row


def _no_model(version: int | str | None) -> NotFoundError:
    if version is None:
        return NotFoundError(
            "there is no model: the shipped weights stand", "fit one with `sluice dedupe fit`"
        )
    return NotFoundError(f"there is no model {version}", "see `sluice dedupe models`")


def _add(work: Transaction, client_id: UUID, content: str) -> int:
    version = match_models.add(work.tx, client_id, content, work.actor.name)
    _log(work, client_id, "match model stored", version)
    return version


def _log(work: Transaction, client_id: UUID, verb: str, version: int) -> None:
    events.log_of_client(work.tx, client_id, verb, work.actor.name, f"model {version}")
