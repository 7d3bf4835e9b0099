"""A prospect's card as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from zoneinfo import ZoneInfo

from actions.queue import (
    Card,
    CardAnswer,
    CardContact,
    CardEvidence,
    CardPeople,
    CardPromise,
    ScoreRange,
)
from console.cli.hints import in_scope
from console.cli.interest import interest_lines
from console.cli.output import emit, plain

_MARKS = {"yes": "✓", "no": "✗", "unknown": "?"}
_OPPOSITE = {"yes": "no", "no": "yes", "unknown": "unknown"}
#: What a channel policy says about a contact point.
_SAYS = {"allow": "May use", "review": "Check first", "deny": "Do not use"}
#: The channels by which a company is worked.
_REACHED_BY = ("phone", "email", "post")
#: Pieces of evidence shown for an answer, and characters of each.
EVIDENCE, QUOTE = 3, 120


#: Characters of a note that a card shows, unless all of them are asked for.
NOTE = 300


def show(card: Card, *, full: bool = False) -> None:
    """Print a card; long notes are cut unless all of it is asked for."""
    for line in lines(card, full=full):
        emit(line)


def lines(card: Card, *, full: bool = False) -> Iterator[str]:
    """Write the card from top to bottom."""
    found = card.assessment
    yield f"{plain(card.name)}  ({found.stage}{_score(found.score, scored=found.scored)})"
    where = card.queue
    if where.note and where.state == "leased":
        yield f"{'STOP' if where.warns else 'Why now'}: {plain(where.note)}"
    elif where.note and where.state in ("out", "done"):
        yield f"Not in the queue: {plain(where.note)}"
    if card.promise:
        yield f"Promised: {_promise(card.promise, card.local_time.time_zones)}"
    yield f"Local time: {plain(card.local_time.words, 200)}"
    yield from interest_lines(card.interest)
    for name, values in card.details.items():
        yield f"  {name}: {plain(values)}"
    if card.no_site:
        yield f"  no site: {plain(card.no_site, QUOTE)}"
    yield from _assessed(found.why, found.questions)
    yield from _beside(card)
    yield from _footer(card, None if full else NOTE)


def _assessed(why: Sequence[CardAnswer], questions: Sequence[str]) -> Iterator[str]:
    """Write why the company is here, and what to ask."""
    if why:
        yield "Why it is here"
    for one in why:
        yield f"  {_mark(one)} {one.criterion}: {plain(one.reason)}"
        yield from _evidence(one.evidence)
    if questions:
        yield "Ask"
    for question in questions:
        yield f"  - {plain(question)}"


def _beside(card: Card) -> Iterator[str]:
    """Write what lies beside the company: its lists, sisters, forbidden channels, the script."""
    for cell in card.list_cells:
        yield f"  {plain(cell.header, 40)}: {plain(cell.value, QUOTE)} (list {plain(cell.list)})"
    yield from _people(card.people)
    for one in card.sisters:
        worked = one.relationship.replace("_", " ")
        who = f"{one.held_by} works it now" if one.held_by else worked
        yield f"  {plain(one.name)} is {plain(one.relation)}: {plain(who)}"
    if not card.queue.warns:
        of_people = [way for one in card.people.shown for way in one.ways]
        yield from _channels([*card.contacts, *of_people])
    if card.script:
        yield "Say"
        for line in card.script.splitlines():
            yield f"  {plain(line)}"


def _channels(contacts: Sequence[CardContact]) -> Iterator[str]:
    """Write which contact points may be used, those with the same reason on one line."""
    by_rule: dict[tuple[str, str], dict[str, None]] = {}
    for one in contacts:
        if one.rule:
            by_rule.setdefault((one.says, one.rule), {})[one.value] = None
    for (says, rule), values in by_rule.items():
        yield f"{_SAYS[says]}: {plain(list(values))} ({plain(rule)})"
    if not any(one.channel in _REACHED_BY for one in contacts):
        yield "No phone number, e-mail or postal address is known: look one up before you call"


def _people(found: CardPeople) -> Iterator[str]:
    """Write the roles and persons at the company, and until when they must be told."""
    for one in found.shown:
        parts = [one.name or "", one.role, one.email or "", one.phone or ""]
        tell = (
            f", tell where you have it from at the first contact, by {one.tell_by:%Y-%m-%d}"
            if one.tell_by
            else ""
        )
        yield f"Contact: {plain(', '.join(filter(None, parts)))} ({plain(one.source)}{tell})"
    if found.overdue:
        yield in_scope(
            f"Contacts held back: {found.overdue:,}, overdue notice: `sluice contact list --overdue`"
        )


def _promise(made: CardPromise, zones: Sequence[str]) -> str:
    """Write who is to call when, also by the clocks there; the zone that the user named is in the
    reason.
    """
    there = made.at.astimezone(ZoneInfo(zones[0])) if len(zones) == 1 else None
    local = f", {there:%a} {there.hour}:{there:%M} there" if there else ""
    return f"{made.by} calls at {made.at:%Y-%m-%d %H:%M} UTC{local} ({plain(made.reason, 200)})"


def _mark(one: CardAnswer) -> str:
    """Mark whether an answer speaks for the company; no to a must_not speaks for it."""
    return _MARKS[_OPPOSITE[one.answer] if one.section == "must_not" else one.answer]


def _evidence(seen: Sequence[CardEvidence]) -> Iterator[str]:
    lines = []
    for one in seen:
        line = f"      “{plain(one.quote, QUOTE)}” {one.source}, {one.as_of}"
        lines.append(f"{line} {one.url}" if one.url else line)
    yield from islice(dict.fromkeys(lines), EVIDENCE)


def _footer(card: Card, longest: int | None) -> Iterator[str]:
    for one in card.history:
        disposition = one.disposition.replace("_", " ")
        told = f"{one.at:%Y-%m-%d %H:%M} {one.user}: {disposition} {plain(one.note, longest)}"
        yield f"Before: {told.rstrip()}"
    if longest and any(len(one.note) > longest for one in card.history):
        yield in_scope(
            f"Long notes are cut: `sluice queue show {card.company_id} --full` shows all"
        )
    where = card.queue
    if where.note and where.state == "ready":
        yield f"Queue: {where.state}, {plain(where.note)}"
    if card.lease:
        yield in_scope(
            f"Yours until {card.lease.until:%Y-%m-%d %H:%M} UTC; then `sluice queue done …` or"
            " `sluice queue release`"
        )


def _score(score: ScoreRange | None, *, scored: bool) -> str:
    """Write nothing for a profile without points: a 0 would look like a verdict."""
    if not score or not scored:
        return ""
    if score.worst == score.best:
        return f", score {score.worst}"
    return f", score {score.worst} to {score.best}"
