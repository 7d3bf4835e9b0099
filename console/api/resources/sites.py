"""Sites: find those of companies, decide the doubtful ones, see their visits, leave hosts alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter

from actions import found_sites, opted_out, searched_sites, site_reviews, site_states
from actions.found_sites import SiteAnswered
from actions.opted_out import OptedOutHost
from actions.site_reviews import SiteForReview
from actions.site_states import KnownSite
from console.api.callers import Caller, Client, needs
from console.api.listing import Key, Page, Paging, in_memory, listed
from console.api.words import Body, Named, Text, Word
from leads.errors import NotFoundError

router = APIRouter(prefix="/sites", tags=["sites"])
Reader = Annotated[Caller, needs("companies:read")]
Writer = Annotated[Caller, needs("companies:write")]


class Search(Body):
    """A list whose companies without a site are searched."""

    list: Word
    #: Also those that were searched lately.
    again: bool = False


class Answer(Body):
    """A person's word about a company's site."""

    #: A company, by name, domain or id.
    company: Word
    #: `yes`, `no`, or the domain that is right.
    answer: Word
    reason: Text = ""


class Undo(Body):
    """The company whose last word is withdrawn."""

    company: Word
    reason: Text = ""


class OptOut(Body):
    """A host whose owner wants no visits, or wants them again."""

    host: Word
    reason: Text = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """How many companies of the list have no site, and how many of them workers search now."""

    without_site: int
    asked: int


@dataclass(frozen=True, slots=True)
class Reason:
    """One mark of a site, its weight in log-odds, and the words it was seen in."""

    mark: str
    weight: float
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A site that a person should look at."""

    company_id: UUID
    company: str
    domain: str | None
    odds: float
    reasons: Sequence[Reason]
    #: What would settle it.
    lacks: Sequence[str]
    #: Each site that was visited, and what came of it.
    looked: Sequence[Mapping[str, Any]]
    found_at: datetime


@dataclass(frozen=True, slots=True)
class Answered:
    """What holds of a company's site now."""

    company: str
    domain: str | None
    #: `yes`, `no` or `withdrawn`.
    answer: str
    #: What becomes of it; empty if nothing does.
    next: str


@dataclass(frozen=True, slots=True)
class OptedOut:
    """A host that is left alone, and whether it is new on the list."""

    host: str
    is_new: bool


@router.post("/find", status_code=202)
def find(caller: Writer, client: Client, sent: Search) -> Asked:
    """Ask workers to search the sites of a list's companies that have none."""
    done = searched_sites.ask_for_list(caller.session, client, sent.list, again=sent.again)
    return Asked(done.without_site, done.asked)


@router.get("/findings", response_model=Page[Finding])
def list_findings(caller: Reader, client: Client, part: Paging) -> Any:
    """List the sites that a person should look at, the likeliest first."""

    def fetch(after: Key | None, limit: int) -> Sequence[SiteForReview]:
        place = (float(after[0]), UUID(after[1])) if after else None
        return site_reviews.list_waiting(caller.session, client, place, limit)

    return listed(part, fetch, lambda one: list(one.place), _finding)


@router.post("/answers")
def answer(caller: Writer, client: Client, sent: Answer) -> Answered:
    """Say whether the site found is the company's, or which one is; it outranks what is found."""
    done = found_sites.answer(caller.session, client, sent.company, sent.answer, reason=sent.reason)
    return _answered(done)


@router.post("/undo")
def undo(caller: Writer, client: Client, sent: Undo) -> Answered:
    """Withdraw the last word about a company's site; what held before it holds again."""
    return _answered(found_sites.undo(caller.session, client, sent.company, reason=sent.reason))


@router.get("/dead", response_model=Page[KnownSite])
def list_dead(caller: Reader, part: Paging) -> Any:
    """List the sites that are stated dead, by name, with their attempts."""

    def fetch(after: Key | None, limit: int) -> Sequence[KnownSite]:
        return site_states.dead_sites(caller.session, str(after[0]) if after else "", limit)

    return listed(part, fetch, lambda one: [one.site])


@router.get("/opt-outs", response_model=Page[OptedOutHost])
def list_opt_outs(caller: Reader, part: Paging) -> Any:
    """List the hosts that are left alone, by name."""
    rows = opted_out.list_hosts(caller.session)
    return listed(part, in_memory(rows, lambda one: [one.host]), lambda one: [one.host])


@router.post("/opt-outs", status_code=201)
def opt_out(caller: Writer, sent: OptOut) -> OptedOut:
    """Leave a host and those below it alone, for every client."""
    return OptedOut(*opted_out.add_host(caller.session, sent.host, sent.reason))


@router.post("/opt-outs/end")
def opt_in(caller: Writer, sent: OptOut) -> dict[str, str]:
    """Allow visits to a host again."""
    return {"host": opted_out.remove_host(caller.session, sent.host, sent.reason)}


@router.get("/{domain}")
def show(caller: Reader, domain: Named) -> KnownSite:
    """Show what is known of a site: its visits, its kept pages and why each was fetched."""
    found = site_states.known_site(caller.session, domain)
    if found is None:
        raise NotFoundError(f"{domain} was never visited", "a domain such as acme.example")
    return found


def _finding(one: SiteForReview) -> Finding:
    found = one.found
    return Finding(
        company_id=one.company_id,
        company=one.company,
        domain=found.domain,
        odds=found.odds,
        reasons=[Reason(**each) for each in found.reasons],
        lacks=found.lacks,
        looked=found.looked,
        found_at=found.found_at,
    )


def _answered(done: SiteAnswered) -> Answered:
    return Answered(done.company, done.domain, done.answer, done.next)
