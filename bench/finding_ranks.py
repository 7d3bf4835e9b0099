"""The place of the true domain among the candidates of a name, with the websites of lists hidden.

    python -m bench.finding_ranks [--half dev|test]

Nothing is reached. The lists are those of `SLUICE_BENCH_DATA`. In the list of UK employers the
domain is where a report is hosted, which is often a group's or a host's.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from enrich.finding.candidates import candidates
from enrich.finding.wanted import Wanted
from leads.lexicon.domains import company_domain
from leads.lexicon.places.countries import country_code

#: File: columns of the name, the place (empty: all in the United Kingdom) and the domain.
_LISTS = {
    "yc.csv": ("name", "all_locations", "domain"),
    "remoteintech.csv": ("name", "offices_text", "domain"),
    "hiring-without-whiteboards.csv": ("name", "locations", "domain"),
    "uk-employers-2019.csv": ("EmployerName", "", "domain"),
}
_PLACES = (1, 5, 12, 20, 36)


def rows(file: Path, columns: tuple[str, str, str], half: str) -> Iterator[tuple[str, str, str]]:
    """Yield name, country and domain of the rows of one half, which the name's hash decides."""
    name, place, domain = columns
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            own = company_domain(row[domain] or "")
            in_test = hashlib.sha256(row[name].encode()).digest()[0] % 2 == 1
            if own and row[name] and in_test == (half == "test"):
                where = row[place].split(";")[0].split(",")[-1].strip() if place else "GB"
                yield row[name], country_code(where) or "", own


def main() -> None:
    """Print the share of names whose domain is among the first so many candidates."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--half", choices=("dev", "test"), default="test")
    half = parser.parse_args().half
    folder = os.environ.get("SLUICE_BENCH_DATA", "")
    if not folder:
        parser.exit(2, "set the folder of the real lists: SLUICE_BENCH_DATA=…\n")
    print(f"{half + ' half':32}  names" + "".join(f"  top {place:2}" for place in _PLACES))
    for file, columns in _LISTS.items():
        began = time.process_time()
        places: list[int] = []
        for name, country, domain in rows(Path(folder) / "companies" / file, columns, half):
            found = [one.domain for one in candidates(Wanted(name=name, country=country), 36)]
            places.append(found.index(domain) + 1 if domain in found else 1_000)
        took = 1_000 * (time.process_time() - began) / max(len(places), 1)
        shares = [sum(one <= place for one in places) / len(places) for place in _PLACES]
        line = "".join(f"  {share:6.3f}" for share in shares)
        print(f"{file:32}  {len(places):5}{line}  {took:.1f} ms a name")


if __name__ == "__main__":
    main()
