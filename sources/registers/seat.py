"""State the place and the site of an entry."""

from __future__ import annotations

from dataclasses import dataclass

from leads.lexicon.domains import company_domain
from leads.lexicon.places.postcodes import postcode
from sources.registers.facts_of_entry import Statements


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Where a company is registered; what is not known is empty."""

    country: str = ""
    city: str = ""
    postcode: str = ""
    street: str = ""

    def state(self, to: Statements, **fields: str) -> None:
        """State what is known; `fields` names the field of the register for each attribute."""
        for attribute, name in fields.items():
            value = str(getattr(self, attribute))
            to.add(attribute, value, name, value)


def plain_postcode(written: str, country: str) -> str:
    """A postcode as its country writes it; empty if it is none."""
    return postcode(written, country) or "" if written else ""


def state_site(to: Statements, written: str, name: str) -> str:
    """State the website and its domain, and return the domain; empty for hosts that many share."""
    domain = company_domain(written) if written else None
    if not domain:
        return ""
    url = written if written.startswith(("http://", "https://")) else f"https://{written}"
    to.add("website", url, name, written)
    to.add("domain", domain, name, written)
    return domain
