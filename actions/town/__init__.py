"""A made-up town of company sites, with the lists that name them: what `sluice demo` crawls,
without leaving this machine.

`expected.csv` says what each company must come to and why; it was written before any engine read
the town.
"""

from __future__ import annotations

from pathlib import Path

from spiders.limits import Limits

FOLDER = Path(__file__).parent
LISTS = tuple(
    FOLDER / "lists" / name for name in ("metallmesse-2026.csv", "world-expo.xlsx", "verband.jsonl")
)
CUSTOMERS = FOLDER / "lists" / "customers.csv"
ICP = FOLDER / "icp.yaml"
EXPECTED = FOLDER / "expected.csv"
#: What is suppressed before the lists are read, as kind and value.
SUPPRESSED = (("domain", "dunmore-castings.example"), ("company", "Zwirnerei Althoff"))
#: Quick enough for a demonstration: the sites stand on this machine, and one of them never
#: finishes.
LIMITS = Limits(download_timeout=3, seconds_per_site=12, delay=0.05)
