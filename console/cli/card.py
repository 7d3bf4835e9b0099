"""A prospect's card as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from actions.queue import QueueRows
from console.cli.output import emit, plain
from console.cli.tables import table

_MARKS = {"yes": "✓", "no": "✗", "unknown": "?"}
_TURNED = {"yes": "no", "no": "yes", "unknown": "unknown"}
#: Pieces of evidence shown for an answer, and characters of each.
EVIDENCE, QUOTE = 3, 120


def show(card: Mapping[str, Any]) -> None:
    """Print a card."""
    for line in lines(card):
        emit(line)


def show_queue(found: QueueRows) -> None:
    """Print the rows of a queue as a table."""
    rows = found.rows
    if not found.scored:
        rows = [{**row, "score_worst": "-", "score_best": "-"} for row in rows]
    columns = {
        "name": "COMPANY",
        "score_worst": "WORST",
        "score_best": "BEST",
        "state": "STATE",
        "user": "HELD BY",
        "not_before": "FROM",
    }
    table(rows, columns, empty="the queue is empty")


def lines(card: Mapping[str, Any]) -> Iterator[str]:
    """The card from top to bottom."""
    company, score = card["company"], card["score"]
    yield f"{plain(company['name'])}  ({card['stage']}{_score(score, scored=card['scored'])})"
    where = card.get("queue", {})
    if where.get("note") and where["state"] == "leased":
        yield f"{'STOP' if where['warns'] else 'Why now'}: {plain(where['note'])}"
    for name, values in company.items():
        if name not in ("id", "name"):
            yield f"  {name}: {plain(values)}"
    if card["why"]:
        yield "Why it is here"
    for one in card["why"]:
        yield f"  {_mark(one)} {one['criterion']}: {plain(one['reason'])}"
        yield from _evidence(one["evidence"])
    if card["questions"]:
        yield "Ask"
    for question in card["questions"]:
        yield f"  - {plain(question)}"
    yield from _footer(card)


def _mark(one: Mapping[str, Any]) -> str:
    """✓ for an answer that speaks for the company, ✗ for one against it: a must_not that is not so
    speaks for it.
    """
    answer = one["answer"]
    return _MARKS[_TURNED[answer] if one["section"] == "must_not" else answer]


def _evidence(seen: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    lines = (
        f"      “{plain(one['quote'], QUOTE)}” {one['source']}, {one['as_of']}"
        + (f" {one['url']}" if one["url"] else "")
        for one in seen
    )
    yield from islice(dict.fromkeys(lines), EVIDENCE)


def _footer(card: Mapping[str, Any]) -> Iterator[str]:
    for one in card.get("history", ()):
        yield (
            f"Before: {one['at'][:16].replace('T', ' ')} {one['user']}:"
            f" {one['disposition'].replace('_', ' ')} {plain(one['note'])}"
        )
    where = card.get("queue", {})
    if where.get("note") and where["state"] != "leased":
        yield f"Queue: {where['state']}, {plain(where['note'])}"
    if card["lease"]:
        yield (
            f"Yours until {card['lease']['until'][:16].replace('T', ' ')} UTC; then `sluice queue"
            " done …` or `sluice queue release`"
        )


def _score(score: Mapping[str, int] | None, *, scored: bool) -> str:
    """Nothing for a profile without points: a 0 would look like a verdict."""
    if not score or not scored:
        return ""
    worst, best = score["worst"], score["best"]
    return f", score {worst}" if worst == best else f", score {worst} to {best}"
