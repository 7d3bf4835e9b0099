"""What holds for every register: its card, and what it makes of refusals and of nonsense."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leads.attributes import ATTRIBUTES
from sources.answers import Outcome
from sources.exchange import Request, Response
from sources.registers.catalog import registers
from sources.source import Source
from sources.subject import Number, Subject
from tests.sources.conversations import RECEIVED, Talk, reply, talk

TODAY = date(2026, 11, 30)
KEY = "a-key-nobody-may-see"
ALL = {one.card.name: one for one in registers()}
NUMBERS = (
    Number("lei", "", "529900BRANDIXBAKER21"),
    Number("register_number", "GB", "00941200"),
    Number("register_number", "NO", "923609999"),
    Number("register_number", "FI", "0112038-9"),
    Number("SIREN", "FR", "542051180"),
    Number("ICO", "CZ", "27082440"),
    Number("CIK", "US", "1999001"),
)


def subject(**more: Any) -> Subject:
    return Subject(names=("Brandix Bakery Limited",), **more)


SUBJECTS = (
    subject(),
    subject(numbers=NUMBERS, country="GB", city="Leeds"),
    Subject(names=("\ud800\x00 & é ?#/", "x" * 5_000), country="US", city="\ud800", numbers=()),
    Subject(
        names=("",), numbers=tuple(Number(one.scheme, one.country, "\ud800'") for one in NUMBERS)
    ),
)


def ask(source: Source, about: Subject, response: Response, *wanted: str) -> Talk:
    conversation = source.ask(about, wanted or source.card.attributes, KEY, TODAY)
    return talk(conversation, lambda _: response)


@pytest.fixture(params=ALL)
def source(request: pytest.FixtureRequest) -> Source:
    return ALL[request.param]


def test_a_card_says_what_may_be_said(source: Source) -> None:
    card = source.card
    assert card.name.startswith("register:") != (card.name == "provider:wikidata")
    assert card.attributes <= set(ATTRIBUTES)
    assert card.licence
    assert card.limits
    assert card.hosts
    assert "name" in card.asks_by
    assert bool(card.key_variable) == (card.name == "register:gb")


REFUSALS = [
    (400, Outcome.FAILED),
    (401, Outcome.NOT_ALLOWED),
    (403, Outcome.NOT_ALLOWED),
    (429, Outcome.RATE_LIMITED),
    (500, Outcome.FAILED),
    (503, Outcome.FAILED),
    (302, Outcome.FAILED),
    (0, Outcome.FAILED),
]


@pytest.mark.parametrize(("status", "outcome"), REFUSALS)
def test_a_refusal_is_an_outcome_with_a_reason(
    source: Source, status: int, outcome: Outcome
) -> None:
    for about in SUBJECTS[:2]:
        answer = ask(source, about, reply(b"<html>", status)).answer
        assert (answer.outcome, answer.entries) == (outcome, ())
        assert answer.reason


def test_nothing_there_is_no_match_by_number_and_a_failure_of_a_search(source: Source) -> None:
    asked = ask(source, SUBJECTS[1], reply(b"", 404))
    assert asked.answer.outcome in (Outcome.NO_MATCH, Outcome.FAILED)
    assert asked.answer.reason


@pytest.mark.parametrize(
    ("wait", "until"),
    [
        ("30", RECEIVED + timedelta(seconds=30)),
        ("Mon, 30 Nov 2026 13:00:00 GMT", datetime(2026, 11, 30, 13, tzinfo=UTC)),
        ("soon", None),
    ],
)
def test_a_source_says_when_it_may_be_asked_again(
    source: Source, wait: str, until: datetime | None
) -> None:
    answer = ask(source, SUBJECTS[1], reply(b"", 429, {"retry-after": wait})).answer
    assert (answer.outcome, answer.not_before) == (Outcome.RATE_LIMITED, until)


BODIES = [
    b"<!DOCTYPE html><html><body>Sorry</body></html>",
    b"",
    b"[" * 100_000,
    b'{"data": NaN}',
    b'{"x": ' + b"9" * 5_000 + b"}",
    b"null",
    b"[]",
    b"{}",
    b'"text"',
    b"\xff\xfe\x00",
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_what_is_no_answer_is_a_failure(source: Source, body: bytes) -> None:
    for about in SUBJECTS[:2]:
        answer = ask(source, about, reply(body)).answer
        # An empty list of listed companies is an answer.
        empty = source.card.name == "register:sec" and body == b"{}"
        assert answer.outcome in ({Outcome.FAILED, Outcome.NO_MATCH} if empty else {Outcome.FAILED})
        assert answer.reason


WORDS = st.sampled_from(
    [
        *("data", "attributes", "entity", "legalName", "name", "lei", "id", "items", "title"),
        *("company_name", "company_number", "0", "cik_str", "cik", "facts", "query", "search"),
        *("entities", "Q1", "labels", "en", "value", "claims", "error", "code", "results", "siren"),
        *("siege", "finances", "organisasjonsnummer", "navn", "companies", "names", "businessId"),
        *("ekonomickeSubjekty", "ico", "obchodniJmeno", "sidlo", "pocetCelkem"),
    ]
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=8),
    st.sampled_from(
        ["529900BRANDIXBAKER21", "00941200", "1999001", "Q1", "2024-12-31", "10-K", "active", "+12"]
    ),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=5),
    max_leaves=25,
)


@given(st.sampled_from(sorted(ALL)), st.sampled_from(SUBJECTS), TREES | st.binary(max_size=60))
@settings(max_examples=150, deadline=None)
def test_whatever_a_register_sends_there_is_an_answer(name: str, about: Subject, body: Any) -> None:
    asked = ask(ALL[name], about, reply(body))
    said = [
        asked.answer.reason,
        *(fact.quote for one in asked.answer.entries for fact in one.facts),
    ]
    assert not any(KEY in one for one in said)
    assert all(_is_own(ALL[name], one) for one in asked.requests)


def _is_own(source: Source, request: Request) -> bool:
    url = urlsplit(request.url)
    plain = request.url.isascii() and not any(char.isspace() for char in request.url)
    return plain and url.scheme == "https" and url.hostname in source.card.hosts
