"""A provider's file is refused with the line of whatever is wrong in it."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from leads.errors import NotFoundError, UsageError
from leads.prices import Price
from sources.providers.checks import read
from sources.providers.file import schema
from sources.providers.files import providers
from sources.providers.question_flaws import BUILT_IN
from sources.registers.catalog import registers
from sources.run.provider_files import stored_providers
from sources.source import Billing
from tests.sources.providers.made_provider import KEY, LINES, made, with_lines

READY = ["apollo", "hunter", "peopledatalabs"]

#: A line, what takes its place, and what the refusal says.
WRONG = [
    ("provider: orbit", "provider: Or bit", "orbit.yaml:1: provider:"),
    ("version: 1", "version: none", "orbit.yaml:2: version: must be a whole number"),
    ("title: Orbit", "titel: Orbit", "there is no `titel` here, did you mean title"),
    ("answers:\n", "answers:\n  employes: company.x\n", "answers.employes: there is no such"),
    ("answers:\n", "answers:\n  email: company.mail\n", "answers.email: is not taken from"),
    ("company.employees", "company..employees", "is no path; write it like data.items[0].name"),
    ("company.employees", "company[*]", "is no path"),
    ("company.employees", "{path: company.employees, currency: EUR}", "is no money"),
    ("company.employees", "{path: company.employees, scheme: naics}", "is no industry"),
    ("answers:\n", "answers:\n  turnover: company.revenue\n", "needs `currency:`"),
    (
        "answers:\n",
        "answers:\n  turnover: {path: company.revenue, currency: XQZ}\n",
        "XQZ is no currency",
    ),
    ("price: 0.05 EUR", "price: 5 cents", "price: is no price; write the three letters"),
    ("price: 0.05 EUR", "price: 0.05 EUR\nbilling: often", "must be one of"),
    ("price: 0.05 EUR", "price: 0.05 EUR\ncountries: [XQ]", "XQ is no country"),
    ("price: 0.05 EUR", "price: 0.05 EUR\nlimits: []", "must have at least 1 entry"),
    ("price: 0.05 EUR", "price: 0.05 EUR\nbilled: {}", "billed: needs `header:` or `path:`"),
    ('"{domain}"', '"{domian}"', "there is no placeholder {domian}, did you mean domain"),
    ('"{domain}"', '"{domain"', "a bracket that is no placeholder"),
    ('"{domain}"', "nordwind.example", "the question names no company"),
    ("[domain]", "[domain, name]", "nothing in the question holds {name}"),
    ("[domain]", "[fax]", "asks_by"),
    ("v1/companies", "v1/{name}", "needs {name}, which `asks_by:` does not make sure of"),
    ("v1/companies", "v1/../admin", "one of dots"),
    ("v1/companies", "v1?domain=x", "under `query:`"),
    ("  name: company.name\n  domain: company.domain\n", "", "a company must be told from another"),
    ("Bearer ${KEY}", "Bearer ${KEY}\n  Host: other.example", "may not be set by a file"),
    ("Bearer ${KEY}", 'Bearer ${KEY}\n  X-Name: "{name}"', "may hold no placeholder but the key"),
    ("Bearer ${KEY}", "Bearer ${KEY}\n  X-Team: ${TEAM}", "the key is ${KEY}"),
    ("key: ORBIT_API_KEY\n", "", "`key:` names no environment variable"),
    ("headers:\n  Authorization: Bearer ${KEY}\n", "", "the key is used nowhere"),
    ("query:", "body: '{'\nquery:", "body: needs `method: POST`"),
    ("query:", "method: POST\nbody: '{'\nquery:", "body: is no JSON"),
    ("query:", "errors: [{status: 404, outcome: found}]\nquery:", "must be one of"),
    ("query:", "errors: [{status: 200, outcome: no match}]\nquery:", "would refuse every answer"),
    ("query:", "errors: [{status: 404, path: a, outcome: no match}]\nquery:", "needs `equals:`"),
    (
        "query:",
        "errors: [{status: 404, equals: a, outcome: no match}]\nquery:",
        ": errors[1]: needs",
    ),
    (
        "query:",
        "errors: [{status: 404, outcome: no match}, {status: 404, outcome: not allowed}]\nquery:",
        "errors[2]: is never reached: a line before it takes every 404",
    ),
    (
        "query:",
        "errors: [{status: 404, outcome: no match, wait_header: retry-after}]\nquery:",
        "nobody waits after it",
    ),
    ("provider: orbit", "provider: Or bit", "must be small letters, digits, _ and -"),
    ("provider: orbit", f"provider: {'x' * 99}", "(given: 'xxxx"),
    ("version: 1", "version: [1]", "version: must be a whole number"),
    ("version: 1", "version: {a: 1}", "version: must be a whole number"),
    ("headers:\n", "headers:\n  'A b': x\n", "headers.A b: must be the name of a header: letters"),
    ("query:\n", "query:\n  'a b': x\n", "query.a b: must be the name of a parameter: letters"),
    ("[domain]", "[Domain]", "asks_by[1]: must be name, domain, register_number"),
    ("answers:\n", "answers:\n  founded: {paths: a}\n", "answers.founded: `path` is missing"),
    ("answers:\n", "answers:\n  founded: {path: a, scope: planet}\n", "(given: 'planet')"),
    ("answers:\n", "answers:\n  founded: {path: a, as_of: b c}\n", "answers.founded.as_of: is no"),
    ("answers:\n", "answers:\n  founded: $.a\n", "leave the $ at its beginning out"),
    ("answers:\n", "answers:\n  turnover: {path: a, currency: eur}\n", "three capital letters"),
    ("price: 0.05 EUR", "price: -1 EUR", "an amount is not negative"),
    ("price: 0.05 EUR", "price: 0.05 XQZ", "price: XQZ is no currency"),
    ("price: 0.05 EUR", "price: 0.05 EUR\nbilling: nothing", "write `price: 0 EUR`"),
    ("price: 0.05 EUR", "price: 0.05 EUR\ncountries: [de]", "must be two capital letters, like DE"),
    ("key: ORBIT_API_KEY", "key: SLUICE_HASH_KEY", "key: names a setting of Sluice"),
    ("key: ORBIT_API_KEY", "key: PATH", "key: PATH holds no key"),
    ("provider: orbit", "provider: wikidata", "wikidata is a free source of Sluice"),
    ("//api.orbit.example", "//localhost", "url: must name a host of the public network"),
    ("//api.orbit.example", "//router", "url: must name a host of the public network"),
    ("//api.orbit.example", "//API.Orbit.example", "url: must name its host in lower case"),
]


def test_no_file_takes_the_name_of_a_source_that_comes_with_sluice() -> None:
    names = {one.card.name for one in registers()}
    assert {f"provider:{name}" for name in BUILT_IN} == {
        one for one in names if one.startswith("provider:")
    }


@pytest.mark.parametrize(("old", "new", "said"), WRONG)
def test_what_is_wrong_is_named(old: str, new: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(with_lines(old, new), "orbit.yaml")
    assert said in caught.value.message
    assert caught.value.message.startswith("orbit.yaml:")
    # No pattern of a program, and no words of the library that checks.
    assert not re.search(r"\^|\\|should|input", caught.value.message)
    assert caught.value.hint


def test_the_hint_for_an_empty_file_names_all_that_it_needs() -> None:
    with pytest.raises(UsageError) as caught:
        read("", "orbit.yaml")
    for name in schema()["required"]:
        assert f"`{name}:`" in caught.value.hint


HOSTS = [
    "http://api.orbit.example",
    "ftp://api.orbit.example",
    "api.orbit.example/v1",
    "https://",
    "https://localhost",
    "https://localhost.",
    "https://api.localhost",
    "https://orbit",
    "https://printer.local",
    "https://db.corp.internal",
    "https://metadata.google.internal",
    "https://nas.lan",
    "https://router.home.arpa",
    "https://hidden.onion",
    "https://127.0.0.1",
    "https://127.1",
    "https://0x7f.1",
    "https://0x7f000001",
    "https://2130706433",
    "https://017700000001",
    "https://10.0.0.8",
    "https://8.8.8.8",
    "https://169.254.169.254",
    "https://[::1]",
    "https://[::ffff:127.0.0.1]",
    "https://[fe80::1%25eth0]",
    "https://127.0.0.1.",
    "https://127%2e0%2e0%2e1",
    "https://１２７.0.0.1",
    "https://api。orbit.example",
    "https://{domain}",
    "https://{domain}.orbit.example",
    "https://api.orbit.example:8443",
    "https://api.orbit.example@127.0.0.1",
    "https://127.0.0.1\\@api.orbit.example",
    "https://user:word@api.orbit.example",
    "https:///127.0.0.1/v1",
    "https:api.orbit.example",
    "//api.orbit.example",
    "https://api.orbit.nosuchend",
]


@pytest.mark.parametrize("url", HOSTS)
def test_an_address_that_is_not_public_https_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match=r"orbit\.yaml:5: url:"):
        read(with_lines("https://api.orbit.example/v1/companies", f"'{url}'"), "orbit.yaml")


#: A line with a key in it: none is repeated in the refusal.
KEYS = [
    ("Bearer ${KEY}", "Bearer 7f3a9d2c1b8e4f5a6c7d"),
    ("Bearer ${KEY}", "Bearer ${KEY}7f3a9d2c1b8e4f5a6c7d"),
    ("Bearer ${KEY}", "Bearer abcdefghijklmnop"),
    ("Bearer ${KEY}", "Bearer ${KEY}\n  X-Api-Key: abcdefgh"),
    ("Bearer ${KEY}", "Bearer ${KEY}\n  X-Session: 123e4567-e89b-12d3-a456-426614174000"),
    ('"{domain}"', '"{domain}"\n  api_key: abcdefgh'),
    ('"{domain}"', '"{domain}"\n  access_token: abcdefgh'),
    ("query:", 'method: POST\nbody: \'{"apiKey": "abcdefgh", "d": "{domain}"}\'\nquery:'),
    ("/v1/companies", "/v1/7f3a9d2c1b8e4f5a6c7d/companies"),
    ("ORBIT_API_KEY", "abcdefgh"),
    ("ORBIT_API_KEY", "7f3a9d2c1b8e4f5a6c7d"),
    ("title: Orbit", "title: Orbit # 7f3a9d2c1b8e4f5a6c7d"),
    ("Bearer ${KEY}", 'Bearer ${KEY}\n  X-Id: "7f3a9d2c1b8e\\x34f5a6c7d"'),
    ("title: Orbit", "title: sk_live_abcdefghijklmnop"),
    ("title: Orbit", "title: Orbit # eyJhbGciOiJIUzI1NiJ9.e30.x"),
]


@pytest.mark.parametrize(("old", "new"), KEYS)
def test_a_key_may_not_stand_in_the_file(old: str, new: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(with_lines(old, new), "orbit.yaml")
    said = f"{caught.value.message} {caught.value.hint}"
    assert "7f3a9d2c" not in said
    assert "abcdefgh" not in said
    assert "e89b" not in said


@pytest.mark.parametrize(
    "text",
    [
        "title: Orbit # see https://docs.orbit.example/v2/a3f9b2c8d1e7/companies",
        "title: Orbit # company.category.naics6Codes2022[0].code",
        "title: Orbit # 2026-11-30T11:00:00",
        "title: Organisationsverzeichnis 2026",
    ],
)
def test_words_are_no_keys(text: str) -> None:
    assert read(with_lines("title: Orbit", text), "orbit.yaml").version == 1


def test_everything_that_is_wrong_is_said_at_once() -> None:
    text = with_lines("ORBIT_API_KEY", "orbit").replace("{domain}", "{domian}")
    with pytest.raises(UsageError) as caught:
        read(text, "orbit.yaml")
    lines = [one.split(":")[1] for one in caught.value.message.splitlines()]
    assert {"4", "9"} <= set(lines)


def test_a_card_says_what_the_file_says() -> None:
    more = """\
billing: question
limits: [{requests: 2, seconds: 1}, {requests: 90, seconds: 60}]
fresh_days: 30
countries: [DE, AT]
repeat_header: Idempotency-Key
"""
    card = made(more=more).card
    assert card.name == "provider:orbit"
    assert card.price == Price(50_000, "EUR")
    assert card.billing is Billing.QUESTION
    assert [(one.requests, one.seconds) for one in card.limits] == [(2, 1), (90, 60)]
    assert card.hosts == {"api.orbit.example"}
    assert card.key_variable == "ORBIT_API_KEY"
    assert card.attributes == {"employees"}
    assert not card.shared
    assert card.covers("AT")
    assert not card.covers(None)
    assert card.repeat_header == "Idempotency-Key"


@pytest.mark.parametrize("name", READY)
def test_ready_files_fit_the_schema_and_say_that_they_were_never_called(name: str) -> None:
    found = providers({}).find(name)
    jsonschema.validate(yaml.safe_load(found.text), schema())
    assert "never called for real" in found.text
    assert "The price\n# here is an example." in found.text
    assert found.provider.card.price.micros > 0


def test_the_file_of_the_page_is_right() -> None:
    page = (Path(__file__).parents[3] / "docs" / "providers.md").read_text()
    text = page.partition("```yaml\n")[2].partition("```")[0]
    file = read(text, "orbit.yaml")
    jsonschema.validate(yaml.safe_load(text), schema())
    assert file.provider == "orbit"


def test_the_schema_refuses_what_the_check_refuses() -> None:
    document = yaml.safe_load(LINES)
    jsonschema.validate(document, schema())
    for key, wrong in {"version": "none", "billing": "often", "key": "orbit", "extra": 1}.items():
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(document | {key: wrong}, schema())


def test_the_users_files_take_the_place_of_ready_ones(tmp_path: Path) -> None:
    folder = tmp_path / "providers"
    folder.mkdir()
    ready = providers({}).find("apollo").text
    (folder / "apollo.yaml").write_text(ready.replace("0.10 USD", "0.03 USD"))
    (folder / "orbit.yaml").write_text(LINES)
    (folder / "hunter.yaml").write_text("provider: hunter\n")
    (folder / "other.yaml").write_text(LINES)
    (folder / "latin.yaml").write_bytes(b"title: \xe9")
    (folder / "long.yaml").write_bytes(b"#" * 70_000)
    (folder / "folder.yaml").mkdir()

    found = stored_providers(tmp_path)

    assert list(found.described) == ["apollo", "orbit", "peopledatalabs"]
    assert found.find("apollo").provider.card.price == Price(30_000, "USD")
    assert sorted(found.broken) == ["folder", "hunter", "latin", "long", "other"]
    with pytest.raises(UsageError, match="describes the provider orbit"):
        found.find("other")
    # The ready file is not used in its place: its price is another one.
    with pytest.raises(UsageError, match=r"hunter\.yaml:1"):
        found.find("hunter")
    with pytest.raises(NotFoundError, match="there is no provider 'apolo'"):
        found.find("apolo")


def test_a_file_of_any_comments_has_one_hash() -> None:
    one = read(LINES, "a.yaml")
    assert one.content_hash() == read("# of today\n" + LINES, "b.yaml").content_hash()
    assert one.content_hash() != read(with_lines("0.05", "0.06"), "a.yaml").content_hash()
    assert KEY not in json.dumps(one.model_dump(mode="json"))
