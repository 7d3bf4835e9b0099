"""What each SDR did, and what became of the companies."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from engage.figures.amounts import Amounts
from engage.figures.companies import Company
from leads.shares import Share

_HOUR = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What one SDR did in a period."""

    reports: int
    #: The companies that were reported on, and those of them where somebody was reached.
    worked: Collection[str]
    reached: Collection[str]
    #: For how long prospects were held.
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SdrFigures:
    """What one SDR did in the period, and what became of these companies."""

    sdr: str
    reports: int
    #: Companies.
    worked: int
    reached: int
    #: Of the companies worked, those that count for this SDR.
    leads: int
    qualified_leads: int
    accepted: int
    customers: int
    hours: float
    #: None: the cost of an hour is not set.
    time: Amounts | None

    @property
    def share(self) -> Share:
        """The leads among the companies worked."""
        return Share(self.leads, self.worked)

    @property
    def cost_per_lead(self) -> Amounts | None:
        """The SDR's time for each lead; None: no lead, or no cost of an hour."""
        return self.time.per(self.leads) if self.time else None


def by_sdr(
    companies: Mapping[str, Company], done: Mapping[str, Activity], hour: Amounts | None
) -> list[SdrFigures]:
    """The figures of each SDR, the most leads first."""
    found = [_figures(sdr, one, companies, hour) for sdr, one in done.items()]
    return sorted(found, key=lambda one: (-one.leads, -one.worked, one.sdr))


def _figures(
    sdr: str, one: Activity, companies: Mapping[str, Company], hour: Amounts | None
) -> SdrFigures:
    worked = [companies[company_id] for company_id in one.worked if company_id in companies]
    own = [company.path for company in worked if company.sdr == sdr]

    def came_to(step: str) -> int:
        return sum(path.came_to(step) for path in own)

    return SdrFigures(
        sdr=sdr,
        reports=one.reports,
        worked=len(worked),
        reached=sum(company_id in companies for company_id in one.reached),
        leads=came_to("lead"),
        qualified_leads=came_to("qualified_lead"),
        accepted=came_to("accepted"),
        customers=came_to("customer"),
        hours=one.seconds / _HOUR,
        time=hour.times(Fraction(round(one.seconds), _HOUR)) if hour else None,
    )
