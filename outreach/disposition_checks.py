"""What is wrong with a set of dispositions as a whole: loops, dead ends, words nothing leads to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from outreach.disposition_file import RESERVED
from outreach.dispositions import DispositionRule, Dispositions


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to change, and the way to it in the file: `outcomes.no_answer.then`."""

    path: str
    message: str


def remarks(every: Dispositions) -> list[Remark]:
    """Everything that is wrong, in the order of the file."""
    found = list(_keys(every))
    named = {one.then for one in every.rules.values()}
    for rule in every.rules.values():
        found += _of_rule(every, rule)
        if not rule.chosen and rule.name not in named:
            found.append(
                Remark(
                    f"outcomes.{rule.name}",
                    "nothing leads here: nobody reports it, and no `then` names it",
                )
            )
    if not any(one.chosen for one in every.rules.values()):
        found.append(Remark("outcomes", "there is no outcome that a user can report"))
    return found


def _of_rule(every: Dispositions, rule: DispositionRule) -> Iterator[Remark]:
    here = f"outcomes.{rule.name}"
    yield from _of_then(every, rule)
    if not rule.reached and rule.again_after and not rule.attempts:
        yield Remark(here, "is a loop: nobody is reached, and it comes back without end")
    if not _leads_anywhere(rule):
        yield Remark(here, "is a loop: the company is free again at once; give `again`")
    yield from _of_suppression(rule)
    if rule.promises and rule.again_after is None and "when" not in rule.needs:
        yield Remark(f"{here}.promises", "needs a time: give `again`, or `needs: [when]`")


def _of_suppression(rule: DispositionRule) -> Iterator[Remark]:
    here = f"outcomes.{rule.name}"
    if rule.suppressed_for and rule.again_after:
        yield Remark(f"{here}.again", "`suppress` says already when it comes back: leave it out")
    elif rule.suppresses and (rule.again_after or rule.relationship not in (None, "lost")):
        yield Remark(here, "is suppressed, and so it can neither come back nor become a lead")


def _of_then(every: Dispositions, rule: DispositionRule) -> Iterator[Remark]:
    here = f"outcomes.{rule.name}"
    if rule.then is not None and rule.then not in every.rules:
        near = get_close_matches(rule.then, every.rules, 1)
        meant = f", did you mean {near[0]}" if near else ""
        yield Remark(f"{here}.then", f"there is no outcome {rule.then}{meant}")
    elif loop := _loop(every, rule):
        yield Remark(f"{here}.then", f"is a loop: {' -> '.join(loop)}")
    if bool(rule.attempts) != (rule.then is not None):
        yield Remark(here, "`attempts` and `then` belong together: one of them is missing")


def _loop(every: Dispositions, rule: DispositionRule) -> list[str]:
    """The outcomes that follow from one another until one comes again; empty when none does."""
    path = [rule.name]
    while (then := every.rules[path[-1]].then) in every.rules:
        assert then is not None
        if then in path:
            return [*path, then]
        path.append(then)
    return []


def _leads_anywhere(rule: DispositionRule) -> bool:
    """Whether the company waits for a time, leaves the queue, or is closed."""
    if rule.again_after or rule.suppresses or "when" in rule.needs:
        return True
    return rule.relationship in ("lead", "lost")


def _keys(every: Dispositions) -> Iterator[Remark]:
    taken: dict[str, str] = {}
    for rule in every.rules.values():
        if rule.key is None:
            continue
        here = f"outcomes.{rule.name}.key"
        if rule.key in RESERVED:
            yield Remark(here, f"{rule.key} means {RESERVED[rule.key]} at the desk")
        elif rule.key in taken:
            yield Remark(here, f"{rule.key} is the key of {taken[rule.key]} already")
        elif not rule.chosen:
            yield Remark(here, "nobody reports it, and so it needs no key")
        taken.setdefault(rule.key, rule.name)
