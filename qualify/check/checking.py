"""Check a profile that can be read: criteria that cannot be met, change nothing or get no answer."""

from __future__ import annotations

from collections.abc import Iterator

from leads.answers import Answer
from leads.company_kind import CompanyIs
from qualify.check.idle import idle, shadowed
from qualify.check.impossible import impossible
from qualify.check.odd_words import odd_words
from qualify.check.possible import findable
from qualify.check.remark import Remark
from qualify.members.roll_up import of_store
from qualify.profile.criteria import REQUIRED, Criterion, Group, IfUnknown, Joined
from qualify.profile.icp import Icp
from qualify.words.answerers import doubts


def check(icp: Icp) -> list[Remark]:
    """List the remarks on a profile, the most serious first."""
    found = [
        *impossible(icp),
        *_rolled_up(icp),
        *shadowed(icp),
        *_unanswerable(icp),
        *_sources(icp),
        *idle(icp),
    ]
    order = ("problem", "warning", "note")
    return sorted(dict.fromkeys(found), key=lambda remark: order.index(remark.level))


def _rolled_up(icp: Icp) -> Iterator[Remark]:
    if warned := of_store(icp.company_is):
        yield Remark(
            "warning", "company_is", f"{warned.message.removeprefix('company_is ')}; {warned.hint}"
        )
    elif icp.company_is is not CompanyIs.LEGAL_ENTITY:
        message = (
            "companies that `sluice dedupe relate` or a column of parents links get one verdict"
            " together; the others get one each"
        )
        yield Remark("note", "company_is", f"{icp.company_is.value}: {message}")


def _unanswerable(icp: Icp) -> Iterator[Remark]:
    """Find criteria to which lists and pages can never give the answer that counts."""
    for section, one in icp.sections():
        if Answer.YES in findable(one) or (
            section in REQUIRED and one.if_unknown is IfUnknown.ACCEPT
        ):
            continue
        hint = " (write does_not_use: enough pages can answer that)" if _denies_use(one) else ""
        serious = section in REQUIRED and one.if_unknown is IfUnknown.WAIT
        yield Remark(
            "problem" if serious else "note",
            one.id,
            f"no list and no page can say yes to it, only a person{hint}"
            + ("; write if_unknown: ask" if serious else ""),
        )


def _denies_use(criterion: Criterion) -> bool:
    test = criterion.test
    return (
        isinstance(test, Group)
        and test.joined is Joined.NOT
        and any(leaf.attribute == "technology" for _, leaf in criterion.leaves())
    )


def _sources(icp: Icp) -> Iterator[Remark]:
    for section, criterion in icp.sections():
        for one, leaf in criterion.leaves():
            # Where an unknown keeps no company out, notes are left out.
            found = [
                doubt for doubt in doubts(one, leaf) if section in REQUIRED or doubt[0] == "warning"
            ]
            for level, message in (*found, *odd_words(leaf)):
                yield Remark(level if section in REQUIRED else "note", criterion.id, message)
