import pytest

from dedupe.record import only_value

VALUES = [
    ("country", ["DE"], "DE", "the one country"),
    ("country", ["US", "JP"], "", "offices in two countries contradict neither"),
    ("city", ["Exton", "Exton"], "Exton", "one city said twice"),
    ("street", [], "", "nothing stated"),
    ("register_number", ["HRB 1", "HRB 2"], "HRB 1", "a number is no place"),
]


@pytest.mark.parametrize(
    ("attribute", "values", "compared", "remark"), VALUES, ids=[remark for *_, remark in VALUES]
)
def test_which_of_several_values_is_compared(
    attribute: str, values: list[str], compared: str, remark: str
) -> None:
    assert only_value(attribute, values) == compared, remark
