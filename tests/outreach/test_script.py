"""Scripts: fields are filled in, and a field that no card has is refused with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.errors import UsageError
from outreach.script import FIELDS, checked_script, filled


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("Hello {name}!", "Hello Alder!"),
        ("{name} in {city}", "Alder in Bonn"),
        ("Call {phone}", "Call [phone unknown]"),
        ("no fields", "no fields"),
    ],
)
def test_fields_are_filled_in(script: str, said: str) -> None:
    assert filled(script, {"name": ["Alder"], "city": ["Bonn", "Ulm"]}) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hello\n{nmae}", "say.txt:2: there is no field {nmae}"),
        ("{name.__class__}", "say.txt:1: there is no field"),
        ("x" * 10_001, "10,001 characters"),
    ],
)
def test_a_script_that_cannot_be_filled_in_is_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        checked_script(text, "say.txt")
    assert said in refused.value.message


@given(st.text(max_size=200), st.sampled_from(FIELDS), st.text(max_size=20))
def test_values_are_never_read_as_fields(before: str, field: str, value: str) -> None:
    before = before.replace("{", "").replace("}", "")
    assert filled(f"{before}{{{field}}}", {field: [value]}) == f"{before}{value}"
