"""Measure extraction on hand-annotated business pages: precision, recall and CPU time per page.

    SLUICE_BENCH_DATA=/path/to/data python -m bench.extract_quality [--misses LABEL]

`pages/labels.jsonl` lists every telephone number, street, city … on each page, including those of
customers and partners; extraction looks only for the site's owner. So the recall of cities and
names counts pages, not values.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from enrich.document import read
from enrich.extract import try_extract
from enrich.extracted import ExtractedFact
from enrich.page import Page, decode, page_kind
from enrich.technologies import detect
from leads.collection import frozen_collection
from leads.lexicon.names.company_names import parse_name
from leads.lexicon.places.countries import country_code
from leads.lexicon.places.regions import states_by_code

#: The pages were saved then; later years on them are errors of ours.
SAVED = datetime(2015, 6, 1, tzinfo=UTC)
LABELS: dict[str, tuple[str, ...]] = {
    "ORG": ("name", "legal_name"),
    "TEL": ("phone",),
    "FAX": ("fax",),
    "STREET": ("street",),
    "CITY": ("city",),
    "STATE": ("region",),
    "ZIPCODE": ("postcode",),
    "COUNTRY": ("country",),
}


def squashed(text: str) -> str:
    """Return letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def same_number(value: str, gold: str) -> bool:
    """Check whether an E.164 number is the one written."""
    digits = re.sub(r"\D", "", re.sub(r"\(0\)|x\d+$", "", gold))
    return len(digits) > 6 and re.sub(r"\D", "", value).endswith(
        digits.lstrip("0").removeprefix("1")[-10:]
    )


def same_name(value: str, gold: str) -> bool:
    """Check whether one name equals or begins the other, without legal forms."""
    one, other = sorted(
        (squashed(parse_name(value).core), squashed(parse_name(gold).core)), key=len
    )
    return len(one) > 2 and other.startswith(one)


def same_street(value: str, gold: str) -> bool:
    """Check whether one street contains the other: annotators omit units and floors."""
    one, other = sorted((squashed(value), squashed(gold)), key=len)
    return len(one) > 4 and one in other


def same_state(value: str, gold: str) -> bool:
    """Check whether a name and a code or name mean the same state."""
    gold = gold.strip(". ")
    return value.casefold() == gold.casefold() or any(
        state.name == value for state in states_by_code(gold)
    )


SAME: dict[str, Callable[[str, str], bool]] = {
    "ORG": same_name,
    "TEL": same_number,
    "FAX": same_number,
    "STREET": same_street,
    "STATE": same_state,
    "COUNTRY": lambda value, gold: country_code(gold) == value,
}


def same(label: str, value: str, gold: str) -> bool:
    """Check whether a value is what an annotator marked."""
    compare = SAME.get(label)
    return compare(value, gold) if compare else squashed(value) == squashed(gold)


def pages(folder: Path) -> list[tuple[Page, dict[str, list[str]], str]]:
    """Return the pages with their labels and file names."""
    rows: list[dict[str, Any]] = [
        json.loads(line) for line in (folder / "labels.jsonl").read_text("utf-8").splitlines()
    ]
    found = []
    for row in rows:
        html = decode((folder / "html" / row["page"]).read_bytes(), {})
        found.append(
            (
                Page(row["url"], html, {}, 200, SAVED, page_kind(row["url"])),
                row["labels"],
                row["page"],
            )
        )
    return found


def measure(
    label: str,
    results: Iterable[tuple[tuple[ExtractedFact, ...], dict[str, list[str]], str]],
    *,
    misses: bool,
) -> str:
    """Print one line of the table; with `misses`, print all errors by page."""
    total: Counter[str] = Counter()
    for found, labels, name in results:
        gold = labels.get(label, [])
        values = sorted({str(one.value) for one in found if one.attribute in LABELS[label]})
        good, seen = matched(label, values, gold)
        total.update(
            said=len(values),
            right=len(good),
            gold=len(gold),
            found=len(seen),
            pages=bool(gold),
            pages_found=bool(seen),
        )
        if misses:
            _print_errors(name, set(values) - set(good), set(gold) - set(seen))

    precision, recall, recall_of_pages = (
        total[part] / total[whole] if total[whole] else float("nan")
        for part, whole in (("right", "said"), ("found", "gold"), ("pages_found", "pages"))
    )
    return (
        f"{label:8} {total['said']:6} {total['right']:6} {precision:10.2f} {total['gold']:6}"
        f" {total['found']:6} {recall:8.2f} {total['pages']:7} {recall_of_pages:15.2f}"
    )


def matched(label: str, values: list[str], gold: list[str]) -> tuple[list[str], list[str]]:
    """Return the values that are right, and the annotated ones that were found."""
    good = [value for value in values if any(same(label, value, one) for one in gold)]
    seen = [one for one in gold if any(same(label, value, one) for value in values)]
    return good, seen


def _print_errors(page: str, wrong: set[str], missing: set[str]) -> None:
    if wrong or missing:
        print(f"{page}: wrong {sorted(wrong)}, missing {sorted(missing)}")


def cpu_ms(work: Callable[[Page], object], given: list[Page]) -> float:
    """Return CPU milliseconds per page, after one page to warm up; collections as in workers."""
    work(given[0])
    with frozen_collection():
        start = time.process_time()
        for page in given:
            work(page)
        return 1_000 * (time.process_time() - start) / len(given)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--misses",
        metavar="LABEL",
        choices=LABELS,
        help="print wrong and missing values of one label",
    )
    options = parser.parse_args()
    folder = (
        Path(
            os.environ.get("SLUICE_BENCH_DATA")
            or Path(__file__).resolve().parents[2] / "shared" / "data"
        )
        / "pages"
    )
    if not folder.is_dir():
        sys.exit(f"No pages in {folder}; set SLUICE_BENCH_DATA to the data folder.")
    given = pages(folder)
    results = [(try_extract(page).facts, labels, name) for page, labels, name in given]
    if options.misses:
        measure(options.misses, results, misses=True)
        return
    print(
        f"{len(given)} pages,"
        f" {sum(len(page.html) for page, _, _ in given) / len(given) / 1_000:.0f} kB on average"
    )
    print("label      said  right  precision   gold  found   recall   pages  recall of pages")
    for label in LABELS:
        print(measure(label, results, misses=False))
    alone = [page for page, _, _ in given]
    for name, work in (
        ("read", read),
        ("read and extract", try_extract),
        ("read and detect", detect),
    ):
        print(f"CPU per page to {name}: {cpu_ms(work, alone):.2f} ms")


if __name__ == "__main__":
    main()
