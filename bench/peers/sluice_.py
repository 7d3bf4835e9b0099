"""Sluice with default settings: all pairs within its clusters, so closure restores them."""

import sys
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from reading import rows_of, write_pairs

from dedupe.engine import cluster
from dedupe.record import MatchRecord


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


def record(row: dict[str, str]) -> MatchRecord:
    """Convert one row to the engine's input."""
    return MatchRecord(
        row["rec_id"],
        row["name"],
        country=row.get("country", ""),
        city=row.get("city", ""),
        postcode=row.get("postcode", ""),
        street=row.get("address", ""),
        domains=_one(row.get("domain", "")),
        phones=_one(row.get("phone", "")),
    )


def main() -> None:
    """Cluster one file of rows."""
    found = cluster([record(row) for row in rows_of(sys.argv[1])])
    write_pairs(
        sys.argv[2],
        (
            (str(one), str(other), 1.0)
            for keys in found.clusters
            for one, other in combinations(keys, 2)
        ),
    )


if __name__ == "__main__":
    main()
