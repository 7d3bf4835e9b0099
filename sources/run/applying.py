"""The facts of entries that were proven to be companies."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from leads.facts import Evidence, Fact, Method
from leads.ids import new_id
from leads.prices import Price
from leads.register_entries import entry_key
from leads.store import Tx, site_findings
from leads.store.facts import entry_facts, facts
from leads.store.facts.facts import Subject
from sources.answers import Entry, SourceFact
from sources.run.cases import Case
from sources.source import Card

#: What of an entry is said of the company itself, so that its site and its duplicates are found.
_OWN = frozenset({"domain"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An entry that is the company."""

    id: UUID
    case: Case
    card: Card
    entry: Entry
    why: str
    cost: Price


@dataclass(frozen=True, slots=True)
class Applied:
    """What changed for one company."""

    #: Attributes with a new fact.
    attributes: tuple[str, ...] = ()
    #: Its domain is new: it may be a duplicate.
    has_new_domain: bool = False
    #: The register entry whose facts changed, for every company that has it.
    entry: str = ""


def apply(tx: Tx, findings: Sequence[Finding], at: datetime) -> dict[UUID, Applied]:
    """Store the facts of entries; what each company got, by its id."""
    shared = {(_key(one), one.card.name) for one in findings if _is_entry(one)}
    held = entry_facts.stated(tx, shared)
    records = _records(tx, findings)
    rows: list[tuple[Subject, Fact]] = []
    gone: list[UUID] = []
    found: dict[UUID, Applied] = {}
    linked = _linked(tx, findings)
    for one in findings:
        if _is_entry(one):
            before = held.get((_key(one), one.card.name), [])
            new, stale = _of_entry(one, before, at)
            kept = [fact for fact in before if fact.id not in stale]
            # Another company of the same batch may have the same entry.
            held[_key(one), one.card.name] = [*kept, *(fact for _, fact in new)]
        else:
            new, stale = _of_company(one, at), []
        links = _links(one, records.get(one.case.company_id), linked, at)
        rows += _priced([*new, *links], one.cost)
        gone += stale
        found[one.case.company_id] = _applied(one, [*new, *links], is_changed=bool(new or stale))
    facts.add(tx, rows)
    facts.retract(tx, gone, "the source says otherwise now")
    return found


def _applied(one: Finding, rows: Sequence[tuple[Subject, Fact]], *, is_changed: bool) -> Applied:
    names = tuple(dict.fromkeys(fact.attribute for _, fact in rows))
    entry = _key(one) if _is_entry(one) and is_changed else ""
    return Applied(names, "domain" in names, entry)


def _records(tx: Tx, findings: Sequence[Finding]) -> dict[UUID, UUID]:
    """The records that carry the domains which are new, by company."""
    wanted: dict[UUID, list[UUID]] = {}
    for one in findings:
        if _new_domains(one):
            wanted.setdefault(one.case.client_id, []).append(one.case.company_id)
    found: dict[UUID, UUID] = {}
    for client_id, company_ids in wanted.items():
        found |= site_findings.first_records(tx, client_id, company_ids)
    return found


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


def _of_entry(
    one: Finding, held: Sequence[Fact], at: datetime
) -> tuple[list[tuple[Subject, Fact]], list[UUID]]:
    """The facts of an entry that are new, and the ids of those that no longer hold."""
    said = {(fact.attribute, fact.value, fact.as_of): fact for fact in _stated(one)}
    before = {(fact.attribute, fact.value, fact.evidence.as_of): fact.id for fact in held}
    new = [fact for key, fact in said.items() if key not in before]
    subject = Subject(register_entry=_key(one))
    stale = [id_ for key, id_ in before.items() if key not in said]
    return [(subject, _fact(one, fact, at, None)) for fact in new], stale


def _of_company(one: Finding, at: datetime) -> list[tuple[Subject, Fact]]:
    subject = Subject(company_id=one.case.company_id)
    return [(subject, _fact(one, fact, at, one.case.client_id)) for fact in _stated(one)]


def _stated(one: Finding) -> Iterable[SourceFact]:
    return [fact for fact in one.entry.facts if fact.attribute not in _OWN]


def _linked(tx: Tx, findings: Sequence[Finding]) -> set[tuple[UUID, str]]:
    """The companies that have their entry already, with it: facts of the entry reach them.

    Only those whose number is known are looked up. It may be known from their site alone, and then
    the entry is not theirs yet.
    """
    by_client: dict[UUID, list[UUID]] = {}
    for one in findings:
        if _is_entry(one) and _knows_number(one.case, one.entry):
            by_client.setdefault(one.case.client_id, []).append(one.case.company_id)
    found: set[tuple[UUID, str]] = set()
    for client_id, company_ids in by_client.items():
        found |= entry_facts.entries_of(tx, client_id, company_ids)
    return found


def _links(
    one: Finding, record_id: UUID | None, linked: Collection[tuple[UUID, str]], at: datetime
) -> list[tuple[Subject, Fact]]:
    """What makes the entry and its site the company's own."""
    case, entry = one.case, one.entry
    domains = _new_domains(one)
    said = list(domains)
    if _is_entry(one) and (case.company_id, _key(one)) not in linked:
        said += [
            SourceFact(attribute="register_number", value=entry.number, quote=one.why),
            SourceFact(attribute="country", value=entry.country, quote=one.why),
        ]
    company, record = Subject(company_id=case.company_id), Subject(record_id=record_id)
    own = [(company, _fact(one, fact, at, case.client_id)) for fact in said]
    if record_id is None:
        return own
    return [*own, *((record, _fact(one, fact, at, case.client_id)) for fact in domains)]


def _new_domains(one: Finding) -> list[SourceFact]:
    """The domains that the company is not known by yet."""
    known = one.case.subject.domains
    return [
        fact for fact in one.entry.facts if fact.attribute in _OWN and str(fact.value) not in known
    ]


def _knows_number(case: Case, entry: Entry) -> bool:
    key = entry_key(entry.country, entry.number)
    return any(
        one.scheme == "register_number" and entry_key(one.country, one.number) == key
        for one in case.subject.numbers
    )


def _fact(one: Finding, fact: SourceFact, at: datetime, client_id: UUID | None) -> Fact:
    is_register = one.card.name.startswith("register:")
    return Fact(
        id=new_id(),
        attribute=fact.attribute,
        value=fact.value,
        client_id=client_id,
        evidence=Evidence(
            source=one.card.name,
            method=_method(fact, is_register=is_register),
            observed_at=at,
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
