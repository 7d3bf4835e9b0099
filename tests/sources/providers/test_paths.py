"""Paths lead into JSON, and say when a document has them not."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.providers.paths import parse_path, reach

DOCUMENT: Any = {
    "organization": {"name": "Nordwind", "size": None, "codes": ["33", None, "28"], "none": {}},
    "data": {"items": [{"name": "first"}, {"name": "second"}], "2025": 7},
    "empty": [],
    "blank": "",
}

#: A path, what it leads to, whether the document has it, whether nothing is there.
REACHED: list[tuple[str, tuple[Any, ...], bool, bool]] = [
    ("organization.name", ("Nordwind",), True, False),
    ("organization.size", (), True, True),
    ("organization.size.low", (), True, True),
    ("organization.none.low", (), False, True),
    ("organization.city", (), False, False),
    ("organization.name.first", (), False, False),
    ("organization.codes[]", ("33", "28"), True, False),
    ("organization.codes[2]", ("28",), True, False),
    ("organization.codes[9]", (), True, False),
    ("organization[0]", (), False, False),
    ("data.items[0].name", ("first",), True, False),
    ("data.items[].name", ("first", "second"), True, False),
    ("data.2025", (7,), True, False),
    ("empty[]", (), True, True),
    ("empty[0].name", (), True, True),
    ("blank", ("",), True, True),
    ("missing", (), False, False),
]


@pytest.mark.parametrize(("path", "values", "exists", "is_empty"), REACHED)
def test_a_path_leads_to_values(
    path: str, values: tuple[Any, ...], exists: bool, is_empty: bool
) -> None:
    found = reach(parse_path(path), DOCUMENT)
    assert (found.values, found.exists, found.is_empty) == (values, exists, is_empty)


def test_an_empty_document_is_empty() -> None:
    found = reach(parse_path("organization.name"), {})
    assert (found.exists, found.is_empty) == (False, True)


def test_a_list_may_be_the_document() -> None:
    assert reach(parse_path("[1].name"), DOCUMENT["data"]["items"]).values == ("second",)


@pytest.mark.parametrize(
    "text",
    [
        *["", ".", "a.", ".a", "a..b", "a[", "a[x]", "a[-1]", "a[*]", "a b", "a]", "[0]b", "$..a"],
        *["a[12345]", "a.b" * 100, ".".join("a" * 22), "a['b']", "a?b"],
    ],
)
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no path"):
        parse_path(text)


@settings(max_examples=100)
@given(st.text("a.[]0:$ é-", max_size=12))
def test_a_text_is_a_path_or_refused(text: str) -> None:
    try:
        path = parse_path(text)
    except ValueError:
        return
    assert reach(path, DOCUMENT).values == ()
