"""A person's word about the sites found for a client's companies: answer, undo."""

from __future__ import annotations

from collections.abc import Mapping
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
from leads.store import company_search, opted_out_hosts, seat, site_findings, site_states
from leads.store.companies import StoredCompany
from leads.store.facts.restored import state_again
from leads.store.site_findings import StoredFinding
from outreach.run.barred_sites import barred_by_name
from spiders.opted_out import OptedOut
from workers.found_sites import release_site, say_site, site_event
from workers.inline import work_off_own
from workers.pipeline import CHEAP

_LEFT = "`sluice sites find LIST --list --again` looks for another"
_YES, _NO = ("yes", "y"), ("no", "n")


@dataclass(frozen=True, slots=True)
class SiteAnswered:
    """A person's word about a company's site, or what holds after it was withdrawn."""

    company: str
    domain: str | None
    #: yes, no or withdrawn.
    answer: str
    work: WorkedOff
    #: What becomes of it; empty if nothing does.
    next: str = ""


def answer(
    session: Session,
    client: str,
    company: str,
    said: str,
    *,
    reason: str = "",
    shown: str | None = None,
) -> SiteAnswered:
    """Record that the site found is the company's, that it is not, or which one is.

    `shown`: the domain that was asked about; UsageError if it is no longer open for review.
    """
    with session.write(Right.MANAGE) as work:
        client_id, by = work.client(client), work.actor.name
        named = company_search.find(work.tx, client_id, company)
        seat.lock_site(work.tx, named.id)
        before = site_findings.of_companies(work.tx, client_id, [named.id]).get(named.id)
        if shown is not None:
            _check_waits(before, shown)
        domain = _meant(said, before, named.name, by)
        then = _then(work, client_id, domain, session.secret) if domain else _LEFT
        base = before or _nothing(client_id, named.id)
        release_site(work.tx, base, f"{by} said which site it is")
        held = _remembered(base) | {"searched": before is not None}
        after = replace(base, said_by=by, before=held, fact_ids=[], found_at=now(), lacks=[])
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
    return SiteAnswered(named.name, domain, "no" if domain is None else "yes", done, then)


def _check_waits(held: StoredFinding | None, shown: str) -> None:
    if held is None or held.domain != shown or not held.is_for_review:
        raise UsageError(
            f"{shown} waits for no answer any more",
            "somebody answered, or a search was made since: look at the next one",
        )


def _then(work: Transaction, client_id: UUID, domain: str, secret: bytes) -> str:
    """Say what becomes of a company's site; UsageError for one that was erased."""
    barred = barred_by_name(work.tx, client_id, [domain], secret)
    if domain in barred and not barred[domain]:
        raise UsageError(
            f"{domain} was erased: no company gets it as its site",
            "`sluice suppress add` keeps the company itself out",
        )
    if domain in barred:
        return f"{domain} is suppressed: so is the company now, and the site is not visited"
    hosts = {one.host: one.reason for one in opted_out_hosts.every(work.tx)}
    if why := OptedOut(hosts).why(domain):
        return f"{why}: it is not visited"
    if site_states.of(work.tx, domain) is not None:
        return f"`sluice sites show {domain}` shows its visits"
    return "the site is visited by the next run: `sluice crawl run`"


def _meant(said: str, before: StoredFinding | None, company: str, by: str) -> str | None:
    """The domain that an answer means; None for no."""
    word = said.strip().casefold()
    if word in (*_YES, *_NO):
        if before is None or before.domain is None:
            raise _nothing_to_answer(before, company, by)
        return before.domain if word in _YES else None
    domain = company_domain(said)
    if domain is None:
        raise UsageError(
            f"{said!r} is no answer: neither yes, no nor a company's own domain",
            "answer yes, no, or a domain such as acme.example",
        )
    return domain


def _nothing_to_answer(before: StoredFinding | None, company: str, by: str) -> NotFoundError:
    if before is not None and before.denied:
        who = before.said_by or (before.before or {}).get("who", by)
        return NotFoundError(
            f"{'you' if who == by else who} denied {before.denied[-1]} for {company}",
            "`sluice sites undo COMPANY` withdraws that; or name another domain",
        )
    return NotFoundError(
        f"no site was found for {company}", "name it: `sluice sites answer COMPANY DOMAIN`"
    )


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
        client_id = work.client(client)
        named = company_search.find(work.tx, client_id, company)
        after = _withdraw(work, client_id, named, reason=reason)
    return _withdrawn(session, named.name, after)


def undo_last(session: Session, client: str) -> SiteAnswered:
    """Withdraw what the actor said last about a site; NotFoundError if nothing stands, and
    UsageError if the word of somebody else counts instead.
    """
    with session.write(Right.MANAGE) as work:
        client_id, by = work.client(client), work.actor.name
        found = site_findings.last_said(work.tx, client_id, by)
        if found is None:
            raise NotFoundError("you said nothing about a site that stands", "answer one first")
        named = company_search.find(work.tx, client_id, str(found))
        after = _withdraw(work, client_id, named, only_of=by)
    return _withdrawn(session, named.name, after)


def _withdraw(
    work: Transaction,
    client_id: UUID,
    named: StoredCompany,
    *,
    reason: str = "",
    only_of: str | None = None,
) -> StoredFinding:
    """Withdraw the word that counts for a company's site; what holds then.

    `only_of`: UsageError for the word of any other person.
    """
    seat.lock_site(work.tx, named.id)
    held = site_findings.of_companies(work.tx, client_id, [named.id]).get(named.id)
    if held is None or held.before is None:
        raise NotFoundError(
            f"nobody said anything about the site of {named.name}",
            "see `sluice sites review`",
        )
    who, by = held.said_by or held.before["who"], work.actor.name
    if only_of is not None and who != only_of:
        raise UsageError(
            f"for the site of {named.name} the word of {who} counts, and not yours",
            "`sluice sites undo COMPANY` withdraws it",
        )
    release_site(work.tx, held, f"{by} withdrew the word of {who}")
    after = _restored(work, held, held.before)
    if held.before.get("searched", True):
        site_findings.put(work.tx, [after])
    else:
        # The company was never searched, and must not look as if it was.
        site_findings.drop(work.tx, client_id, named.id)
    site_event(work.tx, after, "site word withdrawn", who=by, reason=reason)
    work.follow(_changes(client_id, named.id))
    return after


def _withdrawn(session: Session, company: str, after: StoredFinding) -> SiteAnswered:
    done = work_off_own(session.context(), CHEAP)
    again = f"{after.domain} waits for review again: `sluice sites review`"
    then = again if after.is_for_review else ""
    return SiteAnswered(company, after.domain, "withdrawn", done, then)


def _restored(work: Transaction, held: StoredFinding, back: Mapping[str, Any]) -> StoredFinding:
    """What was held before a person's word; a search that was made since is dropped."""
    return replace(
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
        odds=back.get("odds", held.odds),
        reasons=back.get("reasons", held.reasons),
        looked=back.get("looked", held.looked),
    )


def _changes(client_id: UUID, company_id: UUID) -> list[Change]:
    return [RecordsChanged(client_id), CompaniesChanged(client_id, (company_id,))]
