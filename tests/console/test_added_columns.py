from __future__ import annotations

import pytest

from actions.added_columns import added_columns, renamed

CASES: list[tuple[list[str], dict[str, str]]] = [
    (["name"], {}),
    (["name", "score"], {"score": "score_2"}),
    (["Score ", "reason"], {"score": "score_2", "reason": "reason_2"}),
    (["score", "SCORE_2"], {"score": "score_3"}),
    (["scores"], {}),
]


@pytest.mark.parametrize(("header", "others"), CASES)
def test_a_name_that_is_taken_gets_a_number(header: list[str], others: dict[str, str]) -> None:
    columns = added_columns(["score", "reason"], header)
    assert list(columns) == ["score", "reason"]
    assert renamed(columns) == others
