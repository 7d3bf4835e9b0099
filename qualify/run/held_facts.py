"""The stored facts of some companies, ready to decide about."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import TypeVar
from uuid import UUID

from leads.codec import from_json
from leads.facts import Evidence, Method, Scope
from leads.store import Tx
from leads.store.facts import held as stored_facts
from leads.store.facts.held import ATTRIBUTE, METHOD, SOURCE, VALUE, HeldRow, SaidRow
from leads.store.moment_texts import same_id
from leads.values import MoneyRange, Value
from qualify.decide.fact_content import (
    FactContent,
    FactsByAttribute,
    by_attribute,
    statement_number,
)
from qualify.run.grouping import Whole

#: Things said, values, evidence and times that are kept, to be met again in other companies' facts.
MOST = 50_000
_said: dict[SaidRow, FactContent] = {}
_stated: dict[tuple[str, str, str, str, float], tuple[Value, int]] = {}
_seen: dict[tuple[str, str, str, float, str, str | None], Evidence] = {}
_moments: dict[str, datetime] = {}
_METHODS = {method.value: method for method in Method}
_SCOPES = {scope.value: scope for scope in Scope}
_Key = TypeVar("_Key")
_What = TypeVar("_What")


@dataclass(slots=True)
class HeldFacts:
    """The facts of one company, and its own sites."""

    #: The facts, still as text: of most companies nothing has changed, and nobody has to read them.
    stated: list[HeldRow] = field(default_factory=list)
    sites: dict[str, None] = field(default_factory=dict)
    #: What is held about it and the companies that are counted with it, where there are such; it
    #: stands above `stated`.
    whole: Whole | None = None
    _by_attribute: FactsByAttribute | None = None

    @property
    def by_attribute(self) -> FactsByAttribute:
        """Its facts by attribute, in the order of their ids."""
        if self._by_attribute is None:
            self._by_attribute = self._sorted()
        return self._by_attribute

    def _sorted(self) -> FactsByAttribute:
        if self.whole:
            # Quotes and addresses are for people; what is decided must not depend on them.
            return by_attribute(
                (str(fact.id), FactContent.of(fact.attribute, fact.value, _bare(fact.evidence)))
                for fact in self.whole.facts
            )
        return by_attribute([(id_, _content(row)) for _, id_, row in self.stated])

    @property
    def rests_on(self) -> list[str]:
        """The ids of all that was looked at, and what else makes a difference."""
        if self.whole:
            return [self.whole.mark, *map(str, sorted(self.whole.stated))]
        return sorted({id_ for _, id_, _ in self.stated})

    def told(self) -> set[str]:
        """The ids of the facts that people told."""
        if self.whole:
            return {
                str(fact.id) for fact in self.whole.facts if fact.evidence.method is Method.TOLD
            }
        return {str(UUID(id_)) for _, id_, row in self.stated if row[METHOD] == Method.TOLD}


def held_facts(
    tx: Tx, client_id: UUID, company_ids: Sequence[UUID], attributes: Sequence[str]
) -> dict[UUID, HeldFacts]:
    """What each company's records state, people told this client and our own crawl saw on its sites
    about some attributes.
    """
    found = {company_id: HeldFacts() for company_id in company_ids}
    by_text = {same_id(tx, company_id): known for company_id, known in found.items()}
    wanted = [*attributes, "domain"]
    keeps_sites = "domain" in attributes
    on_sites: dict[str, list[HeldFacts]] = {}
    for row in stored_facts.of_companies(tx, client_id, company_ids, wanted):
        of, _, said = row
        known = by_text[of]
        if said[ATTRIBUTE] == "domain":
            known.sites[str(json.loads(said[VALUE]))] = None
            if not keeps_sites:
                continue
        known.stated.append(row)
    for known in found.values():
        for site in known.sites:
            on_sites.setdefault(site, []).append(known)
    for row in stored_facts.of_sites(tx, on_sites, attributes):
        for known in on_sites[row[0]]:
            known.stated.append(row)
    for row in stored_facts.of_entries(tx, client_id, company_ids, attributes):
        by_text[row[0]].stated.append(row)
    return found


def held_facts_of_wholes(
    wholes: Mapping[UUID, Whole], attributes: Sequence[str]
) -> dict[UUID, HeldFacts]:
    """The same about companies that others are counted with."""
    found = {company_id: whole.of(attributes) for company_id, whole in wholes.items()}
    return {
        company_id: HeldFacts(sites=whole.sites, whole=whole) for company_id, whole in found.items()
    }


def _bare(seen: Evidence) -> Evidence:
    return replace(seen, quote="", url=None, licence=None)


def _content(row: SaidRow) -> FactContent:
    found = _said.get(row)
    if found is None:
        found = _read(*row)
        # A site is of one company and is looked at in a moment of its own.
        if not str(row[SOURCE]).startswith("site:") and not isinstance(found.value, MoneyRange):
            _keep(_said, row, found)
    return found


def _read(
    name: str,
    value: str,
    source: str,
    method: str,
    scope: str,
    confidence: float,
    observed_at: str,
    as_of: str | None,
) -> FactContent:
    how = (source, method, scope, confidence, observed_at, as_of)
    seen = _seen.get(how) or _keep(_seen, how, _evidence(*how))
    what = (name, value, method, scope, confidence)
    stated = _stated.get(what)
    if stated is None:
        known = from_json(name, json.loads(value))
        stated = known, statement_number(name, known, seen.method, seen.scope, confidence)
        # Amounts are hardly ever the same.
        if not isinstance(known, MoneyRange):
            _keep(_stated, what, stated)
    return FactContent(name, stated[0], seen, stated[1])


def _evidence(
    source: str, method: str, scope: str, confidence: float, observed_at: str, as_of: str | None
) -> Evidence:
    return Evidence(
        source=source,
        method=_METHODS[method],
        observed_at=_moments.get(observed_at) or _keep(_moments, observed_at, moment(observed_at)),
        as_of=date.fromisoformat(as_of[:10]) if as_of else None,
        confidence=confidence,
        scope=_SCOPES[scope],
    )


def _keep(kept: dict[_Key, _What], key: _Key, one: _What) -> _What:
    if len(kept) >= MOST:
        kept.clear()
    kept[key] = one
    return one


def moment(text: str) -> datetime:
    """A time as a database writes it; where no zone is written it is UTC."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=UTC)
