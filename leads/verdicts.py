"""Verdicts and relationships as they are stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from leads.written_json import WrittenJson


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictBrief:
    """A verdict without its answers, which are most of its bulk."""

    company_id: UUID
    verdict: str
    fit_stage: str
    asks: bool
    why_not: str
    score_worst: int
    score_best: int
    waits_for: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedVerdict(VerdictBrief):
    """A brief verdict with what it rests on and how long it lasts."""

    id: UUID
    basis: str | None
    today: date
    lasts_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVerdict(VerdictBrief):
    """A verdict to be stored; the columns are described in `leads/tables/verdicts.py`."""

    client_id: UUID
    campaign_id: UUID
    icp_version_id: UUID
    #: One JSON object for each criterion, as `icp explain --json` documents it.
    answers: list[dict[str, Any]] | WrittenJson
    decides: list[list[str]]
    fact_ids: list[str]
    today: date
    #: JSON: what else the decision rests on, by name.
    versions: dict[str, Any] | WrittenJson
    basis: str | None
    lasts_until: date | None
    #: JSON: `facts` by id, or `with` the id of a company.
    rolled_up: dict[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictRow(NewVerdict):
    """A stored verdict."""

    id: UUID
    answers: list[dict[str, Any]]
    versions: dict[str, Any]
    decided_at: datetime
    superseded_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationshipRow:
    """How a company stands with a campaign."""

    id: UUID
    client_id: UUID
    campaign_id: UUID
    company_id: UUID
    state: str
    reason: str
    since: datetime
    reopens_at: datetime | None
    #: Who promised to call at `reopens_at`, and from when anybody may keep the promise.
    promised_by: str | None
    shared_at: datetime | None
