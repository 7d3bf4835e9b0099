"""A prospect's card as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from console.output import plain

_MARKS = {"yes": "✓", "no": "✗", "unknown": "?"}


def lines(card: Mapping[str, Any]) -> Iterator[str]:
    """The card from top to bottom."""
    company, score = card["company"], card["score"]
    yield f"{plain(company['name'])}  ({card['stage']}{_score(score)})"
    for name, values in company.items():
        if name not in ("id", "name"):
            yield f"  {name}: {plain(values)}"
    if card["why"]:
        yield "Why it is here"
    for one in card["why"]:
        yield f"  {_MARKS[one['answer']]} {one['criterion']}: {plain(one['reason'])}"
        for seen in one["evidence"][:3]:
            where = f" {seen['url']}" if seen["url"] else ""
            yield f"      “{plain(seen['quote'])}” {seen['source']}, {seen['as_of']}{where}"
    if card["questions"]:
        yield "Ask"
    for question in card["questions"]:
        yield f"  - {plain(question)}"
    yield from _footer(card)


def _footer(card: Mapping[str, Any]) -> Iterator[str]:
    for one in card.get("history", ()):
        yield f"Before: {one['at'][:16].replace('T', ' ')} {one['user']}: {one['disposition'].replace('_', ' ')} {plain(one['note'])}"
    where = card.get("queue", {})
    if where.get("note") and where["state"] != "leased":
        yield f"Queue: {where['state']}, {plain(where['note'])}"
    elif where.get("note"):
        yield f"Note: {plain(where['note'])}"
    if card["lease"]:
        yield f"Yours until {card['lease']['until'][:16].replace('T', ' ')} UTC; then `sluice queue done …` or `sluice queue release`"


def _score(score: Mapping[str, int] | None) -> str:
    if not score:
        return ""
    worst, best = score["worst"], score["best"]
    return f", score {worst}" if worst == best else f", score {worst} to {best}"
