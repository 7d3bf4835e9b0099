"""Pairs of records in words: the waterfall, what brought them together, what is doubtful."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from console.output import plain

Pair = Mapping[str, Any]


def pair_lines(pair: Pair) -> Iterator[str]:
    """One pair and its waterfall."""
    yield f"  {side(pair['left'])}  =  {side(pair['right'])}"
    yield from _waterfall(pair)
    yield f"      compared, as both have: {', '.join(_keys(pair))}" if pair["compared"] else "      never compared with each other"


def apart_lines(pair: Pair) -> Iterator[str]:
    """Why two companies are two: their likeliest pair."""
    yield f"two companies: {plain(pair['why'])}"
    yield f"  likeliest of {pair['pairs']:,} pairs of records, of which {pair['pairs_compared']:,} were compared:"
    yield f"  {side(pair['left'])}  |  {side(pair['right'])}"
    yield from _waterfall(pair)
    for key in pair["keys"]:
        yield f"      {'' if key['together'] else 'not '}brought together by {key['key']}: {plain(key['says'])}"


def review_lines(pair: Pair) -> Iterator[str]:
    """One doubtful pair, and the command that decides it."""
    left, right = pair["left"], pair["right"]
    yield f"{pair['odds']:+.2f}  {'one company' if pair['together'] else 'two companies'}, {pair['kind']}"
    yield f"    {side(left)}"
    yield f"    {side(right)}"
    yield from (f"      + {plain(line)}" for line in pair["for"])
    yield from (f"      - {plain(line)}" for line in pair["against"])
    if pair["together"]:
        yield f"    apart: sluice dedupe split {left['company']} --record {right['record']}"
    else:
        yield f"    one:   sluice dedupe merge {left['company']} {right['company']}"


def side(record: Pair) -> str:
    """How people find a record."""
    return f"{plain(record['name'], 60)} ({plain(record['list'])}, row {record['row']})"


def _waterfall(pair: Pair) -> Iterator[str]:
    if pair["decided"]:
        yield f"      a person said: {pair['decided']}"
    for line in pair["waterfall"]:
        yield f"      {line['odds']:+6.2f}  {line['feature']}: {plain(line['says'])}"
    yield f"      {pair['odds']:+6.2f}  in all, which is {pair['probability']:.1%}"


def _keys(pair: Pair) -> Iterator[str]:
    return (key["key"] for key in pair["keys"] if key["together"])
