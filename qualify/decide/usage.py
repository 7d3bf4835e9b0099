"""The answer of the facts to what a company runs: what was not seen may be in use all the same.

A technology that was seen or reported is a yes. Only a person's word that it is not in use is a no:
silence never is. The one thing that silence proves is "uses no X", once enough of the company's
site was read (`qualify/decide/coverage.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from leads.answers import Answer, all_of
from leads.facts import Fact
from leads.known import Ignored, Side
from leads.usable import replaces
from leads.values import TechnologyUse, Value
from qualify.decide.coverage import Coverage, coverage, enough_for, needs
from qualify.decide.finding import Finding
from qualify.decide.folded_facts import FoldedFacts
from qualify.decide.meets import by_terms, is_use_of, slugs
from qualify.profile.criteria import Criterion, Uses
from qualify.words.phrases import ids, listed, say_ignored, say_sides, technology_name
from qualify.words.reasons import Reason, joined, reason


@dataclass(frozen=True, slots=True)
class Technographics:
    """What a company is known to run and not to run, and how much was looked at."""

    runs: tuple[Side, ...]
    denials: tuple[Side, ...]
    looked_at: Coverage
    ignored: tuple[Ignored, ...]

    def users(self, terms: Sequence[str]) -> list[Side]:
        """The technologies in use that are, or belong to, one of the terms."""
        return [side for side in self.runs if any(is_use_of(side.value, term) for term in terms)]

    def deniers(self, terms: Sequence[str]) -> list[Side]:
        """The denials of one of the terms or of a part of it."""
        wanted = frozenset[str]().union(*(slugs(term) for term in terms))
        return [side for side in self.denials if _slugs(side) & wanted]

    def met(self, terms: Sequence[str]) -> Answer:
        """Whether any of the terms is in use: only a use that nobody denies is a yes, only a denial
        of all a no.
        """
        users = self.users(terms)
        if users:
            return Answer.YES if any(not self.disputed(side) for side in users) else Answer.UNKNOWN
        denied = frozenset[str]().union(*(_slugs(side) for side in self.denials))
        return Answer.NO if all(slugs(term) <= denied for term in terms) else Answer.UNKNOWN

    def disputed(self, use: Side) -> bool:
        """Whether a use that one source states is denied by another."""
        return any(_slugs(use) & _slugs(denial) for denial in self.denials)


def find_use(criterion: Criterion, leaf: Uses, folded: FoldedFacts) -> Finding:
    """What the facts answer to one question about technologies."""
    seen = _technographics(criterion, folded, needs(leaf.terms.none_of))
    wanted = replace(leaf.terms, none_of=())
    findings = []
    if wanted.every():
        findings.append(_found(by_terms(wanted, seen.met), wanted.every(), seen))
    if leaf.terms.none_of:
        findings.append(_absent(leaf.terms.none_of, seen))
    answer = all_of(finding.answer for finding in findings)
    supporting = [finding for finding in findings if finding.answer is answer]
    return Finding(
        answer,
        joined([one.reason for one in supporting]),
        tuple(id_ for one in supporting for id_ in one.facts),
    )


def _found(answer: Answer, terms: Sequence[str], seen: Technographics) -> Finding:
    """The answer to "uses these", with its reason."""
    users, deniers = seen.users(terms), seen.deniers(terms)
    sure = [side for side in users if not seen.disputed(side)]
    if answer is Answer.YES:
        return _finding(answer, reason("{} in use", _say(sure)), sure)
    if answer is Answer.NO:
        return _not_in_use(answer, deniers)
    if len(sure) < len(users):
        return _disagreement(users, deniers)
    if users:
        missing = [term for term in terms if seen.met((term,)) is not Answer.YES]
        return _finding(
            answer,
            reason("{} in use, and nobody knows about {}", _say(users), _names(missing, "and")),
            users,
        )
    return Finding(answer, _silence(terms, seen))


def _absent(terms: Sequence[str], seen: Technographics) -> Finding:
    """The answer to "uses none of these"."""
    users, deniers = seen.users(terms), seen.deniers(terms)
    sure = [side for side in users if not seen.disputed(side)]
    if sure:
        return _finding(Answer.NO, reason("{} in use", _say(sure)), sure)
    if users:
        return _disagreement(users, deniers)
    if seen.met(terms) is Answer.NO:
        return _not_in_use(Answer.YES, deniers)
    looked_at = seen.looked_at
    if looked_at.enough:
        return Finding(
            Answer.YES,
            reason("{} and no {} was seen", looked_at.reason, _names(terms, "or")),
            ids(looked_at.facts),
        )
    if looked_at.pages:
        too_little = reason(
            "{} and no {} was seen, but only {} can tell",
            looked_at.reason,
            _names(terms, "or"),
            enough_for(tuple(terms)),
        )
        return Finding(Answer.UNKNOWN, too_little, ids(looked_at.facts))
    return Finding(Answer.UNKNOWN, _silence(terms, seen))


def _silence(terms: Sequence[str], seen: Technographics) -> Reason:
    read, names = seen.looked_at.reason, _names(terms, "or")
    if seen.runs:
        runs = say_sides("technology", seen.runs)
        return reason("{}; known in use is only {}, which leaves {} open", read, runs, names)
    if seen.ignored:
        return reason("{}; {}", read, say_ignored("technology", seen.ignored))
    return reason("{}, and no {} was seen", read, names) if seen.looked_at.pages else read


def _not_in_use(answer: Answer, deniers: Sequence[Side]) -> Finding:
    return _finding(answer, reason("{} not in use", _say(deniers)), deniers)


def _disagreement(users: Sequence[Side], deniers: Sequence[Side]) -> Finding:
    return _finding(
        Answer.UNKNOWN,
        reason("sources disagree: {} in use, {} not", _say(users), _say(deniers)),
        [*users, *deniers],
    )


def _technographics(
    criterion: Criterion, folded: FoldedFacts, wanted: tuple[str, ...]
) -> Technographics:
    known = folded.fold("technology", folded.policy(criterion))
    looked_at = folded.fold("coverage", folded.policy_beside(criterion))
    runs: list[Side] = []
    denials: list[Side] = []
    for side in _current_sides(known.sides):
        if isinstance(side.value, TechnologyUse):
            (runs if side.value.uses else denials).append(side)
    return Technographics(tuple(runs), tuple(denials), coverage(looked_at, wanted), known.ignored)


def _current_sides(sides: Sequence[Side]) -> Iterator[Side]:
    """Drop the facts that their own source has taken back since."""
    facts = [fact for side in sides for fact in side.facts]
    for side in sides:
        current = tuple([fact for fact in side.facts if not _taken_back(fact, facts)])
        if len(current) == len(side.facts):
            yield side
        elif current:
            yield replace(side, facts=current)


def _taken_back(fact: Fact, facts: Sequence[Fact]) -> bool:
    """Whether its own source has since said the contrary."""
    return any(_contrary(other.value, fact.value) and replaces(other, fact) for other in facts)


def _contrary(left: Value, right: Value) -> bool:
    assert isinstance(left, TechnologyUse)
    assert isinstance(right, TechnologyUse)
    return left.uses != right.uses and bool(slugs(left.slug) & slugs(right.slug))


def _slugs(side: Side) -> frozenset[str]:
    assert isinstance(side.value, TechnologyUse)
    return slugs(side.value.slug)


def _say(sides: Sequence[Side]) -> Reason:
    verb = "is" if len(sides) == 1 else "are"
    return reason(f"{{}} {verb}", say_sides("technology", sides))


def _names(terms: Sequence[str], joint: str) -> str:
    return listed([technology_name(term) for term in terms], joint)


def _finding(answer: Answer, why: Reason, sides: Sequence[Side]) -> Finding:
    return Finding(answer, why, ids([fact for side in sides for fact in side.facts]))
