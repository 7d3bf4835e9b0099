"""A provider of the tests, its file line by line, and a way to talk to any provider."""

import json
from datetime import date
from typing import Any

from sources.answers import Answer
from sources.exchange import Request, Response
from sources.providers.checks import read
from sources.providers.provider import Provider
from sources.source import Source
from sources.subject import Number, Subject

TODAY = date(2026, 11, 30)
KEY = "kq-7f3a-9d2c-1b8e"
LINES = """\
provider: orbit
version: 1
title: Orbit
key: ORBIT_API_KEY
url: https://api.orbit.example/v1/companies
headers:
  Authorization: Bearer ${KEY}
query:
  domain: "{domain}"
asks_by: [domain]
identity:
  name: company.name
  domain: company.domain
  country: company.country
answers:
  employees: company.employees
price: 0.05 EUR
licence: Orbit terms
"""
SUBJECT = Subject(
    names=("Nordwind Ventile GmbH",),
    country="DE",
    city="Kiel",
    postcode="24103",
    domains=("nordwind.example",),
    numbers=(Number("vat_id", "DE", "DE123456788"),),
)


def with_lines(old: str = "", new: str = "", more: str = "") -> str:
    """The file with a line changed, and lines added."""
    assert old in LINES
    return LINES.replace(old, new, 1) + more


def made(old: str = "", new: str = "", more: str = "") -> Provider:
    return Provider(read(with_lines(old, new, more), "orbit.yaml"))


def asked(provider: Source, subject: Subject = SUBJECT, key: str = KEY) -> Request:
    """The request of a question."""
    return next(provider.ask(subject, ["employees"], key, TODAY))


def not_asked(provider: Source, subject: Subject = SUBJECT, key: str = KEY) -> Answer:
    """The answer of a question that needs no request."""
    try:
        next(provider.ask(subject, ["employees"], key, TODAY))
    except StopIteration as end:
        answer: Answer = end.value
        return answer
    raise AssertionError("a request was made")


def told(provider: Source, response: Response, subject: Subject = SUBJECT) -> Answer:
    """What a provider makes of a response."""
    talk = provider.ask(subject, ["employees"], KEY, TODAY)
    next(talk)
    try:
        talk.send(response)
    except StopIteration as end:
        answer: Answer = end.value
        return answer
    raise AssertionError("a second request was made")


def sent(document: Any, status: int = 200, **headers: str) -> Response:
    """A response with JSON."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(
        status, {"content-type": "application/json", **named}, json.dumps(document).encode()
    )


def values(answer: Answer, attribute: str) -> list[Any]:
    return [one.value for one in answer.entries[0].facts if one.attribute == attribute]
