"""The fields of messages and forms."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.message_times import moment_of
from intake.messages import (
    is_path,
    read_fields,
    read_form,
    read_object,
    signal_kind,
    type_of,
)
from leads.errors import UsageError

SIGNAL = {
    "type": "demo.requested",
    "timestamp": "2026-05-03T09:30:00Z",
    "data": {"domain": " alder.example ", "value": 12500.50, "currency": "EUR", "x": None},
}
JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=20,
)


def told(message: Any) -> Any:
    return read_object(json.dumps(message).encode())


def test_fields_stand_where_they_usually_do() -> None:
    found = read_fields(told(SIGNAL), "signal", {})
    assert found == {
        "company": "alder.example",
        "kind": "demo.requested",
        "at": "2026-05-03T09:30:00Z",
        "value": "12500.5",
        "currency": "EUR",
    }
    assert type_of(told(SIGNAL)) == "demo.requested"


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("a.b", "deep"),
        ("a.list.1", "second"),
        ("a.list.9", None),
        ("a.list.x", None),
        ("a.number", "12345678901234567890.10"),
        ("a.yes", "yes"),
        ("a.no", None),
        ("a", None),
        ("a.b.c", None),
        ("nothing", None),
    ],
)
def test_a_field_stands_where_the_inbox_says(path: str, found: str | None) -> None:
    body = (
        b'{"company": "Not This", "a": {"b": "deep", "list": ["first", "second"],'
        b' "number": 12345678901234567890.10, "yes": true, "no": false}}'
    )
    assert read_fields(read_object(body), "signal", {"company": path}).get("company") == found


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'"text"',
        b"{",
        b"\xff\xfe",
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
    ],
)
def test_what_is_no_message(body: bytes) -> None:
    with pytest.raises(UsageError):
        read_object(body)


@pytest.mark.parametrize("text", ["x" * 501, "Alder\0", "Alder \ud800"])
def test_fields_that_cannot_be_stored(text: str) -> None:
    with pytest.raises(UsageError):
        read_fields({"company": text}, "signal", {})
    with pytest.raises(UsageError):
        read_form([("company", text)], {})


@given(JSON, st.sampled_from(["signal", "outcome", "company"]))
def test_no_message_makes_the_reader_fail(message: Any, becomes: str) -> None:
    try:
        found = read_fields(read_object(json.dumps(message).encode()), becomes, {})
    except UsageError:
        return
    assert all(found.values())


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fail(body: bytes) -> None:
    try:
        read_object(body)
    except UsageError:
        return
    assert isinstance(json.loads(body), dict)


def test_a_form_is_read_under_its_own_names() -> None:
    pairs = [("firma", "Alder GmbH"), ("firma", "Other"), ("email", " "), ("note", "hello")]
    assert read_form(pairs, {"company": "firma"}) == {"company": "Alder GmbH"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("demo.requested", "demo_requested"),
        ("Demo requested", "demo_requested"),
        ("__a--b..", "a_b"),
        ("…", ""),
    ],
)
def test_the_kind_of_a_signal(text: str, kind: str) -> None:
    assert signal_kind(text) == kind


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-05-03T09:30:00+02:00", "2026-05-03T07:30:00+00:00"),
        ("2026-05-03T09:30:00Z", "2026-05-03T09:30:00+00:00"),
        ("1614265330", "2021-02-25T15:02:10+00:00"),
        ("1614265330000", "2021-02-25T15:02:10+00:00"),
    ],
)
def test_the_time_of_a_message(text: str, iso: str) -> None:
    assert moment_of(text).isoformat() == iso


@pytest.mark.parametrize(
    "text", ["2026-05-03T09:30:00", "yesterday", "", "16142653300000000", "9" * 400]
)
def test_times_that_are_not_understood(text: str) -> None:
    with pytest.raises(UsageError):
        moment_of(text)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("data.domain", True),
        ("a.0.b", True),
        ("", False),
        ("a..b", False),
        ("a b", False),
        (".".join("a" * 11), False),
    ],
)
def test_places_of_fields(text: str, right: bool) -> None:
    assert is_path(text) == right
    assert not is_path(".".join("a" * 11))
