"""What reports know of one company, and the groups that it is counted in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from engage.figures.amounts import Amounts
from engage.figures.steps import Path
from engage.figures.weeks import week_name
from leads.errors import UsageError
from leads.yaml_mistakes import did_you_mean

NOT_STATED = "(not stated)"
_NO_LIST = "(no list)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCost:
    """A list, what it cost, and over how many rows that is spread."""

    id: str
    name: str
    vendor: str | None
    #: None: not stated.
    cost: Amounts | None
    #: Live rows that are on a company and name a prospect.
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """One company of a campaign."""

    path: Path
    #: Its rows on each list, the list that named it first at the start.
    rows: Sequence[tuple[str, int]] = ()
    #: The profile version that its verdict is of, and the scoring file that scored it.
    icp: str = "(no verdict)"
    scoring: str = "(not scored)"
    #: Of its first signal.
    channel: str = "list"
    #: Who reported last before it became a lead.
    sdr: str = "(nobody)"
    #: Seconds for which SDRs held it until they reported.
    seconds: float = 0.0
    #: What questions to sources about it cost the campaign.
    asked: Amounts = field(default_factory=Amounts)
    #: What its won deals say it bought for, where that is known; it counts for customers alone.
    won: Amounts = field(default_factory=Amounts)


Lists = Mapping[str, ListCost]


def _first_list(one: Company, lists: Lists) -> str:
    return lists[one.rows[0][0]].name if one.rows else _NO_LIST


def _vendor(one: Company, lists: Lists) -> str:
    return (lists[one.rows[0][0]].vendor or NOT_STATED) if one.rows else _NO_LIST


def _week(one: Company, _lists: Lists) -> str:
    listed = one.path.at.get("name")
    return week_name(listed) if listed else NOT_STATED


#: How companies can be grouped.
GROUPS: Mapping[str, Callable[[Company, Lists], str]] = {
    "list": _first_list,
    "vendor": _vendor,
    "channel": lambda one, _: one.channel,
    "icp": lambda one, _: one.icp,
    "scoring": lambda one, _: one.scoring,
    "sdr": lambda one, _: one.sdr,
    "week": _week,
}


def grouped(some: Sequence[Company], lists: Lists, by: str) -> dict[str, list[Company]]:
    """Companies by group, the largest group first; weeks by date."""
    label = GROUPS[checked_group(by)]
    # A list whose companies were all known before is a group too.
    found: dict[str, list[Company]] = {name: [] for name in lists_of_groups(lists, by)}
    for one in some:
        found.setdefault(label(one, lists), []).append(one)
    if by == "week":
        return dict(sorted(found.items()))
    return dict(sorted(found.items(), key=lambda one: (-len(one[1]), one[0])))


def lists_of_groups(lists: Lists, by: str) -> dict[str, Lists]:
    """The lists of each group; empty where groups are not made of lists."""
    found: dict[str, dict[str, ListCost]] = {}
    if by in ("list", "vendor"):
        for one in lists.values():
            name = one.name if by == "list" else one.vendor or NOT_STATED
            found.setdefault(name, {})[one.id] = one
    return dict(found)


def checked_group(by: str) -> str:
    """The name of a group; UsageError when there is none of that name."""
    if by not in GROUPS:
        raise UsageError(
            f"companies are not grouped by {by[:60]!r}{did_you_mean(by, GROUPS)}",
            f"one of {', '.join(GROUPS)}",
        )
    return by
