"""A found site as facts: what is known of the company before, and what holds after."""

from __future__ import annotations

from math import exp
from uuid import UUID

from enrich.finding.result import Finding
from enrich.finding.wanted import Wanted
from leads.clock import now
from leads.facts import Evidence, Fact, Method
from leads.ids import new_id
from leads.lexicon.emails import parse_email
from leads.store import Tx, companies, events, site_findings
from leads.store.facts import facts
from leads.store.facts.facts import Subject
from leads.store.site_findings import StoredFinding

_NUMBERS = ("register_number", "vat_id", "lei")
_NAMES = ("alias", "former_name", "legal_name")
#: No search is surer than this of what it found.
_SUREST = 0.97


def wanted_of(
    tx: Tx, client_id: UUID, company_id: UUID, before: StoredFinding | None
) -> Wanted | None:
    """What the records of a company say; None if they name its site, or it has no record."""
    name = companies.names_of(tx, [company_id]).get(company_id)
    if name is None or site_findings.first_record(tx, client_id, company_id) is None:
        return None
    own = _own_values(tx, client_id, company_id, frozenset(before.fact_ids if before else ()))
    if own.get("domain"):
        return None

    def first(attribute: str) -> str:
        return next(iter(own.get(attribute, ())), "")

    mails = [parse_email(one) for one in own.get("email", ())]
    return Wanted(
        name=name,
        aliases=tuple(dict.fromkeys(one for kind in _NAMES for one in own.get(kind, ()))),
        country=first("country"),
        city=first("city"),
        postcode=first("postcode"),
        street=first("street"),
        phones=tuple(own.get("phone", ())),
        mail_hosts=tuple(one.domain for one in mails if one is not None),
        numbers=tuple(one for kind in _NUMBERS for one in own.get(kind, ())),
        legal_form=first("legal_form"),
    )


def _own_values(
    tx: Tx, client_id: UUID, company_id: UUID, found: frozenset[str]
) -> dict[str, list[str]]:
    """What others than sites state about a company, by attribute; `found` facts are left out."""
    own: dict[str, list[str]] = {}
    for fact in facts.of_companies(tx, client_id, [company_id])[company_id]:
        # What a found site states about itself is no evidence that it is the right one.
        if str(fact.id) not in found and not fact.evidence.source.startswith("site:"):
            own.setdefault(fact.attribute, []).append(str(fact.value))
    return own


def hold_site(tx: Tx, client_id: UUID, company_id: UUID, found: Finding) -> list[str]:
    """Add a found domain as a fact of the company's oldest record, so that its duplicates are found
    by it; the ids of the facts.
    """
    assert found.domain is not None
    told = [one for one in found.reasons if one.weight > 0]
    quote = "; ".join(f"{one.says}: {one.quote}" if one.quote else one.says for one in told)
    confidence = min(_SUREST, 1 / (1 + exp(-found.odds)))
    return _add(
        tx,
        client_id,
        company_id,
        found.domain,
        Evidence(
            source=f"site:{found.domain}",
            method=Method.INFERRED,
            observed_at=now(),
            url=f"https://{found.domain}/",
            quote=quote[:500],
            confidence=round(confidence, 2),
        ),
    )


def say_site(tx: Tx, client_id: UUID, company_id: UUID, domain: str, by: str) -> list[str]:
    """Add a domain as a person's word: of the company, and of its oldest record; the ids."""
    evidence = Evidence(
        source=f"user:{by}", method=Method.TOLD, observed_at=now(), confidence=_SUREST
    )
    told = Fact(
        id=new_id(), attribute="domain", value=domain, evidence=evidence, client_id=client_id
    )
    facts.add(tx, [(Subject(company_id=company_id), told)])
    return [str(told.id), *_add(tx, client_id, company_id, domain, evidence)]


def _add(tx: Tx, client_id: UUID, company_id: UUID, domain: str, evidence: Evidence) -> list[str]:
    record_id = site_findings.first_record(tx, client_id, company_id)
    if record_id is None:
        return []
    fact = Fact(
        id=new_id(), attribute="domain", value=domain, evidence=evidence, client_id=client_id
    )
    facts.add(tx, [(Subject(record_id=record_id), fact)])
    return [str(fact.id)]


def release_site(tx: Tx, before: StoredFinding, reason: str) -> None:
    """Retract the facts that held because of a finding."""
    facts.retract(tx, [UUID(one) for one in before.fact_ids], reason)


def site_event(
    tx: Tx, found: StoredFinding, verb: str, *, who: str = "sluice", reason: str = ""
) -> None:
    """Log what became of a company's site."""
    line = events.Happened(
        verb=verb,
        thing="company",
        thing_id=found.company_id,
        who=who,
        client_id=found.client_id,
        reason=reason,
        data={"domain": found.domain, "band": found.band, "odds": found.odds},
    )
    events.log(tx, [line])
