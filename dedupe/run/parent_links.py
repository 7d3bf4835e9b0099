"""Link companies to the parents that facts name."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from dedupe.parents import CompanyIndex, resolve_parents, without_cycles
from dedupe.run.link_log import log_link
from leads.changes import Change, CompaniesChanged
from leads.company_links import CompanyLink, LinkKind
from leads.store import Tx, companies, events, links, parents
from leads.store.links import LinkRow

#: With more records than these, a parent that a page names takes effect at the next search for
#: duplicates.
FEW = 50_000

#: A company's parent, and the text of the fact that names it.
Resolved = Mapping[UUID, tuple[UUID, str]]


def link_by_parents(
    tx: Tx, client_id: UUID, company_ids: Collection[UUID] | None = None
) -> list[Change]:
    """Link companies to the parents that facts name, and end links that facts no longer name.

    A parent counts when it is exactly one live company. `company_ids` limits the work to these
    companies; None: all of the client. People's decisions are never changed.
    """
    rows = links.rows_of(tx, client_id)
    from_facts = {row.company_id: row for row in rows if row.by is None}
    examined = _examined(tx, client_id, company_ids, from_facts)
    stated = parents.said_of(tx, client_id, sorted(examined), "parent") if examined else []
    if not stated and not examined & from_facts.keys():
        return []

    resolved = resolve_parents(stated, _index(tx, client_id) if stated else CompanyIndex((), ()))
    wanted = _wanted(rows, from_facts, examined, resolved)
    before = {one: from_facts[one] for one in examined & from_facts.keys()}
    return _apply(tx, client_id, before, wanted, resolved)


def _examined(
    tx: Tx,
    client_id: UUID,
    company_ids: Collection[UUID] | None,
    from_facts: Mapping[UUID, LinkRow],
) -> set[UUID]:
    """Return the companies to examine; none of some companies when the client has many records."""
    if company_ids is None:
        return set(parents.all_with_parents(tx, client_id)) | from_facts.keys()
    return set(company_ids) if parents.how_many(tx, client_id) <= FEW else set()


def _index(tx: Tx, client_id: UUID) -> CompanyIndex:
    names = parents.bearing_name(tx, client_id)
    return CompanyIndex(names, parents.bearing_number(tx, client_id))


def _wanted(
    rows: Sequence[LinkRow],
    from_facts: Mapping[UUID, LinkRow],
    examined: set[UUID],
    resolved: Resolved,
) -> dict[UUID, UUID]:
    """Return the parent of each examined company, without what people decided and without cycles."""
    by_people = [row for row in rows if row.by is not None]
    decided = {frozenset((row.company_id, row.of_id)) for row in by_people}
    fixed = {row.company_id: row.of_id for row in by_people if row.denied_at is None}
    for company, row in from_facts.items():
        if company not in examined:
            fixed.setdefault(company, row.of_id)

    undecided = {
        one: parent
        for one, (parent, _) in resolved.items()
        if frozenset((one, parent)) not in decided
    }
    return without_cycles(undecided, fixed)


def _apply(
    tx: Tx,
    client_id: UUID,
    before: Mapping[UUID, LinkRow],
    wanted: Mapping[UUID, UUID],
    resolved: Resolved,
) -> list[Change]:
    """End links that are no longer wanted, write new ones, and return what changed."""
    ended = [row for one, row in before.items() if wanted.get(one) != row.of_id]
    new = [
        CompanyLink(one, of, LinkKind.PART_OF)
        for one, of in sorted(wanted.items())
        if one not in before or before[one].of_id != of
    ]
    links.drop(tx, [row.id for row in ended])
    links.put(
        tx,
        client_id,
        [(link, f"its facts name {resolved[link.company][1]} as its parent") for link in new],
    )
    _log(tx, client_id, ended, new)

    changed = {end for link in new for end in (link.company, link.of)}
    for row in ended:
        changed |= {row.company_id, row.of_id}
    return [CompaniesChanged(client_id, tuple(sorted(changed)))] if changed else []


def _log(tx: Tx, client_id: UUID, ended: Sequence[LinkRow], new: Sequence[CompanyLink]) -> None:
    names = companies.names_of(tx, [end for link in new for end in (link.company, link.of)])
    for link in new:
        both = names[link.company], names[link.of]
        log_link(tx, client_id, "related", link, "sluice", "its facts name it as parent", both)

    lines = [
        events.Happened(
            verb="unrelated",
            thing="company",
            thing_id=row.company_id,
            client_id=client_id,
            reason="its facts no longer name this parent",
            data={"of": str(row.of_id), "kind": row.kind},
        )
        for row in ended
    ]
    events.log(tx, lines)
