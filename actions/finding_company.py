"""Find the stored companies that may be the same as one that is described."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from actions.session import Session
from dedupe.look_up import Alike
from dedupe.outcome import Outcome
from dedupe.read_rows import phone_end
from dedupe.record import MatchRecord
from dedupe.run.finding import Found, FoundCompany, find_like
from leads.errors import UsageError
from leads.lexicon.domains import company_domain, registrable
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


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _has_sign(text: str) -> bool:
    return any(map(str.isalnum, text))


#: What can be compared of each value, what it is called, and an example.
_READ: dict[str, tuple[Callable[[str], object], str, str]] = {
    "name": (_has_sign, "name of a company", "Nordwind GmbH"),
    "country": (country_code, "country", "DE"),
    "city": (_has_sign, "city", "Hamburg"),
    "postcode": (_has_sign, "postcode", "20095"),
    "street": (_has_sign, "street", "Hafenstr. 5"),
    "domain": (registrable, "domain", "nordwind.example"),
    "phone": (phone_end, "phone number", "+49 40 5550100"),
    "register_number": (_has_digit, "register number", "HRB 12345"),
}


def find_company(session: Session, client: str, described: Described, limit: int = 10) -> Found:
    """Find the client's companies that may be the one described, the likeliest first."""
    row = _row(described)
    with session.read() as work:
        return find_like(work.tx, work.client(client), row, limit)


def _row(described: Described) -> MatchRecord:
    """Return what is described as a row to compare; UsageError if a value cannot be read."""
    for field, (read, what, example) in _READ.items():
        value = getattr(described, field)
        if (value or field == "name") and not read(value):
            raise UsageError(f"{value[:60]!r} is no {what}", f"use one such as {example}")
    domain = company_domain(described.domain)
    return MatchRecord(
        "",
        described.name.strip()[:_LONGEST],
        country=country_code(described.country) or "",
        city=described.city[:_LONGEST],
        postcode=described.postcode[:_LONGEST],
        street=described.street[:_LONGEST],
        # The domain of a mail provider says nothing about the company.
        domains=(domain,) if domain else (),
        phones=(described.phone[:_LONGEST],) if described.phone else (),
        register_number=described.register_number[:_LONGEST],
    )
