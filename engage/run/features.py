"""What is known of companies before they are contacted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from engage.predict.features import HAVING, SIGNAL, YES, cells_of, list_of
from engage.run.rules import kinds_of
from engage.signals.kinds import catalogue
from leads.codec import from_json
from leads.store import Tx, dispositions, signal_texts, signals
from leads.store.engine import chunks
from leads.store.facts import past
from leads.store.facts.past import PastFact
from leads.store.moment_texts import same_text

#: Companies whose facts are in memory at a time.
_AT_ONCE = 1_000


def features(
    tx: Tx,
    client_id: UUID,
    campaign_id: UUID,
    company_ids: Sequence[UUID],
    before: Mapping[UUID, datetime],
) -> dict[UUID, dict[str, str]]:
    """The cells of each company, by column; columns without a value are left out.

    Only what was seen, held and happened before its moment counts; a company that `before` leaves
    out was not contacted, and all that is known counts.
    """
    names = catalogue().names
    found: dict[UUID, dict[str, str]] = {}
    for some in chunks(list(company_ids), _AT_ONCE):
        known = past.of_companies(tx, client_id, some, before)
        heard = signal_texts.first_of_kinds(tx, client_id, campaign_id, some)
        for one in some:
            at = same_text(tx, before[one]) if one in before else None
            found[one] = _of_facts(known[one])
            for kind, first in heard.get(one, {}).items():
                if at is None or first < at:
                    found[one][f"{SIGNAL}{names.get(kind, kind)}"] = YES
    return found


def _of_facts(facts: Sequence[PastFact]) -> dict[str, str]:
    """The cells of facts, the oldest first: the newest replaces what older ones say."""
    found: dict[str, str] = {}
    for _, _, attribute, document, source in facts:
        found |= _cells(attribute, "" if attribute in HAVING else document, source)
    return found


@lru_cache(maxsize=20_000)
def _cells(attribute: str, document: str, source: str) -> dict[str, str]:
    """The cells of a fact; most companies have one that others have too."""
    value = from_json(attribute, json.loads(document)) if document else ""
    named = list_of(source)
    return dict(cells_of(attribute, value)) | ({named: YES} if named else {})


def first_contacts(
    tx: Tx, client_id: UUID, campaign_id: UUID, company_ids: Sequence[UUID]
) -> dict[UUID, datetime]:
    """When each company was first contacted: the first disposition, or an earlier signal of a kind
    that counts as contact; those that were not are left out.
    """
    owners = signals.owners(tx, company_ids)
    found: dict[UUID, datetime] = {}
    for one, some in dispositions.of_companies(tx, campaign_id, list(owners)).items():
        to = owners[one]
        found[to] = min(some[0].at, found.get(to, some[0].at))

    kinds = kinds_of(tx, campaign_id)
    words = [word for word, name in kinds.names.items() if kinds.by_name[name].contact]
    for to, at in signals.first_of(tx, client_id, campaign_id, owners, words).items():
        found[to] = min(at, found.get(to, at))
    return found
