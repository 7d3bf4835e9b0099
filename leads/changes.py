"""What a stage's `run` changed: it names things, never tasks; `workers/pipeline.py` knows what
follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class RecordsChanged:
    """Records of a client came, changed or went; or a person decided about a pair."""

    client_id: UUID


@dataclass(frozen=True, slots=True)
class CompaniesChanged:
    """What is known of these companies changed: their records, their facts, or who they are."""

    client_id: UUID
    company_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class IcpChanged:
    """Another profile version is in force for a campaign."""

    client_id: UUID
    campaign_id: UUID


@dataclass(frozen=True, slots=True)
class VerdictsChanged:
    """These companies have a new verdict, or stand differently with the campaign."""

    client_id: UUID
    campaign_id: UUID
    company_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class SuppressionChanged:
    """A suppression that matches these companies was added, or ended."""

    client_id: UUID
    #: None: it applies to every campaign of the client.
    campaign_id: UUID | None
    company_ids: tuple[UUID, ...]
    #: Whether it ended: then the sites of these companies may be visited again.
    ended: bool


@dataclass(frozen=True, slots=True)
class OpenQuestions:
    """Companies of a campaign have no verdict for want of facts that their own sites might show."""

    client_id: UUID
    campaign_id: UUID
    sites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PagesStored:
    """Sites were visited, and what they showed is kept."""

    sites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiteFactsChanged:
    """What is known of sites changed, for every client."""

    sites: tuple[str, ...]


Change = (
    RecordsChanged
    | CompaniesChanged
    | IcpChanged
    | VerdictsChanged
    | SuppressionChanged
    | OpenQuestions
    | PagesStored
    | SiteFactsChanged
)
