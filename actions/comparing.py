"""Compare two profiles over the same companies; nothing is stored."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from actions.profiles import read_icp
from actions.queue import Where
from actions.session import Session, Transaction
from intake.parsed_list import name_of
from intake.read_list import open_reading
from intake.read_options import ReadOptions
from leads.clock import now
from qualify.bulk.difference import difference
from qualify.bulk.frames import Builder
from qualify.profile.icp import Icp
from qualify.run.comparing import Comparison, compare, comparison_json
from qualify.run.profiles import profile_in_force, profile_numbered

__all__ = ["Comparison", "compare_over_client", "compare_over_table", "comparison_json"]

#: The name of the profile in force.
CURRENT = "current"


def compare_over_client(session: Session, where: Where, left: str, right: str) -> Comparison:
    """Compare two profiles over a client's companies.

    A profile is named by its file, by `current`, or by the number of a version used before.
    """
    with session.read() as work:
        client_id, campaign_id = _place(work, where, left, right)
        old = _profile(work, client_id, campaign_id, left)
        new = _profile(work, client_id, campaign_id, right)

    # A long read transaction of its own, so that reading the profiles does not prolong it.
    with session.read() as work:
        return compare(work.tx, client_id, old, new, now().date(), home=session.settings.home)


def compare_over_table(left: str, right: str, file: str) -> Comparison:
    """Compare two profile files over the rows of a table; no database is needed."""
    old, new = read_icp(left).icp, read_icp(right).icp
    reading = open_reading(file, ReadOptions(), source=f"file:{Path(file).name}", client_id=None)
    builder, names = Builder(), list[str]()
    for row in reading:
        for fact in row.facts:
            builder.add(len(names), fact)
        names.append(name_of(row.facts))

    found = difference(old, new, builder.frames(len(names)), now().date())
    return Comparison(old, new, found, dict(enumerate(names)))


def _place(work: Transaction, where: Where, left: str, right: str) -> tuple[UUID, UUID | None]:
    """Find the client, and the campaign where a stored profile is named."""
    if any(named == CURRENT or _number(named) for named in (left, right)):
        return work.campaign(where.client, where.campaign)
    return work.client(where.client), None


def _profile(work: Transaction, client_id: UUID, campaign_id: UUID | None, named: str) -> Icp:
    if number := _number(named):
        return profile_numbered(work.tx, client_id, campaign_id, number)
    if named == CURRENT and campaign_id:
        return profile_in_force(work.tx, campaign_id)
    return read_icp(named).icp


def _number(named: str) -> int | None:
    """Read a version number; None for other texts, and for the name of an existing file."""
    numeric = named.isascii() and named.isdecimal() and len(named) < 10
    return int(named) if numeric and not Path(named).exists() else None
