"""Who came by itself: the company that a domain, an e-mail address or a name means."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from intake.import_mode import ImportMode
from intake.not_companies import why_no_company
from leads.errors import NotAllowedError
from leads.lexicon.domains import company_domain, host_name
from leads.lexicon.emails import parse_email

#: The list that holds such companies; nothing else is imported into it.
LIST = "sluice-inbound"
#: The columns of what is imported into it, by field.
COLUMNS = {"name": "name", "domain": "website"}


@dataclass(frozen=True, slots=True)
class Arrival:
    """A company to be added; without a domain, `name` alone says which it is."""

    name: str
    domain: str = ""


def arrival(text: str) -> Arrival | str:
    """The company that a text means, or why it means none. Of an e-mail address only the domain is
    kept: the address is a person's.
    """
    text = " ".join(text.split())
    if _is_id(text):
        return "no company has this id"
    email = parse_email(text)
    if email is not None:
        domain = company_domain(email.domain)
        if domain is None:
            return f"{email.domain} belongs to no single company: name the company"
        return Arrival(domain, domain)
    if "@" in text:
        return "it is no e-mail address"
    if " " not in text and host_name(text):
        domain = company_domain(text)
        return Arrival(domain, domain) if domain else f"{text[:80]} belongs to no single company"
    return Arrival(text)


def called_so(found: Arrival | str, name: str) -> Arrival | str:
    """A company known by its domain, under a name of its own unless that is no company's name."""
    own = arrival(name)
    if isinstance(found, str) or not found.domain or isinstance(own, str) or own.domain:
        return found
    is_name = any(char.isalnum() for char in own.name) and not own.name.startswith(("=", "＝"))
    # Its row would be rejected, and the company with it.
    if not is_name or why_no_company(own.name, [found.domain]):
        return found
    return Arrival(own.name, found.domain)


def check_name(name: str, mode: ImportMode) -> None:
    """Refuse to import a file of the user into the list of companies that came by themselves."""
    if name == LIST and not mode.arrivals:
        raise NotAllowedError(
            f"the list {LIST!r} holds the companies that came by themselves",
            "import under another --name",
        )


def as_csv(some: Iterable[Arrival]) -> str:
    """The companies as a list that can be imported."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS.values())
    writer.writerows([one.name, one.domain] for one in some)
    return text.getvalue()


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
