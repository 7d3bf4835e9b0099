"""Find the stored companies that may be the same as one that is described."""

from __future__ import annotations

from dataclasses import dataclass

from actions.session import Session
from dedupe.look_up import Alike
from dedupe.outcome import Outcome
from dedupe.record import MatchRecord
from dedupe.run.finding import Found, FoundCompany, find_like
from leads.errors import UsageError
from leads.lexicon.domains import company_domain
from leads.lexicon.places.countries import country_code

__all__ = ["Alike", "Described", "Found", "FoundCompany", "Outcome", "find_company"]

#: Characters of one value.
_LONGEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What is known of a company; only the name is needed."""

    name: str
    country: str = ""
    city: str = ""
    postcode: str = ""
    street: str = ""
    domain: str = ""
    phone: str = ""
    register_number: str = ""


def find_company(session: Session, client: str, described: Described, limit: int = 10) -> Found:
    """Find the client's companies that may be the one described, the likeliest first."""
    row = _row(described)
    with session.read() as work:
        return find_like(work.tx, work.client(client), row, limit)


def _row(described: Described) -> MatchRecord:
    """Return what is described as a row to compare; UsageError if a value cannot be read."""
    if not described.name.strip():
        raise UsageError("the name is empty", "give the name of the company")
    country = country_code(described.country) if described.country else ""
    if country is None:
        raise UsageError(
            f"{described.country[:60]!r} is no country", "use its name or its code, such as DE"
        )
    domain = company_domain(described.domain) if described.domain else ""
    return MatchRecord(
        "",
        described.name.strip()[:_LONGEST],
        country=country,
        city=described.city[:_LONGEST],
        postcode=described.postcode[:_LONGEST],
        street=described.street[:_LONGEST],
        # The domain of a mail provider says nothing about the company.
        domains=(domain,) if domain else (),
        phones=(described.phone[:_LONGEST],) if described.phone else (),
        register_number=described.register_number[:_LONGEST],
    )
