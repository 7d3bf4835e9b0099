"""Time the README's command on the real lists, and measure the known duplicates it finds.

    SLUICE_BENCH_DATA=folder python -m bench.main_job

Prints the output of the run, wall time, CPU time and peak memory, and the recall on pairs of rows
of different lists that share a domain (`matching/overlap_by_domain.csv`; a silver standard, so some
pairs are wrong).
"""

from __future__ import annotations

import csv
import json
import os
import resource
import sqlite3
import tempfile
import time
from pathlib import Path

from bench.kill_run import LISTS, start
from leads.lexicon.domains import registrable

#: Names of the lists in the file of pairs.
SHORT = {"hiring-without-whiteboards": "hww"}


def main() -> None:
    """Print the figures."""
    data = Path(os.environ["SLUICE_BENCH_DATA"])
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        began = time.monotonic()
        out, _ = start(data, home).communicate(timeout=600)
        wall = time.monotonic() - began
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(json.dumps(json.loads(out)))
        print(
            f"wall {wall:.1f} s, CPU {used.ru_utime + used.ru_stime:.1f} s, peak memory"
            f" {used.ru_maxrss / 1024:.0f} MB"
        )
        found, missed = recall(home, data / "matching" / "overlap_by_domain.csv")
    print(
        f"known duplicates by domain: {found} of {found + len(missed)} found"
        f" ({found / (found + len(missed)):.1%})"
    )
    for line in missed:
        print(f"  missed: {line}")


def recall(home: Path, truth: Path) -> tuple[int, list[str]]:
    """Count the true pairs in one company, and return the others."""
    names = {SHORT.get(Path(name).stem, Path(name).stem) for name in LISTS}
    placed: dict[tuple[str, str], set[str]] = {}
    query = "SELECT l.name, r.name, r.company_id FROM record r JOIN list l ON l.id = r.list_id"
    with sqlite3.connect(home / "sluice.db") as database:
        for raw_list, name, company in database.execute(query):
            placed.setdefault((SHORT.get(raw_list, raw_list), name), set()).add(company)
    found, missed = 0, []
    with truth.open(encoding="utf-8", newline="") as file:
        for pair in csv.DictReader(file):
            if {pair["source_a"], pair["source_b"]} <= names:
                left, right = (
                    placed.get((pair["source_a"], pair["name_a"])),
                    placed.get((pair["source_b"], pair["name_b"])),
                )
                if left and right and left & right:
                    found += 1
                else:
                    missed.append(
                        f"{pair['name_a']} = {pair['name_b']} ({registrable(pair['domain'])})"
                    )
    return found, missed


if __name__ == "__main__":
    main()
