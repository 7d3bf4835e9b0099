"""The page of figures that `bench/qualify_speed.py` writes."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from typing import Any

_HEAD = """\
# Qualify: figures

Written by `make bench-qualify`. Companies and facts are made up with a fixed seed; the twelve criteria stand in
`bench/qualify_speed.yaml`. Machine: {machine}; load when it began: {load:.1f}.

| what | figure |
|---|---|"""
_STORE = """
Storing a million verdicts would take {minutes:,.0f} minutes at that rate in one process: each is stored with its reasons, its facts
and what would decide it, so storing runs at the speed of explaining."""
_PEERS = """
## Beside rule engines, {rows:,} of the same companies

| tool | seconds | times as long | what it says of companies that nobody can decide about | called a fit, and is none for certain |
|---|---|---|---|---|"""
_FOOT = """
The peers get one plain value for each field, or none: the believed one, and the lower end of a range. rule-engine 5.1.0 and
json-logic-qubit 0.9.1, in an environment of their own. They are asked each of the twelve criteria, because the answers and the
score are wanted too, and "no_fit" is any no among those that decide.
"""


def page(found: dict[str, Any]) -> str:
    """All figures as Markdown."""
    store = found["store"]
    minutes = 1e6 * store["first"] / store["companies"] / 60
    rows = [f"| {name} | {figure} |" for name, figure in _figures(found)]
    parts = [
        _HEAD.format(**found),
        *rows,
        _STORE.format(minutes=minutes),
        _PEERS.format(**found["peers"]),
        *_peers(found["peers"]["table"]),
        *_cases(found["cases"]),
    ]
    return "\n".join([*parts, _FOOT])


def _figures(found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    one, many, store, explain = (found[name] for name in ("evaluate", "shards", "store", "explain"))
    each, all_ = statistics.median(one["seconds"]), statistics.median(many["seconds"])
    linear = all_ / (each * many["companies"] / one["companies"])
    runs = ", ".join(f"{seconds:.2f} s" for seconds in one["seconds"])
    yield "companies, facts", f"{found['companies']:,}, {found['facts']:,}"
    yield (
        "evaluation from frames, three runs",
        f"{runs}; {one['cpu_seconds']:.2f} s of one core; peak {one['peak_mb']:,} MB with the facts in memory",
    )
    yield (
        f"{many['companies']:,} companies, a million at a time",
        f"{all_:.2f} s, {linear:.2f} of linear; {many['cpu_seconds']:.2f} s of one core; peak {many['peak_mb']:,} MB",
    )
    yield "`icp diff` of two versions, from frames", f"{found['diff']['seconds']:.2f} s; peak {found['diff']['peak_mb']:,} MB"
    spread = f"99 of 100 under {explain['p99_ms']:.2f} ms, worst {explain['worst_ms']:.2f} ms"
    yield (
        "explaining one company, 1,000 of them",
        f"median {explain['median_ms']:.2f} ms, {spread}; {explain['cpu_ms']:.2f} ms of one core each",
    )
    rate = f"{store['companies'] / store['first']:,.0f} a second"
    yield f"SQLite store to stored verdicts, {store['companies']:,} companies", f"{store['first']:.1f} s ({rate})"
    yield "the same again, nothing changed", f"{store['again']:.1f} s"
    yield "`icp diff` from that store", f"{store['diff']:.2f} s"


def _peers(table: dict[str, Any]) -> Iterator[str]:
    ours = table["Sluice"]["seconds"]
    for name, row in table.items():
        said = ", ".join(f"{count:,} {answer}" for answer, count in row["of_unknown"].items())
        yield f"| {name} | {row['seconds']:.2f} | {row['seconds'] / ours:,.0f} | {said} | {row['wrong_fit']:,} |"


def _cases(cases: list[dict[str, str]]) -> Iterator[str]:
    names = [name for name in cases[0] if name != "case"]
    yield f"\n## What is not known\n\n| case | {' | '.join(names)} |\n|---|{'---|' * len(names)}"
    for case in cases:
        yield f"| {case['case']} | {' | '.join(case[name] for name in names)} |"
