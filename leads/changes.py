"""What a stage changed; `workers/pipeline.py` decides which tasks follow."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class RecordsChanged:
    """Records of a client were added, changed or ended, or a person decided about a pair."""

    client_id: UUID


@dataclass(frozen=True, slots=True)
class CompaniesChanged:
    """The records, the facts or the identity of these companies changed."""

    client_id: UUID
    company_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class IcpChanged:
    """Another profile version is in force for a campaign."""

    client_id: UUID
    campaign_id: UUID


@dataclass(frozen=True, slots=True)
class VerdictsChanged:
    """These companies have a new verdict or a new relationship with the campaign."""

    client_id: UUID
    campaign_id: UUID
    company_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class SignalsChanged:
    """These companies have more or fewer signals."""

    client_id: UUID
    company_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class TemperaturesChanged:
    """These companies became cold, warm or hot in a campaign."""

    client_id: UUID
    campaign_id: UUID
    company_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class ScoringChanged:
    """Another scoring file is in force for a campaign."""

    client_id: UUID
    campaign_id: UUID


@dataclass(frozen=True, slots=True)
class PredictionChanged:
    """Another prediction, or none, orders the queue of a campaign."""

    client_id: UUID
    campaign_id: UUID


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
class WorkedElsewhere:
    """These companies were worked for another client, or that was taken back."""

    client_id: UUID
    company_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class ConsentChanged:
    """A consent for a contact point of these companies was given or withdrawn."""

    client_id: UUID
    company_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class OpenQuestions:
    """The facts that companies of a campaign lack may be on their sites."""

    client_id: UUID
    campaign_id: UUID
    sites: tuple[str, ...]
    #: Those of the companies whose site is not known.
    unsited: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class PagesStored:
    """Sites were visited and their pages stored."""

    sites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiteMoved:
    """A site leads to another domain, which is a site of its own."""

    site: str
    to: str
    #: Clients for whom that domain must not be visited: opted out, or suppressed.
    not_for: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class ContactsWanted:
    """A client keeps more contacts than before: the stored pages of these sites may name some."""

    sites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiteFactsChanged:
    """The facts of sites changed, for every client."""

    sites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntryFactsChanged:
    """What registers say about these entries changed, for every client."""

    entries: tuple[str, ...]


Change = (
    RecordsChanged
    | CompaniesChanged
    | IcpChanged
    | VerdictsChanged
    | SignalsChanged
    | ScoringChanged
    | PredictionChanged
    | TemperaturesChanged
    | SuppressionChanged
    | WorkedElsewhere
    | ConsentChanged
    | OpenQuestions
    | PagesStored
    | SiteMoved
    | ContactsWanted
    | SiteFactsChanged
    | EntryFactsChanged
)
