"""What counts as one company: the kinds that a profile, a cluster and a company in the store may be
of.
"""

from __future__ import annotations

from enum import StrEnum


class CompanyIs(StrEnum):
    """Its site, its legal entity, its brand, or the group it belongs to."""

    SITE = "site"
    LEGAL_ENTITY = "legal_entity"
    BRAND = "brand"
    GROUP = "group"
