"""Make a list of issuers as US funds write them in their holdings: names cut off and abbreviated.

The S&P 500 and the US companies of ROR, each under one to eight spellings: capitals, abbreviations,
another legal form or none, a share class behind the name, and a field of 18 to 30 characters.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.base_companies import distinct, listed_companies, research_companies, table_of

ROWS = 4_000
Tables = dict[str, Any]
_SPELLINGS = (1, 1, 2, 3, 4, 5, 8)


def rows(folder: Path, seed: int) -> Iterator[dict[str, str]]:
    """Yield the rows: number, entity and name."""
    rnd = random.Random(seed)
    tables: Tables = table_of("issuers.yaml")
    listed = listed_companies(folder)
    others = [one for one in research_companies(folder) if one.country == "US"]
    rnd.shuffle(others)
    companies = distinct([*listed, *others])
    made: list[dict[str, str]] = []
    for one in companies:
        form = rnd.choice(tables["forms"])
        made.extend(
            {"entity_id": one.entity, "name": held(one.name, form, tables, rnd)}
            for _ in range(rnd.choice(_SPELLINGS))
        )
        if len(made) >= ROWS:
            break

    rnd.shuffle(made)
    for number, row in enumerate(made):
        yield row | {"rec_id": str(number)}


def held(name: str, form: str, tables: Tables, rnd: random.Random) -> str:
    """Return the name as one fund writes it."""
    words = name.split()
    for whole, *short in tables["words"]:
        if whole in words and rnd.random() < 0.5:
            words[words.index(whole)] = rnd.choice(short)
    text = " ".join(words)
    if rnd.random() < 0.65:
        text = f"{text} {form}"
    if rnd.random() < 0.15:
        text += rnd.choice(tables["ends"])
    if rnd.random() < 0.3:
        text = text[: int(rnd.choice(tables["widths"]))].strip()
    return text.upper() if rnd.random() < 0.6 else text
