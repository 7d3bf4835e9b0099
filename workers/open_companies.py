"""Companies whose verdict is open, as the planner weighs them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from leads.store import Tx, verdicts
from leads.store.spending import experience as learned
from leads.verdicts import VerdictRow
from qualify.profile.criteria import Section
from qualify.profile.icp import Icp
from qualify.run.profiles import profile_in_force
from sources.answers import Outcome
from sources.planner.offer import Experience, Tally

_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class OpenVerdict:
    """What an open verdict waits for."""

    #: Sets of attributes; each, when known, can make the verdict `fit`.
    fits_by: tuple[frozenset[str], ...]
    #: Attributes of which an answer can end it.
    ends_by: frozenset[str]


def open_verdicts(
    tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]
) -> dict[UUID, OpenVerdict]:
    """The open verdicts among those of companies; what only a person may answer is none."""
    rows = verdicts.in_force(tx, campaign_id, company_ids)
    waiting = {one: row for one, row in rows.items() if row.verdict == _UNKNOWN and not row.asks}
    if not waiting:
        return {}
    icp = profile_in_force(tx, campaign_id)
    attributes = {one.id: frozenset(one.attributes) for _, one in icp.sections()}
    return {one: _open(row, attributes) for one, row in waiting.items()}


def _open(row: VerdictRow, attributes: Mapping[str, frozenset[str]]) -> OpenVerdict:
    needed = frozenset(row.waits_for)
    unasked = [
        one["criterion"]
        for one in row.answers
        if one["section"] == Section.MUST_NOT.value and one["answer"] == _UNKNOWN
    ]
    barring = frozenset(name for one in unasked for name in attributes.get(one, frozenset()))
    sets = tuple(frozenset(some) for some in row.decides)
    return OpenVerdict(tuple(one for one in sets if one <= needed), needed | barring)


def experience_of(
    tx: Tx, client_id: UUID, campaign_id: UUID, sources: Collection[str]
) -> Experience:
    """What was learned from the newest questions to these sources, and from the newest verdicts."""
    hits: dict[tuple[str, str, str], list[int]] = {}
    for one in learned.asked(tx, client_id, sources):
        if one.outcome == Outcome.FAILED:
            continue
        for attribute in one.attributes:
            tally = hits.setdefault((one.source, one.country, attribute), [0, 0])
            tally[0] += one.count * (attribute in one.found)
            tally[1] += one.count
    ended = _by_attribute(
        profile_in_force(tx, campaign_id), learned.ends(tx, client_id, campaign_id)
    )
    return Experience(
        hits={key: Tally(yes, of) for key, (yes, of) in hits.items()},
        ends={name: Tally(yes, of) for name, (yes, of) in ended.items()},
    )


def _by_attribute(icp: Icp, counted: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Counts of criteria as counts of the attributes they ask about."""
    found: dict[str, tuple[int, int]] = {}
    for section, criterion in icp.sections():
        if section is Section.SCORE or criterion.id not in counted:
            continue
        ended, of = counted[criterion.id]
        for name in criterion.attributes:
            before = found.get(name, (0, 0))
            found[name] = (before[0] + ended, before[1] + of)
    return found
