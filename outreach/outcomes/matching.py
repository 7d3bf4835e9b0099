"""Which stored company a row means: by id, domain, domain of its e-mail address, then name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from uuid import UUID

from leads.lexicon.domains import company_domain
from leads.lexicon.emails import parse_email
from outreach.outcomes.rows import Who

#: No stored company is meant.
NO_MATCH = "no company has its id, domain, e-mail domain or name"


@dataclass(frozen=True, slots=True)
class Known:
    """The stored companies that the rows of a page may mean."""

    #: Each id, also of a merged company, with the company that it is now.
    ids: Mapping[UUID, UUID] = field(default_factory=dict)
    domains: Mapping[str, Set[UUID]] = field(default_factory=dict)
    #: By name in lower case.
    names: Mapping[str, Set[UUID]] = field(default_factory=dict)


def as_id(text: str) -> UUID | None:
    """The id that a text spells out; None when it is none."""
    try:
        return UUID(text.strip())
    except ValueError:
        return None


def domains_of(who: Who) -> Iterator[str]:
    """The company's domains that a row names; a free mailer or a shared host is none."""
    if who.domain and (own := company_domain(who.domain)):
        yield own
    email = parse_email(who.email) if who.email else None
    if email and (own := company_domain(email.domain)):
        yield own


def match(who: Who, known: Known) -> UUID | str:
    """The company that a row means, or why it is none."""
    given = as_id(who.company_id) if who.company_id else None
    if given and (found := known.ids.get(given)):
        return found
    named = known.names.get(who.name.casefold(), frozenset()) if who.name else frozenset()
    for domain in domains_of(who):
        some = known.domains.get(domain, frozenset())
        likely = some & named if len(some) > 1 else some
        if len(likely) == 1:
            return next(iter(likely))
        if some:
            return f"{len(some)} companies have the domain {domain}: add the company's id"
    if len(named) == 1:
        return next(iter(named))
    if named:
        return f"{len(named)} companies are called {who.name[:80]}: add the company's id"
    return NO_MATCH
