"""Add up the marks of a site in log-odds, and decide: accept, review or abstain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from enrich.finding.marks import Mark
from enrich.tables import words

LONGEST_QUOTE = 200


class Band(StrEnum):
    """What to do with a site: take it, ask a person, or leave it."""

    ACCEPT = "accept"
    REVIEW = "review"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class Reason:
    """One mark that counts, its weight in log-odds, and the words it was seen in."""

    mark: str
    weight: float
    quote: str

    @property
    def says(self) -> str:
        """What the mark means, in one sentence."""
        if self.mark in _OWN:
            return _OWN[self.mark]
        # A stored reason may have a mark of an earlier version.
        known = _marks().get(self.mark)
        return str(known[2]) if known else self.mark.replace("_", " ")


#: Reasons that no page shows.
_OWN = {
    "prior": "most names have one site, and most sites are others'",
    "candidate": "how companies spell their names as domains",
    "nothing_seen": "no page of a company was seen",
    "suppressed": "it is suppressed: nobody looked at it",
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The log-odds that a site is the row's, and the reasons they are the sum of."""

    odds: float
    band: Band
    reasons: tuple[Reason, ...]
    #: What would settle it, for a site that is not taken.
    lacks: tuple[str, ...] = ()


def judge(found: Iterable[Mark], *, spelling: float = 0.0, has_place: bool = False) -> Judgement:
    """Judge a site by its marks; their order changes nothing, and an agreeing one never lowers.

    `spelling` is the weight of the candidate. `has_place`: the row states where the company is, so
    a mark of the place is needed.
    """
    reasons = (*_priors(spelling), *_strongest(found))
    odds = round(sum(one.weight for one in reasons), 2)
    lacks = _lacks(reasons, odds, has_place=has_place)
    return Judgement(odds, _band(odds, lacks), reasons, lacks)


def _priors(spelling: float) -> tuple[Reason, Reason]:
    table = words("site_marks")
    row = {key: float(value) for key, value in table["candidate"].items()}
    share = min(row["most"], max(row["least"], spelling * row["share"]))
    return (
        Reason("prior", float(table["prior"]), ""),
        Reason("candidate", round(share, 2), ""),
    )


def _strongest(found: Iterable[Mark]) -> list[Reason]:
    """The strongest mark for and the strongest against of each family."""
    best: dict[tuple[str, bool], Reason] = {}
    for one in found:
        family, weight, _ = _marks()[one.mark]
        reason = Reason(one.mark, weight, " ".join(one.quote.split())[:LONGEST_QUOTE])
        key = family, weight > 0
        before = best.get(key)
        if before is None or _rank(before) < _rank(reason):
            best[key] = reason
    # What agrees outweighs what a site with several seats states besides.
    for family in _ONE_OF:
        agreeing = best.get((family, True))
        if agreeing is not None and agreeing.weight >= _ONE_OF[family]:
            best.pop((family, False), None)
    return sorted(best.values(), key=lambda one: (-abs(one.weight), one.mark))


#: Families in which a mark for, from this weight on, silences the one against.
_ONE_OF = {"country": 1.9, "form": 1.0, "mail": 0.1, "number": 1.0, "city": 1.0}


def _rank(reason: Reason) -> tuple[float, str, str]:
    return abs(reason.weight), reason.mark, reason.quote


def _lacks(reasons: Sequence[Reason], odds: float, *, has_place: bool) -> tuple[str, ...]:
    table, seen = words("site_marks"), {one.mark for one in reasons}
    against = [one for one in reasons if one.mark in table["never_alone"]]
    lacks = [f"a person's word: {one.says}" for one in against]
    if not seen.intersection(table["needs_name"]):
        lacks.append("a page that names the company")
    if has_place and not seen.intersection(table["needs_place"]):
        lacks.append("a page that states the country of the list")
    if odds < float(table["accept"]) and not lacks:
        lacks.append("one more mark: a city, a phone number or a register number in the list")
    return tuple(lacks)


def _band(odds: float, lacks: Sequence[str]) -> Band:
    table = words("site_marks")
    if not lacks and odds >= float(table["accept"]):
        return Band.ACCEPT
    return Band.REVIEW if odds >= float(table["review"]) else Band.ABSTAIN


@cache
def _marks() -> dict[str, tuple[str, float, str]]:
    """Family, weight and sentence by mark."""
    table: dict[str, dict[str, Any]] = words("site_marks")["marks"]
    return {
        mark: (family, float(row["weight"]), row["says"])
        for family, rows in table.items()
        for mark, row in rows.items()
    }
