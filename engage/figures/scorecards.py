"""What each list was worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from engage.figures.amounts import Amounts
from engage.figures.companies import Company
from engage.figures.steps import STEPS
from leads.shares import Share
from leads.stages import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFacts:
    """A list as it was bought."""

    name: str
    vendor: str | None
    #: None: not stated.
    cost: Amounts | None
    #: Live rows, and those of them that are on a company.
    records: int
    placed: int
    companies: Collection[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What is known of the companies of a client, whichever list names them."""

    #: The lists that name a company, the one that named it first at the start.
    lists: Mapping[str, Sequence[str]]
    stages: Mapping[str, Stage]
    excluded: Collection[str]
    suppressed: Collection[str]
    #: Every site was visited, and none answered.
    dead: Collection[str]
    visited: Collection[str]
    closed: Collection[str]
    companies: Mapping[str, Company]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """What one list was worth to a campaign."""

    list: str
    vendor: str | None
    records: int
    companies: int
    duplicates_inside: int
    on_other_lists: int
    #: Companies that another list had named before.
    already_known: int
    #: Companies by the stage that they are at now.
    stages: Mapping[str, int]
    excluded: int
    suppressed: int
    dead_domains: int
    #: Companies of which every site was visited.
    sites_visited: int
    #: Dissolved, insolvent or no longer active.
    closed: int
    #: How many companies were themselves at each step; a later step implies none.
    steps: Mapping[str, int]
    cost: Amounts | None

    @property
    def in_icp(self) -> Share:
        """The companies that every suspect criterion fitted."""
        return Share(self.steps["suspect"], self.companies)

    def cost_per(self, step: str) -> Amounts | None:
        """The cost of each company at a step; None: no cost is stated, or no company came there."""
        return self.cost.per(self.steps[step]) if self.cost is not None else None


def scorecard(one: ListFacts, found: Findings) -> Scorecard:
    """Weigh one list."""
    members = one.companies
    paths = [found.companies[each].path for each in members if each in found.companies]
    stages = Counter(found.stages.get(each, Stage.NAME) for each in members)
    steps = Counter(chain.from_iterable(path.at for path in paths))
    return Scorecard(
        list=one.name,
        vendor=one.vendor,
        records=one.records,
        companies=len(members),
        duplicates_inside=one.placed - len(members),
        on_other_lists=sum(len(found.lists[each]) > 1 for each in members),
        already_known=sum(found.lists[each][0] != one.name for each in members),
        stages={stage.value: stages[stage] for stage in Stage},
        excluded=_among(members, found.excluded),
        suppressed=_among(members, found.suppressed),
        dead_domains=_among(members, found.dead),
        sites_visited=_among(members, found.visited),
        closed=_among(members, found.closed),
        steps={step: steps[step] for step in STEPS},
        cost=one.cost,
    )


def _among(members: Collection[str], some: Collection[str]) -> int:
    return sum(each in some for each in members)
