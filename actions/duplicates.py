"""Find and explain duplicates, and record people's decisions about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from actions.actor import Right
from actions.follow_up import WorkedOff, work_off
from actions.session import Session
from dedupe.blocking_explained import KeyExplanation
from dedupe.explain import Line
from dedupe.reports import PairReport
from dedupe.run import decisions, reporting
from dedupe.run.named_links import NamedLink, links_of
from dedupe.run.reporting import ExplainedPair, RecordLabel, Separation
from leads.changes import RecordsChanged
from leads.errors import UsageError
from leads.store import companies, company_records, company_search, events, match_index, reviews
from leads.store.companies import StoredCompany
from leads.store.events import EventRow
from leads.store.records import RecordRow, records_of_company

__all__ = [
    "CompanyExplained",
    "DuplicatesFound",
    "ExplainedPair",
    "KeyExplanation",
    "Line",
    "Merged",
    "NamedLink",
    "PairReport",
    "RecordLabel",
    "RecordRow",
    "Separation",
    "Split",
    "explain",
    "explain_two",
    "find_duplicates",
    "merge",
    "split",
]


@dataclass(frozen=True, slots=True)
class DuplicatesFound:
    """How many records a client has, and how many companies they describe."""

    records: int
    companies: int
    #: Pairs of records that a person must decide.
    review_pairs: int
    work: WorkedOff


@dataclass(frozen=True, slots=True)
class CompanyExplained:
    """A company: its records, why they match, its links and its history."""

    company: StoredCompany
    records: Sequence[RecordRow]
    links: Sequence[NamedLink]
    #: Oldest first.
    history: Sequence[EventRow]
    pairs: Sequence[ExplainedPair]


@dataclass(frozen=True, slots=True)
class Split:
    """How many pairs of records a split decided."""

    decided_pairs: int
    work: WorkedOff


@dataclass(frozen=True, slots=True)
class Merged:
    """The two companies that are one now, as they were named."""

    company: str
    other: str
    work: WorkedOff


def find_duplicates(session: Session, client: str) -> DuplicatesFound:
    """Find duplicates among all records of a client; people's decisions stay."""
    with session.write(Right.MANAGE) as work:
        client_id = work.client(client)
        # Without the index, all records are compared.
        match_index.drop_head(work.tx, client_id)
        work.follow([RecordsChanged(client_id)])
    done = work_off(session)

    with session.read() as work:
        return DuplicatesFound(
            records=len(company_records.live_records(work.tx, client_id)),
            companies=len(companies.companies_of(work.tx, client_id)),
            review_pairs=reviews.count(work.tx, client_id),
            work=done,
        )


def explain(session: Session, client: str, company: str) -> CompanyExplained:
    """Explain why the records of a company match."""
    with session.read() as work:
        client_id = work.client(client)
        found = company_search.find(work.tx, client_id, company)
        asked = reporting.read_to_explain(work.tx, client_id, company)
        records = records_of_company(work.tx, found.id)
        history = events.of_thing(work.tx, "company", found.id)
        links = links_of(work.tx, client_id, found.id)

    # Comparing takes seconds with many records, so the transaction has ended before.
    return CompanyExplained(found, records, links, history, reporting.explain_matches(asked))


def explain_two(session: Session, client: str, company: str, other: str) -> Separation | None:
    """Explain why two companies are not one; None when one of them has no record."""
    with session.read() as work:
        asked = reporting.read_to_explain(work.tx, work.client(client), company, other)
    return reporting.explain_two(asked)


def split(
    session: Session, client: str, company: str, records: Sequence[str], *, reason: str = ""
) -> Split:
    """Decide that records of a company are another one; without records, all are apart."""
    ids = [_record_id(text) for text in records]
    with session.write(Right.MANAGE) as work:
        decided, changes = decisions.split(
            work.tx, work.client(client), company, ids, work.actor.name, reason
        )
        work.follow(changes)
    return Split(decided, work_off(session))


def merge(session: Session, client: str, company: str, other: str, *, reason: str = "") -> Merged:
    """Decide that two companies are one; the older id stays."""
    with session.write(Right.MANAGE) as work:
        work.follow(
            decisions.merge(work.tx, work.client(client), company, other, work.actor.name, reason)
        )
    return Merged(company, other, work_off(session))


def _record_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise UsageError(
            f"{text!r} is not a record id", "copy it from `sluice dedupe explain COMPANY`"
        ) from None
