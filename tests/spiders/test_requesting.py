import pytest

from spiders.requesting import _lines


@pytest.mark.parametrize(
    "value", ["a\r\nHost: other.example", "a\nX: y", "a\r", "\n"], ids=["both", "LF", "CR", "end"]
)
def test_a_header_cannot_begin_another(value: str) -> None:
    with pytest.raises(ValueError, match="more than one line"):
        _lines({"Accept": "text/html", "If-None-Match": value})


def test_headers_are_sent_one_a_line() -> None:
    sent = _lines({"Accept": "text/html", "User-Agent": "Acme/1.0"})
    assert sent == "Accept: text/html\r\nUser-Agent: Acme/1.0\r\n"
