"""Find the stored companies that may be the same as one that is described."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace

from actions.session import Session
from dedupe.look_up import Alike
from dedupe.outcome import Outcome
from dedupe.read_rows import phone_end
from dedupe.record import MatchRecord
from dedupe.run.finding import Found, FoundCompany, find_like
from intake.cells import cleaned
from leads.errors import UsageError
from leads.lexicon.domains import company_domain, registrable
from leads.lexicon.places.countries import country_code

__all__ = ["Alike", "Described", "Found", "FoundCompany", "Outcome", "comparable", "find_company"]

#: Characters of one value.
_LONGEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What is known of a company: its name, and more if known. A blank value counts as unknown."""

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


def _is_stated(text: str) -> bool:
    """Whether a text says something, other than `n/a`."""
    return _has_sign(cleaned(text))


#: What can be compared of each value, what it is called, and an example.
_READ: dict[str, tuple[Callable[[str], object], str, str]] = {
    "name": (_has_sign, "name of a company", "Nordwind GmbH"),
    "country": (country_code, "country", "DE"),
    "city": (_is_stated, "city", "Hamburg"),
    "postcode": (_is_stated, "postcode", "20095"),
    "street": (_is_stated, "street", "Hafenstr. 5"),
    "domain": (registrable, "domain", "nordwind.example"),
    "phone": (phone_end, "phone number", "+49 40 5550100"),
    "register_number": (_has_digit, "register number", "HRB 12345"),
}


def find_company(session: Session, client: str, described: Described, limit: int = 10) -> Found:
    """Find the client's companies that may be the one described, the likeliest first.

    UsageError for a value that cannot be compared.
    """
    row = _row(described)
    with session.read() as work:
        return find_like(work.tx, work.client(client), row, limit)


def comparable(described: Described) -> tuple[Described, tuple[str, ...]]:
    """Leave out what cannot be compared, such as the phone number `n/a`; also return its fields.

    The name is never left out.
    """
    left_out = tuple(one for one in _not_comparable(_stripped(described)) if one != "name")
    return replace(described, **dict.fromkeys(left_out, "")), left_out


def _stripped(described: Described) -> dict[str, str]:
    return {field: value.strip()[:_LONGEST] for field, value in asdict(described).items()}


def _not_comparable(values: Mapping[str, str]) -> list[str]:
    """Return the fields with a value that cannot be compared, or without the name."""
    return [
        field
        for field, (read, _, _) in _READ.items()
        if (values[field] or field == "name") and not read(values[field])
    ]


def _row(described: Described) -> MatchRecord:
    """Return what is described as a row to compare; UsageError if a value cannot be compared."""
    values = _stripped(described)
    for field in _not_comparable(values):
        _, what, example = _READ[field]
        shown = getattr(described, field)[:60]
        raise UsageError(f"{shown!r} is no {what}", f"use one such as {example}")

    domain = company_domain(values["domain"])
    return MatchRecord(
        "",
        values["name"],
        country=country_code(values["country"]) or "",
        city=values["city"],
        postcode=values["postcode"],
        street=values["street"],
        # The domain of a mail provider says nothing about the company.
        domains=(domain,) if domain else (),
        phones=(values["phone"],) if values["phone"] else (),
        register_number=values["register_number"],
    )
