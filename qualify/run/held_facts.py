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
from leads.ids import dashed
from leads.store import Tx
from leads.store.facts.held import IN_SHORT, ShortRow, look_parts, statement_parts, states
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
_said: dict[tuple[str, str], FactContent] = {}
_stated: dict[tuple[str, float], tuple[Value, int]] = {}
_seen: dict[tuple[str, str, str, float], Evidence] = {}
_moments: dict[str, datetime] = {}
_METHODS = {method.value: method for method in Method}
_SCOPES = {scope.value: scope for scope in Scope}
_Key = TypeVar("_Key")
_What = TypeVar("_What")


@dataclass(slots=True)
class HeldFacts:
    """The facts of one company, and its own sites."""

    #: The facts, still as text: of most companies nothing has changed, and nobody has to read them.
    stated: list[ShortRow] = field(default_factory=list)
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
        return by_attribute([(row[1], _content(row)) for row in self.stated])

    @property
    def rests_on(self) -> list[str]:
        """The ids of all that was looked at, and what else makes a difference."""
        if self.whole:
            return [self.whole.mark, *map(str, sorted(self.whole.stated))]
        return sorted({row[1] for row in self.stated})

    def told(self) -> set[str]:
        """The ids of the facts that people told."""
        if self.whole:
            return {
                str(fact.id) for fact in self.whole.facts if fact.evidence.method is Method.TOLD
            }
        return {
            dashed(id_)
            for _, id_, said, *_ in self.stated
            if statement_parts(said)[2] == Method.TOLD
        }


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
    for row in IN_SHORT.of_companies(tx, client_id, company_ids, wanted):
        known = by_text[row[0]]
        if states(row, "domain"):
            known.sites[str(json.loads(statement_parts(row[2])[1]))] = None
            if not keeps_sites:
                continue
        known.stated.append(row)
    for known in found.values():
        for site in known.sites:
            on_sites.setdefault(site, []).append(known)
    for row in IN_SHORT.of_sites(tx, on_sites, attributes):
        for known in on_sites[row[0]]:
            known.stated.append(row)
    for row in IN_SHORT.of_entries(tx, client_id, company_ids, attributes):
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


def _content(row: ShortRow) -> FactContent:
    _, _, what, look, confidence = row
    found = _said.get((what, look))
    if found is None or found.evidence.confidence != confidence:
        found = _read(what, look, confidence)
        # A site is of one company and is looked at in a moment of its own.
        if not look.startswith("site:") and not isinstance(found.value, MoneyRange):
            _keep(_said, (what, look), found)
    return found


def _read(what: str, look: str, confidence: float) -> FactContent:
    name, value, method, scope = statement_parts(what)
    seen = _seen.get((look, method, scope, confidence))
    if seen is None:
        seen = _evidence(look, _METHODS[method], _SCOPES[scope], confidence)
        _keep(_seen, (look, method, scope, confidence), seen)
    stated = _stated.get((what, confidence))
    if stated is None:
        known = from_json(name, json.loads(value))
        stated = known, statement_number(name, known, seen.method, seen.scope, confidence)
        # Amounts are hardly ever the same.
        if not isinstance(known, MoneyRange):
            _keep(_stated, (what, confidence), stated)
    return FactContent(name, stated[0], seen, stated[1])


def _evidence(look: str, method: Method, scope: Scope, confidence: float) -> Evidence:
    source, observed_at, as_of = look_parts(look)
    return Evidence(
        source=source,
        method=method,
        observed_at=_moments.get(observed_at) or _keep(_moments, observed_at, moment(observed_at)),
        as_of=date.fromisoformat(as_of[:10]) if as_of else None,
        confidence=confidence,
        scope=scope,
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
