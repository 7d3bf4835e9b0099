"""Lists inside wrappers go before objects that are keyed by company."""

import json
from pathlib import Path

import pytest

from leads.errors import UsageError
from tests.leads.sheets.test_json_shapes import opened, rows

LIST = [{"name": "Orrin"}, {"name": "Pell"}]


@pytest.mark.parametrize(
    "content",
    [
        {"Reply": {"Firms": LIST}},
        {"Result": {"Entries": LIST, "Total": 2}},
        {"Wrapper": {"Inner": {"Rows": LIST}}},
        {"2031": {"entries": LIST}},
        {"Search results": {"hits": LIST}},
        {"meta": {"a": "1"}, "links": {"a": "2"}, "stats": {"a": "3"}, "firms": LIST},
        {"-Nx40": {"name": "Orrin", "plants": LIST}, "-Nx41": {"name": "Pell", "plants": LIST}},
    ],
)
def test_the_list_inside_is_read(tmp_path: Path, content: object) -> None:
    found = rows(opened(tmp_path, json.dumps(content)))
    assert [row["name"] for row in found if isinstance(row, dict)] == ["Orrin", "Pell"]


@pytest.mark.parametrize(
    "content",
    [
        {"Meta": {"count": "1"}, "Links": {"count": "2"}, "Stats": {"count": "3"}},
        {"2031": {"count": "1"}, "2032": {"count": "2"}},
        {"Orrin": {"city": "Ulm"}},
    ],
)
def test_what_stands_around_data_is_no_company(tmp_path: Path, content: object) -> None:
    assert "name" not in opened(tmp_path, json.dumps(content)).header


@pytest.mark.parametrize(
    "content",
    [
        {"2031": {"rows": LIST}, "2032": {"rows": LIST}},
        {"2031-01": {"title": "A", "rows": LIST}, "2031-02": {"title": "B", "rows": LIST}},
    ],
)
def test_two_lists_are_not_clear(tmp_path: Path, content: object) -> None:
    with pytest.raises(UsageError, match="not clear"):
        opened(tmp_path, json.dumps(content))


def test_a_page_with_one_company_by_key_is_not_lost(tmp_path: Path) -> None:
    pages = [
        {"page": 1, "firms": {"Orrin": {"city": "Ulm"}, "Pell": {"city": "Bonn"}}},
        {"page": 2, "firms": {"Quill": {"city": "Kiel"}}},
    ]
    found = rows(opened(tmp_path, "\n".join(map(json.dumps, pages))))
    assert [row["name"] for row in found if isinstance(row, dict)] == ["Orrin", "Pell", "Quill"]
