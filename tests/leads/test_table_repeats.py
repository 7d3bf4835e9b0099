"""No list of the reference tables names the same thing twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import leads.lexicon
from leads.lexicon.reference import document

TABLES = sorted((Path(leads.lexicon.__file__).parent / "data").glob("*.yaml"))


def lists(node: Any) -> Iterator[list[str]]:
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    if isinstance(node, list):
        yield [one for one in node if isinstance(one, str)]
    for child in children:
        yield from lists(child)


@pytest.mark.parametrize("table", [table.name for table in TABLES])
def test_a_list_names_nothing_twice(table: str) -> None:
    counts = [Counter(found) for found in lists(document(table))]
    repeats = [word for found in counts for word, times in found.items() if times > 1]
    assert repeats == []
