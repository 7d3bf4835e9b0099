"""How long a decision lasts while its facts stay the same: until the first fact is too old, or a date
in the future is reached.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from leads.attributes import attribute
from qualify.decide.fact_content import FactContent
from qualify.decide.kept import keep
from qualify.decide.person_answers import answer_attribute
from qualify.profile.criteria import Criterion, Leaf, Uses, asked_about
from qualify.profile.icp import Icp

#: After so many days a company is looked at again though no fact has changed: the product may have,
#: or its reference data.
LOOK_AGAIN = timedelta(days=30)
#: The last day there is: what never changes lasts until then.
FOREVER = date.max.toordinal()
#: The ages of so many days are kept, for other companies whose facts are as old.
MOST = 50_000


def attributes_read(criterion: Criterion, leaf: Leaf) -> tuple[str, ...]:
    """Every attribute whose facts can change the answer to one question."""
    looks = ("coverage",) if isinstance(leaf, Uses) else ()
    # The country says how many digits its postcodes have.
    looks = ("country",) if leaf.attribute == "postcode" else looks
    return (*asked_about(leaf), *looks, answer_attribute(criterion, leaf))


@dataclass(frozen=True, slots=True)
class Age:
    """How old a fact counts as on one day, and until when it counts as that, as an ordinal."""

    #: Whether it is dated in the future, in either way, and which limits it is past.
    counts_as: tuple[bool, ...]
    until: int


def look_again_on(today: date) -> date:
    """The last day for a verdict of today, whatever it rests on."""
    return today + LOOK_AGAIN


def last_day(today: date, until: int) -> date:
    """The day until which a verdict of today is kept without deciding again, if its facts give the
    same until then.
    """
    return date.fromordinal(min(until, look_again_on(today).toordinal()))


def is_current(decided_on: date, last_day: date | None, today: date) -> bool:
    """Whether a verdict whose facts are the same still holds; None: nobody noted its last day."""
    return last_day is not None and decided_on <= today <= last_day


class Lasting:
    """How long decisions of one profile made on one day last."""

    def __init__(self, icp: Icp, today: date) -> None:
        """Ages are counted from `today`."""
        self._today = today.toordinal()
        self._limits: dict[str, set[int]] = {}
        self._ages: dict[tuple[str, date, date | None], Age] = {}
        for _, whole in icp.sections():
            for criterion, leaf in whole.leaves():
                for name in attributes_read(criterion, leaf):
                    self._limits.setdefault(name, set()).update(_limit(criterion, leaf, name))

    @property
    def attributes(self) -> tuple[str, ...]:
        """Every attribute that the profile reads, in the order of the alphabet."""
        return tuple(sorted(self._limits))

    def age(self, said: FactContent) -> Age:
        """How old a fact of an attribute that the profile reads counts as."""
        look = said.look
        key = (said.attribute, look.seen, look.evidence.as_of)
        found = self._ages.get(key)
        if found is None:
            found = keep(self._ages, key, self._age(said), MOST)
        return found

    def _age(self, said: FactContent) -> Age:
        look = said.look
        seen, stated, day = look.seen, look.evidence.as_of, look.day.toordinal()
        future = seen.toordinal() > self._today + 1
        odd = stated is not None and stated > seen and stated.year > seen.year
        limits = [day + limit for limit in sorted(self._limits[said.attribute])]
        ends = [last for last in limits if last >= self._today]
        if future:  # What was seen the day after tomorrow counts from tomorrow on.
            ends.append(seen.toordinal() - 2)
        return Age(
            (future, odd, *(last < self._today for last in limits)), min(ends, default=FOREVER)
        )


def _limit(criterion: Criterion, leaf: Leaf, name: str) -> set[int]:
    """After how many days a fact of an attribute is too old for a question, if ever."""
    usual = attribute(
        leaf.attribute if name == answer_attribute(criterion, leaf) else name
    ).max_age_days
    limit = usual if criterion.max_age_days is None else criterion.max_age_days
    return set() if limit is None else {limit}
