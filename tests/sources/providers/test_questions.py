"""What a provider is asked, and that no company and no key changes where."""

import json
import string
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.answers import Outcome
from sources.exchange import Request
from sources.providers.checks import read
from sources.providers.files import providers
from sources.providers.provider import Provider
from sources.subject import Number, Subject
from tests.sources.providers.made_provider import KEY, LINES, SUBJECT, TODAY, asked, made, not_asked

#: A name in the path, in the query and in the body.
WIDE = """\
provider: wide
version: 1
title: Wide
url: https://api.wide.example/v1/{name}/profile
method: POST
query: {q: "{name}", place: "{city}", fixed: "yes"}
body: |
  {"asked": [{"name": "{name}", "city": "{city}"}, "{country}"], "size": 1, "none": null}
asks_by: [name]
identity: {name: name}
answers: {employees: employees}
price: 0 EUR
billing: nothing
licence: none
"""
#: Characters of an address.
IN_URL = frozenset(string.ascii_letters + string.digits + "-._~:/?&=%")
wide = Provider(read(WIDE, "wide.yaml"))


def parts(request: Request) -> tuple[str, list[str], dict[str, str]]:
    url = urlsplit(request.url)
    return url.netloc, url.path.split("/"), dict(parse_qsl(url.query, strict_parsing=True))


def test_a_question_holds_what_is_known_and_the_key() -> None:
    request = asked(made())
    assert request.url == "https://api.orbit.example/v1/companies?domain=nordwind.example"
    assert request.headers["Authorization"] == f"Bearer {KEY}"
    assert request.method == "GET"
    assert request.body == b""


def test_what_is_not_known_is_left_out() -> None:
    request = asked(wide, Subject(names=("Nordwind",)))
    assert parts(request)[2] == {"q": "Nordwind", "fixed": "yes"}
    assert json.loads(request.body) == {"asked": [{"name": "Nordwind"}], "size": 1, "none": None}


def test_a_number_is_that_of_the_scheme_asked_by() -> None:
    text = LINES.replace("[domain]", "[vat_id]").replace("{domain}", "{number}")
    provider = Provider(read(text, "orbit.yaml"))
    assert "domain=DE123456788" in asked(provider).url
    other = Subject(names=("Nordwind",), numbers=(Number("SIREN", "FR", "732829320"),))
    assert not_asked(provider, other).outcome is Outcome.NOT_COVERED


HOSTILE = [
    "../../admin",
    "..",
    ".",
    "...",
    "%2e%2e",
    "a/b\\c",
    "@evil.example",
    "x#y?z=1&fixed=no",
    "//evil.example",
    "a\r\nHost: evil.example",
    "{city}",
    "${KEY}",
    "\x00\x1b\u202e",
    "\ud800",
    "Ærø & Søn A/S",
    "名前",
    '"}, {"name": "other',
    "a" * 5000,
]


def check_place(name: str) -> None:
    """A question about a company of any name goes to one place, or is not asked."""
    subject = Subject(names=(name,), city=name)
    request = next(wide.ask(subject, ["employees"], "", TODAY), None)
    if request is None:
        assert not_asked(wide, subject).outcome is Outcome.NOT_COVERED
        return
    host, steps, query = parts(request)
    assert host == "api.wide.example"
    assert [steps[0], steps[1], *steps[3:]] == ["", "v1", "profile"]
    step = unquote(steps[2]).strip()
    assert step not in ("", ".", "..")
    assert "/" not in step
    assert "\\" not in step
    assert query == {"q": query["q"], "place": query["place"], "fixed": "yes"}
    (only,) = json.loads(request.body)["asked"]
    assert set(only) == {"name", "city"}
    assert set(request.url) <= IN_URL


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_changes_no_place(name: str) -> None:
    check_place(name)


@settings(max_examples=60)
@given(st.text(max_size=40))
def test_no_name_changes_the_place(name: str) -> None:
    check_place(name)


def test_a_company_called_like_a_placeholder_stays_one() -> None:
    provider = made('"{domain}"', '"{domain} {name}"\n  about: "{name}"')
    url = asked(provider, Subject(names=("${KEY} {city}",), domains=("nordwind.example",))).url
    assert KEY not in url
    assert unquote(url).endswith("about=${KEY} {city}")


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("", "ORBIT_API_KEY is not set"),
        ("  ", "ORBIT_API_KEY is not set"),
        ("ab\r\nHost: evil.example", "ORBIT_API_KEY holds characters that no key has"),
        ("schlüssel", "ORBIT_API_KEY holds characters that no key has"),
    ],
)
def test_without_a_usable_key_nothing_is_asked(key: str, said: str) -> None:
    answer = not_asked(made(), key=key)
    assert answer.outcome is Outcome.NOT_ALLOWED
    assert answer.reason == f"Orbit needs a key, and {said}"


def test_what_cannot_be_answered_is_not_asked() -> None:
    provider = made(more="countries: [FR]\n")
    assert not_asked(provider).reason == "Orbit does not cover DE"
    unknown = not_asked(made(), Subject(names=("Nordwind",)))
    assert unknown.outcome is Outcome.NOT_COVERED
    assert unknown.reason == "Orbit is asked by domain, which is not known"
    with pytest.raises(StopIteration) as end:
        next(made().ask(SUBJECT, ["turnover"], KEY, TODAY))
    assert end.value.value.reason == "Orbit answers none of these"


@pytest.mark.parametrize("name", ["apollo", "hunter", "peopledatalabs"])
def test_the_key_of_a_ready_provider_stands_in_a_header_alone(name: str) -> None:
    request = asked(providers({}).find(name).provider)
    assert KEY in request.headers.values()
    assert KEY not in request.url
    assert "nordwind.example" in request.url
