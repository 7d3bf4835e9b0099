"""The links of a company, with the names of both ends."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from leads.company_links import SAID, LinkKind
from leads.store import Tx, companies, links


@dataclass(frozen=True, slots=True)
class NamedCompany:
    """A company's id and name."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class NamedLink:
    """A link between two companies that holds now."""

    company: NamedCompany
    kind: LinkKind
    of: NamedCompany
    #: Who decided it; None: it was read from facts.
    by: str | None

    @property
    def sentence(self) -> str:
        """The link and its source in words."""
        source = self.by or "its facts"
        return f"{self.company.name} is {SAID[self.kind]} {self.of.name}, by {source}"


def links_of(tx: Tx, client_id: UUID, company_id: UUID) -> list[NamedLink]:
    """List the links of a company that hold now."""
    every = links.around(tx, client_id, [company_id])
    own = [link for link in every if company_id in (link.company, link.of)]
    names = companies.names_of(tx, [end for link in own for end in (link.company, link.of)])

    return [
        NamedLink(
            company=NamedCompany(link.company, names[link.company]),
            kind=link.kind,
            of=NamedCompany(link.of, names[link.of]),
            by=link.by,
        )
        for link in own
    ]
