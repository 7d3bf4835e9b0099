"""One list of the simulated base: its companies with true answers, what is known, what sources say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.plan_facts import Told, banded, fact, mistaken, read_far
from leads.facts import Fact, Method
from leads.prices import FREE, Price
from leads.values import IndustryCode, MoneyRange, Range, TechnologyUse, Value
from qualify.profile.icp import Icp, load_icp
from sources.source import Billing

ROOT = Path(__file__).parent.parent
ATTRIBUTES = ("country", "industry", "employees", "turnover", "founded", "status", "technology")
#: Terms of the profiles that a company without any of their technologies certainly does not use.
TERMS = {
    "windows-estate": ("iis", "exchange-server", "windows-server"),
    "management-software": ("odoo", "sap-business-one"),
    "erp": ("odoo", "sap-business-one"),
}

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Odds = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Seller:
    """A source: what a question costs, and how it is asked."""

    name: str
    price: Price
    billing: Billing
    by: frozenset[str]
    #: Empty: every country.
    countries: frozenset[str]
    attributes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a source says of one company, and what it bills."""

    found: bool
    facts: tuple[Fact, ...]
    cost: Price


class PlanList:
    """One list of companies and the profile that they are held against."""

    def __init__(self, of: Mapping[str, Any], table: Mapping[str, Any], seed: int) -> None:
        """Draw everything at once, in a fixed order."""
        self.profile = str(of["profile"])
        self.icp: Icp = load_icp((ROOT / self.profile).read_text("utf-8"), self.profile)
        self.size = int(of["companies"])
        self.today: date = table["today"]
        self._table, self._chance = table, np.random.default_rng(seed)

        self.countries = self._drawn(of["countries"])
        self.industries = self._drawn(of["industries"])
        wide = self._chance.normal(size=self.size)
        self.employees = self._positive(table["employees"], wide)
        a_person = self._positive(table["turnover"], self._chance.normal(size=self.size))
        self.turnover = self.employees * a_person
        years = table["founded"]
        back = self._chance.random(self.size) ** 2 * (years["to"] - years["from"])
        self.founded = years["to"] - back.astype(np.int64)
        self.over = self._chance.random(self.size) < table["over"]
        self.runs = self._technologies(table["technologies"])

        gaps = table["gaps"]
        self._ease = gaps["size"] * wide + gaps["company"] * self._chance.normal(size=self.size)
        self._ease_of = {
            name: gaps["attribute"] * self._chance.normal(size=self.size) for name in ATTRIBUTES
        }
        self.known_of = {
            name: self._chance.random(self.size) < share for name, share in table["known"].items()
        }
        self._list_luck = self._chance.random((3, self.size))
        self._seen = {
            slug: self._chance.random(self.size) < one["seen"]
            for slug, one in table["technologies"].items()
        }
        self._told = {name: self._draw(one) for name, one in table["sources"].items()}

    def truth(self, company: int) -> list[Fact]:
        """Every fact, as somebody who knows all would state it."""
        true = {name: self._value(company, name) for name in ATTRIBUTES[:-1]}
        facts = [
            fact(name, value, "user:truth", Method.TOLD, self.today) for name, value in true.items()
        ]
        run = [slug for slug in self.runs if self.runs[slug][company]]
        missing = [term for term, slugs in TERMS.items() if not set(slugs) & set(run)]
        uses = [TechnologyUse(slug) for slug in run]
        denied = [TechnologyUse(term, uses=False) for term in missing]
        return facts + [
            fact("technology", use, "user:truth", Method.TOLD, self.today) for use in uses + denied
        ]

    def known(self, company: int) -> list[Fact]:
        """What the list and the crawl of the own site know."""
        listed = [name for name in ATTRIBUTES[:-1] if self.known_of[name][company]]
        facts = [
            fact(name, self._listed(company, name), "list:made", Method.COLUMN, self.today)
            for name in listed
        ]
        return facts + (list(self._crawled(company)) if self.is_read(company) else [])

    def known_by(self, company: int) -> frozenset[str]:
        """What sources can ask by."""
        return frozenset(("name", "domain") if self.known_of["domain"][company] else ("name",))

    def is_read(self, company: int) -> bool:
        """Whether the own site was read far enough."""
        return bool(self.known_of["domain"][company] and self.known_of["crawl"][company])

    def ask(self, company: int, seller: Seller) -> Reply:
        """Ask a source about a company."""
        told = self._told[seller.name]
        found = bool(told.found[company])
        paid = seller.billing is Billing.QUESTION or (seller.billing is Billing.HIT and found)
        cost = seller.price if paid else FREE
        facts = tuple(self._answered(company, seller, told)) if found else ()
        return Reply(found, facts, cost)

    def _answered(self, company: int, seller: Seller, told: Told) -> Iterator[Fact]:
        method = Method.REGISTER if seller.name.startswith("register:") else Method.PROVIDER
        for name in sorted(told.has):
            if not told.has[name][company]:
                continue
            for value in self._said(company, name, told):
                yield fact(name, value, seller.name, method, self.today)

    def _said(self, company: int, name: str, told: Told) -> list[Value]:
        """A value as a source has it: right or wrong, exact or in a band."""
        wrong = bool(told.wrong[name][company])
        luck = float(told.luck[name][company])
        if name == "technology":
            return self._technologies_said(company, told, wrong=wrong)
        value = self._value(company, name)
        if wrong:
            value = mistaken(name, value, luck, self.other)
        if isinstance(value, Range) and name == "employees" and told.bands:
            return [banded(value, told.bands)]
        return [value]

    def _technologies_said(self, company: int, told: Told, *, wrong: bool) -> list[Value]:
        """A source knows each technology in use by the same chance as it knows any."""
        run = [
            slug
            for at, slug in enumerate(self.runs)
            if self.runs[slug][company] and told.each[at][company]
        ]
        stray = [slug for slug in self.runs if slug not in run][:1] if wrong else []
        return [TechnologyUse(slug) for slug in run + stray]

    def _value(self, company: int, name: str) -> Value:
        match name:
            case "country":
                return str(self.countries[company])
            case "industry":
                return IndustryCode("nace2.0", str(self.industries[company]))
            case "employees":
                return Range(*[int(self.employees[company])] * 2)
            case "turnover":
                return MoneyRange(Range(*[int(self.turnover[company]) * 100] * 2), "EUR")
            case "founded":
                return Range(*[int(self.founded[company])] * 2)
            case _:
                return "dissolved" if self.over[company] else "active"

    def _listed(self, company: int, name: str) -> Value:
        value, listed = self._value(company, name), self._table["listed"]
        band, wrong, luck = (float(one[company]) for one in self._list_luck)
        if name not in ("employees", "turnover"):
            return value
        if wrong < listed["wrong"]:
            value = mistaken(name, value, luck, self.other)
        if isinstance(value, Range) and band < listed["bands"]:
            return banded(value, self._table["bands"]["network"])
        return value

    def _crawled(self, company: int) -> Iterator[Fact]:
        yield from read_far(self.today)
        for slug, runs in self.runs.items():
            if runs[company] and self._seen[slug][company]:
                yield fact("technology", TechnologyUse(slug), "site:own", Method.PAGE, self.today)

    def other(self, value: Value, luck: float) -> Value:
        """Another value of the same list: what a source confuses a company with."""
        at = int(luck * self.size)
        name = "industry" if isinstance(value, IndustryCode) else "country"
        return self._value(at, name)

    def _drawn(self, weights: Mapping[str, int]) -> NDArray[np.str_]:
        shares = np.array(list(weights.values()), dtype=float)
        return self._chance.choice(np.array(list(weights)), self.size, p=shares / shares.sum())

    def _positive(self, of: Mapping[str, float], wide: Odds) -> Numbers:
        drawn: Numbers = np.exp(np.log(of["middle"]) + of["spread"] * wide).astype(np.int64) + 1
        return drawn

    def _technologies(self, of: Mapping[str, Mapping[str, float]]) -> dict[str, Flags]:
        doublings = np.log2(self.employees / 20)
        return {
            slug: self._happens(one["share"], one["doubling"] * doublings)
            for slug, one in of.items()
        }

    def _happens(self, share: float | Odds, odds: Odds) -> Flags:
        rate = np.clip(share, 1e-9, 1 - 1e-9)
        chance = 1 / (1 + np.exp(-(np.log(rate / (1 - rate)) + odds)))
        happens: Flags = self._chance.random(self.size) < chance
        return happens

    def _draw(self, of: Mapping[str, Any]) -> Told:
        """What one source holds of every company."""
        rates, fills = of["found"], of["fills"]
        share = np.array([rates.get(one, rates.get("else", 0.0)) for one in self.countries])
        found = self._happens(share, self._ease) & (share > 0)
        has = {name: self._happens(rate, self._ease_of[name]) for name, rate in fills.items()}
        wrong = {name: self._chance.random(self.size) < of["wrong"] for name in fills}
        luck = {name: self._chance.random(self.size) for name in fills}
        rate = fills.get("technology", 0.0)
        each = [self._happens(rate, self._ease_of["technology"]) for _ in self.runs]
        if rate:
            has["technology"] = np.ones(self.size, dtype=bool)
        bands = self._table["bands"].get(of.get("bands"), ())
        return Told(found, has, wrong, luck, each, bands)
