import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.british_addresses import GB_POSTCODE
from enrich.numbers import lettered, numbered

_ITALIAN = re.compile(r"\d(?<![\w.,/+-].)\d{4}(?![\w-])(?!\.\d)")
_POLISH = re.compile(r"\d(?<![\w.,/+-].)\d-\d{3}(?![\w-])")
_SWEDISH = re.compile(r"\d(?<![\w.,/+-].)\d{2} \d{2}(?![\w-])")
_CANADIAN = re.compile(r"[A-Z](?<!\w.)\d[A-Z][ -]?\d[A-Z]\d(?!\w)")

_texts = st.lists(
    st.sampled_from(["1", "00", "95", "20121", "00-950", "123 45", "NW3", "6DN", "H2X 1Y4"])
    | st.sampled_from(["A", "e", " ", "-", ",", "\n", "."]),
    max_size=12,
).map("".join)


@pytest.mark.parametrize("pattern", [_ITALIAN, _POLISH, _SWEDISH])
@given(text=_texts)
@settings(max_examples=40)
def test_a_postcode_is_found_where_a_search_of_the_whole_text_finds_it(
    pattern: re.Pattern[str], text: str
) -> None:
    found = [one.span() for one in numbered(pattern, text)]
    assert found == [one.span() for one in pattern.finditer(text)]


@pytest.mark.parametrize(("pattern", "letters"), [(_CANADIAN, 1), (GB_POSTCODE, 2)])
@given(text=_texts)
@settings(max_examples=40)
def test_a_postcode_that_begins_with_letters_is_found_likewise(
    pattern: re.Pattern[str], letters: int, text: str
) -> None:
    found = [one.span() for one in lettered(pattern, text, letters)]
    assert found == [one.span() for one in pattern.finditer(text)]
