"""Find the sources of what is stored about a company."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePath
from uuid import UUID

from leads.contacts import ContactRow
from leads.errors import UsageError
from leads.facts import Fact
from leads.prices import Price, sum_of
from leads.store import Tx, company_search, contact_keys, contacts, origins
from leads.store.facts import fact_costs, facts
from leads.store.origins import ListOrigin
from outreach.origins import Origin
from outreach.people import comparable
from outreach.run.forgetting_persons import is_full_name


def origins_of(tx: Tx, client_id: UUID, text: str) -> tuple[str, list[Origin]]:
    """The name of the company that a text names, and every source of its data, lists first."""
    found = company_search.find(tx, client_id, text)
    ids = [found.id, *contact_keys.merged_into(tx, [found.id])]
    held = facts.of_companies(tx, client_id, [found.id])[found.id]
    by_list = [one for one in held if one.evidence.source.startswith("list:")]
    rows = origins.of_companies(tx, client_id, ids)
    paid = fact_costs.costs(tx, [one.id for one in held if one.evidence.licence])
    return found.name, [*_of_lists(rows, by_list), *_others(held, paid)]


def origins_of_email(tx: Tx, client_id: UUID, email: str) -> list[Origin]:
    """Every source of the contact with an address."""
    return origins_of_contacts(contacts.with_email(tx, client_id, email))


def origins_of_person(tx: Tx, client_id: UUID, name: str) -> list[Origin]:
    """Every source of the contact of this full name; UsageError when it is that of several."""
    if not is_full_name(name):
        return []
    wanted = comparable(name)
    named = contacts.of_client(tx, client_id)
    found = [one for one in named if one.name and comparable(one.name) == wanted]
    addresses = sorted({one.email for one in found if one.email})
    if len(addresses) > 1:
        raise UsageError(
            f"several contacts are called {name!r}: {', '.join(addresses[:10])}",
            "give the e-mail address of the one who asks",
        )
    return origins_of_contacts(found)


def origins_of_contacts(rows: Iterable[ContactRow]) -> list[Origin]:
    """Each row of a list, and each page, that names the contact, with what it said."""
    return [
        Origin(
            kind="page" if one.page_url else "list",
            name=one.page_url or one.source.removeprefix("list:"),
            vendor=one.vendor,
            file=PurePath(one.file_name).name if one.file_name else None,
            line=one.line,
            day=one.created_at.date(),
            said={
                what: [value]
                for what, value in (
                    ("name", one.name),
                    ("role", one.role),
                    ("email", one.email),
                    ("phone", one.phone),
                    ("company", one.company),
                    ("kept on the basis of", one.basis),
                )
                if value
            },
        )
        for one in rows
    ]


def _of_lists(rows: Iterable[ListOrigin], held: Iterable[Fact]) -> list[Origin]:
    """Each row once, with what its list said."""
    said: dict[str, dict[str, list[str]]] = {}
    for one in held:
        _note(said.setdefault(one.evidence.source, {}), one)
    return [
        Origin(
            kind="list",
            name=row.list_name,
            vendor=row.vendor,
            file=PurePath(row.file_name).name,
            line=row.line,
            day=row.imported_at.date(),
            as_of=row.as_of,
            until=row.ended_at.date() if row.ended_at else None,
            said={} if row.ended_at else said.get(f"list:{row.list_name}", {}),
        )
        for row in rows
    ]


def _others(held: Iterable[Fact], paid: Mapping[UUID, Price]) -> list[Origin]:
    """Pages, people and registers, each with what it said."""
    found: dict[tuple[str, str], Origin] = {}
    said: dict[tuple[str, str], dict[str, list[str]]] = {}
    costs: dict[tuple[str, str], list[Price]] = {}
    for one in held:
        kind, _, who = one.evidence.source.partition(":")
        if kind == "list":
            continue
        what = {"site": "page", "user": "person"}.get(kind, "other")
        name = one.evidence.url or who or one.evidence.source
        key = (what, name)
        _note(said.setdefault(key, {}), one)
        if one.id in paid:
            costs.setdefault(key, []).append(paid[one.id])
        found[key] = Origin(
            kind=what,
            name=name,
            day=one.evidence.observed_at.date(),
            said=said[key],
            licence=one.evidence.licence,
            cost=_amounts(costs.get(key, ())),
        )
    return [found[key] for key in sorted(found)]


def _amounts(some: Iterable[Price]) -> list[dict[str, str]]:
    """The sums of prices by currency."""
    return [{"amount": str(one.units), "currency": one.currency} for one in sum_of(some)]


def _note(said: dict[str, list[str]], one: Fact) -> None:
    values = said.setdefault(one.attribute.replace("_", " "), [])
    value = str(one.value)
    if value not in values:
        values.append(value)
