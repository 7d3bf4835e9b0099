"""How one company belongs to another of the same client."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class LinkKind(StrEnum):
    """What the first company is of the second; the nearest comes first."""

    SITE_OF = "site_of"
    BRAND_OF = "brand_of"
    PART_OF = "part_of"


@dataclass(frozen=True, slots=True)
class CompanyLink:
    """That `company` is a site, a brand or a part of `of`."""

    company: UUID
    of: UUID
    kind: LinkKind
    #: Who said so; None when it was read from facts.
    by: str | None = None


#: Each kind in words, to stand between two names.
SAID = {LinkKind.SITE_OF: "a site of", LinkKind.BRAND_OF: "a brand of", LinkKind.PART_OF: "part of"}

_NEAREST = {kind: place for place, kind in enumerate(LinkKind)}


def link_order(link: CompanyLink) -> tuple[UUID, bool, int, UUID]:
    """The order of a company's links; the first is the one to follow.

    A person's link comes before one read from facts, a nearer kind before a farther one, and an
    older company before a younger one.
    """
    return link.company, link.by is None, _NEAREST[link.kind], link.of
