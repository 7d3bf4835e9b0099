"""Measure what pages tell of companies: technologies beside the naive loop and python-Wappalyzer.

    python -m bench.evidence [--small] [technologies]

Needs the folder of the real lists in SLUICE_BENCH_DATA. Writes docs/bench/evidence.md.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from bench.evidence_technologies import technologies
from bench.figures import Figures

ABOUT = " ".join(
    (
        "Written by `make bench-evidence`. CPU is processor time of the process, both sides in turn on",
        "the same pages. The parse is counted on both sides.",
    )
)
PARTS: dict[str, Callable[[Figures], None]] = {"technologies": technologies}


def main() -> None:
    """Run the parts that are named, or all, and write the page."""
    figures = Figures()
    for name in [one for one in sys.argv[1:] if one in PARTS] or PARTS:
        PARTS[name](figures)
    figures.write("evidence", "Evidence benchmark", ABOUT)
    print(figures.verdict)


if __name__ == "__main__":
    main()
