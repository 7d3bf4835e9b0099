"""Decide stored verdicts again, from the facts they rest on and the profile version they name, and
compare.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from leads.store import Tx, profiles, verdicts
from leads.store.facts import facts
from leads.store.profiles import StoredIcp
from qualify.decide.evaluate import evaluate
from qualify.run.deciding import answers_json, counted_elsewhere, versions
from qualify.run.grouping import as_counted
from qualify.run.profiles import profile_of

#: Verdicts looked at together.
BATCH = 500
#: What must come out the same; reasons may name facts that did not count, so they are not compared.
_COMPARED = ("criterion", "section", "answer", "asks")


@dataclass(slots=True)
class Replayed:
    """What came of it."""

    verdicts: int = 0
    same: int = 0
    #: Stored by another version of the evaluator or the fold, and different now.
    by_other_versions: int = 0
    different: list[dict[str, Any]] = field(default_factory=list)


def replay(tx: Tx, campaign_id: UUID, *, every: bool = False) -> Replayed:
    """Decide the verdicts in force again, or with `every` the superseded ones too; nothing is
    written.
    """
    found = Replayed()
    known: dict[UUID, StoredIcp] = {}
    for rows in _batches(verdicts.all_of(tx, campaign_id, every=every)):
        held = facts.by_ids(tx, [UUID(one) for row in rows for one in row["fact_ids"]])
        for row in rows:
            stored = known.setdefault(
                row["icp_version_id"], profiles.version_of(tx, row["icp_version_id"])
            )
            _compare(
                found,
                row,
                stored,
                [held[UUID(one)] for one in row["fact_ids"] if UUID(one) in held],
            )
    return found


def _compare(
    found: Replayed, row: Mapping[str, Any], stored: StoredIcp, held: Sequence[Any]
) -> None:
    rolled = row["rolled_up"] or {}
    if "with" in rolled:
        _compare_elsewhere(found, row)
        return
    adjusted = rolled.get("facts", {})
    decision = evaluate(
        profile_of(stored), [as_counted(fact, adjusted) for fact in held], row["today"]
    )
    now = {
        "verdict": decision.verdict.value,
        "fit_stage": decision.stage.value,
        "score_worst": decision.score.worst,
        "score_best": decision.score.best,
        "asks": decision.asks,
        "answers": [{name: one[name] for name in _COMPARED} for one in answers_json(decision)],
    }
    then = {
        **{name: row[name] for name in now},
        "answers": [{name: one[name] for name in _COMPARED} for one in row["answers"]],
    }
    _note(found, row, now, then, len(row["fact_ids"]) - len(held))


def _compare_elsewhere(found: Replayed, row: Mapping[str, Any]) -> None:
    """Whether a company that is counted with another was left out of everything."""
    now = counted_elsewhere(UUID(row["rolled_up"]["with"]), row["why_not"], row["today"])
    del now["lasts_until"]
    _note(found, row, now, {name: row[name] for name in now}, 0)


def _note(
    found: Replayed,
    row: Mapping[str, Any],
    now: Mapping[str, Any],
    then: Mapping[str, Any],
    missing: int,
) -> None:
    found.verdicts += 1
    if now == then:
        found.same += 1
    elif row["versions"] != versions():
        found.by_other_versions += 1
    else:
        changed = [name for name in now if now[name] != then[name]]
        found.different.append(
            {
                "verdict": str(row["id"]),
                "company": str(row["company_id"]),
                "changed": changed,
                "facts_missing": missing,
            }
        )


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    some: list[dict[str, Any]] = []
    for row in rows:
        some.append(row)
        if len(some) == BATCH:
            yield some
            some = []
    if some:
        yield some
