"""Links between companies: what people say of them, and what facts name as parents."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from dedupe.parents import CompanyIndex, resolve_parents, without_cycles
from leads.changes import Change, CompaniesChanged
from leads.company_links import SAID, CompanyLink, LinkKind
from leads.errors import NotAllowedError, NotFoundError
from leads.store import Tx, companies, company_search, events, links, parents
from leads.store.links import LinkRow

#: With more records than these, what a page names as a parent is heeded when duplicates are looked
#: for the next time.
FEW = 50_000


def relate(
    tx: Tx, client_id: UUID, one: str, kind: LinkKind, other: str, by: str, reason: str
) -> tuple[dict[str, Any], list[Change]]:
    """Say that one company is a site, a brand or a part of another; it stands above what facts say."""
    left, right = (company_search.find(tx, client_id, text) for text in (one, other))
    if left.id == right.id:
        raise NotAllowedError(
            f"{one} and {other} are one company", "a company is nothing of itself; name two"
        )
    link = CompanyLink(left.id, right.id, kind, by)
    rows = links.rows_of(tx, client_id, [left.id])
    _refuse(tx, client_id, link, rows, (left.name, right.name))
    # What facts say of the company's parent, and whatever was said of the two, gives way.
    past = [
        row
        for row in rows
        if _between(row, left.id, right.id) or (row.by is None and row.company_id == left.id)
    ]
    links.drop(tx, [row.id for row in past])
    links.put(tx, client_id, [(link, reason)])
    _log(tx, client_id, "related", link, by, reason, (left.name, right.name))
    others = {end for row in past for end in (row.company_id, row.of_id)}
    said = {"company": left.name, "kind": kind.value, "of": right.name}
    return said, [CompaniesChanged(client_id, tuple(sorted({left.id, right.id, *others})))]


def unrelate(
    tx: Tx, client_id: UUID, one: str, other: str, by: str, reason: str
) -> tuple[dict[str, Any], list[Change]]:
    """Say that two companies do not belong together; facts that name the one as the other's parent
    are not heeded any more.
    """
    left, right = (company_search.find(tx, client_id, text) for text in (one, other))
    rows = links.rows_of(tx, client_id, [left.id]) if left.id != right.id else []
    held = [row for row in rows if _between(row, left.id, right.id) and row.denied_at is None]
    if not held:
        raise NotFoundError(
            f"{left.name} and {right.name} are not linked",
            "see links with `sluice dedupe explain COMPANY`",
        )
    names = {left.id: left.name, right.id: right.name}
    links.drop(tx, [row.id for row in held])
    for row in held:
        link = CompanyLink(row.company_id, row.of_id, LinkKind(row.kind), by)
        links.put(tx, client_id, [(link, reason)], denied=True)
        _log(tx, client_id, "unrelated", link, by, reason, (names[link.company], names[link.of]))
    # Another company that its facts name as parent may take the place.
    more = link_by_parents(tx, client_id, {row.company_id for row in held})
    return {"unrelated": [left.name, right.name]}, [
        CompaniesChanged(client_id, tuple(sorted(names))),
        *more,
    ]


def links_of(tx: Tx, client_id: UUID, company_id: UUID) -> list[dict[str, Any]]:
    """The links of a company that hold, in words, with who said so."""
    near = [
        link
        for link in links.around(tx, client_id, [company_id])
        if company_id in (link.company, link.of)
    ]
    names = companies.names_of(tx, [end for link in near for end in (link.company, link.of)])
    return [
        {
            "company": {"id": str(link.company), "name": names[link.company]},
            "kind": link.kind.value,
            "of": {"id": str(link.of), "name": names[link.of]},
            "by": link.by,
            "said": (
                f"{names[link.company]} is {SAID[link.kind]} {names[link.of]}, by"
                f" {link.by or 'its facts'}"
            ),
        }
        for link in near
    ]


def _refuse(
    tx: Tx,
    client_id: UUID,
    link: CompanyLink,
    rows: Sequence[LinkRow],
    names: tuple[str, str],
) -> None:
    standing = [
        row
        for row in rows
        if row.company_id == link.company and row.by is not None and row.denied_at is None
    ]
    # One that a person related to another that is gone by now may be related anew.
    over = companies.over_among(tx, [row.of_id for row in standing])
    for row in standing:
        if row.of_id == link.of and row.kind == link.kind.value:
            raise NotAllowedError(
                f"{names[0]} is {SAID[link.kind]} {names[1]} already", "nothing to do"
            )
        if row.of_id != link.of and row.of_id not in over:
            to = company_search.get(tx, client_id, row.of_id)
            raise NotAllowedError(
                f"{names[0]} is {SAID[LinkKind(row.kind)]} {to.name} already",
                f"`sluice dedupe unrelate {link.company} {to.id}` first",
            )
    above = {
        one.company: one
        for one in reversed(links.around(tx, client_id, [link.of]))
        if one.company != link.company
    }
    way = [link.of]
    while (at := above.get(way[-1])) and at.of not in way:
        # Between the two, what facts say gives way to this word.
        if at.by is None and {at.company, at.of} == {link.company, link.of}:
            return
        if at.of == link.company:
            raise NotAllowedError(
                f"{names[1]} belongs to {names[0]} already, so it cannot be the other way round",
                "unrelate them first",
            )
        way.append(at.of)


def _between(row: LinkRow, left: UUID, right: UUID) -> bool:
    return {row.company_id, row.of_id} == {left, right}


def _log(
    tx: Tx,
    client_id: UUID,
    verb: str,
    link: CompanyLink,
    by: str,
    reason: str,
    names: tuple[str, str],
) -> None:
    said = f"{names[0]} is {'' if verb == 'related' else 'not '}{SAID[link.kind]} {names[1]}" + (
        f": {reason}" if reason else ""
    )
    data = {"of": str(link.of), "kind": link.kind.value}
    line = events.Happened(
        verb=verb,
        thing="company",
        thing_id=link.company,
        client_id=client_id,
        who=by,
        reason=said,
        data=data,
    )
    events.log(tx, [line])


def link_by_parents(
    tx: Tx, client_id: UUID, company_ids: Collection[UUID] | None = None
) -> list[Change]:
    """Make a part of another each company of which facts name one parent that is one live company,
    and undo what facts say no more.

    `company_ids` looks at these alone; None at all of the client. What a person said of two
    companies, or of the one's parent, stands.
    """
    rows = links.rows_of(tx, client_id)
    before = {row.company_id: row for row in rows if row.by is None}
    if company_ids is None:
        some = set(parents.all_with_parents(tx, client_id)) | before.keys()
    elif parents.how_many(tx, client_id) <= FEW:
        some = set(company_ids)
    else:
        return []
    said = parents.said_of(tx, client_id, sorted(some), "parent") if some else []
    if not said and not some & before.keys():
        return []
    bearers = (
        CompanyIndex(parents.bearing_name(tx, client_id), parents.bearing_number(tx, client_id))
        if said
        else CompanyIndex((), ())
    )
    meant = resolve_parents(said, bearers)
    judged = {frozenset((row.company_id, row.of_id)) for row in rows if row.by is not None}
    fixed = {
        row.company_id: row.of_id for row in rows if row.by is not None and row.denied_at is None
    }
    fixed |= {
        company: row.of_id
        for company, row in before.items()
        if company not in some and company not in fixed
    }
    free = {
        one: parent for one, (parent, _) in meant.items() if frozenset((one, parent)) not in judged
    }
    return _settle(
        tx,
        client_id,
        {one: before[one] for one in some & before.keys()},
        without_cycles(free, fixed),
        meant,
    )


def _settle(
    tx: Tx,
    client_id: UUID,
    before: Mapping[UUID, LinkRow],
    wanted: Mapping[UUID, UUID],
    meant: Mapping[UUID, tuple[UUID, str]],
) -> list[Change]:
    past = [row for one, row in before.items() if wanted.get(one) != row.of_id]
    fresh = [
        CompanyLink(one, of, LinkKind.PART_OF)
        for one, of in sorted(wanted.items())
        if one not in before or before[one].of_id != of
    ]
    names = companies.names_of(tx, [end for link in fresh for end in (link.company, link.of)])
    links.drop(tx, [row.id for row in past])
    links.put(
        tx,
        client_id,
        [(link, f"its facts name {meant[link.company][1]} as its parent") for link in fresh],
    )
    for link in fresh:
        _log(
            tx,
            client_id,
            "related",
            link,
            "sluice",
            "its facts name it as parent",
            (names[link.company], names[link.of]),
        )
    events.log(
        tx,
        [
            events.Happened(
                verb="unrelated",
                thing="company",
                thing_id=row.company_id,
                client_id=client_id,
                reason="its facts name this parent no more",
                data={"of": str(row.of_id), "kind": row.kind},
            )
            for row in past
        ],
    )
    moved = {end for link in fresh for end in (link.company, link.of)} | {
        end for row in past for end in (row.company_id, row.of_id)
    }
    return [CompaniesChanged(client_id, tuple(sorted(moved)))] if moved else []
