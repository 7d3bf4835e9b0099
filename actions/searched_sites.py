"""Search the sites of a stored list's companies, and show what the last search of each told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from actions.actor import Right
from actions.barred_searches import barred_from_search
from actions.follow_up import WorkedOff
from actions.session import Session, Transaction
from leads.errors import NotFoundError
from leads.lexicon.domains import registrable
from leads.store import companies, company_search, lists, records, site_findings
from leads.store.companies import StoredCompany
from leads.store.facts import facts
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Wanted
from leads.store.site_findings import StoredFinding
from spiders.limits import check_user_agent
from workers.inline import work_off_own
from workers.pipeline import CHEAP

__all__ = [
    "Before",
    "CompanySearched",
    "ListAsked",
    "ListSearched",
    "StoredFinding",
    "ask_for_list",
    "find_in_list",
    "last_search",
]

_NOT_DONE = "the search was not finished"


@dataclass(frozen=True, slots=True)
class CompanySearched:
    """A company without a site of its own, and what the last search told."""

    company_id: UUID
    company: str
    #: None: it was not searched.
    found: StoredFinding | None
    #: Why it was not searched, in a word or two; empty if it was.
    why_not: str = ""
    #: Why it is not searched now, in full: `suppressed by acme.example`; empty if it may be.
    because: str = ""


@dataclass(frozen=True, slots=True)
class Before:
    """The companies whose last search is not due again, and from when to when."""

    count: int
    first: datetime
    last: datetime
    #: The first of them is searched again after this.
    again: datetime


@dataclass(frozen=True, slots=True)
class ListSearched:
    """How the search for the sites of a list's companies ended."""

    companies: Sequence[CompanySearched]
    before: Before | None
    work: WorkedOff

    @property
    def bands(self) -> Mapping[str, int]:
        """How many companies by band; those not searched lack."""
        return Counter(one.found.band for one in self.companies if one.found)

    @property
    def not_searched(self) -> Mapping[str, int]:
        """How many companies were not searched, by why."""
        return Counter(one.why_not for one in self.companies if one.found is None)


@dataclass(frozen=True, slots=True)
class ListAsked:
    """How many companies of a list have no site, and how many of them are searched now."""

    without_site: int
    asked: int
    before: Before | None


def find_in_list(session: Session, client: str, name: str, *, again: bool = False) -> ListSearched:
    """Search the sites of a list's companies that have none; those searched lately are left, unless
    `again`.
    """
    asked = _asked(session, client, name, again=again)
    done = work_off_own(session.context(), [*CHEAP, "find_site"])
    with session.read() as work:
        searched = _searched(work, asked.client_id, asked.names)
    return ListSearched(searched, _before(asked.before), done)


def ask_for_list(session: Session, client: str, name: str, *, again: bool = False) -> ListAsked:
    """Ask workers to search the sites of a list's companies that have none; those searched lately
    are left, unless `again`.
    """
    asked = _asked(session, client, name, again=again)
    return ListAsked(len(asked.names), len(asked.names) - len(asked.before), _before(asked.before))


@dataclass(frozen=True, slots=True)
class _Asked:
    client_id: UUID
    #: Every company without a site, with its name.
    names: Mapping[UUID, str]
    #: What is held of those that are not due.
    before: Sequence[StoredFinding]


def _asked(session: Session, client: str, name: str, *, again: bool) -> _Asked:
    with session.write(Right.MANAGE) as work:
        client_id = work.client(client)
        unsited = _unsited(work, client_id, name)
        # After the name of the list: a wrong name is the likelier mistake.
        check_user_agent(session.settings["user_agent"])
        names = companies.names_of(work.tx, unsited)
        if again:
            _forget(work, client_id, unsited)
        due = unsited if again else site_findings.due(work.tx, client_id, unsited)
        _ask(work, client_id, due, session.trace_id)
        held = site_findings.of_companies(work.tx, client_id, sorted(set(unsited) - set(due)))
    return _Asked(client_id, names, list(held.values()))


def _ask(work: Transaction, client_id: UUID, due: Sequence[UUID], trace_id: str) -> None:
    wanted = [
        Wanted(
            kind="find_site",
            key=str(one),
            queue="crawl",
            client_id=client_id,
            priority=ledger.NOW,
        )
        for one in due
    ]
    ledger.ask(work.tx, wanted, trace_id)


def _forget(work: Transaction, client_id: UUID, company_ids: Sequence[UUID]) -> None:
    """Let the last searches count as made from other rows, so that they are made again."""
    held = site_findings.of_companies(work.tx, client_id, company_ids)
    site_findings.put(work.tx, [replace(one, basis="") for one in held.values()])


def _unsited(work: Transaction, client_id: UUID, name: str) -> list[UUID]:
    list_id = lists.id_of(work.tx, client_id, name)
    if list_id is None:
        raise NotFoundError(f"there is no list {name!r}", "see `sluice lists`")
    ids = [one.id for one in records.live_records(work.tx, list_id)]
    every = sorted(set(records.companies_of_records(work.tx, ids).values()))
    held = facts.of_companies(work.tx, client_id, every)
    return [one for one in every if all(fact.attribute != "domain" for fact in held[one])]


def _searched(
    work: Transaction, client_id: UUID, names: Mapping[UUID, str]
) -> list[CompanySearched]:
    ids = list(names)
    held = site_findings.of_companies(work.tx, client_id, ids)
    left = [one for one in ids if one not in held]
    over = companies.over_among(work.tx, left)
    kept_out = barred_from_search(work, client_id, left)

    found = []
    for one, name in names.items():
        if one in held:
            found.append(CompanySearched(one, name, held[one]))
        elif one in over:
            found.append(CompanySearched(one, name, None, over[one]))
        else:
            why_not, because = kept_out.get(one, (_NOT_DONE, ""))
            found.append(CompanySearched(one, name, None, why_not, because))
    return found


def _before(held: Sequence[StoredFinding]) -> Before | None:
    if not held:
        return None
    dates = sorted(one.found_at for one in held)
    again = min(one.again_at or one.found_at + site_findings.AGAIN for one in held)
    return Before(len(held), dates[0], dates[-1], again)


def last_search(session: Session, client: str, company: str) -> CompanySearched:
    """What the last search for a company's site told, or what bars the search; NotFoundError if it
    was not searched and nothing bars it.
    """
    with session.read(Right.LOOK) as work:
        client_id = work.client(client)
        named = _named(work, client_id, company)
        found = site_findings.of_companies(work.tx, client_id, [named.id]).get(named.id)
        barred = barred_from_search(work, client_id, [named.id])
    why_not, because = barred.get(named.id, ("", ""))
    if found is None and not because:
        raise NotFoundError(
            f"no site of {named.name} was searched for", "`sluice sites find LIST --list` does"
        )
    return CompanySearched(named.id, named.name, found, "" if found else why_not, because)


def _named(work: Transaction, client_id: UUID, text: str) -> StoredCompany:
    try:
        return company_search.find(work.tx, client_id, text)
    except NotFoundError:
        if (site := registrable(text)) is None:
            raise
        hint = f"`sluice crawl site {site}` visits it"
        raise NotFoundError(f"{site} was never visited", hint) from None
