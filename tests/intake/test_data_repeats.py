"""No list of words in the data of columns and units has a word twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

DATA = Path(__file__).parents[2] / "intake" / "data"


def repeats(node: object, path: str = "") -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from repeats(value, f"{path}/{key}")
    elif isinstance(node, list):
        words = [each for each in node if isinstance(each, str)]
        yield from (f"{path}: {word}" for word in sorted({*words}) if words.count(word) > 1)


@pytest.mark.parametrize("name", ["columns.yaml", "columns_more.yaml", "units.yaml"])
def test_no_word_is_there_twice(name: str) -> None:
    assert list(repeats(yaml.safe_load((DATA / name).read_text("utf-8")))) == []
