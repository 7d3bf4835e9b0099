"""Record people's decisions on which companies are sites, brands or parts of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from dedupe.run.link_log import log_link
from dedupe.run.parent_links import link_by_parents
from leads.changes import Change, CompaniesChanged
from leads.company_links import SAID, CompanyLink, LinkKind
from leads.errors import NotAllowedError, NotFoundError
from leads.store import Tx, companies, company_search, links
from leads.store.links import LinkRow


@dataclass(frozen=True, slots=True)
class Related:
    """The names of two companies, and what the first now is of the second."""

    company: str
    kind: LinkKind
    of: str


@dataclass(frozen=True, slots=True)
class Unrelated:
    """The names of two companies that are no longer related."""

    company: str
    other: str


def relate(
    tx: Tx, client_id: UUID, one: str, kind: LinkKind, other: str, by: str, reason: str
) -> tuple[Related, list[Change]]:
    """Decide that a company is a site, a brand or a part of another; this overrides facts."""
    left, right = (company_search.find(tx, client_id, text) for text in (one, other))
    if left.id == right.id:
        raise NotAllowedError(
            f"{one} and {other} are one company",
            "a company cannot be related to itself; name two companies",
        )

    link, names = CompanyLink(left.id, right.id, kind, by), (left.name, right.name)
    rows = links.rows_of(tx, client_id, [left.id])
    _refuse_second_relation(tx, client_id, link, rows, names)
    _refuse_circle(tx, client_id, link, names)

    # Replaces the parent that facts name, and every earlier decision about the two.
    replaced = [
        row
        for row in rows
        if _is_between(row, left.id, right.id) or (row.by is None and row.company_id == left.id)
    ]
    links.drop(tx, [row.id for row in replaced])
    links.put(tx, client_id, [(link, reason)])
    log_link(tx, client_id, "related", link, by, reason, names)

    changed = {left.id, right.id}
    for row in replaced:
        changed |= {row.company_id, row.of_id}
    return Related(left.name, kind, right.name), [
        CompaniesChanged(client_id, tuple(sorted(changed)))
    ]


def unrelate(
    tx: Tx, client_id: UUID, one: str, other: str, by: str, reason: str
) -> tuple[Unrelated, list[Change]]:
    """Decide that two companies are not related; this overrides facts that name a parent."""
    left, right = (company_search.find(tx, client_id, text) for text in (one, other))
    rows = links.rows_of(tx, client_id, [left.id]) if left.id != right.id else []
    ended = [row for row in rows if _is_between(row, left.id, right.id) and row.denied_at is None]
    if not ended:
        raise NotFoundError(
            f"{left.name} and {right.name} are not linked",
            "see links with `sluice dedupe explain COMPANY`",
        )

    names = {left.id: left.name, right.id: right.name}
    links.drop(tx, [row.id for row in ended])
    for row in ended:
        link = CompanyLink(row.company_id, row.of_id, LinkKind(row.kind), by)
        links.put(tx, client_id, [(link, reason)], denied=True)
        both = names[link.company], names[link.of]
        log_link(tx, client_id, "unrelated", link, by, reason, both)

    # Facts may name another company as the parent: it is linked now.
    more = link_by_parents(tx, client_id, {row.company_id for row in ended})
    changed = CompaniesChanged(client_id, tuple(sorted(names)))
    return Unrelated(left.name, right.name), [changed, *more]


def forget(
    tx: Tx, client_id: UUID, one: str, other: str, by: str, reason: str
) -> tuple[int, list[Change]]:
    """Withdraw what people said about the relation of two companies; facts decide again.

    Return how many of their statements it was, and the changes.
    """
    left, right = (company_search.find(tx, client_id, text) for text in (one, other))
    rows = links.rows_of(tx, client_id, [left.id]) if left.id != right.id else []
    ended = [row for row in rows if _is_between(row, left.id, right.id) and row.by is not None]
    if not ended:
        return 0, []

    links.drop(tx, [row.id for row in ended])
    names = {left.id: left.name, right.id: right.name}
    for row in ended:
        link = CompanyLink(row.company_id, row.of_id, LinkKind(row.kind), by)
        both = names[link.company], names[link.of]
        log_link(tx, client_id, "unrelated", link, by, reason or "decision withdrawn", both)
    more = link_by_parents(tx, client_id, {row.company_id for row in ended})
    return len(ended), [CompaniesChanged(client_id, tuple(sorted(names))), *more]


def _is_between(row: LinkRow, left: UUID, right: UUID) -> bool:
    return {row.company_id, row.of_id} == {left, right}


def _refuse_second_relation(
    tx: Tx, client_id: UUID, link: CompanyLink, rows: Sequence[LinkRow], names: tuple[str, str]
) -> None:
    """Refuse when a person related the company to something already."""
    decided = [
        row
        for row in rows
        if row.company_id == link.company and row.by is not None and row.denied_at is None
    ]
    # A company whose parent is gone by now may get another.
    gone = companies.over_among(tx, [row.of_id for row in decided])
    for row in decided:
        if row.of_id == link.of and row.kind == link.kind.value:
            raise NotAllowedError(
                f"{names[0]} is {SAID[link.kind]} {names[1]} already", "nothing to do"
            )
        if row.of_id != link.of and row.of_id not in gone:
            parent = company_search.get(tx, client_id, row.of_id)
            raise NotAllowedError(
                f"{names[0]} is {SAID[LinkKind(row.kind)]} {parent.name} already",
                f"`sluice dedupe unrelate {link.company} {parent.id}` first",
            )


def _refuse_circle(tx: Tx, client_id: UUID, link: CompanyLink, names: tuple[str, str]) -> None:
    """Refuse when the second company belongs to the first one already."""
    parent_of: dict[UUID, CompanyLink] = {}
    for one in links.around(tx, client_id, [link.of]):
        if one.company != link.company:
            # The first link of a company is the one to follow.
            parent_of.setdefault(one.company, one)

    chain = [link.of]
    while (up := parent_of.get(chain[-1])) and up.of not in chain:
        if up.of != link.company:
            chain.append(up.of)
            continue
        # A direct link that facts name is replaced.
        if up.by is None and up.company == link.of:
            return
        raise NotAllowedError(
            f"{names[1]} belongs to {names[0]} already, so it cannot be the other way round",
            "unrelate them first",
        )
