"""The normal forms by which a suppressed company is met again."""

import hmac
import json

import pytest

from leads.errors import UsageError
from outreach.entries import guess_kind, keys_of_request, keys_of_text
from outreach.keys import Key, KnownAs, digest, keys_of, squashed_core
from outreach.run.known_as import value_of
from outreach.spellings import Spellings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            "Nordwind Maschinenbau GmbH", "nordwind-maschinenbau", id="legal form and hyphen"
        ),
        pytest.param(
            "NORDWIND MASCHINENBAU",
            "Nordwind Maschinenbau Gesellschaft mbH",
            id="case and spelled-out form",
        ),
        pytest.param("Müller & Söhne AG", "Mueller und Soehne", id="umlauts and the ampersand"),
        pytest.param("Blue Yonder", "BlueYonder Inc.", id="written in one word"),
        pytest.param("Maschinenbau Nordwind", "Nordwind Maschinenbau", id="words in another order"),
        pytest.param("ООО Ромашка", "Romashka", id="another script"),
    ],
)
def test_spellings_of_one_name_share_a_form(one: str, other: str) -> None:
    assert set(keys_of(KnownAs(names=(one,)))) & set(keys_of(KnownAs(names=(other,))))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Royal Bank", "Royal Mail"),
        ("Nordwind Maschinenbau", "Nordwind Reisen"),
        ("Fund II", "Fund III"),
    ],
)
def test_other_names_do_not(one: str, other: str) -> None:
    assert not set(keys_of(KnownAs(names=(one,)))) & set(keys_of(KnownAs(names=(other,))))


def test_a_misspelling_of_a_long_name_is_met_and_a_short_one_is_not() -> None:
    spellings = Spellings(["nordwindmaschinenbau", "pulse"])
    assert spellings.near(squashed_core("Nordwind Maschinnenbau GmbH")) == "nordwindmaschinenbau"
    assert spellings.near(squashed_core("Pulsa")) is None
    assert spellings.near(squashed_core("Nordwind Reisen")) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("info@acme.example", "email"),
        ("acme.example", "domain"),
        ("https://www.acme.example/x", "domain"),
        ("+49 30 12345678", "phone"),
        ("Acme GmbH", "company"),
        ("Acme Inc.", "company"),
        ("30 West", "company"),
        ("1. FC Zeta", "company"),
        ("3) zeta.example", "domain"),
    ],
)
def test_what_a_text_means(text: str, kind: str) -> None:
    assert guess_kind(text) == kind


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("domain", "gmail.com"),
        ("domain", "not a domain"),
        ("email", "nobody"),
        ("phone", "call me"),
        ("company", "…"),
        ("fax", "1"),
    ],
)
def test_what_cannot_be_suppressed_is_refused(kind: str, text: str) -> None:
    with pytest.raises(UsageError):
        keys_of_request(kind, text)


@pytest.mark.parametrize(
    "text", ["HRB 4711", "DE123456789", "CVR-nr. 12345678", "zeta,de", "zeta. com", "n/a", "+49"]
)
def test_an_entry_that_names_nobody_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        keys_of_text(text)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("info(at)zeta.example", Key("email", "info@zeta.example")),
        ("kim [at] zeta [dot] example", Key("email", "kim@zeta.example")),
        ("@zeta.example", Key("domain", "zeta.example")),
        ("*@zeta.example", Key("domain", "zeta.example")),
        ("4. Zeta GmbH", Key("company", "zeta")),
        ("Zeta GmbH, Bonn", Key("company", "zeta")),
        ("Zeta SARL - Lyon", Key("company", "zeta")),
    ],
)
def test_an_entry_is_read_without_what_stands_around_it(text: str, key: Key) -> None:
    assert key in keys_of_text(text)[1]


def test_hosts_that_belong_to_everybody_are_no_key_of_a_company() -> None:
    assert keys_of(KnownAs(domains=("gmail.com", "acme.example"))) == (
        Key("domain", "acme.example"),
    )


def test_the_digest_is_the_keyed_hash_of_kind_and_form() -> None:
    wanted = hmac.digest(b"one", b"domain\0acme.example", "sha256").hex()
    for _ in range(2):
        assert digest(Key("domain", "acme.example"), b"one") == wanted


def test_the_digest_needs_the_secret_and_tells_kinds_apart() -> None:
    keys = [Key("domain", "acme.example"), Key("company", "acme.example")]
    assert len({digest(key, secret) for key in keys for secret in (b"one", b"two")}) == 4


@pytest.mark.parametrize(
    ("name", "suppressed", "same"),
    [
        ("Nordwind Maschinenbauu", "Nordwind Maschinenbau", True),
        # A number tells companies apart.
        ("Autohaus Nord 24", "Autohaus Nord 21", False),
        ("Register Firma 8 Umlaut", "Register Firma 6 Umlaut", False),
    ],
)
def test_another_number_is_another_name(name: str, suppressed: str, same: bool) -> None:
    near = Spellings([squashed_core(suppressed)]).near(squashed_core(name))
    assert (near is not None) is same


@pytest.mark.parametrize("value", ["", '"', "a\\b", 'say "hi"', "Å 日本", "a\nb", 7, True, "7"])
@pytest.mark.parametrize("plain", [True, False])
def test_the_value_of_a_stored_fact_is_its_text(value: object, plain: bool) -> None:
    document = json.dumps(value, ensure_ascii=plain)
    said = ("name", document, "list", "stated", "company", 1.0, "2026-03-01", None)
    assert value_of(("", "", said)) == str(value)
