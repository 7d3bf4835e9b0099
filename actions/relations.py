"""Record which companies are sites, brands or parts of others."""

from __future__ import annotations

from dataclasses import dataclass

from actions.actor import Right
from actions.follow_up import WorkedOff, work_off
from actions.session import Session
from dedupe.run import relations
from leads.company_links import LinkKind
from leads.errors import UsageError


@dataclass(frozen=True, slots=True)
class Related:
    """The names of two companies, and what the first now is of the second."""

    company: str
    kind: LinkKind
    of: str
    work: WorkedOff


@dataclass(frozen=True, slots=True)
class Unrelated:
    """The names of two companies that are no longer related."""

    company: str
    other: str
    work: WorkedOff


def relate(
    session: Session, client: str, company: str, kind: str, other: str, *, reason: str = ""
) -> Related:
    """Decide that a company is a site, a brand or a part of another."""
    link_kind = _link_kind(kind)
    with session.write(Right.MANAGE) as work:
        related, changes = relations.relate(
            work.tx, work.client(client), company, link_kind, other, work.actor.name, reason
        )
        work.follow(changes)
    return Related(related.company, related.kind, related.of, work_off(session))


def unrelate(
    session: Session, client: str, company: str, other: str, *, reason: str = ""
) -> Unrelated:
    """Decide that two companies are not related, whatever lists and pages state."""
    with session.write(Right.MANAGE) as work:
        ended, changes = relations.unrelate(
            work.tx, work.client(client), company, other, work.actor.name, reason
        )
        work.follow(changes)
    return Unrelated(ended.company, ended.other, work_off(session))


def _link_kind(text: str) -> LinkKind:
    try:
        return LinkKind(text)
    except ValueError:
        raise UsageError(
            f"{text!r} is not a kind of relation", f"use one of: {', '.join(LinkKind)}"
        ) from None
