"""Build the page that `bench/qualify_speed.py` writes."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from typing import Any

_HEAD = """\
# Qualify benchmark

Written by `make bench-qualify`. Companies and facts are generated with a fixed seed; the twelve criteria are in
`bench/qualify_speed.yaml`. Machine: {machine}; load at the start: {load:.1f}.

| what | figure |
|---|---|"""  # noqa: E501
_STORE = """
The store is {megabytes:,} MB with records of thirty lists and crawl results of the companies' sites; it took {made:.0f} s to create, so
it holds fewer than a million. At the same rates, one process evaluates a million companies in {first:.0f} minutes for the first time and
in {again:.1f} if nothing changed; two processes compare them in {diff:.0f} s. Comparing is limited by how fast SQLite finds
the facts of a company: {sql}"""  # noqa: E501
_SQL = (
    "three index look-ups and one row per fact, in batches of 100,000 companies, so that memory"
    " does not grow with their number."
)
_PEERS = """
## Comparison with rule engines, {rows:,} of the same companies

| tool | seconds | times as long | result for undecidable companies | fit, but not certain |
|---|---|---|---|---|"""
_FOOT = """
The peers get one plain value per field, or none: the best one, and the lower end of a range. Versions: rule-engine 5.1.0 and
json-logic-qubit 0.9.1, in their own environment. They evaluate all twelve criteria, because answers and score are needed
too; "no_fit" means any no among the deciding criteria.
"""  # noqa: E501


def page(found: dict[str, Any]) -> str:
    """Return all figures as Markdown."""
    store = found["store"]
    million = {
        name: 1e6 / store["companies"] * store[name]["seconds"]
        for name in ("first", "again", "diff")
    }
    rates = {
        "first": million["first"] / 60,
        "again": million["again"] / 60,
        "diff": million["diff"],
    }
    rows = [f"| {name} | {figure} |" for name, figure in _figures(found)]
    parts = [
        _HEAD.format(**found),
        *rows,
        _STORE.format(megabytes=store["megabytes"], made=store["made"], sql=_SQL, **rates),
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
        (
            f"{runs}; {one['cpu_seconds']:.2f} s of one core; peak {one['peak_mb']:,} MB with the"
            " facts in memory"
        ),
    )
    yield (
        f"{many['companies']:,} companies, in batches of a million",
        (
            f"{all_:.2f} s, {linear:.2f} of linear; {many['cpu_seconds']:.2f} s of one core; peak"
            f" {many['peak_mb']:,} MB"
        ),
    )
    yield (
        "`icp diff` of two versions, from frames",
        f"{found['diff']['seconds']:.2f} s; peak {found['diff']['peak_mb']:,} MB",
    )
    spread = f"99 of 100 under {explain['p99_ms']:.2f} ms, worst {explain['worst_ms']:.2f} ms"
    yield (
        "explaining one company, 1,000 of them",
        (
            f"median {explain['median_ms']:.2f} ms, {spread}; {explain['cpu_ms']:.2f} ms of one"
            " core each"
        ),
    )
    of = f"{store['companies']:,} companies"
    for name, what in (
        ("first", f"SQLite store to stored verdicts, {of}"),
        ("again", "the same again, no changes"),
    ):
        yield (
            what,
            (
                f"{_took(store[name])} ({store['companies'] / store[name]['seconds']:,.0f} a"
                f" second); peak {store[name]['peak_mb']:,} MB"
            ),
        )
    each = f"peak {store['diff']['peak_mb']:,} MB in a process"
    yield f"`icp diff` of two versions from that store, {of}", f"{_took(store['diff'])}; {each}"


def _took(one: dict[str, Any]) -> str:
    return f"{one['seconds']:.1f} s; {one['cpu_seconds']:.1f} s of one core"


def _peers(table: dict[str, Any]) -> Iterator[str]:
    ours = table["Sluice"]["seconds"]
    for name, row in table.items():
        said = ", ".join(f"{count:,} {answer}" for answer, count in row["of_unknown"].items())
        yield (
            f"| {name} | {row['seconds']:.2f} | {row['seconds'] / ours:,.0f} | {said} |"
            f" {row['wrong_fit']:,} |"
        )


def _cases(cases: list[dict[str, str]]) -> Iterator[str]:
    names = [name for name in cases[0] if name != "case"]
    yield f"\n## Unknown values\n\n| case | {' | '.join(names)} |\n|---|{'---|' * len(names)}"
    for case in cases:
        yield f"| {case['case']} | {' | '.join(case[name] for name in names)} |"
