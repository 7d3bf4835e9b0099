"""Criteria with groups inside: many answers into one, and the reasons with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from leads.answers import Answer, all_of, any_of, at_least
from qualify.decide.finding import Finding
from qualify.profile.criteria import Criterion, Group, IfUnknown, Joined, Leaf
from qualify.words.questions import question
from qualify.words.reasons import Reason, joined, reason

#: Finds the answer to a criterion that is no group.
Find = Callable[[Criterion, Leaf], Finding]


def found(criterion: Criterion, find: Find, *, accepting: bool) -> Finding:
    """The answer to a criterion, its members' reasons joined.

    `accepting` says whether `if_unknown: accept` is heard: only where a yes helps, so not in
    must_not, in the score or under `not`.
    """
    test = criterion.test
    if isinstance(test, Group):
        inner = accepting and test.joined is not Joined.NOT
        members = [found(member, find, accepting=inner) for member in test.members]
        answer = join(test, [member.answer for member in members])
        finding = Finding(
            answer, _reason(test, answer, members), _facts(_supporting(test, answer, members))
        )
    else:
        finding = find(criterion, test)
    if accepting and criterion.if_unknown is IfUnknown.ACCEPT and finding.answer is Answer.UNKNOWN:
        accepted = reason("accepted although it is not known: {}", finding.reason)
        return Finding(Answer.YES, accepted, finding.facts)
    return finding


def join(group: Group, answers: Sequence[Answer]) -> Answer:
    """The answer of a group."""
    match group.joined:
        case Joined.ANY:
            return any_of(answers)
        case Joined.ALL:
            return all_of(answers)
        case Joined.NOT:
            return ~answers[0]
        case Joined.AT_LEAST:
            return at_least(group.n, answers)


def open_questions(criterion: Criterion, find: Find) -> list[tuple[str, bool]]:
    """The question of each member that is open, and whether it, or a group around it, says `ask`."""
    asks = criterion.if_unknown is IfUnknown.ASK
    if isinstance(criterion.test, Group):
        inner = [one for member in criterion.test.members for one in open_questions(member, find)]
        return [(said, asks or own) for said, own in inner]
    return (
        [(question(criterion.test), asks)]
        if find(criterion, criterion.test).answer is Answer.UNKNOWN
        else []
    )


def _supporting(group: Group, answer: Answer, members: Sequence[Finding]) -> Sequence[Finding]:
    """The members whose answers made the group's."""
    wanted = ~answer if group.joined is Joined.NOT else answer
    return [member for member in members if member.answer is wanted]


def _reason(group: Group, answer: Answer, members: Sequence[Finding]) -> Reason:
    reasons = dict.fromkeys(member.reason for member in _supporting(group, answer, members))
    why = joined(list(reasons))
    if group.joined is not Joined.AT_LEAST:
        return why
    hold = sum(member.answer is Answer.YES for member in members)
    return reason("{} of {} hold and {} must: {}", str(hold), str(len(members)), str(group.n), why)


def _facts(findings: Iterable[Finding]) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys(fact for finding in findings for fact in finding.facts))
