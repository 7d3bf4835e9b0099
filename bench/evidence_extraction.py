"""The extraction part of the evidence benchmark: labelled pages, by halves, and CPU time.

    SLUICE_BENCH_DATA=/path/to/data python -m bench.evidence_extraction

Rules were written with the errors of the even pages in view. The odd pages measure them; which
kinds of errors they have was looked at between the steps.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.extract_quality import LABELS, cpu_ms, matched, pages, same_name
from bench.figures import Figures
from enrich.document import read
from enrich.extract import try_extract
from enrich.extracted import ExtractedFact
from enrich.page import Page

#: Sizes of pages that are timed, and the size that the time is given for, in characters.
_TIMED, _SIZE = (40_000, 140_000), 75_000
#: The least of so many passes counts: what else the machine does adds to all others.
_RUNS = 15


@dataclass(frozen=True, slots=True)
class Labelled:
    """A page with what annotators marked on it, and what was found."""

    page: Page
    labels: dict[str, list[str]]
    found: tuple[ExtractedFact, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall over values, and the share of pages with a value that is right."""

    precision: float
    recall: float
    pages: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def measure(figures: Figures, data: Path) -> None:
    """Add the figures of extraction; `data` is the folder with `pages`."""
    labelled = [
        Labelled(page, labels, try_extract(page).facts) for page, labels, _ in pages(data / "pages")
    ]
    halves = {"": labelled, ", even pages": labelled[::2], ", odd pages": labelled[1::2]}
    for name, part in halves.items():
        _quality(figures, part, name)
    _time(figures, [one.page for one in labelled])


def _quality(figures: Figures, part: Sequence[Labelled], name: str) -> None:
    numbers = score(part, ("TEL", "FAX"))
    figures.at_least(f"phones and fax, precision{name}", numbers.precision, "", 0.97)
    figures.at_least(f"phones and fax, recall{name}", numbers.recall, "", 0.88)
    figures.at_least(f"first name right{name}", first_names_right(part), "", 0.90)
    for label, what in (("STREET", "street"), ("CITY", "city"), ("ZIPCODE", "postcode")):
        found = score(part, (label,))
        figures.at_least(f"{what}, F1 of values{name}", found.f1, "", 0.75)
        figures.at_least(f"{what}, pages with a hit{name}", found.pages, "", 0.95)


def score(part: Iterable[Labelled], labels: Sequence[str]) -> Score:
    """Score the values of some labels together."""
    total: Counter[str] = Counter()
    for one in part:
        is_marked = is_hit = False
        for label in labels:
            gold = one.labels.get(label, [])
            wanted = LABELS[label]
            values = sorted({str(each.value) for each in one.found if each.attribute in wanted})
            good, seen = matched(label, values, gold)
            total.update(said=len(values), right=len(good), gold=len(gold), found=len(seen))
            is_marked, is_hit = is_marked or bool(gold), is_hit or bool(seen)
        total.update(pages=is_marked, hits=is_hit)
    return Score(
        _share(total["right"], total["said"]),
        _share(total["found"], total["gold"]),
        _share(total["hits"], total["pages"]),
    )


def first_names_right(part: Iterable[Labelled]) -> float:
    """Return the share of pages with an organisation of which the first name found is one."""
    right = total = 0
    for one in part:
        gold = one.labels.get("ORG", [])
        first = next((str(each.value) for each in one.found if each.attribute == "name"), "")
        total += bool(gold)
        right += any(same_name(first, name) for name in gold) if first else 0
    return _share(right, total)


def _time(figures: Figures, given: Sequence[Page]) -> None:
    low, high = _TIMED
    timed = [page for page in given if low < len(page.html) < high]
    size = sum(len(page.html) for page in timed) / len(timed)
    read_ms = min(cpu_ms(read, timed) for _ in range(_RUNS)) * _SIZE / size
    whole_ms = min(cpu_ms(try_extract, timed) for _ in range(_RUNS)) * _SIZE / size
    figures.at_most("CPU to read a page of 75 kB", read_ms, "ms")
    figures.at_most("CPU to read a page of 75 kB and extract", whole_ms, "ms", 5)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def main() -> None:
    """Measure and print."""
    data = Path(os.environ.get("SLUICE_BENCH_DATA", ""))
    if not (data / "pages").is_dir():
        sys.exit("No pages; set SLUICE_BENCH_DATA to the data folder.")
    figures = Figures()
    measure(figures, data)
    print(figures.verdict)


if __name__ == "__main__":
    main()
