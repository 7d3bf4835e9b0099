"""What companies are known by, read from their facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from leads.facts import Fact
from leads.store import Tx, contact_keys
from outreach.keys import KnownAs
from outreach.run.held_rows import Pair, pairs_of

_NAMES = ("name", "legal_name", "alias", "former_name")
_ATTRIBUTES = (*_NAMES, "domain", "email", "phone")


def known_as(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, KnownAs]:
    """What each company is known by, from its records, from what people said and from its sites."""
    pairs = pairs_of(tx, client_id, company_ids, _ATTRIBUTES)
    merged_ids: dict[UUID, list[UUID]] = {one: [one] for one in company_ids}
    for gone, survivor in contact_keys.merged_into(tx, company_ids).items():
        merged_ids[survivor].append(gone)

    return {one: _known_as(some, sorted(merged_ids[one])) for one, some in pairs.items()}


def known_as_of_facts(facts: Iterable[Fact]) -> KnownAs:
    """What these facts of one company say it is known by."""
    return _known_as([(one.attribute, str(one.value)) for one in facts], ())


def _known_as(pairs: Iterable[Pair], company_ids: Sequence[UUID]) -> KnownAs:
    values: dict[str, dict[str, None]] = {}
    for attribute, value in pairs:
        values.setdefault(attribute, {})[value] = None
    names = [name for attribute in _NAMES for name in values.get(attribute, ())]
    return KnownAs(
        names=tuple(dict.fromkeys(names)),
        domains=tuple(values.get("domain", ())),
        emails=tuple(values.get("email", ())),
        phones=tuple(values.get("phone", ())),
        company_ids=tuple(company_ids),
    )
