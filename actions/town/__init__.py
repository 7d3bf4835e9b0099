"""A made-up town of company sites, and the lists that name them: the data of `sluice demo`.

`expected.csv` gives the verdict that each company must get and why, as if every site were visited;
`asked` is its stage once the register and the paid provider of the town were asked too. It was
written before any engine read the town.
"""

from __future__ import annotations

from pathlib import Path

from spiders.limits import Limits

FOLDER = Path(__file__).parent
#: The last one states names and countries only.
LISTS = tuple(
    FOLDER / "lists" / name
    for name in ("metallmesse-2026.csv", "world-expo.xlsx", "verband.jsonl", "kammer.csv")
)
CUSTOMERS = FOLDER / "lists" / "customers.csv"
ICP = FOLDER / "icp.yaml"
PROVIDER = FOLDER / "provider.yaml"
EXPECTED = FOLDER / "expected.csv"
#: What is suppressed before the lists are read, as kind and value.
SUPPRESSED = (("domain", "dunmore-castings.example"), ("company", "Zwirnerei Althoff"))
#: Short limits: the sites are on this machine, and one of them never sends a complete page.
LIMITS = Limits(download_timeout=3, seconds_per_site=12, delay=0.05)
