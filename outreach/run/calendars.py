"""Whose clocks and holidays count for companies, read from their facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from leads.facts import Fact
from leads.lexicon.places.local_calendars import local_calendar
from leads.store import Tx
from outreach.run.known_as import Pair, Rows, pairs, rows_about

_PLACE = ("country", "region", "city")
ATTRIBUTES = (*_PLACE, "phone", "domain")


def calendar_keys(
    tx: Tx, client_id: UUID, company_ids: Sequence[UUID], read: Rows | None = None
) -> dict[UUID, str]:
    """The key of each company's calendar; empty when its country is unknown.

    `read` are rows about ATTRIBUTES that are read already.
    """
    if not company_ids:
        return {}
    rows = rows_about(tx, client_id, company_ids, ATTRIBUTES, read)
    return {one: _key(pairs(some)) for one, some in rows.items()}


def calendar_key(facts: Iterable[Fact]) -> str:
    """The key of the calendar of one company with these facts."""
    return _key((one.attribute, str(one.value)) for one in facts if one.attribute in ATTRIBUTES)


def _key(said: Iterable[Pair]) -> str:
    """What was said first counts, as on the card."""
    first: dict[str, str] = {}
    phones = []
    for attribute, value in said:
        first.setdefault(attribute, value)
        if attribute == "phone":
            phones.append(value)
    country, region, city = (first.get(name, "") for name in _PLACE)
    found = local_calendar(country or None, region, city, phones)
    return found.key if found else ""
