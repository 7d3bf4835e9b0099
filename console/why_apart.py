"""Pairs of records in words: the waterfall, what brought them together, what is doubtful."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from console.cli.output import plain

Pair = Mapping[str, Any]


def pair_lines(pair: Pair) -> Iterator[str]:
    """One pair and its waterfall."""
    yield f"  {side(pair['left'])}  =  {side(pair['right'])}"
    yield from _waterfall(pair)
    together = ", ".join(key["key"] for key in pair["keys"] if key["together"])
    yield (
        f"      compared, as both have: {together}"
        if pair["compared"]
        else "      never compared with each other"
    )


def apart_lines(pair: Pair) -> Iterator[str]:
    """Why two companies are two: their likeliest pair."""
    yield f"two companies: {plain(pair['why'])}"
    several = (
        f"likeliest of {pair['pairs']:,} pairs of records, of which {pair['pairs_compared']:,} were"
        " compared"
    )
    yield f"  {several if pair['pairs'] > 1 else 'each has one record'}:"
    yield from _sides(pair, "  ")
    yield from _waterfall(pair)
    yield from _keys(pair)


def review_lines(pair: Pair, client: str) -> Iterator[str]:
    """One doubtful pair, and the command that decides it."""
    left, right = pair["left"], pair["right"]
    yield (
        f"{pair['odds']:+.2f}  {'one company' if pair['together'] else 'two companies'},"
        f" {pair['kind']}"
    )
    yield from _sides(pair, "    ")
    yield from (f"      + {plain(line)}" for line in pair["for"])
    yield from (f"      - {plain(line)}" for line in pair["against"])
    of_client = "" if client == "default" else f" --client {shlex.quote(client)}"
    if pair["together"]:
        yield (
            f"    apart: sluice dedupe split {left['company']} --record"
            f" {right['record']}{of_client}"
        )
    else:
        yield f"    one:   sluice dedupe merge {left['company']} {right['company']}{of_client}"


def side(record: Pair) -> str:
    """How people find a record."""
    return f"{plain(record['name'], 60)} ({plain(record['list'])}, row {record['row']})"


def _sides(pair: Pair, indent: str) -> Iterator[str]:
    """Each record with what it states: who decides must see it."""
    for one in (pair["left"], pair["right"]):
        stated = "; ".join(f"{name} {plain(values, 80)}" for name, values in one["stated"].items())
        yield f"{indent}{side(one)}{': ' if stated else ''}{stated}"


def _waterfall(pair: Pair) -> Iterator[str]:
    if pair["decided"]:
        yield f"      a person said: {pair['decided']}"
    for line in pair["waterfall"]:
        yield f"      {line['odds']:+6.2f}  {line['feature']}: {plain(line['says'])}"
    yield f"      {pair['odds']:+6.2f}  in all, which is {pair['probability']:.1%}"


def _keys(pair: Pair) -> Iterator[str]:
    """What brought the two together, and what did not, keys of one reason in one line."""
    for together in (True, False):
        by_reason: dict[str, list[str]] = {}
        for key in pair["keys"]:
            if key["together"] is together:
                by_reason.setdefault(plain(key["says"]), []).append(key["key"])
        for says, keys in by_reason.items():
            yield f"      {'' if together else 'not '}brought together by {', '.join(keys)}: {says}"
