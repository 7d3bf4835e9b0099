"""Compare two profiles over the same companies; nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from actions.actor import Right
from actions.profiles import read_icp
from actions.qualify_table import TableSummary, noting, summary_of
from actions.queue import Where
from actions.session import Session, Transaction
from intake.parsed_list import name_of
from intake.read_list import open_reading
from intake.read_options import ReadOptions
from leads.clock import now
from leads.store import campaigns, profiles
from qualify.bulk.difference import difference
from qualify.bulk.frames import Builder
from qualify.profile.icp import Icp
from qualify.run.comparing import Comparison, compare, comparison_json
from qualify.run.profiles import profile_in_force, profile_numbered

__all__ = [
    "ComparedTable",
    "Comparison",
    "Profiles",
    "campaign_to_use",
    "compare_over_client",
    "compare_over_table",
    "comparison_json",
    "is_newer_file",
    "profiles_of_files",
    "stored_profiles",
]

Profiles = tuple[Icp, Icp]
#: The name of the profile in force.
CURRENT = "current"


@dataclass(frozen=True, slots=True)
class ComparedTable:
    """A comparison over the rows of a table, and how the table was read."""

    comparison: Comparison
    summary: TableSummary


def profiles_of_files(left: str, right: str) -> Profiles | None:
    """Read two profiles from their files, without a database; None if the store has one of them."""
    if _is_stored(left) or _is_stored(right):
        return None
    return read_icp(left).icp, read_icp(right).icp


def stored_profiles(session: Session, where: Where, left: str, right: str) -> Profiles:
    """Find two profiles, each named by its file, by `current`, or by a version used before."""
    return _named(session, where, left, right)[1:]


def compare_over_client(session: Session, where: Where, left: str, right: str) -> Comparison:
    """Compare two profiles over a client's companies; they are named as in `stored_profiles`."""
    client_id, old, new = _named(session, where, left, right)

    # A long read transaction of its own, so that reading the profiles does not prolong it.
    with session.read() as work:
        return compare(work.tx, client_id, old, new, now().date(), home=session.settings.home)


def compare_over_table(pair: Profiles, file: str, options: ReadOptions) -> ComparedTable:
    """Compare two profiles over the rows of a table; no database is needed."""
    old, new = pair
    reading = open_reading(file, options, source=f"file:{Path(file).name}", client_id=None)
    builder, names, stated = Builder(), list[str](), set[str]()
    for row in noting(reading, stated):
        for fact in row.facts:
            builder.add(len(names), fact)
        names.append(name_of(row.facts))

    found = difference(old, new, builder.frames(len(names)), now().date())
    comparison = Comparison(old, new, found, dict(enumerate(names)))
    return ComparedTable(comparison, summary_of(reading, pair, stated))


def is_newer_file(left: Icp, right: Icp, named: str) -> bool:
    """Whether the right profile is of a file, differs from the left, and has no older version."""
    same_name = left.name == right.name
    return _is_other_file(left, right, named) and not (same_name and right.version <= left.version)


def campaign_to_use(
    session: Session, where: Where, left: Icp, right: Icp, names: tuple[str, str]
) -> str | None:
    """Name the campaign for which the right profile can be put in force; None: it cannot be.

    `names` name the profiles as in `stored_profiles`. Only a file can be put in force.
    """
    if not _is_other_file(left, right, names[1]):
        return None
    with session.read() as work:
        if not work.actor.may(Right.MANAGE):
            return None
        client_id = work.client(where.client)
        campaign = where.campaign or right.name
        # A stored profile without a campaign is that of the client's only one.
        if not where.campaign and _is_stored(names[0]):
            campaign = campaigns.campaign_of(work.tx, client_id, None).name
        known = {one.name: one.id for one in campaigns.of_client(work.tx, client_id)}
        key = (right.name, right.version)
        usable = profiles.may_be_used(
            work.tx, client_id, known.get(campaign), key, right.content_hash
        )
    return campaign if usable else None


def _is_other_file(left: Icp, right: Icp, named: str) -> bool:
    # Stdin is read already.
    is_file = named != "-" and not _is_stored(named)
    return is_file and left.content_hash != right.content_hash


def _named(session: Session, where: Where, left: str, right: str) -> tuple[UUID, Icp, Icp]:
    with session.read() as work:
        client_id, campaign_id = _place(work, where, left, right)
        old = _profile(work, client_id, campaign_id, left)
        new = _profile(work, client_id, campaign_id, right)
    return client_id, old, new


def _place(work: Transaction, where: Where, left: str, right: str) -> tuple[UUID, UUID | None]:
    """Find the client, and the campaign where a stored profile is named."""
    if _is_stored(left) or _is_stored(right):
        return work.campaign(where.client, where.campaign)
    return work.client(where.client), None


def _profile(work: Transaction, client_id: UUID, campaign_id: UUID | None, named: str) -> Icp:
    number = _number(named)
    if number is not None:
        return profile_numbered(work.tx, client_id, campaign_id, number)
    if named == CURRENT and campaign_id:
        return profile_in_force(work.tx, campaign_id)
    return read_icp(named).icp


def _is_stored(named: str) -> bool:
    return named == CURRENT or _number(named) is not None


def _number(named: str) -> int | None:
    """Read a version number; None for other texts, and for the name of an existing file."""
    numeric = named.isascii() and named.isdecimal() and len(named) < 10
    return int(named) if numeric and not Path(named).exists() else None
