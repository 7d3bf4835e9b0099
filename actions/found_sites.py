"""The sites found for a client's companies: search those of a list, review, answer, undo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from actions.actor import Right
from actions.follow_up import WorkedOff
from actions.session import Session, Transaction
from leads.changes import Change, CompaniesChanged, RecordsChanged
from leads.clock import now
from leads.errors import NotFoundError, UsageError
from leads.lexicon.domains import company_domain
from leads.store import company_search, lists, records, site_findings
from leads.store.facts import facts
from leads.store.facts.restored import state_again
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Wanted
from leads.store.site_findings import StoredFinding
from spiders.limits import check_user_agent
from workers.found_sites import release_site, say_site, site_event
from workers.inline import work_off_own
from workers.pipeline import CHEAP

_YES, _NO = ("yes", "y"), ("no", "n")


@dataclass(frozen=True, slots=True)
class ListSearched:
    """How the search for the sites of a list's companies ended."""

    #: Companies of the list that have no site of their own.
    unsited: int
    #: How many by band; those not searched lack.
    bands: Mapping[str, int]
    work: WorkedOff


@dataclass(frozen=True, slots=True)
class SiteForReview:
    """A company and the site that a person should look at."""

    company_id: UUID
    company: str
    found: StoredFinding


@dataclass(frozen=True, slots=True)
class SitesForReview:
    """The sites that wait for a person, and how many there are."""

    sites: Sequence[SiteForReview]
    count: int


@dataclass(frozen=True, slots=True)
class SiteAnswered:
    """A person's word about a company's site, or what holds after it was withdrawn."""

    company: str
    domain: str | None
    #: yes, no or withdrawn.
    answer: str
    work: WorkedOff


def find_in_list(session: Session, client: str, name: str) -> ListSearched:
    """Search the sites of a list's companies that have none; those found lately are left."""
    check_user_agent(session.settings["user_agent"])
    with session.write(Right.MANAGE) as work:
        client_id = work.client(client)
        unsited = _unsited(work, client_id, name)
        due = site_findings.due(work.tx, client_id, unsited)
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
        ledger.ask(work.tx, wanted, session.trace_id)
    done = work_off_own(session.context(), [*CHEAP, "find_site"])
    with session.read() as work:
        held = site_findings.of_companies(work.tx, client_id, unsited)
    return ListSearched(len(unsited), Counter(one.band for one in held.values()), done)


def _unsited(work: Transaction, client_id: UUID, name: str) -> list[UUID]:
    list_id = lists.id_of(work.tx, client_id, name)
    if list_id is None:
        raise NotFoundError(f"there is no list {name!r}", "see `sluice lists`")
    ids = [one.id for one in records.live_records(work.tx, list_id)]
    every = sorted(set(records.companies_of_records(work.tx, ids).values()))
    held = facts.of_companies(work.tx, client_id, every)
    return [one for one in every if all(fact.attribute != "domain" for fact in held[one])]


def review(session: Session, client: str, limit: int) -> SitesForReview:
    """List the sites that a person should look at, the likeliest first."""
    with session.read() as work:
        client_id = work.client(client)
        found = site_findings.waiting(work.tx, client_id, limit)
        count = site_findings.count_waiting(work.tx, client_id)
    return SitesForReview([SiteForReview(one.company_id, name, one) for name, one in found], count)


def answer(
    session: Session, client: str, company: str, said: str, *, reason: str = ""
) -> SiteAnswered:
    """Record that the site found is the company's, that it is not, or which one is."""
    with session.write(Right.MANAGE) as work:
        client_id, by = work.client(client), work.actor.name
        named = company_search.find(work.tx, client_id, company)
        before = site_findings.of_companies(work.tx, client_id, [named.id]).get(named.id)
        domain = _meant(said, before, named.name)
        base = before or _nothing(client_id, named.id)
        release_site(work.tx, base, f"{by} said which site it is")
        after = replace(
            base, said_by=by, before=_remembered(base), fact_ids=[], found_at=now(), lacks=[]
        )
        if domain is None:
            denied = [*base.denied, *([base.domain] if base.domain else [])]
            after = replace(after, domain=None, band="abstain", denied=denied)
        else:
            ids = say_site(work.tx, client_id, named.id, domain, by)
            after = replace(after, domain=domain, band="accept", fact_ids=ids)
        site_findings.put(work.tx, [after])
        verb = "site denied" if domain is None else "site confirmed"
        site_event(work.tx, after, verb, who=by, reason=reason)
        work.follow(_changes(client_id, named.id))
    done = work_off_own(session.context(), CHEAP)
    return SiteAnswered(named.name, domain, "no" if domain is None else "yes", done)


def _meant(said: str, before: StoredFinding | None, company: str) -> str | None:
    """The domain that an answer means; None for no."""
    word = said.strip().casefold()
    if word in (*_YES, *_NO):
        if before is None or before.domain is None:
            raise NotFoundError(
                f"no site was found for {company}", "name it: `sluice sites answer COMPANY DOMAIN`"
            )
        return before.domain if word in _YES else None
    domain = company_domain(said)
    if domain is None:
        raise UsageError(
            f"{said!r} is no answer: neither yes, no nor a company's own domain",
            "answer yes, no, or a domain such as acme.example",
        )
    return domain


def _nothing(client_id: UUID, company_id: UUID) -> StoredFinding:
    return StoredFinding(
        client_id=client_id,
        company_id=company_id,
        domain=None,
        band="abstain",
        odds=0.0,
        reasons=[],
        lacks=[],
        denied=[],
        fact_ids=[],
        basis="",
        found_at=now(),
    )


def _remembered(one: StoredFinding) -> dict[str, Any]:
    """What an undo restores."""
    return {
        "domain": one.domain,
        "band": one.band,
        "denied": list(one.denied),
        "lacks": list(one.lacks),
        "fact_ids": list(one.fact_ids),
        "said_by": one.said_by,
        "before": dict(one.before) if one.before else None,
    }


def undo(session: Session, client: str, company: str, *, reason: str = "") -> SiteAnswered:
    """Withdraw the last word of a person about a company's site: what held before holds again."""
    with session.write(Right.MANAGE) as work:
        client_id, by = work.client(client), work.actor.name
        named = company_search.find(work.tx, client_id, company)
        held = site_findings.of_companies(work.tx, client_id, [named.id]).get(named.id)
        if held is None or held.said_by is None or held.before is None:
            raise NotFoundError(
                f"nobody said anything about the site of {named.name}",
                "see `sluice sites review`",
            )
        release_site(work.tx, held, f"{by} withdrew the word of {held.said_by}")
        back = held.before
        after = replace(
            held,
            domain=back["domain"],
            band=back["band"],
            denied=back["denied"],
            lacks=back["lacks"],
            said_by=back["said_by"],
            before=back["before"],
            fact_ids=[
                str(one) for one in state_again(work.tx, [UUID(one) for one in back["fact_ids"]])
            ],
        )
        site_findings.put(work.tx, [after])
        site_event(work.tx, after, "site word withdrawn", who=by, reason=reason)
        work.follow(_changes(client_id, named.id))
    done = work_off_own(session.context(), CHEAP)
    return SiteAnswered(named.name, after.domain, "withdrawn", done)


def _changes(client_id: UUID, company_id: UUID) -> list[Change]:
    return [RecordsChanged(client_id), CompaniesChanged(client_id, (company_id,))]
