"""Ids as SQLite stores them are read as `UUID` reads them."""

from uuid import UUID

import pytest

from leads.store.columns.types import _id

DASHED = "0198c0de-0000-7000-8000-00000000000a"
STORED = ["0" * 32, "f" * 32, "F" * 32, DASHED.replace("-", ""), DASHED]


@pytest.mark.parametrize("text", STORED)
def test_an_id_is_the_one_that_was_stored(text: str) -> None:
    assert _id(text) == UUID(text)
    assert str(_id(text)) == str(UUID(text))


@pytest.mark.parametrize("text", ["", "-5", "1_0", "f" * 31, "f" * 33, "g" * 32])
def test_what_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"UUID|invalid literal"):
        _id(text)


def test_no_id_stays_none() -> None:
    assert _id(None) is None
