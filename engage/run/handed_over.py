"""Everything that is known of a lead, as the client receives it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from engage.run.checklists import Checked
from engage.run.interest import interests
from engage.run.people import by_people
from engage.run.rules import in_force, kinds_of
from leads.attributes import value_text
from leads.clock import now
from leads.store import Tx, scores, signals, verdicts
from leads.store.facts import facts
from leads.store.handovers import NewHandover

_PER_LEAD = 200


def document(
    tx: Tx, new: NewHandover, handover_id: UUID, company: str, checklist: Sequence[Checked]
) -> dict[str, Any]:
    """The lead as a JSON document."""
    return {
        "handover_id": str(handover_id),
        "agreement_version": new.version,
        "sent_at": new.sent_at.isoformat(),
        "sent_by": new.sent_by,
        "answer_by": new.answer_by.isoformat(),
        "company_id": str(new.company_id),
        "company": company,
        "fit": _fit(tx, new),
        **_engagement(tx, new),
        "checklist": [_line(one) for one in checklist],
        "signals": _signals(tx, new),
        "facts": _facts(tx, new),
    }


def _fit(tx: Tx, new: NewHandover) -> dict[str, Any] | None:
    found = verdicts.brief(tx, new.campaign_id, [new.company_id]).get(new.company_id)
    if found is None:
        return None
    return {"verdict": found.verdict, "worst": found.score_worst, "best": found.score_best}


def _engagement(tx: Tx, new: NewHandover) -> dict[str, Any]:
    scoring = in_force(tx, new.campaign_id)
    row = scores.of_companies(tx, new.campaign_id, [new.company_id]).get(new.company_id)
    if scoring is None or row is None:
        return {
            "engagement": None,
            "temperature": None,
            "qualifications": [],
            "grid": None,
            "score_reason": None,
            "lead_stage": None,
            "labels": dict(scoring.labels) if scoring else {},
        }
    found = interests(tx, new.client_id, new.campaign_id, [new.company_id], now())[new.company_id]
    return {
        "engagement": found.engagement,
        "temperature": found.temperature,
        "qualifications": list(found.qualifications),
        "grid": found.grid,
        "score_reason": found.reason,
        "lead_stage": found.lead_stage,
        # What the client calls them.
        "labels": dict(scoring.labels),
    }


def _line(one: Checked) -> dict[str, Any]:
    return {
        "question": one.question,
        "reply": str(one.reply),
        "words": one.words,
        "source": one.source,
        "at": one.at.isoformat() if one.at else None,
    }


def _signals(tx: Tx, new: NewHandover) -> list[dict[str, Any]]:
    said = signals.of_companies(tx, new.client_id, [new.company_id])
    found = by_people(said, kinds_of(tx, new.campaign_id)).get(new.company_id, [])
    return [
        {"kind": one.kind, "at": one.happened_at.isoformat(), "channel": one.channel}
        for one in found[-_PER_LEAD:]
        if one.campaign_id in (None, new.campaign_id)
    ]


def _facts(tx: Tx, new: NewHandover) -> list[dict[str, Any]]:
    held = facts.of_companies(tx, new.client_id, [new.company_id])[new.company_id]
    return [
        {
            "attribute": one.attribute,
            "value": value_text(one.attribute, one.value),
            "source": one.evidence.source,
            "observed_at": one.evidence.observed_at.isoformat(),
        }
        for one in held[:_PER_LEAD]
    ]
