"""What must not stand in a log does not, and two cases of one error have one fingerprint."""

import pytest

from leads.masking import fingerprint, mask, normalised


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        pytest.param(
            "postgresql://me:geheim@db.example/x",
            "postgresql://me:***@db.example/x",
            id="password of an address",
        ),
        pytest.param(
            "redis://:geheim@10.0.0.1/0", "redis://:***@10.0.0.1/0", id="password without a user"
        ),
        pytest.param(
            "Authorization: Bearer abc.def-123456", "Authorization: Bearer ***", id="bearer token"
        ),
        pytest.param("token=abcdef", "token=***", id="token"),
        pytest.param('{"api_key": "abc def"}', '{"api_key": ***}', id="a key in JSON"),
        pytest.param("Cookie: sid=1234; path=/", "Cookie: ***; path=/", id="cookie"),
        pytest.param("SLUICE_HASH_KEY=0123abcd", "SLUICE_HASH_KEY=***", id="our own key"),
        pytest.param(
            "mail to erika.mustermann+x@firma.example failed",
            "mail to ***@firma.example failed",
            id="e-mail: the person goes",
        ),
        pytest.param(
            "key sk-live_1234567890 refused", "key *** refused", id="a key that says what it is"
        ),
        pytest.param("eyJhbGciOiJIUzI1.eyJzdWIi.c2ln", "***", id="JSON web token"),
        pytest.param(
            "12 rows of https://firma.example/a", "12 rows of https://firma.example/a", id="nothing"
        ),
    ],
)
def test_masking(text: str, masked: str) -> None:
    assert mask(text) == masked
    assert mask(masked) == masked, "masking twice is masking once"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("no row 12 of 300", "no row 1 of 7", id="numbers"),
        pytest.param("KeyError: 'alpha'", "KeyError: 'beta'", id="quoted text"),
        pytest.param("cannot reach a.example:443", "cannot reach www.b.example:80", id="hosts"),
        pytest.param(
            "no company 019012ab-1111-7222-8333-444444444444",
            "no company 019012ab-1111-7222-8333-555555555555",
            id="ids",
        ),
        pytest.param("refused by erika@a.example", "refused by max@b.example", id="addresses"),
    ],
)
def test_two_cases_of_one_error_are_one_group(first: str, second: str) -> None:
    assert normalised(first) == normalised(second)
    assert (
        fingerprint("crawl", first) == fingerprint("crawl", second) != fingerprint("enrich", first)
    )


def test_different_errors_are_different_groups() -> None:
    assert fingerprint("k", "TimeoutError: no answer") != fingerprint("k", "ValueError: no answer")
