"""The facts of entries that were proven to be companies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from leads.facts import Evidence, Fact, Method
from leads.ids import new_id
from leads.prices import Price
from leads.register_entries import entry_key
from leads.store import Tx, site_findings
from leads.store.facts import company_facts, entry_facts, facts
from leads.store.facts.facts import Subject
from sources.answers import Entry, SourceFact
from sources.run.cases import Case
from sources.source import Card

#: What of an entry is said of the company itself, so that its site and its duplicates are found.
_OWN = frozenset({"domain"})
#: A fact without a day of its own that is older than this is stated anew when its source repeats it:
#: it would stay too old for a question otherwise.
_AGED = timedelta(days=28)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An entry that is the company."""

    id: UUID
    case: Case
    card: Card
    entry: Entry
    why: str
    cost: Price
    #: When the source answered.
    at: datetime


@dataclass(frozen=True, slots=True)
class Applied:
    """What changed for one company."""

    #: Attributes with a new fact.
    attributes: tuple[str, ...] = ()
    #: Its domain is new: it may be a duplicate.
    has_new_domain: bool = False
    #: The register entry whose facts changed, for every company that has it.
    entry: str = ""


def apply(tx: Tx, findings: Sequence[Finding]) -> dict[UUID, Applied]:
    """Store the facts of entries; what each company got, by its id."""
    rows: list[tuple[Subject, Fact]] = []
    found: dict[UUID, Applied] = {}
    shared = [one for one in findings if _is_entry(one)]
    held = entry_facts.stated(tx, {(_key(one), one.card.name) for one in shared})
    private = [one for one in findings if not _is_entry(one)]
    before = company_facts.stated(tx, {(one.case.company_id, one.card.name) for one in private})
    for one in findings:
        if _is_entry(one):
            new, stale = _of_entry(one, held.get((_key(one), one.card.name), ()))
        else:
            new, stale = _of_company(one, before.get((one.case.company_id, one.card.name), ()))
        facts.retract(tx, stale, "the source was asked again")
        stated = [*new, *_links(tx, one)]
        rows += _priced(stated, one.cost)
        found[one.case.company_id] = _applied(one, stated, is_changed=bool(new or stale))
    facts.add(tx, rows)
    return found


def _applied(one: Finding, stated: Sequence[tuple[Subject, Fact]], *, is_changed: bool) -> Applied:
    """What changed for the company of a finding."""
    names = dict.fromkeys(fact.attribute for _, fact in stated)
    entry = _key(one) if is_changed and _is_entry(one) else ""
    return Applied(tuple(names), "domain" in names, entry)


def erase(tx: Tx, card: Card, country: str, numbers: Sequence[str]) -> int:
    """Erase what entries said, as their register demands; how many facts went."""
    home = next(iter(card.countries), country) if len(card.countries) == 1 else country
    return entry_facts.erase(tx, [entry_key(home, one) for one in numbers], card.name)


def _priced(rows: Sequence[tuple[Subject, Fact]], cost: Price) -> list[tuple[Subject, Fact]]:
    """Facts with equal parts of what they cost together."""
    if not cost.micros or not rows:
        return list(rows)
    parts = cost.split(len(rows))
    return [
        (subject, replace(fact, evidence=replace(fact.evidence, cost=part)))
        for (subject, fact), part in zip(rows, parts, strict=True)
    ]


def _is_entry(one: Finding) -> bool:
    """Whether facts hang on an entry of an open register, for every client."""
    is_register = one.card.name.startswith("register:")
    return is_register and one.card.shared and bool(one.entry.number and one.entry.country)


def _key(one: Finding) -> str:
    return entry_key(one.entry.country, one.entry.number)


def _of_entry(one: Finding, held: Sequence[Fact]) -> tuple[list[tuple[Subject, Fact]], list[UUID]]:
    """The facts of an entry that are new, and the ids of those that no longer hold."""
    said = {(fact.attribute, fact.value, fact.as_of): fact for fact in _stated(one)}
    kept = {
        (fact.attribute, fact.value, fact.evidence.as_of): fact.id
        for fact in held
        if not _is_aged(one, fact)
    }
    new = [fact for key, fact in said.items() if key not in kept]
    held_still = {id_ for key, id_ in kept.items() if key in said}
    subject = Subject(register_entry=_key(one))
    stale = [fact.id for fact in held if fact.id not in held_still]
    return [(subject, _fact(one, fact, None)) for fact in new], stale


def _is_aged(one: Finding, fact: Fact) -> bool:
    """Whether it is so old that the same words of its source make it new."""
    return fact.evidence.as_of is None and fact.evidence.observed_at + _AGED < one.at


def _of_company(
    one: Finding, held: Sequence[Fact]
) -> tuple[list[tuple[Subject, Fact]], list[UUID]]:
    """The facts of a company, and the ids of those that an older answer of the source gave."""
    subject = Subject(company_id=one.case.company_id)
    new = [(subject, _fact(one, fact, one.case.client_id)) for fact in _stated(one)]
    return new, [fact.id for fact in held if fact.attribute not in _OWN]


def _stated(one: Finding) -> Iterable[SourceFact]:
    return [fact for fact in one.entry.facts if fact.attribute not in _OWN]


def _links(tx: Tx, one: Finding) -> list[tuple[Subject, Fact]]:
    """What makes the entry and its site the company's own."""
    case, entry = one.case, one.entry
    sites = [
        fact
        for fact in entry.facts
        if fact.attribute in _OWN and str(fact.value) not in case.subject.domains
    ]
    said = [*sites, *_numbers(one)]
    own = [(Subject(company_id=case.company_id), _fact(one, fact, case.client_id)) for fact in said]
    record_id = site_findings.first_record(tx, case.client_id, case.company_id) if own else None
    if record_id is None:
        return own
    return [
        *own,
        *((Subject(record_id=record_id), _fact(one, fact, case.client_id)) for fact in sites),
    ]


def _numbers(one: Finding) -> list[SourceFact]:
    """Which entry it is, where that was not known of the company."""
    entry = one.entry
    if not _is_entry(one) or _knows_entry(one.case, entry):
        return []
    return [
        SourceFact(attribute="register_number", value=entry.number, quote=one.why),
        SourceFact(attribute="country", value=entry.country, quote=one.why),
    ]


def _knows_entry(case: Case, entry: Entry) -> bool:
    key = entry_key(entry.country, entry.number)
    return any(
        one.scheme == "register_number" and entry_key(one.country, one.number) == key
        for one in case.subject.numbers
    )


def _fact(one: Finding, fact: SourceFact, client_id: UUID | None) -> Fact:
    is_register = one.card.name.startswith("register:")
    return Fact(
        id=new_id(),
        attribute=fact.attribute,
        value=fact.value,
        client_id=client_id,
        evidence=Evidence(
            source=one.card.name,
            method=_method(fact, is_register=is_register),
            observed_at=one.at,
            as_of=fact.as_of,
            url=one.entry.url or None,
            quote=fact.quote,
            confidence=fact.confidence,
            scope=fact.scope,
            licence=one.card.licence or None,
        ),
    )


def _method(fact: SourceFact, *, is_register: bool) -> Method:
    if fact.inferred:
        return Method.INFERRED
    return Method.REGISTER if is_register else Method.PROVIDER
