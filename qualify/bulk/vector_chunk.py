"""The answers to one criterion after the other for the companies of one chunk."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from leads.answers import Answer
from leads.facts import Scope
from leads.known import Policy
from qualify.bulk.frames import Frames
from qualify.bulk.rows import Bools, Rows, usable_rows
from qualify.bulk.vector_numbers import NO, UNKNOWN, YES, Answers, answer_numbers
from qualify.bulk.vector_sites import answer_near, enough_pages
from qualify.bulk.vector_words import answer_postcodes, answer_texts, answer_uses
from qualify.decide.coverage import needs
from qualify.decide.finding_answers import find
from qualify.decide.folded_facts import FoldedFacts
from qualify.decide.lasting import attributes_read
from qualify.decide.person_answers import answer_attribute
from qualify.profile.criteria import (
    Criterion,
    Group,
    IfUnknown,
    Joined,
    Leaf,
    Matches,
    Near,
    Uses,
    Within,
    asked_about,
)

_NUMBER = {Answer.NO: NO, Answer.UNKNOWN: UNKNOWN, Answer.YES: YES}
_Found = tuple[Answers, NDArray[np.intp]]
#: A question with all that its answer hangs on: several criteria, and two profiles, may ask it.
_Asked = tuple[Leaf, int | None, float, Scope | None]


@dataclass(slots=True)
class Chunk:
    """Some companies on one day; what counts under a policy, and what a question is answered, is
    found once.
    """

    frames: Frames
    today: date
    _rows: dict[tuple[str, Policy], Rows | None] = field(default_factory=dict)
    _answers: dict[_Asked, Answers] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many companies there are."""
        return self.frames.size

    def answer(self, criterion: Criterion, *, accepting: bool) -> Answers:
        """The answer of each company; `accepting` as in `qualify/decide/tree.py`."""
        test = criterion.test
        if isinstance(test, Group):
            inner = accepting and test.joined is not Joined.NOT
            found = _joined(test, [self.answer(member, accepting=inner) for member in test.members])
        else:
            found = self.leaf(criterion, test)
        if accepting and criterion.if_unknown is IfUnknown.ACCEPT:
            found = np.where(found == UNKNOWN, YES, found).astype(np.int8)
        return found

    def asks(self, criterion: Criterion, *, asked: bool = False) -> Bools:
        """Whether every open question of a criterion says `ask`, or is in a group that does."""
        asked = asked or criterion.if_unknown is IfUnknown.ASK
        if isinstance(criterion.test, Group):
            inner = [self.asks(member, asked=asked) for member in criterion.test.members]
            return np.asarray(np.logical_and.reduce(inner))
        return (
            np.full(self.size, fill_value=True)
            if asked
            else self.leaf(criterion, criterion.test) != UNKNOWN
        )

    def leaf(self, criterion: Criterion, leaf: Leaf) -> Answers:
        """The answers to one question."""
        asked = (leaf, criterion.max_age_days, criterion.min_confidence, criterion.scope)
        if asked not in self._answers:
            found, open_ = self._leaf(criterion, leaf)
            answered = self.frames.columns.get(answer_attribute(criterion, leaf))
            one_by_one = open_ if answered is None else np.union1d(open_, answered.company)
            self._answers[asked] = self._looked_at(criterion, leaf, found, one_by_one)
        return self._answers[asked]

    def _leaf(self, criterion: Criterion, leaf: Leaf) -> _Found:
        policy = Policy(
            self.today, criterion.max_age_days, criterion.min_confidence, criterion.scope
        )
        if isinstance(leaf, Uses):
            return self._uses(leaf, policy)
        rows = [self.rows(name, policy) for name in asked_about(leaf)]
        if any(one is None or not len(one.at) for one in rows):
            return np.full(self.size, UNKNOWN, dtype=np.int8), np.empty(0, dtype=np.intp)
        known = [one for one in rows if one is not None]
        match leaf:
            case Within():
                return answer_numbers(leaf, known[0], self.size)
            case Matches(attribute="postcode"):
                countries = self.rows("country", replace(policy, scope=None))
                return answer_postcodes(leaf, known[0], countries, self.size)
            case Matches():
                return answer_texts(leaf, known[0], self.size)
            case Near():
                return answer_near(leaf, known[0], known[1], self.size)
            case _:
                assert_never(leaf)

    def _uses(self, leaf: Uses, policy: Policy) -> _Found:
        enough, unsure = np.zeros(self.size, dtype=np.bool_), np.empty(0, dtype=np.intp)
        if leaf.terms.none_of and (looks := self.rows("coverage", replace(policy, scope=None))):
            enough, unsure = enough_pages(looks, needs(leaf.terms.none_of), self.size)
        rows = self.rows("technology", policy)
        if rows is None:
            silent = (
                enough
                if leaf.terms.none_of and not (leaf.terms.any_of or leaf.terms.all_of)
                else np.zeros_like(enough)
            )
            return np.where(silent, YES, UNKNOWN).astype(np.int8), unsure
        found, denied = answer_uses(leaf, rows, enough, self.size)
        return found, np.union1d(unsure, denied)

    def rows(self, name: str, policy: Policy) -> Rows | None:
        """The rows of an attribute that count."""
        key = (name, policy)
        if key not in self._rows:
            self._rows[key] = usable_rows(self.frames, name, policy)
        return self._rows[key]

    def _looked_at(
        self, criterion: Criterion, leaf: Leaf, found: Answers, companies: NDArray[np.intp]
    ) -> Answers:
        """The answers with some companies' found by the explaining evaluator."""
        names = attributes_read(criterion, leaf)
        for company in companies.tolist():
            folded = FoldedFacts.of(self.frames.facts(company, names), self.today)
            found[company] = _NUMBER[find(criterion, leaf, folded).answer]
        return found


def _joined(group: Group, members: list[Answers]) -> Answers:
    match group.joined:
        case Joined.ALL:
            return np.asarray(np.minimum.reduce(members))
        case Joined.ANY:
            return np.asarray(np.maximum.reduce(members))
        case Joined.NOT:
            return (YES - members[0]).astype(np.int8)
        case Joined.AT_LEAST:
            sure = sum((member == YES).astype(np.int16) for member in members)
            may_be = sum((member != NO).astype(np.int16) for member in members)
            return np.where(sure >= group.n, YES, np.where(may_be >= group.n, UNKNOWN, NO)).astype(
                np.int8
            )
