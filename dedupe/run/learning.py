"""Fit a model to a client's answers, compare it with the one in force, and put it in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from dedupe.learned import Learned
from dedupe.learning.answers import FEWEST, Answer, Contradiction, contradictions, count
from dedupe.learning.cluster_diff import ClusterDiff, Example, diff
from dedupe.learning.model import Fitted, fit_model
from dedupe.run.match_input import MatchInput, Progress, clustered, keys_by_said, read_input
from leads.changes import Change, RecordsChanged
from leads.store import Tx, company_records, events, judgements, match_models, reviews
from leads.store.company_records import RecordOnCompany
from leads.store.judgements import JudgementRow


@dataclass(frozen=True, slots=True)
class LearnInput:
    """A client's records, and what people said about them."""

    records: MatchInput
    answers: Sequence[Answer]
    #: Pairs that wait for an answer, as far as they are needed.
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class NamedExample:
    """Two records that would be one company, or would no longer be, as people find them."""

    left: str
    right: str
    example: Example


def read_to_learn(tx: Tx, client_id: UUID) -> LearnInput:
    """Read what fitting needs."""
    waiting = len(reviews.of_client(tx, client_id, FEWEST))
    return LearnInput(read_input(tx, client_id), answers_of(tx, client_id), waiting)


def answers_of(tx: Tx, client_id: UUID) -> tuple[Answer, ...]:
    """Read what people said about pairs of a client's match keys."""
    return tuple(_answer(row) for row in judgements.answers(tx, client_id))


def _answer(row: JudgementRow) -> Answer:
    at = f"{row.at:%Y-%m-%d %H:%M}"
    word = f"{row.by}\0{row.at.isoformat()}\0{row.decision}"
    return Answer(row.left_key, row.right_key, row.decision == "same", row.by, at, word)


def fit_client(found: LearnInput, ask: str, use: str, progress: Progress | None = None) -> Fitted:
    """Fit a model to a client's answers; UsageError when there are too few.

    `ask` is the command that asks for more of them, `use` the one that takes another list's model.
    """
    clusters = clustered(replace(found.records, learned=Learned()), progress)
    fitted = fit_model(clusters, list(_about_records(found)), _more(found, ask, use))
    return replace(fitted, contradictions=tuple(_named(found, fitted.contradictions)))


def _more(found: LearnInput, ask: str, use: str) -> str:
    """Say how a client with too few answers gets a model: a small one has too few pairs for it."""
    answered = sum(count(found.answers).values())
    if found.waiting and answered + found.waiting >= FEWEST:
        return f"answer more with `{ask}`"
    pairs = {0: "no pair waits", 1: "one pair waits"}
    waiting = pairs.get(found.waiting, f"only {found.waiting} pairs wait")
    return (
        f"{waiting} for an answer: fit a client with more of them, or a file, with `--out MODEL`,"
        f" then `{use}`; without a model the shipped weights count"
    )


def _about_records(found: LearnInput) -> Iterator[Answer]:
    """Yield the answers, about one live record for each key; equal records say the same."""
    by_key = keys_by_said(found.records.records)
    for one in found.answers:
        left, right = (by_key.get(str(key), [str(key)])[0] for key in (one.left, one.right))
        yield replace(one, left=left, right=right)


def _named(found: LearnInput, clashes: Sequence[Contradiction]) -> Iterator[Contradiction]:
    """Yield contradictions with the names of the records in place of their ids."""
    named = {str(one.id): _label(one) for one in found.records.records}

    def name(one: Answer) -> Answer:
        left, right = (named.get(str(key), str(key)) for key in (one.left, one.right))
        return replace(one, left=left, right=right)

    for clash in clashes:
        yield Contradiction(name(clash.different), tuple(name(one) for one in clash.same))


def clash_about(tx: Tx, client_id: UUID, pair: Sequence[RecordOnCompany]) -> Contradiction | None:
    """Find a contradiction that an answer about two records takes part in, with their names."""
    keys = {key for one in pair for key in (one.match_key, one.own_key)}
    for clash in contradictions(answers_of(tx, client_id)):
        if any(keys & {*map(str, one.pair)} for one in (clash.different, *clash.same)):
            records = company_records.live_records(tx, client_id)
            found = LearnInput(MatchInput(records, {}, ()), (clash.different, *clash.same))
            different, *same = _about_records(found)
            return next(_named(found, [Contradiction(different, tuple(same))]))
    return None


def diff_client(
    found: MatchInput, wanted: Learned, examples: int, progress: Progress | None = None
) -> tuple[ClusterDiff, dict[str, str]]:
    """Compare a client's companies by the model in force and by another one.

    Return the differences, and the name of each record in an example by its key.
    """
    before = clustered(found, progress)
    after = clustered(replace(found, learned=wanted), progress)
    told = diff(before, after, examples)
    keys = {str(key) for one in (*told.merges, *told.splits) for key in (one.left, one.right)}
    named = {str(one.id): _label(one) for one in found.records if str(one.id) in keys}
    return told, named


def use_model(tx: Tx, client_id: UUID, version: int | None, by: str) -> Sequence[Change]:
    """Put a model in force, or the shipped weights (None), and ask for a new comparison.

    No change if it is in force.
    """
    before = match_models.in_force(tx, client_id)
    if (before.version if before else None) == version:
        return []
    match_models.use(tx, client_id, version)
    what = f"{said(version)}, before {said(before.version if before else None)}"
    events.log_of_client(tx, client_id, "match model changed", by, what)
    return [RecordsChanged(client_id)]


def said(version: int | None) -> str:
    """Return how people call a model, or the shipped weights."""
    return "the shipped weights" if version is None else f"model {version}"


def _label(one: RecordOnCompany) -> str:
    return f"{one.name} (row {one.label})"
