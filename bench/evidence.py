"""Measure what pages tell of companies: technologies beside the naive loop and python-Wappalyzer,
facts of labelled pages, and industries guessed.

    python -m bench.evidence [--small] [technologies] [extraction] [industry]

Needs the folder of the real lists in SLUICE_BENCH_DATA. Writes docs/bench/evidence.md.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from bench import evidence_extraction, evidence_industry
from bench.evidence_technologies import technologies
from bench.figures import Figures

ABOUT = " ".join(
    (
        "Written by `make bench-evidence`. CPU is processor time of the process, both sides in turn on",
        "the same pages. The parse is counted on both sides. F1, P and R are of values on labelled",
        "pages; rules were written with the errors of even pages in view, and the kinds of errors on",
        "odd pages were looked at between the steps. Of guessed industries, the sites and the invented",
        "companies were labelled by hand and are few.",
    )
)


def extraction(figures: Figures) -> None:
    """Compare facts with labelled pages."""
    evidence_extraction.measure(figures, _data())


def industry(figures: Figures) -> None:
    """Compare guessed industries with those that are known."""
    for one in evidence_industry.measure(_data()):
        of = f"industry, {one.name} ({one.texts:,})"
        figures.at_least(f"{of}: first right", one.first, "")
        figures.at_least(f"{of}: among three", one.among_three, "")
        figures.at_most(f"{of}: calibration error", one.ece, "")
        figures.at_most(f"{of}: share without an answer", one.abstained, "")
        figures.at_least(f"{of}: answers right, of {one.answered:,}", one.answered_right, "")
    figures.at_most("industry: CPU a page", evidence_industry.milliseconds(_data()), "ms")


def _data() -> Path:
    return Path(os.environ["SLUICE_BENCH_DATA"])


PARTS: dict[str, Callable[[Figures], None]] = {
    "technologies": technologies,
    "extraction": extraction,
    "industry": industry,
}


def main() -> None:
    """Run the parts that are named, or all, and write the page."""
    figures = Figures()
    for name in [one for one in sys.argv[1:] if one in PARTS] or PARTS:
        PARTS[name](figures)
    figures.write("evidence", "Evidence benchmark", ABOUT)
    print(figures.verdict)


if __name__ == "__main__":
    main()
