"""The checklist of a lead: what is known of each question, and whether that makes it qualified."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from leads.answers import Answer
from leads.errors import UsageError
from leads.yaml_mistakes import did_you_mean


class Reply(StrEnum):
    """What is known of one question; `unknown` is not `no`."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"


#: What to ask for each question; the ICP's own questions are on the company's card.
QUESTIONS: Mapping[str, str] = {
    "icp": "Does the company fit the profile?",
    "need": "What problem do you want to solve, and what does it cost you today?",
    "will": "Have you decided to change something about it?",
    "timeline": "When must it be in place?",
    "budget": "Is there a budget for it, and how large?",
    "authority": "Who decides, and who else must agree?",
}


@dataclass(frozen=True, slots=True)
class Qualified:
    """Whether a lead meets the rule, and what keeps it from it."""

    answer: Answer
    #: Questions of the nearest way that are unknown, and those whose reply is a wrong one.
    open: Sequence[str]
    against: Sequence[str]


def qualified(ways: Sequence[Mapping[str, Sequence[str]]], replies: Mapping[str, str]) -> Qualified:
    """Apply the rule: one way is enough. Unknown replies leave it unknown, unless the way allows
    them.
    """
    found = [_way(way, replies) for way in ways]
    order = (Answer.YES, Answer.UNKNOWN, Answer.NO)
    return min(found, key=lambda one: (order.index(one.answer), len(one.against), len(one.open)))


def _way(way: Mapping[str, Sequence[str]], replies: Mapping[str, str]) -> Qualified:
    unmet = [name for name, wanted in way.items() if replies.get(name, "unknown") not in wanted]
    is_open = [name for name in unmet if replies.get(name, "unknown") == Reply.UNKNOWN]
    against = [name for name in unmet if name not in is_open]
    answer = Answer.NO if against else Answer.UNKNOWN if is_open else Answer.YES
    return Qualified(answer, is_open, against)


def parse_replies(texts: Sequence[str]) -> dict[str, Reply]:
    """Read `need=yes` and the like; UsageError for anything else, and for a question twice."""
    found: dict[str, Reply] = {}
    for text in texts:
        question, sign, reply = text.partition("=")
        if not sign:
            raise UsageError(f"{text[:60]!r} is no answer", "write it as need=yes")
        if question not in QUESTIONS:
            near = did_you_mean(question, QUESTIONS)
            raise UsageError(
                f"there is no question {question[:60]!r}{near}",
                f"the questions are {', '.join(QUESTIONS)}",
            )
        if question in found:
            raise UsageError(f"{question} is answered twice", "answer each question once")
        try:
            found[question] = Reply(reply)
        except ValueError:
            raise UsageError(
                f"{reply[:60]!r} is no reply to {question}", f"write {', '.join(Reply)}"
            ) from None
    return found
