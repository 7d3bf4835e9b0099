"""Texts that name no single company are refused with a way out; names that look like them are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.errors import UsageError
from leads.lexicon.names.company_names import parse_name
from outreach.entries import keys_of_text
from outreach.too_general import is_legal_form


@pytest.mark.parametrize(
    ("text", "what"),
    [
        *((one, "a legal form") for one in ("GmbH", "Inc.", "S.p.A.", "GmbH & Co. KG", "Pty Ltd")),
        *((one, "a legal form") for one in ("株式会社", "ООО", "Sp. z o.o.", "e.V.", "Company")),
        ("Société par actions simplifiée", "a legal form"),
        *((one, "only a number") for one in ("12", "00000", "+49", "360")),
        *((one, "a single letter") for one in ("a", "X", "Ö", "株", "A.")),
        *((one, "a country") for one in ("Germany", "France", "España", "日本", "USA", "DE")),
        *(
            (one, "the ending of many domains")
            for one in ("com", ".com", "co.uk", "*.de", "com.au")
        ),
        *((one, "many companies' names") for one in ("Holding", "The Group", "International")),
        *(
            (one, "names no company")
            for one in ("n/a", "NULL", "unknown", "test", "do not contact")
        ),
        *((one, "not a valid company") for one in ("...", '"..."', "-", "")),
        *((one, "shared by many companies") for one in ("gmail.com", "https://web.de", "qq.com")),
        ("https://gitlab.com/acme", "shared by many companies"),
        *((one, "a date") for one in ("2027-01-31", "31.12.2026")),
        ("192.168.0.1", "an IP address"),
    ],
)
def test_a_text_that_names_no_single_company_is_refused(text: str, what: str) -> None:
    with pytest.raises(UsageError) as refused:
        keys_of_text(text)
    assert what in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize(
    "text",
    [
        *("X GmbH", "O2", "3M", "IBM", "BP", "1&1 AG", "30 West", "7-Eleven", "A1 Telekom"),
        *("Deutschland GmbH", "Germany Trade & Invest", "Bank of Georgia", "Jordan Bros"),
        *("The Body Shop", "Global Group AG", "SAS Institute", "NV Energy", "Limited Brands"),
        *("Company of Heroes", "Yes Bank", "Null Bock GmbH", "Société Générale", "BMW"),
        *("株式会社トヨタ", "ООО Ромашка", "monday.com", "acme.co.uk", "acme.myshopify.com"),
    ],
)
def test_a_name_that_holds_such_a_word_is_taken(text: str) -> None:
    assert keys_of_text(text)[1]


def test_everybody_at_a_domain_is_the_domain() -> None:
    kind, keys = keys_of_text("@acme.example")
    assert kind == "domain"
    assert "acme.example" in {key.form for key in keys}


def test_a_long_entry_is_refused_at_once() -> None:
    with pytest.raises(UsageError) as refused:
        keys_of_text("acme" + " " * 100_000 + "(at) example")
    assert "has 100,016 characters, at most 500" in refused.value.message


def test_a_company_may_be_called_by_a_number_when_it_is_said_to_be_one() -> None:
    assert keys_of_text("360", "company")[0] == "company"
    with pytest.raises(UsageError):
        keys_of_text("GmbH", "company")


_FORMS = ("GmbH", "SPA", "S.p.A.", "Pty Ltd", "GmbH & Co. KG", "société anonyme", "Company", "PT")
_BESIDE = ("Alder", "Müller", "and", "The", "a", "B.", "24", "(UK)", "formerly", "t/a", "-", "&")


@given(st.lists(st.sampled_from([*_FORMS, *_BESIDE]), min_size=1, max_size=4), st.booleans())
def test_a_legal_form_is_what_leaves_nothing_beside_a_name(words: list[str], loud: bool) -> None:
    text = " ".join(words).upper() if loud else " ".join(words)
    left = {parse_name(f"Vexqua {text}").core, parse_name(f"{text} Vexqua").core}
    has_letters = any(map(str.isalnum, text))

    assert is_legal_form(text) == (has_letters and "vexqua" in left)
