"""Prove which entry of a source is the company asked about, or abstain.

A number that is issued once and agrees decides, unless the name is completely different. Without one,
name and place are weighed together in log-odds; a name alone proves nothing. Two entries that are
nearly as likely prove nothing either. The weights are in `sources/data/identity.yaml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leads.register_entries import entry_key
from sources.answers import Entry
from sources.identity_marks import Mark, Weighed, number, table, weigh
from sources.identity_names import is_sole_trader, name_marks
from sources.identity_numbers import number_marks
from sources.identity_places import place_marks
from sources.subject import Subject

_KEYS = frozenset({"same_number", "asked_by_key"})


@dataclass(frozen=True, slots=True)
class Proof:
    """The likeliest entry, how likely it is the company, and whether it is taken as it."""

    #: None: the source answered no entry.
    entry: Entry | None
    #: Log-odds that it is the company.
    odds: float
    #: What spoke for and against it.
    reasons: tuple[Weighed, ...]
    accepted: bool
    #: In one sentence, why it was taken or not.
    why: str


@dataclass(frozen=True, slots=True)
class _Rated:
    entry: Entry
    odds: float
    reasons: tuple[Weighed, ...]

    def has(self, marks: frozenset[str]) -> bool:
        return any(one.mark in marks for one in self.reasons)


def prove(subject: Subject, entries: Sequence[Entry]) -> Proof:
    """Find the entry that is the company; the order of the entries does not matter."""
    rated = _without_repeats(subject, entries)
    if len(rated) > 1:
        rated.sort(key=_rank)
    if not rated:
        why = "the source answered no entry"
        return Proof(None, number("prior"), (), accepted=False, why=why)
    best = rated[0]
    against = _against(subject, best) or _too_near(rated)
    why = against or _for(best)
    return Proof(best.entry, best.odds, best.reasons, not against, why)


def _for(best: _Rated) -> str:
    told = max(best.reasons, key=lambda one: one.odds)
    return f"{told.says} ({best.odds:+.1f} in all)"


def _against(subject: Subject, best: _Rated) -> str:
    """Why the likeliest entry is not taken; empty if it is."""
    told = [one.says for one in sorted(best.reasons, key=lambda one: one.odds) if one.odds < 0]
    supported = best.has(frozenset(table()["support"]))
    if best.odds < number("accept") and (told or supported):
        said = f"{best.odds:+.1f}, and {number('accept'):+.1f} are needed"
        return f"{told[0]} ({said})" if told else f"too little speaks for it ({said})"
    if best.has(_KEYS):
        return ""
    if is_sole_trader(subject, best.entry):
        return "it is a person in business, and two people may share a name and a city"
    if best.has(frozenset({"name_related"})):
        return "only a part of the name is the same, as with a parent, a branch or a namesake"
    if not supported:
        return "only the name speaks for it: it needs a number, a place or a domain"
    return ""


def _too_near(rated: Sequence[_Rated]) -> str:
    """Why nobody can tell the likeliest entry from the next; empty if somebody can."""
    if len(rated) < 2 or rated[0].odds - rated[1].odds >= number("margin"):
        return ""
    other = rated[1].entry
    return f"{other.name} ({other.country} {other.number}) is nearly as likely"


def _without_repeats(subject: Subject, entries: Sequence[Entry]) -> list[_Rated]:
    """Rate entries; of several with one number only the likeliest counts."""
    found: dict[tuple[str, str], _Rated] = {}
    for entry in entries:
        one = _rated(subject, entry)
        key = (entry_key(entry.country, entry.number), "" if entry.number else repr(entry))
        if key not in found or _rank(one) < _rank(found[key]):
            found[key] = one
    return list(found.values())


def _rank(one: _Rated) -> tuple[float, str, str, str, str]:
    entry = one.entry
    return (-one.odds, entry.country, entry.number, entry.name, repr(entry))


def _rated(subject: Subject, entry: Entry) -> _Rated:
    marks = [*number_marks(subject, entry), *name_marks(subject, entry)]
    marks += place_marks(subject, entry)
    has_number = any(one.name == "same_number" for one in marks)
    if entry.asked_by_key and not has_number:
        marks.append(Mark("asked_by_key"))
    reasons = weigh(marks)
    if has_number:
        # A number that is issued once outweighs what changes: seats, forms, domains. Beside a
        # completely different name, another company's number was written down.
        reasons = tuple(one for one in reasons if one.odds > 0 or one.mark == "name_other")
    return _Rated(entry, number("prior") + sum(one.odds for one in reasons), reasons)
