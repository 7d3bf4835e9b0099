"""Write the rows and the labelled pairs that the tools of a comparison read."""

from __future__ import annotations

import csv
import random
from pathlib import Path

from dedupe.record import Key, MatchRecord

_COLUMNS = {
    "country": "country",
    "city": "city",
    "postcode": "postcode",
    "domain": "domains",
    "phone": "phones",
    "address": "street",
}


def write_rows(records: list[MatchRecord], file: Path) -> None:
    """Write the rows for the peers: without the truth and without empty columns."""
    values = {
        name: [_text(getattr(record, field)) for record in records]
        for name, field in _COLUMNS.items()
    }
    present = [name for name in _COLUMNS if any(values[name])]
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(("rec_id", "name", *present))
        writer.writerows(
            zip(
                (r.key for r in records),
                (r.name for r in records),
                *(values[name] for name in present),
                strict=True,
            )
        )


def _text(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "".join(value[:1])


def write_labels(records: list[MatchRecord], truth: dict[Key, str], count: int, file: Path) -> None:
    """Write labelled pairs: a third are matches, most of the others have similar names."""
    rnd = random.Random(1)
    by_name = sorted(records, key=lambda record: record.name.casefold())
    entity: dict[str, list[Key]] = {}
    for record in records:
        entity.setdefault(truth[record.key], []).append(record.key)
    alike = [(keys[0], other) for keys in entity.values() for other in keys[1:]]
    pairs = [(one, other, 1) for one, other in rnd.sample(alike, min(count // 3, len(alike)))]
    while len(pairs) < count:
        at = rnd.randrange(len(by_name) - 4)
        one = by_name[at].key
        other = (
            by_name[at + rnd.randrange(1, 4)].key if rnd.random() < 0.6 else rnd.choice(by_name).key
        )
        if truth[one] != truth[other]:
            pairs.append((one, other, 0))
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(("left", "right", "same"))
        writer.writerows(pairs)
