"""What comes back from a provider, whatever it is, becomes an answer with a plain reason."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from leads.values import MoneyRange, Range
from sources.answers import Outcome
from sources.exchange import Response
from sources.identity import prove
from sources.providers.checks import read
from sources.providers.provider import Provider
from tests.sources.providers.made_provider import KEY, LINES, SUBJECT, made, sent, told, values

RECEIVED = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
ORBIT = made()
GOOD = {"company": {"name": "Nordwind Ventile", "domain": "nordwind.example", "employees": 240}}

#: What Orbit sends, and how the reason ends.
BROKEN = [
    (Response(0, failure="it sent nothing for 30 s"), "Orbit did not answer: it sent nothing"),
    (Response(0), "Orbit did not answer: nothing came"),
    (Response(200, {"content-type": "text/html"}, b"<html>Sorry"), "no JSON (text/html): '<html>"),
    (Response(200, body=b""), "Orbit sent no JSON (no content type): ''"),
    (Response(200, body=b"\xff\xfe\x00"), "Orbit sent no JSON"),
    (Response(200, body=b'{"company": {"employees": NaN}}'), "Orbit sent no JSON"),
    (Response(200, body=b"[" * 100_000), "Orbit sent no JSON"),
    (Response(200, body=b"1" * 10_000), "Orbit sent no JSON"),
    (Response(200, body=b" " * 5_000_000), "Orbit sent 5,000,000 bytes"),
    (Response(200, body=b'"hello"'), "Orbit sent 'hello', not an object"),
    (Response(200, body=b"null"), "Orbit sent null, not an object"),
    (sent([]), "none of company.employees: the shape of its answers may have changed"),
    (sent({"firm": {"staff": 3}}), "none of company.employees: the shape of its answers may have"),
    (sent({"company": 7}), "none of company.employees"),
    (sent({"company": {"employees": 7, "name": ["a"]}}), "no company: company.name is a list"),
    (sent({"company": {"employees": 7, "name": {}}}), "no company: company.name is an object"),
    (sent({"company": {"employees": 7}}), "no company: company.name is missing"),
    (sent({"company": {"employees": 7, "name": " \0"}}), "no company: company.name is"),
    (Response(302, {"location": "https://elsewhere.example"}), "Orbit answered 302"),
    (Response(204), "Orbit answered 204"),
    (Response(404), "Orbit answered 404, which `errors:` of its file does not explain"),
    (Response(500, body=b"\x00" * 50), "Orbit answered 500"),
]


@pytest.mark.parametrize(("response", "said"), BROKEN)
def test_what_cannot_be_read_failed_for_now(response: Response, said: str) -> None:
    answer = told(ORBIT, response)
    assert answer.outcome is Outcome.FAILED
    assert said in answer.reason
    assert answer.reason.startswith("Orbit")
    assert len(answer.reason) <= 500
    assert answer.reason.isprintable()


#: What a provider has for the headcount, and what that is.
COUNTS = [
    (240, [Range(240, 240)], ""),
    (240.0, [Range(240, 240)], ""),
    ("240", [Range(240, 240)], ""),
    ("51-200", [Range(51, 200)], ""),
    ("1001-5000", [Range(1001, 5000)], ""),
    ("10001+", [Range(10001, None)], ""),
    (None, [], ""),
    (0, [], ""),
    ("0", [], ""),
    (-5, [], "-5"),
    (12.5, [], "12.5"),
    (1e400, [], "inf"),
    (10**18, [], "1000000000000000000"),
    (True, [], "true"),
    ("many", [], "'many'"),
    ("x" * 9000, [], "'xxxx"),
    ([240], [], "a list"),
    ({"min": 1}, [], "an object"),
]


@pytest.mark.parametrize(("given_", "found", "said"), COUNTS)
def test_a_bad_value_loses_only_itself(given_: Any, found: list[Any], said: str) -> None:
    provider = made("answers:\n", "answers:\n  city: company.city\n")
    company = {"name": "Nordwind", "employees": given_, "city": "Kiel"}
    body = json.dumps({"company": company}).replace("Infinity", "1e400").encode()
    answer = told(provider, Response(200, body=body))
    assert answer.outcome is Outcome.FOUND
    assert values(answer, "employees") == found
    assert values(answer, "city") == ["Kiel"]
    assert (f"company.employees is {said}" in answer.reason) == bool(said)


MONEY = [
    ("company.revenue", "EUR", 5_000_000, [MoneyRange(Range(5 * 10**8, 5 * 10**8), "EUR")]),
    ("company.revenue", "EUR", 1234.5, [MoneyRange(Range(123_450, 123_450), "EUR")]),
    ("company.revenue", "EUR", "$10M-$50M", [MoneyRange(Range(10**9, 5 * 10**9), "USD")]),
    ("company.revenue", "EUR", 0, []),
    ("company.revenue", "EUR", -3, []),
    ("company.revenue", "EUR", 10**30, []),
    ("company.revenue", "EUR", "a lot", []),
    ("company.revenue", None, 5_000_000, [MoneyRange(Range(5 * 10**8, 5 * 10**8), "SEK")]),
]


@pytest.mark.parametrize(("path", "currency", "given_", "found"), MONEY)
def test_money_has_the_currency_of_the_file_or_of_the_answer(
    path: str, currency: str | None, given_: Any, found: list[Any]
) -> None:
    how = f"currency: {currency}" if currency else "currency_path: company.currency"
    provider = made("answers:\n", f"answers:\n  turnover: {{path: {path}, {how}}}\n")
    company = {"name": "Nordwind", "revenue": given_, "currency": "sek"}
    assert values(told(provider, sent({"company": company})), "turnover") == found


def test_an_unknown_currency_is_no_turnover() -> None:
    turnover = "{path: company.revenue, currency_path: company.currency, currency: EUR}"
    provider = made("answers:\n", f"answers:\n  turnover: {turnover}\n")
    company = {"name": "Nordwind", "revenue": 5_000_000, "currency": "points"}
    assert values(told(provider, sent({"company": company})), "turnover") == []


def test_another_company_has_to_prove_itself() -> None:
    """An answer about another domain than the one asked for is not trusted for the question."""
    other = {"name": "Westwind Pumps", "domain": "westwind.example", "employees": 9000}
    answer = told(ORBIT, sent({"company": other}))
    assert answer.outcome is Outcome.FOUND
    assert not answer.entries[0].asked_by_key
    assert not prove(SUBJECT, answer.entries).accepted

    silent = told(ORBIT, sent({"company": {"name": "Westwind Pumps", "employees": 9000}}))
    assert not prove(SUBJECT, silent.entries).accepted
    assert prove(SUBJECT, told(ORBIT, sent(GOOD)).entries).accepted


def test_a_number_that_is_repeated_proves_the_company() -> None:
    text = LINES.replace("[domain]", "[vat_id]").replace("{domain}", "{number}")
    text = text.replace("identity:\n", "identity:\n  number: company.vat\n")
    provider = Provider(read(text, "orbit.yaml"))
    company = {"name": "Nordwind", "employees": 5}
    same = told(provider, sent({"company": company | {"vat": "DE 123456788"}}))
    other = told(provider, sent({"company": company | {"vat": "DE 999999999"}}))
    assert same.entries[0].asked_by_key
    assert not other.entries[0].asked_by_key


def test_the_key_is_in_no_answer() -> None:
    echoes = [
        Response(200, body=f"<b>{KEY}</b>".encode()),
        Response(0, failure=f"cannot send {KEY}"),
        sent({"company": {"name": f"Key {KEY}", "employees": f"bad {KEY}"}}),
        Response(200, {"content-type": KEY}, b"x"),
    ]
    for response in echoes:
        assert KEY not in repr(told(ORBIT, response))
    rule = "errors: [{status: 400, path: error, equals: x, outcome: not allowed}]\n"
    assert KEY not in repr(told(made(more=rule), sent({"error": KEY}, 400)))


WAITS = [
    ({"retry_after": "30"}, RECEIVED + timedelta(seconds=30)),
    ({"retry_after": "0.5"}, RECEIVED + timedelta(seconds=0.5)),
    ({"retry_after": "Mon, 30 Nov 2026 12:05:00 GMT"}, RECEIVED + timedelta(minutes=5)),
    ({"retry_after": "99999999999999999999"}, None),
    ({"retry_after": "999999999"}, RECEIVED + timedelta(days=31)),
    ({"retry_after": "1764504000"}, datetime(2025, 11, 30, 12, tzinfo=UTC)),
    ({"retry_after": "2026-11-30T12:01:00+00:00"}, RECEIVED + timedelta(minutes=1)),
    ({"retry_after": "Fri, 31 Dec 9999 23:59:59 GMT"}, RECEIVED + timedelta(days=31)),
    ({"retry_after": "9999-12-31T23:59:59-23:59"}, None),
    ({"retry_after": "-5"}, None),
    ({"retry_after": "soon"}, None),
    ({}, None),
]


@pytest.mark.parametrize(("headers", "moment"), WAITS)
def test_a_wait_is_a_moment(headers: dict[str, str], moment: datetime | None) -> None:
    response = sent({}, 429, **headers)
    response = Response(429, response.headers, response.body, received=RECEIVED)
    assert told(ORBIT, response).not_before == moment


def test_a_wait_may_stand_in_the_body_and_start_at_the_date_of_the_answer() -> None:
    more = "errors: [{status: 429, outcome: rate limited, wait_path: error.seconds}]\n"
    response = sent({"error": {"seconds": 90}}, 429, date="Mon, 30 Nov 2026 12:00:00 GMT")
    assert told(made(more=more), response).not_before == RECEIVED + timedelta(seconds=90)


RULES = """\
errors:
  - {status: 200, path: found, equals: "false", outcome: no match}
  - {status: 200, path: code, equals: "17", outcome: quota used up}
  - {status: 400, path: "errors[].id", equals: paused, outcome: rate limited}
"""


@pytest.mark.parametrize(
    ("response", "outcome"),
    [
        (sent({"found": False}), Outcome.NO_MATCH),
        (sent({"found": True, **GOOD}), Outcome.FOUND),
        (sent({"code": 17}), Outcome.QUOTA_USED_UP),
        (sent({"errors": [{"id": "a"}, {"id": "paused"}]}, 400), Outcome.RATE_LIMITED),
        (sent({"errors": []}, 400), Outcome.FAILED),
        (Response(400, body=b"not JSON"), Outcome.FAILED),
    ],
)
def test_the_first_rule_that_fits_counts(response: Response, outcome: Outcome) -> None:
    assert told(made(more=RULES), response).outcome is outcome


@pytest.mark.parametrize(
    ("billed", "response", "count"),
    [
        ("{header: X-Credits}", sent(GOOD, x_credits="3"), 3),
        ("{path: cost.credits}", sent({**GOOD, "cost": {"credits": 2}}), 2),
        ("{path: cost.credits}", sent({"cost": {"credits": 1}}, 404), 1),
        ("{header: X-Credits}", sent(GOOD), None),
        ("{header: X-Credits}", sent(GOOD, x_credits="-3"), None),
        ("{path: cost.credits}", sent({**GOOD, "cost": {"credits": 10**12}}), None),
    ],
)
def test_credits_are_read_where_the_file_says(
    billed: str, response: Response, count: int | None
) -> None:
    assert told(made(more=f"billed: {billed}\n"), response).billed == count


def test_a_company_without_a_name_is_told_by_its_domain() -> None:
    answer = told(ORBIT, sent({"company": {"domain": "www.nordwind.example", "employees": 5}}))
    assert answer.outcome is Outcome.FOUND
    assert prove(SUBJECT, answer.entries).accepted
