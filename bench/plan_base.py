"""A simulated base: companies with true answers, what lists know of them, and what sources answer.

The constants stand in `bench/plan_base.yaml`; the seed is fixed, so every run meets the same base.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import yaml

from bench.plan_list import ROOT, PlanList, Seller
from leads.prices import Price
from sources.source import Billing


class Base:
    """All lists, and what the sources sell."""

    def __init__(self) -> None:
        """Read the constants."""
        self.table: dict[str, Any] = yaml.safe_load(
            (ROOT / "bench" / "plan_base.yaml").read_text("utf-8")
        )

    @cached_property
    def lists(self) -> Sequence[PlanList]:
        """The lists, each with its own draws."""
        seed = int(self.table["seed"])
        return [PlanList(one, self.table, seed + at) for at, one in enumerate(self.table["lists"])]

    @cached_property
    def sellers(self) -> Sequence[Seller]:
        """The sources, in the order of the file."""
        return [_seller(name, one) for name, one in self.table["sources"].items()]


def _seller(name: str, of: Mapping[str, Any]) -> Seller:
    return Seller(
        name=name,
        price=Price(int(of["price"]), "EUR"),
        billing=Billing(of["billing"]),
        by=frozenset(of["by"]),
        countries=frozenset() if "else" in of["found"] else frozenset(of["found"]),
        attributes=frozenset(of["fills"]),
    )
