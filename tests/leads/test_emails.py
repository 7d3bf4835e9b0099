"""Addresses are compared in one spelling; an office's is told from a person's, in doubt a person's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.lexicon.emails import parse_email

# text, address
ADDRESSES = [
    ("info@acme.example", "info@acme.example"),
    (" Info@ACME.Example ", "info@acme.example"),
    ("mailto:info@acme.example?subject=x&body=y", "info@acme.example"),
    ("Acme Sales <sales@acme.example>", "sales@acme.example"),
    ("info@acme.example; sales@acme.example", "info@acme.example"),
    ("'pat.o'neil@acme.example'", "pat.o'neil@acme.example"),
    ("info@mail.acme.co.uk", "info@mail.acme.co.uk"),
    ("kontakt@müller.example", "kontakt@xn--mller-kva.example"),
    ("in\u200bfo@acme.example", "info@acme.example"),
    ("ｉｎｆｏ＠acme.example", "info@acme.example"),
    ("a+b@acme.example", "a+b@acme.example"),
    ("info@acme.example.", "info@acme.example"),
]

NOT_ADDRESSES = [
    "",
    "n/a",
    "acme.example",
    "info@",
    "@acme.example",
    "info@acme",
    "info@localhost",
    "info@10.0.0.1",
    "info@co.uk",
    "a..b@acme.example",
    "info @ acme.example",
    f"{'a' * 65}@acme.example",
    "info@-.example",
    "@" * 1000,
]

# local part, whether an office's
ROLES = [
    ("info", True),
    ("kontakt", True),
    ("büro", True),
    ("sales.de", True),
    ("uk-sales", True),
    ("support2", True),
    ("no-reply", True),
    ("customer-service", True),
    ("vertrieb_at", True),
    ("hr", True),
    ("jan.muster", False),
    ("jo.hr", False),  # Jo at least as often as the personnel office of Jordan
    ("al.it", False),
    ("karl.post", False),
    ("ola", False),  # a greeting in Portuguese, a first name in Norway
    ("sales.muster", False),
    ("de", False),
    ("x", False),
    ("12345", False),
]


@pytest.mark.parametrize(("text", "address"), ADDRESSES)
def test_the_first_address_is_read(text: str, address: str) -> None:
    email = parse_email(text)
    assert email is not None
    assert email.address == address
    assert f"{email.local}@{email.domain}" == address


@pytest.mark.parametrize("text", NOT_ADDRESSES)
def test_what_is_no_address_is_none(text: str) -> None:
    assert parse_email(text) is None


@pytest.mark.parametrize(("local", "is_role"), ROLES)
def test_an_office_is_told_from_a_person(local: str, is_role: bool) -> None:
    email = parse_email(f"{local}@acme.example")
    assert email is not None
    assert email.is_role is is_role


@given(st.one_of(st.text(max_size=80), st.emails()))
def test_any_text_is_answered_and_an_address_stays_what_it_is(text: str) -> None:
    email = parse_email(text)
    assert email is None or parse_email(email.address) == email
