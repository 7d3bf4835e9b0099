"""Profiles and decisions for tests, short to write: `ask("{employees: {at_least: 20}}", facts...)`."""

import re
from datetime import timedelta
from functools import lru_cache

from leads.facts import Fact
from qualify.decide.decision import CriterionAnswer, Decision
from qualify.decide.evaluate import evaluate
from qualify.profile.icp import Icp, load_icp
from tests.made_facts import TODAY, Origin, fact

OLD = TODAY - timedelta(days=800)
SITE = "site:acme.example"
A: Origin = {"source": "list:a"}
B: Origin = {"source": "list:b"}
TOLD: Origin = {"source": "user:ann", "method": "told"}

SIZE = "{employees: {at_least: 20}}"
MONEY = "{turnover: {more_than: 5_000_000, currency: EUR}}"
PLACE = "{country: [DE, AT]}"
SECTOR = "{industry: [manufacturing]}"
ALIVE = "{status: [active]}"
SINCE = "{founded: {between: [1990, 2005]}}"
WINDOWS = "{uses: [windows-estate]}"
NO_ERP = "{does_not_use: [management-software]}"


def decide(sections: str, *facts: Fact) -> Decision:
    """The decision of a profile of these sections."""
    return evaluate(_profile(sections), facts, TODAY)


@lru_cache(maxsize=1)
def _profile(sections: str) -> Icp:
    return load_icp(f"icp: x\nversion: 1\n{sections}", "icp.yaml")


def ask(criterion: str, *facts: Fact) -> CriterionAnswer:
    """The answer to one criterion."""
    (answer,) = decide(f"suspect: [{criterion}]", *facts).answers
    return answer


def said(reason: str) -> str:
    """A reason with its sources written out: `@` is the fair's list, `@a` list a, `@ann` what Ann
    was told.
    """
    sources = {
        "": "list fair",
        "a": "list a",
        "b": "list b",
        "ann": "user ann",
        "site": "site acme.example",
    }
    return re.sub(r"@(\w*)", lambda match: f"({sources[match[1]]}, 2026-11-20)", reason)


def looked(*counts: str) -> list[Fact]:
    """What was read of the company's site."""
    return [fact("coverage", count, source=SITE, method="page") for count in counts]


ENOUGH = looked("home:1", "imprint:1", "pages:5")
