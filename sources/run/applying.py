"""The facts of entries that were proven to be companies."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from leads.facts import Evidence, Fact, Method
from leads.ids import new_id
from leads.prices import Price
from leads.register_entries import entry_key
from leads.store import Tx, erased_entries, site_findings
from leads.store.facts import company_facts, entry_facts, facts
from leads.store.facts.facts import Subject
from leads.store.spending import erased_questions
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

    case: Case
    card: Card
    entry: Entry
    why: str
    cost: Price
    #: When the source answered.
    at: datetime
    #: What its facts hang on: an entry of an open register, for every client, or the company.
    subject: Subject = field(init=False)

    def __post_init__(self) -> None:
        """Find the subject: it is asked for several times."""
        is_register = self.card.name.startswith("register:") and self.card.shared
        country, number = self.entry.country, self.entry.number
        subject = (
            Subject(register_entry=entry_key(country, number))
            if is_register and country and number
            else Subject(company_id=self.case.company_id)
        )
        object.__setattr__(self, "subject", subject)

    @property
    def entry_key(self) -> str | None:
        """The key of the entry that its facts hang on; None: they hang on the company."""
        return self.subject.register_entry


@dataclass(frozen=True, slots=True)
class Applied:
    """What changed for one company."""

    #: Attributes with a new fact.
    attributes: tuple[str, ...] = ()
    #: Its domain is new: it may be a duplicate.
    has_new_domain: bool = False
    #: Facts were added or retracted.
    is_changed: bool = False
    #: Register entries whose facts changed, for every company that has them.
    entries: tuple[str, ...] = ()
    #: Other companies whose own facts changed, each with its client.
    others: tuple[tuple[UUID, UUID], ...] = ()
    #: Clients whose records lost facts: other records may be duplicates now.
    clients: tuple[UUID, ...] = ()

    def __add__(self, other: Applied) -> Applied:
        return Applied(
            tuple(dict.fromkeys(self.attributes + other.attributes)),
            self.has_new_domain or other.has_new_domain,
            self.is_changed or other.is_changed,
            tuple(dict.fromkeys(self.entries + other.entries)),
            tuple(dict.fromkeys(self.others + other.others)),
            tuple(dict.fromkeys(self.clients + other.clients)),
        )


def apply(tx: Tx, findings: Sequence[Finding]) -> dict[UUID, Applied]:
    """Store the facts of entries; what each company got, by its id."""
    held = _held(tx, findings)
    records = _records(tx, findings)
    rows: list[tuple[Subject, Fact]] = []
    gone: list[UUID] = []
    found: dict[UUID, Applied] = {}
    linked = _linked(tx, findings)
    for one in findings:
        before = held.get((one.subject, one.card.name), [])
        new, stale = _of_entry(one, before) if one.entry_key else _of_company(one, before)
        # Another company of the same batch may have the same entry.
        kept = [fact for fact in before if fact.id not in stale]
        held[one.subject, one.card.name] = [*kept, *(fact for _, fact in new)]
        stated = [*new, *_links(one, records.get(one.case.company_id), linked)]
        rows += _priced(stated, one.cost)
        gone += stale
        applied = _applied(one, stated, is_changed=bool(new or stale))
        found[one.case.company_id] = found.get(one.case.company_id, Applied()) + applied
    facts.add(tx, rows)
    facts.retract(tx, gone, "the source was asked again")
    return found


def _held(tx: Tx, findings: Sequence[Finding]) -> dict[tuple[Subject, str], list[Fact]]:
    """What the same sources stated before, by subject and source."""
    shared = {(one.entry_key, one.card.name) for one in findings if one.entry_key}
    private = {(one.case.company_id, one.card.name) for one in findings if not one.entry_key}
    found: dict[tuple[Subject, str], list[Fact]] = {}
    for (key, name), some in entry_facts.stated(tx, shared).items():
        found[Subject(register_entry=key), name] = some
    for (company_id, name), some in company_facts.stated(tx, private).items():
        found[Subject(company_id=company_id), name] = some
    return found


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


def _applied(one: Finding, stated: Sequence[tuple[Subject, Fact]], *, is_changed: bool) -> Applied:
    """What changed for the company of a finding."""
    names = tuple(dict.fromkeys(fact.attribute for _, fact in stated))
    entries = (one.entry_key,) if is_changed and one.entry_key else ()
    return Applied(names, "domain" in names, is_changed or bool(stated), entries)


def erase(tx: Tx, card: Card, country: str, numbers: Sequence[str]) -> Applied:
    """Erase what a register wants erased: its facts about these entries, and stored answers."""
    home = next(iter(card.countries), country) if len(card.countries) == 1 else country
    keys = tuple(entry_key(home, one) for one in numbers)
    gone = erased_entries.of_entries(tx, card.name, keys, numbers)
    erased_questions.of_entries(tx, card.name, numbers)
    return Applied(
        is_changed=True, entries=gone.entries, others=gone.companies, clients=gone.clients
    )


def _priced(rows: Sequence[tuple[Subject, Fact]], cost: Price) -> list[tuple[Subject, Fact]]:
    """Facts with equal parts of what they cost together."""
    if not cost.micros or not rows:
        return list(rows)
    parts = cost.split(len(rows))
    return [
        (subject, replace(fact, evidence=replace(fact.evidence, cost=part)))
        for (subject, fact), part in zip(rows, parts, strict=True)
    ]


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
    stale = [fact.id for fact in held if fact.id not in held_still]
    return [(one.subject, _fact(one, fact, None)) for fact in new], stale


def _is_aged(one: Finding, fact: Fact) -> bool:
    """Whether it is so old that the same words of its source make it new."""
    return fact.evidence.as_of is None and fact.evidence.observed_at + _AGED < one.at


def _of_company(
    one: Finding, held: Sequence[Fact]
) -> tuple[list[tuple[Subject, Fact]], list[UUID]]:
    """The facts of a company, and the ids of those that an older answer of the source gave."""
    new = [(one.subject, _fact(one, fact, one.case.client_id)) for fact in _stated(one)]
    return new, [fact.id for fact in held if fact.attribute not in _OWN]


def _stated(one: Finding) -> Iterable[SourceFact]:
    return [fact for fact in one.entry.facts if fact.attribute not in _OWN]


def _linked(tx: Tx, findings: Sequence[Finding]) -> set[tuple[UUID, str]]:
    """The companies that have their entry already, with it: facts of the entry reach them.

    Only those whose number is known are looked up. It may be known from their site alone, and then
    the entry is not theirs yet.
    """
    by_client: dict[UUID, list[UUID]] = {}
    for one in findings:
        if one.entry_key and _knows_number(one.case, one.entry):
            by_client.setdefault(one.case.client_id, []).append(one.case.company_id)
    found: set[tuple[UUID, str]] = set()
    for client_id, company_ids in by_client.items():
        found |= entry_facts.entries_of(tx, client_id, company_ids)
    return found


def _links(
    one: Finding, record_id: UUID | None, linked: Collection[tuple[UUID, str]]
) -> list[tuple[Subject, Fact]]:
    """What makes the entry and its site the company's own."""
    client_id, domains = one.case.client_id, _new_domains(one)
    company, record = Subject(company_id=one.case.company_id), Subject(record_id=record_id)
    key = one.entry_key
    is_new = key is not None and (one.case.company_id, key) not in linked
    said = [*domains, *(_numbers(one) if is_new else ())]
    own = [(company, _fact(one, fact, client_id)) for fact in said]
    if record_id is None:
        return own
    return [*own, *((record, _fact(one, fact, client_id)) for fact in domains)]


def _new_domains(one: Finding) -> list[SourceFact]:
    """The domains that the company is not known by yet."""
    known = one.case.subject.domains
    return [
        fact for fact in one.entry.facts if fact.attribute in _OWN and str(fact.value) not in known
    ]


def _numbers(one: Finding) -> list[SourceFact]:
    """Which entry it is."""
    return [
        SourceFact(attribute="register_number", value=one.entry.number, quote=one.why),
        SourceFact(attribute="country", value=one.entry.country, quote=one.why),
    ]


def _knows_number(case: Case, entry: Entry) -> bool:
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
