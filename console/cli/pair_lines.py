"""Pairs of records as lines of text: the score's parts, the keys, and what is doubtful."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from actions.duplicates import ExplainedPair, PairReport, RecordLabel, Separation
from actions.reviews import DoubtfulPair
from console.cli.output import plain

_MEANING = {
    "same": "the same company, as it is above 0",
    "review": "for review, as it is just below 0",
    "different": "different companies, as it is far below 0",
}


def match_lines(pair: ExplainedPair) -> Iterator[str]:
    """Yield why two records match."""
    yield f"  {_record(pair.left)}  =  {_record(pair.right)}"
    yield from _waterfall(pair.report)
    shared = ", ".join(key.key for key in pair.report.keys if key.together)
    yield (
        f"      compared, because both have: {shared}"
        if pair.report.compared
        else "      never compared with each other"
    )


def separation_lines(found: Separation) -> Iterator[str]:
    """Yield why two companies are two."""
    report = found.report
    yield f"two companies: {plain(report.why)}"
    yield (
        f"  likeliest of {report.pairs:,} pairs of records, of which {report.pairs_compared:,} were"
        " compared:"
        if report.pairs > 1
        else "  each has one record:"
    )
    yield from _sides(found.left, found.right, "  ")
    yield from _waterfall(report.pair)
    yield from _keys(report.pair)


def doubt_lines(pair: DoubtfulPair, client: str) -> Iterator[str]:
    """Yield a doubtful pair, and the commands that decide it."""
    review, left, right = pair.review, pair.left, pair.right
    now = "one company" if review.together else "two companies"
    part = review.kind == "part_of"
    kind = "the first may be part of the second" if part else review.kind
    yield f"{review.odds:+.2f}  {now}, {kind}"
    yield from _sides(left, right, "    ")
    yield from (f"      + {plain(line)}" for line in review.reasons_for)
    yield from (f"      - {plain(line)}" for line in review.reasons_against)

    option = "" if client == "default" else f" --client {shlex.quote(client)}"
    if review.together:
        command = f"split {left.company} --record {right.record}"
        yield f"    apart: sluice dedupe {command}{option}"
        return
    command = f"sluice dedupe answer {left.company} {right.company}"
    if part:
        yield f"    {command} part_of{option}"
    yield f"    {command} same{option}"
    yield f"    {command} different{option}"


def _record(label: RecordLabel) -> str:
    """Name a record as people find it."""
    return f"{plain(label.name, 60)} ({plain(label.list)}, row {label.row})"


def _sides(left: RecordLabel, right: RecordLabel, indent: str) -> Iterator[str]:
    """Yield each record with what it states: a person needs it to decide."""
    for one in (left, right):
        stated = "; ".join(f"{name} {plain(values, 80)}" for name, values in one.stated.items())
        yield f"{indent}{_record(one)}{': ' if stated else ''}{stated}"


def _waterfall(report: PairReport) -> Iterator[str]:
    if report.decided:
        yield f"      a person decided: {report.decided}"
    if report.model:
        yield f"      by the weights of {report.model}: see `sluice dedupe weights`"
    for line in report.waterfall:
        yield f"      {line.odds:+6.2f}  {line.feature}: {plain(line.sentence)}"
    yield f"      {report.odds:+6.2f}  in total, which is {report.probability:.1%}: {_outcome(report)}"
    yield f"      why: {plain(report.why, 200)}"


def _outcome(report: PairReport) -> str:
    """Say what the total means, and how much a merge needs."""
    needs = f" ({report.margin:+.1f} margin included)" if report.margin else ""
    return f"{_MEANING[report.outcome]}{needs}"


def _keys(report: PairReport) -> Iterator[str]:
    """Yield which keys paired the two and which did not; keys with one reason share a line."""
    for together in (True, False):
        by_reason: dict[str, list[str]] = {}
        for key in report.keys:
            if key.together is together:
                by_reason.setdefault(plain(key.says), []).append(key.key)
        for reason, keys in by_reason.items():
            yield f"      {'' if together else 'not '}paired by {', '.join(keys)}: {reason}"
