"""The stored facts of some companies, ready to decide about."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from operator import attrgetter, itemgetter
from typing import NamedTuple
from uuid import UUID

from leads.codec import from_json
from leads.facts import Evidence, Method, Scope
from leads.ids import dashed
from leads.store import Tx
from leads.store.facts.held import IN_SHORT, ShortRow, beginning, look_parts, statement_parts
from leads.store.moment_texts import same_id
from leads.values import MoneyRange, Value
from qualify.decide.fact_content import (
    FactContent,
    FactsByAttribute,
    Look,
    by_attribute,
    statement_number,
)
from qualify.decide.kept import keep
from qualify.run.grouping import Whole

#: Things said, statements, looks and times that are kept, to be met again in other companies' facts.
MOST = 50_000
_said: dict[tuple[str, str], FactContent] = {}
_stated: dict[tuple[str, float], _Statement] = {}
_looks: dict[tuple[str, Method, Scope, float], Look] = {}
_moments: dict[str, datetime] = {}
_METHODS = {method.value: method for method in Method}
_SCOPES = {scope.value: scope for scope in Scope}
_ID_OF = itemgetter(1)


class _Statement(NamedTuple):
    """What a fact states and how, and the number of that."""

    attribute: str
    value: Value
    method: Method
    scope: Scope
    number: int


@dataclass(slots=True)
class HeldFacts:
    """The facts of one company, and its own sites."""

    #: The facts in the order of their ids, still as text: of most companies nothing has changed,
    #: and nobody has to read them.
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
                for fact in sorted(self.whole.facts, key=attrgetter("id"))
            )
        return by_attribute([(row[1], _content(row)) for row in self.stated])

    @property
    def rests_on(self) -> list[str]:
        """The ids of all that was looked at, and what else makes a difference."""
        if self.whole:
            return [self.whole.mark, *map(str, sorted(self.whole.stated))]
        return list(dict.fromkeys(map(_ID_OF, self.stated)))

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
    wanted, domain = [*attributes, "domain"], beginning("domain")
    keeps_sites = "domain" in attributes
    on_sites: dict[str, list[HeldFacts]] = {}
    for row in IN_SHORT.of_companies(tx, client_id, company_ids, wanted):
        known = by_text[row[0]]
        if row[2].startswith(domain):
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
    for known in found.values():
        known.stated.sort(key=_ID_OF)
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
    _, _, what, where, confidence = row
    found = _said.get((what, where))
    if found is not None and found.look.evidence.confidence == confidence:
        return found
    stated = _stated.get((what, confidence)) or _statement(what, confidence)
    key = (where, stated.method, stated.scope, confidence)
    look = _looks.get(key) or keep(_looks, key, _look(*key), MOST)
    found = FactContent(stated.attribute, stated.value, look, stated.number)
    # A site is of one company and is looked at in a moment of its own.
    if not look.on_site and not isinstance(stated.value, MoneyRange):
        keep(_said, (what, where), found, MOST)
    return found


def _statement(what: str, confidence: float) -> _Statement:
    name, text, *how = statement_parts(what)
    method, scope, value = _METHODS[how[0]], _SCOPES[how[1]], from_json(name, json.loads(text))
    number = statement_number(name, value, method, scope, confidence)
    stated = _Statement(name, value, method, scope, number)
    # Amounts are hardly ever the same.
    if not isinstance(value, MoneyRange):
        keep(_stated, (what, confidence), stated, MOST)
    return stated


def _look(where: str, method: Method, scope: Scope, confidence: float) -> Look:
    source, observed_at, as_of = look_parts(where)
    seen = _moments.get(observed_at)
    return Look.of(
        Evidence(
            source=source,
            method=method,
            observed_at=seen or keep(_moments, observed_at, moment(observed_at), MOST),
            as_of=date.fromisoformat(as_of[:10]) if as_of else None,
            confidence=confidence,
            scope=scope,
        )
    )


def moment(text: str) -> datetime:
    """A time as a database writes it; where no zone is written it is UTC."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=UTC)
