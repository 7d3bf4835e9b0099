"""Writes `docs/bench/dedupe.md` from measured figures: `python bench/dedupe_page.py FIGURES.jsonl`
with SLUICE_BENCH_DATA set.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.dedupe_errors import Errors, Wrong, errors
from bench.dedupe_quality import load
from dedupe.link import link
from dedupe.record import MatchRecord

PAGE = Path(__file__).parent.parent / "docs" / "bench" / "dedupe.md"
NOTES = Path(__file__).parent / "dedupe_notes.md"
EXPLAINED = ("chicago_ecp", "ror_companies", "synthetic_10k", "10000", "uk_employers")
WORST = 20
_HEAD = """# Dedupe measured

`make bench-dedupe` writes this page. Lists with known truth, rows as the matcher gets them: without the truth, ROR with name and
country only, sets named by a number made by `bench/corrupt.py` (its head says how). Every peer ran in an environment of its own
with the versions and settings of `bench/peers/`, on the same rows, one after the other, with a time limit. Nobody gets labels but
dedupe 3, which cannot work without: it is given 600 from the truth of the set. P, R and F1 are pairwise, B3 is B-cubed F1, both
after closing what a peer calls a match at its default threshold; *best F1* is that at its best threshold, known only to who knows
the truth (for Sluice, which has no threshold, at the best prior). CPU seconds count the whole process and its children, imports
and reading included; MB is the peak. The machine has two shared cores; *load* is its load average when the run began.
"""  # noqa: E501


def write_page(lines: Sequence[dict[str, Any]], folder: Path) -> None:
    """Write the page from the figures of one run."""
    parts = [
        _HEAD,
        *_tables(lines),
        *_links(folder),
        *_errors(folder),
        NOTES.read_text(encoding="utf-8").rstrip(),
    ]
    PAGE.write_text("\n".join(parts) + "\n", encoding="utf-8")


def _tables(lines: Sequence[dict[str, Any]]) -> Iterator[str]:
    for name in dict.fromkeys(line["set"] for line in lines):
        here = [line for line in lines if line["set"] == name]
        ours = next((line for line in here if line["peer"] == "sluice"), None)
        yield f"## {name if not name.isdigit() else f'corrupted, {int(name):,} rows'}\n"
        yield "| | P | R | F1 | B3 | best F1 | CPU s | times Sluice's CPU | MB | load |"
        yield "|---|---|---|---|---|---|---|---|---|---|"
        yield from (
            _row(line, ours)
            for line in sorted(here, key=lambda line: -line.get("default", {"f1": 0})["f1"])
        )
        yield ""


def _row(line: dict[str, Any], ours: dict[str, Any] | None) -> str:
    times = f"{line['cpu'] / ours['cpu']:.1f}" if ours else ""
    cost = f"{line['cpu']:.1f} | {times} | {line['megabytes']:,} | {line['load']:.1f} |"
    if line["failed"]:
        return f"| {line['title']} | {line['failed']} | | | | | {cost}"
    default = line["default"]
    best = f"{line['best']['f1']:.3f} at {line['best_at']:g}" if "best" in line else ""
    values = " | ".join(f"{default[name]:.3f}" for name in ("precision", "recall", "f1", "b_cubed"))
    return f"| {line['title']} | {values} | {best} | {cost}"


def _links(folder: Path) -> Iterator[str]:
    """The two years of UK employers, found in each other by name, address and postcode; the
    register number is the truth.
    """
    years = {year: _employers(folder, year) for year in ("2019", "2021")}
    found = link([record for record, _ in years["2019"]], [record for record, _ in years["2021"]])
    number = {record.key: told for some in years.values() for record, told in some}
    with (folder / "matching/uk_employers_pairs.csv").open(newline="", encoding="utf-8") as file:
        truth = {row["CompanyNumber"] for row in csv.DictReader(file)}
    judged = [
        (number[match.left], number[match.right])
        for match in found
        if number[match.left] and number[match.right]
    ]
    right = [one for one, other in judged if one == other]
    recall = len(truth.intersection(right)) / len(truth)
    yield "## `sluice link`: UK employers of 2019 in those of 2021\n"
    yield (
        "By name, address and postcode, without the company number, which is the truth:"
        f" {len(truth):,} employers are in both years, and"
    )
    yield (
        f"{len(judged):,} matches are told. Precision {len(right) / max(len(judged), 1):.3f},"
        f" recall {recall:.3f}.\n"
    )


def _employers(folder: Path, year: str) -> list[tuple[MatchRecord, str]]:
    with (folder / f"companies/uk-employers-{year}.csv").open(newline="", encoding="utf-8") as file:
        return [
            (
                MatchRecord(
                    f"{year}-{at}",
                    row["EmployerName"],
                    country="GB",
                    postcode=row["PostCode"],
                    street=row["Address"],
                ),
                row["CompanyNumber"],
            )
            for at, row in enumerate(csv.DictReader(file))
        ]


def _errors(folder: Path) -> Iterator[str]:
    yield "## What the errors are made of\n"
    yield (
        "A wrong merge is an entity too many in a cluster, a miss a cluster too many of an entity;"
        " each is told by the likeliest pair"
    )
    yield (
        "between the two. Counted are all of a set; listed are twenty of each kind, each cause with"
        " its part of them: of wrong merges"
    )
    yield "those that the engine was surest of, of misses those that it came nearest to.\n"
    for name in EXPLAINED:
        found = errors(*load(name, folder))
        yield f"### {name if not name.isdigit() else f'corrupted, {int(name):,} rows'}\n"
        for kind, title in (("merges", "wrong merges"), ("misses", "misses")):
            yield from _causes(found, kind, title)


def _causes(found: Errors, kind: str, title: str) -> Iterator[str]:
    wrong: list[Wrong] = getattr(found, kind)
    yield (
        f"**{len(wrong):,} {title}**: "
        + "; ".join(f"{cause} {count:,}" for cause, count in found.causes(kind).most_common())
        + "\n"
    )
    yield "<details><summary>the twenty worst</summary>\n"
    yield "| log-odds | | | cause |\n|---|---|---|---|"
    for one in found.worst(kind, WORST):
        yield f"| {one.odds:+.1f} | {_cell(one.left)} | {_cell(one.right)} | {one.cause} |"
    yield "\n</details>\n"


def _cell(text: str) -> str:
    return text.replace("|", "/").replace("<", "&lt;").replace("\n", " ")


if __name__ == "__main__":
    kept = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    write_page([json.loads(line) for line in kept], Path(os.environ["SLUICE_BENCH_DATA"]))
