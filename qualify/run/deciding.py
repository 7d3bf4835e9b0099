"""The facts of companies in, verdicts out; every change of stage is an event with its cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any
from uuid import UUID

import leads
import qualify
from leads.answers import Answer
from leads.changes import Change, OpenQuestions, VerdictsChanged
from leads.fold import FOLD_VERSION
from leads.lexicon.reference import content_hash
from leads.stages import Stage, Verdict
from leads.store import Tx, events, profiles, verdicts
from leads.store.companies import companies_of, over_among
from leads.store.profiles import StoredIcp
from leads.version import own_version
from qualify.decide.decision import Decision
from qualify.decide.evaluate import EVALUATOR_VERSION
from qualify.decide.explainer import Explainer
from qualify.profile.criteria import Section
from qualify.run.grouping import Grouping, grouping
from qualify.run.knowing import Known, known_of, known_of_wholes
from qualify.run.profiles import profile_of


@cache
def versions() -> dict[str, Any]:
    """What else a decision rests on: the code that decides and folds, and the reference data they
    read.
    """
    rooms = (Path(leads.__file__).parent, Path(qualify.__file__).parent)
    return {
        "evaluator": EVALUATOR_VERSION,
        "fold": FOLD_VERSION,
        "reference": content_hash(*(room / "data" for room in rooms)),
    }


#: What a company's own site may tell: only for these is it worth a visit.
ON_SITES = frozenset(
    (
        "technology",
        "employees",
        "country",
        "city",
        "postcode",
        "founded",
        "language",
        "certificate",
        "job_opening",
        "keyword",
        "legal_form",
    )
)

#: After so many days a company is looked at again though no fact has changed: the product may have,
#: or its reference data.
LOOK_AGAIN = timedelta(days=30)

#: What makes two verdicts the same: all that is decided, nothing of when.
_DECIDED = (
    "icp_version_id",
    "verdict",
    "fit_stage",
    "score_worst",
    "score_best",
    "asks",
    "why_not",
    "answers",
    "decides",
    "rolled_up",
)


def decide(
    tx: Tx, client_id: UUID, campaign_id: UUID, company_ids: Sequence[UUID], today: date
) -> list[Change]:
    """Decide about companies under the profile in force; verdicts that say the same as before are
    left alone.
    """
    icp = profiles.in_force(tx, campaign_id)
    over = over_among(tx, company_ids)
    live = [one for one in company_ids if one not in over]
    if icp is None or not live:
        return []
    explainer, grouped = _explainer(icp, today), grouping(tx, client_id, profile_of(icp), live)
    known = _known(tx, client_id, live, explainer.lasting.attributes, grouped)
    standing = verdicts.standing(tx, campaign_id, live)
    basis = {one: _basis(icp, known[one], grouped.why(one)) for one in live}
    looked_at = [one for one in live if not _stands(standing.get(one), basis[one], today)]
    rows = {}
    for one in looked_at:
        why, root = grouped.why(one), grouped.above.get(one)
        decided = (
            counted_elsewhere(root.company, why, today)
            if root
            else _decided(explainer, known[one], today)
        )
        of = {
            "client_id": client_id,
            "campaign_id": campaign_id,
            "company_id": one,
            "icp_version_id": icp.id,
        }
        rows[one] = of | decided | {"today": today, "versions": versions(), "basis": basis[one]}
    changed = _store(tx, campaign_id, rows, icp, known)
    waiting = _waiting([rows.get(one) or standing[one] for one in live])
    open_sites = tuple(sorted({site for one in waiting for site in known[one].sites}))
    return [
        *([VerdictsChanged(client_id, campaign_id, tuple(changed))] if changed else []),
        *([OpenQuestions(client_id, campaign_id, open_sites)] if open_sites else []),
    ]


def _known(
    tx: Tx, client_id: UUID, ids: Sequence[UUID], attributes: Sequence[str], grouped: Grouping
) -> dict[UUID, Known]:
    """What is held about companies; nothing about those that are counted with another."""
    wholes = known_of_wholes(grouped.wholes(tx, client_id, ids), attributes)
    alone = [one for one in ids if one not in wholes and one not in grouped.above]
    return {one: Known() for one in ids} | known_of(tx, client_id, alone, attributes) | wholes


def _store(
    tx: Tx,
    campaign_id: UUID,
    rows: Mapping[UUID, dict[str, Any]],
    icp: StoredIcp,
    known: Mapping[UUID, Known],
) -> list[UUID]:
    """Put new verdicts in the place of those that say something else; the companies whose verdict
    is another one now.
    """
    before = verdicts.in_force(tx, campaign_id, list(rows))
    same = {
        one
        for one in rows
        if one in before and all(before[one][name] == rows[one][name] for name in _DECIDED)
    }
    changed = [one for one in rows if one not in same]
    verdicts.rest(
        tx, [(before[one]["id"], rows[one]["basis"], rows[one]["lasts_until"]) for one in same]
    )
    verdicts.supersede(tx, [before[one]["id"] for one in changed if one in before])
    verdicts.add(tx, [rows[one] for one in changed])
    events.log(
        tx,
        [line for one in changed if (line := _line(before.get(one), rows[one], icp, known[one]))],
    )
    return changed


@lru_cache(maxsize=4)
def _explainer(icp: StoredIcp, today: date) -> Explainer:
    # What it found out for one batch of companies is good for the next.
    return Explainer(profile_of(icp), today)


def _basis(icp: StoredIcp, known: Known, elsewhere: str) -> str:
    """A hash of all that a decision rests on but the day: the same basis gives the same decision
    while its facts keep their ages.
    """
    text = "\n".join(
        (str(icp.id), _made_by(), *known.rests_on, *([elsewhere] if elsewhere else []))
    )
    return blake2b(text.encode(), digest_size=16).hexdigest()


@cache
def _made_by() -> str:
    return f"{own_version()} {versions()}"


def _stands(before: Mapping[str, Any] | None, basis: str, today: date) -> bool:
    """Whether the verdict in force was made of the same, not too long ago, and no fact has grown
    too old since.
    """
    if before is None or before["basis"] != basis or before["lasts_until"] is None:
        return False
    return bool(before["today"] <= today <= before["lasts_until"])


def open_sites(tx: Tx, client_id: UUID, campaign_id: UUID) -> tuple[str, ...]:
    """The sites that may tell what a campaign's companies without a verdict wait for."""
    waiting = _waiting(
        list(verdicts.brief(tx, campaign_id, sorted(companies_of(tx, client_id))).values())
    )
    icp = profiles.in_force(tx, campaign_id)
    below = grouping(tx, client_id, profile_of(icp), waiting).below if icp else {}
    known = known_of(
        tx, client_id, [each for one in waiting for each in (one, *below.get(one, ()))], ()
    )
    return tuple(sorted({site for one in known.values() for site in one.sites}))


def _decided(explainer: Explainer, known: Known, today: date) -> dict[str, Any]:
    held = known.held
    decision = explainer.decide(held)
    last = min(explainer.lasting.until(held), (today + LOOK_AGAIN).toordinal())
    return {
        "verdict": decision.verdict.value,
        "fit_stage": decision.stage.value,
        "score_worst": decision.score.worst,
        "score_best": decision.score.best,
        "asks": decision.asks,
        "why_not": why_not(decision),
        "answers": answers_json(decision),
        "decides": [list(some) for some in decision.decides],
        "waits_for": list(decision.waits_for),
        "fact_ids": [str(fact) for fact in decision.fact_ids],
        "lasts_until": date.fromordinal(last),
        "rolled_up": {"facts": known.whole.adjusted(decision.fact_ids)} if known.whole else None,
    }


def counted_elsewhere(root: UUID, why: str, today: date) -> dict[str, Any]:
    """What is decided about a company that is counted with another: it is off the ladder, and
    nothing is asked about it.
    """
    return {
        "verdict": Verdict.NO_FIT.value,
        "fit_stage": Stage.DISQUALIFIED.value,
        "score_worst": 0,
        "score_best": 0,
        "asks": False,
        "why_not": why,
        "answers": [],
        "decides": [],
        "waits_for": [],
        "fact_ids": [],
        "lasts_until": today + LOOK_AGAIN,
        "rolled_up": {"with": str(root)},
    }


def why_not(decision: Decision) -> str:
    """One sentence: which answer keeps the company from being a prospect; empty for one that fits."""
    if decision.verdict is Verdict.FIT:
        return ""
    if decision.verdict is Verdict.UNKNOWN:
        return f"waits for {', '.join(decision.waits_for)}"
    closing = {
        Section.MUST_NOT: Answer.YES,
        Section.SUSPECT: Answer.NO,
        Section.PROSPECT: Answer.NO,
    }
    return next(
        f"{one.criterion}: {one.reason}"
        for one in decision.answers
        if closing.get(one.section) is one.answer
    )


def answers_json(decision: Decision) -> list[dict[str, Any]]:
    """The answers as plain JSON values."""
    return [
        {
            "criterion": one.criterion,
            "section": one.section.value,
            "answer": one.answer.value,
            "reason": one.reason,
            "facts": [str(fact) for fact in one.facts],
            "asks": one.asks,
            "question": one.question,
        }
        for one in decision.answers
    ]


def _line(
    before: Mapping[str, Any] | None, after: Mapping[str, Any], icp: StoredIcp, known: Known
) -> events.Happened | None:
    """The event of a transition; none when only the wording changed, or when a new company is a
    mere name.
    """
    old = before["fit_stage"] if before else "name"
    if old == after["fit_stage"]:
        return None
    return events.Happened(
        verb="stage changed",
        thing="company",
        thing_id=after["company_id"],
        client_id=after["client_id"],
        reason=f"{old} to {after['fit_stage']} by {icp.name} version {icp.version}",
        data={
            "from": old,
            "to": after["fit_stage"],
            "cause": _cause(before, after, known),
            "icp": icp.name,
            "version": icp.version,
            "campaign": str(after["campaign_id"]),
            "facts": after["fact_ids"],
        },
    )


def _cause(before: Mapping[str, Any] | None, after: Mapping[str, Any], known: Known) -> str:
    """What moved a company: its first decision, another version, links, a told answer, other facts,
    or the time that passed.
    """
    if before is None:
        return "first decision"
    if before["icp_version_id"] != after["icp_version_id"]:
        return "another version"
    if _rolls(before) != _rolls(after):
        return "links"
    fresh = set(after["fact_ids"]) - set(before["fact_ids"])
    if fresh & known.told():
        return "told answer"
    return "facts" if set(after["fact_ids"]) != set(before["fact_ids"]) else "time"


def _rolls(row: Mapping[str, Any]) -> tuple[bool, str | None]:
    """Whether other companies were counted with one, and with which one it was counted."""
    rolled = row["rolled_up"]
    return rolled is not None, (rolled or {}).get("with")


def _waiting(rows: Sequence[Mapping[str, Any]]) -> list[UUID]:
    return [
        row["company_id"]
        for row in rows
        if row["verdict"] == "unknown" and ON_SITES.intersection(row["waits_for"])
    ]
