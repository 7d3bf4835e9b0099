"""Decide stored verdicts again, from the facts they rest on and the profile version they name, and
compare.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from leads.facts import Fact
from leads.store import Tx, profiles, verdicts
from leads.store.facts import facts
from leads.store.profiles import StoredIcp
from leads.verdicts import VerdictRow
from qualify.decide.decision import Decision
from qualify.decide.evaluate import evaluate
from qualify.decide.written import answers_json
from qualify.run.grouping import as_counted
from qualify.run.profiles import profile_of
from qualify.run.verdict_row import COUNTED_ELSEWHERE, versions

#: Verdicts looked at together.
BATCH = 500


@dataclass(frozen=True, slots=True)
class Comparable:
    """What must come out the same; reasons may name facts that did not count, so they are not
    compared.
    """

    verdict: str
    fit_stage: str
    score_worst: int
    score_best: int
    asks: bool
    #: Of each criterion its id, section, answer, and whether a person is to ask.
    answers: tuple[tuple[str, str, str, bool], ...]

    def differing(self, other: Comparable) -> list[str]:
        """The names of the fields that are not the same."""
        return [
            name for name in Comparable.__slots__ if getattr(self, name) != getattr(other, name)
        ]


@dataclass(frozen=True, slots=True)
class Different:
    """A verdict that is decided otherwise now."""

    verdict: UUID
    company: UUID
    changed: list[str]
    #: How many of its facts are gone.
    facts_missing: int


@dataclass(slots=True)
class Replayed:
    """How many verdicts were decided again, and which of them came out different."""

    verdicts: int = 0
    same: int = 0
    #: Stored by another version of the evaluator or the fold, and different now.
    by_other_versions: int = 0
    different: list[Different] = field(default_factory=list)


def replay(tx: Tx, campaign_id: UUID, *, every: bool = False) -> Replayed:
    """Decide the verdicts in force again, or with `every` the superseded ones too; nothing is
    written.
    """
    found = Replayed()
    known: dict[UUID, StoredIcp] = {}
    for rows in _batches(verdicts.all_of(tx, campaign_id, every=every)):
        held = facts.by_ids(tx, [UUID(one) for row in rows for one in row.fact_ids])
        for row in rows:
            if row.icp_version_id not in known:
                known[row.icp_version_id] = profiles.version_of(tx, row.icp_version_id)
            _compare(found, row, known[row.icp_version_id], held)
    return found


def replayed_json(found: Replayed) -> dict[str, Any]:
    """What was found, as plain JSON values."""
    return {
        "verdicts": found.verdicts,
        "same": found.same,
        "by_other_versions": found.by_other_versions,
        "different": [
            {
                "verdict": str(one.verdict),
                "company": str(one.company),
                "changed": one.changed,
                "facts_missing": one.facts_missing,
            }
            for one in found.different
        ],
    }


def _compare(
    found: Replayed, row: VerdictRow, stored: StoredIcp, held: Mapping[UUID, Fact]
) -> None:
    rolled_up = row.rolled_up or {}
    kept = [held[UUID(one)] for one in row.fact_ids if UUID(one) in held]
    if "with" in rolled_up:
        now = COUNTED_ELSEWHERE
    else:
        adjusted = rolled_up.get("facts", {})
        counted = [as_counted(fact, adjusted) for fact in kept]
        now = evaluate(profile_of(stored), counted, row.today)
    changed = _now(now).differing(_then(row))
    found.verdicts += 1
    if not changed:
        found.same += 1
    elif row.versions != versions():
        found.by_other_versions += 1
    else:
        missing = len(row.fact_ids) - len(kept)
        found.different.append(Different(row.id, row.company_id, changed, missing))


def _now(decision: Decision) -> Comparable:
    return Comparable(
        verdict=decision.verdict.value,
        fit_stage=decision.stage.value,
        score_worst=decision.score.worst,
        score_best=decision.score.best,
        asks=decision.asks,
        answers=_answers(answers_json(decision)),
    )


def _then(row: VerdictRow) -> Comparable:
    return Comparable(
        verdict=row.verdict,
        fit_stage=row.fit_stage,
        score_worst=row.score_worst,
        score_best=row.score_best,
        asks=row.asks,
        answers=_answers(row.answers),
    )


def _answers(stored: list[dict[str, Any]]) -> tuple[tuple[str, str, str, bool], ...]:
    return tuple((one["criterion"], one["section"], one["answer"], one["asks"]) for one in stored)


def _batches(rows: Iterator[VerdictRow]) -> Iterator[list[VerdictRow]]:
    some: list[VerdictRow] = []
    for row in rows:
        some.append(row)
        if len(some) == BATCH:
            yield some
            some = []
    if some:
        yield some
