"""An agency that asks sources on this machine: Norway for free, and a provider for money."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from actions.session import Session
from leads.store import companies
from leads.store.facts import facts
from tests.sources.fake_sources import FakeSources, Paid, norway, unit
from workers.context import Context

if TYPE_CHECKING:  # It makes the fixture of this class.
    from tests.console.conftest import Sluice

PROVIDER = """\
provider: headcounts
version: 1
title: Headcounts
key: HEADCOUNTS_KEY
url: https://api.headcounts.example/v1/company
headers:
  X-Api-Key: ${KEY}
query:
  domain: "{domain}"
asks_by: [domain]
identity:
  name: company.name
  domain: company.domain
  country: company.country
answers:
  employees: company.employees
  industry: {path: company.nace, scheme: nace2.1}
errors:
  - {status: 404, outcome: no match}
  - {status: 402, outcome: quota used up}
  - {status: 403, outcome: not allowed}
  - {status: 401, outcome: not allowed}
  - {status: 429, outcome: rate limited, wait_header: retry-after}
price: 0.10 EUR
billing: hit
limits:
  - {requests: 100, seconds: 1}
fresh_days: 180
shared: true
licence: Headcounts terms
"""
ICP = """\
icp: nordic
version: 1
suspect:
  - id: place
    country: [NO, SE]
  - id: size
    employees: {between: [50, 500]}
"""
NORDIC = (
    "Fjordvik Pumper AS,NO,Oslo,0150,\n"
    "Liten Skog AS,NO,Bergen,5003,\n"
    "Granby Verkstad AB,SE,Granby,,granby.example\n"
    "Ekmala Bageri AB,SE,Ekmala,,ekmala.example\n"
    "Nobody Knows AB,SE,Lund,,nobody-knows.example\n"
)
HOST = "api.headcounts.example"
BRREG = "data.brreg.no"
_CONTEXT = Session.context


class Asking:
    """Lists, sources and commands of one installation."""

    def __init__(self, sluice: "Sluice", folder: Path, home: Path, fake: FakeSources) -> None:
        self.sluice, self.folder, self.fake = sluice, folder, fake
        self.units = {
            "923609016": unit("923609016", "FJORDVIK PUMPER AS", "Oslo", "0150", antallAnsatte=120),
            "974760673": unit("974760673", "LITEN SKOG AS", "Bergen", "5003", antallAnsatte=8),
        }
        self.companies = {
            "granby.example": {
                "name": "Granby Verkstad AB",
                "domain": "granby.example",
                "country": "SE",
                "employees": 80,
            },
            "ekmala.example": {
                "name": "Ekmala Bageri AB",
                "domain": "ekmala.example",
                "country": "SE",
                "employees": 12,
            },
        }
        self.paid = Paid(self.companies, knows_repeats=False)
        fake.hosts[BRREG] = norway(self.units)
        fake.hosts[HOST] = self.paid
        (folder / "icp.yaml").write_text(ICP, "utf-8")
        providers = home / "providers"
        providers.mkdir(parents=True, exist_ok=True)
        (providers / "headcounts.yaml").write_text(PROVIDER, "utf-8")
        self.provider_file = providers / "headcounts.yaml"

    def run_list(self, rows: str, name: str = "fair", client: str = "default") -> None:
        """Import a list with names, countries, cities, postcodes and sites, and decide."""
        path = self.folder / f"{name}.csv"
        path.write_text("company,country,city,postcode,website\n" + rows, "utf-8")
        known = ("--client", client, "--new-client", "--no-crawl")
        self.sluice("run", path, "--icp", self.folder / "icp.yaml", *known)

    def enrich(self, *arguments: object, code: int = 0) -> dict[str, Any]:
        """Run `sluice enrich run`; its JSON."""
        ended = self.sluice("enrich", "run", *arguments, "--json", code=code)
        found: dict[str, Any] = ended.json
        return found

    def hits(self, host: str) -> int:
        return len(self.fake.asked[host])


def company_ids(session: Session, client_id: UUID) -> dict[str, UUID]:
    with session.store.read() as tx:
        return {row.name: one for one, row in companies.companies_of(tx, client_id).items()}


def values(session: Session, client_id: UUID, company_id: UUID, attribute: str) -> list[str]:
    with session.store.read() as tx:
        held = facts.of_companies(tx, client_id, [company_id])[company_id]
    return [str(one.value) for one in held if one.attribute == attribute]


def reach(fake: FakeSources) -> Callable[[Session], Context]:
    """A context that reaches these sources, and nothing else."""

    def context(self: Session) -> Context:
        return replace(_CONTEXT(self), allowed=fake.allowed())

    return context


@contextmanager
def installed(
    sluice: "Sluice", folder: Path, home: Path, patch: pytest.MonkeyPatch
) -> Iterator[Asking]:
    """An installation that may ask the sources of this machine."""
    fake = FakeSources()
    with fake.serving():
        made = Asking(sluice, folder, home, fake)
        patch.setattr(Session, "context", reach(fake))
        patch.setenv("HEADCOUNTS_KEY", "right")
        yield made
