"""Telephone, fax, e-mail, VAT and register numbers: the numbers of a company that a page states."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.facts import Scope
from tests.made_pages import found, values

DE, UK, COM = "https://acme.de/", "https://acme.co.uk/", "https://acme.com/"


@pytest.mark.parametrize(
    ("html", "url", "phones", "faxes"),
    [
        pytest.param(
            '<a href="tel:+49 (0)30-901820">Ruf an</a>',
            COM,
            ["+4930901820"],
            [],
            id="a link to dial",
        ),
        pytest.param(
            'Fax: <a href="tel:030901821">030 901821</a>',
            DE,
            [],
            ["+4930901821"],
            id="a link to dial behind the word fax",
        ),
        pytest.param(
            "Tel. 030 / 901820<br>Fax 030 / 901821",
            DE,
            ["+4930901820"],
            ["+4930901821"],
            id="labels on each line",
        ),
        pytest.param(
            "Tel: 020 7946 0018 Fax: 020 7946 0019",
            UK,
            ["+442079460018"],
            ["+442079460019"],
            id="labels on one line",
        ),
        pytest.param(
            "<td>Telefax<td>030 901821<tr><td>Telefon<td>030 901820",
            DE,
            ["+4930901820"],
            ["+4930901821"],
            id="labels in cells",
        ),
        pytest.param(
            "<dt>Fax</dt><dd>030 901821</dd>",
            DE,
            [],
            ["+4930901821"],
            id="a label on the line before",
        ),
        pytest.param(
            "Tel./Fax: 030 901820", DE, [], ["+4930901820"], id="one number for both is told as fax"
        ),
        pytest.param(
            "Call (212) 736-5000 or 1.800.232.2267",
            COM,
            ["+12127365000", "+18002322267"],
            [],
            id="North American shapes need no country",
        ),
        pytest.param("030 901820 (Fax)", DE, [], ["+4930901820"], id="a label behind"),
        pytest.param(
            "+43 1 5880020, +49 30 901820",
            COM,
            ["+4315880020", "+4930901820"],
            [],
            id="international numbers need no label",
        ),
        pytest.param(
            "Telefon: +49 (0) 30 901820", COM, ["+4930901820"], [], id="the nought in brackets"
        ),
        pytest.param(
            "HRB 901820 USt-ID 123456789 BLZ 100 500 00", DE, [], [], id="numbers of other things"
        ),
        pytest.param("IBAN: DE02 1203 0000 0000 2020 51", DE, [], [], id="a bank account"),
        pytest.param("01.02.2020 - 03.04.2021 and 2019/2020", DE, [], [], id="dates"),
        pytest.param(
            "Microsoft Office<br>(212) 736-5000",
            COM,
            ["+12127365000"],
            [],
            id="a word that begins like a label",
        ),
        pytest.param(
            "Mobil (Jo): 0171 3920000, Tel. (Vertrieb): 030 901820",
            DE,
            ["+4930901820"],
            [],
            id="a person's number",
        ),
        pytest.param("Tel. 12345", DE, [], [], id="too short to be a number of the country"),
        pytest.param(
            "© 2011 Acme | 212-736-5000", COM, ["+12127365000"], [], id="behind a copyright line"
        ),
        pytest.param(
            "Ring 030 901820", COM, [], [], id="a national number of nobody knows which country"
        ),
    ],
)
def test_telephone_and_fax(html: str, url: str, phones: list[str], faxes: list[str]) -> None:
    assert (values(found(html, "phone", url)), values(found(html, "fax", url))) == (phones, faxes)


def test_a_quote_holds_the_words_and_how_they_were_read() -> None:
    (one,) = found('<p>Zentrale Tel. <a href="tel:+4930901820">030 / 901820</a></p>', "phone", DE)
    assert (one.quote, one.method, one.confidence) == (
        "Zentrale Tel. 030 / 901820",
        "tel_link",
        0.95,
    )


@pytest.mark.parametrize(("count", "kept", "of_sites"), [(12, 12, 0), (13, 13, 1), (70, 60, 48)])
def test_many_numbers_are_those_of_sites(count: int, kept: int, of_sites: int) -> None:
    html = "".join(f"<p>Tel. 030 9018{number}" for number in range(20, 20 + count))
    facts = found(html, "phone", DE)
    assert len(facts) == kept
    assert [one.scope for one in facts].count(Scope.SITE) == of_sites


@pytest.mark.parametrize(
    ("html", "emails"),
    [
        pytest.param(
            '<a href="mailto:Info@Acme.example?subject=x">Mail</a>',
            ["info@acme.example"],
            id="a link",
        ),
        pytest.param(
            "info@acme.example, vertrieb@acme.example.",
            ["info@acme.example", "vertrieb@acme.example"],
            id="in the text",
        ),
        pytest.param(
            "info (at) acme (dot) example", ["info@acme.example"], id="written for people"
        ),
        pytest.param("info[at]acme.example", ["info@acme.example"], id="in square brackets"),
        pytest.param(
            "jo.bloggs@acme.example jo.bloggs@acme.example",
            [],
            id="a person is not kept",
        ),
        pytest.param("Meet us at acme.example", [], id="the word at"),
        pytest.param("a@b @acme x@.example", [], id="no addresses"),
        pytest.param(
            "info@partner.example info@acme.example",
            ["info@acme.example", "info@partner.example"],
            id="the site's own domain first",
        ),
    ],
)
def test_addresses_of_offices_are_kept_and_those_of_persons_are_not(
    html: str, emails: list[str]
) -> None:
    assert values(found(html, "email")) == emails


def test_addresses_of_persons_stand_in_no_quote() -> None:
    html = "<p>Contact jo.bloggs@acme.example, Tel. +44 20 7946 0018, info@acme.example"
    said = [one.quote for attribute in ("phone", "email") for one in found(html, attribute)]
    assert len(said) == 2
    assert not any("bloggs" in quote for quote in said)
    assert "info@acme.example" in said[1]


@pytest.mark.parametrize(
    ("text", "url", "vat"),
    [
        pytest.param("USt-IdNr.: DE 136 695 976", DE, ["DE136695976"], id="German"),
        pytest.param("USt-IdNr.: DE 136 695 977", DE, [], id="wrong check digit"),
        pytest.param("UID: ATU13585627", "https://acme.at/", ["ATU13585627"], id="Austrian"),
        pytest.param("CHE-100.155.212 MWST", "https://acme.ch/", ["CHE100155212"], id="Swiss"),
        pytest.param(
            "TVA intracommunautaire : FR 40 303 265 045",
            "https://acme.fr/",
            ["FR40303265045"],
            id="French",
        ),
        pytest.param(
            "P.IVA 00743110157",
            "https://acme.it/",
            ["IT00743110157"],
            id="Italian without its prefix",
        ),
        pytest.param("BTW NL004495445B01", "https://acme.nl/", ["NL004495445B01"], id="Dutch"),
        pytest.param(
            "VAT Reg No: 980 7806 84", UK, ["GB980780684"], id="British without its prefix"
        ),
        pytest.param(
            "CIF: B58378431", "https://acme.es/", ["ESB58378431"], id="Spanish without its prefix"
        ),
        pytest.param(
            "BTW BE 0403.170.701", "https://acme.be/", ["BE0403170701"], id="Belgian with dots"
        ),
        pytest.param(
            "NIP: 526-10-40-567",
            "https://acme.pl/",
            ["PL5261040567"],
            id="Polish without its prefix",
        ),
        pytest.param("DIČ: CZ25123891", "https://acme.cz/", ["CZ25123891"], id="Czech"),
        pytest.param("Order 136695976", DE, [], id="digits that nothing says are a VAT number"),
        pytest.param(
            "DE136695976 FR40303265045 ATU13585627 NL004495445B01",
            COM,
            [],
            id="a page of many numbers is a list of others",
        ),
    ],
)
def test_vat_numbers_count_only_where_their_check_digits_are_right(
    text: str, url: str, vat: list[str]
) -> None:
    assert values(found(text, "vat_id", url, "imprint" if len(vat) else "other")) == vat


@pytest.mark.parametrize(
    ("text", "url", "number"),
    [
        pytest.param(
            "Amtsgericht München, HRB 42243", DE, ["München HRB 42243"], id="German with its court"
        ),
        pytest.param(
            "Registergericht: Amtsgericht Charlottenburg<br>Registernummer: HRB 123456 B",
            DE,
            ["Berlin (Charlottenburg) HRB 123456"],
            id="the letter of Berlin",
        ),
        pytest.param("HRB Nr. 4.321", DE, ["HRB 4321"], id="German without a court"),
        pytest.param(
            "Registered in England and Wales No. 1234567",
            UK,
            ["01234567"],
            id="British, filled up to eight",
        ),
        pytest.param("Company number: SC123456", UK, ["SC123456"], id="Scottish"),
        pytest.param(
            "RCS Paris B 552 100 554", "https://acme.fr/", ["552100554"], id="French court register"
        ),
        pytest.param(
            "SIRET 552 100 554 00013",
            "https://acme.fr/",
            ["552100554"],
            id="a French site, of which the company is kept",
        ),
        pytest.param("SIREN 552 100 555", "https://acme.fr/", [], id="wrong check digit"),
        pytest.param("FN 123456 a", "https://acme.at/", ["123456A"], id="Austrian"),
        pytest.param("KvK-nummer 12345678", "https://acme.nl/", ["12345678"], id="Dutch"),
        pytest.param("Org.nr: 556703-7485", "https://acme.se/", ["556703-7485"], id="Swedish"),
        pytest.param("CVR-nr. 13 58 56 28", "https://acme.dk/", ["13585628"], id="Danish"),
        pytest.param("REA MI-1234567", "https://acme.it/", ["MI-1234567"], id="Italian"),
        pytest.param(
            "KRS 0000123456", "https://acme.pl/", ["0000123456"], id="Polish, noughts kept"
        ),
        pytest.param("Our order number 1234567", UK, [], id="a number of something else"),
    ],
)
def test_register_numbers(text: str, url: str, number: list[str]) -> None:
    assert values(found(f"<p>{text}</p>", "register_number", url, "imprint")) == number


def test_a_legal_entity_identifier() -> None:
    assert values(found("LEI: 529900T8BM49AURSDO55", "lei")) == ["529900T8BM49AURSDO55"]
    assert values(found("LEI: 529900T8BM49AURSDO56", "lei")) == []


@given(st.text(alphabet="0123456789 +()-./:TelFaxDEUSt HRB@aou\n\t", max_size=120))
def test_any_mixture_of_digits_and_labels_is_read(text: str) -> None:
    for attribute in ("phone", "fax", "email", "vat_id", "register_number"):
        assert all(
            one.value and len(one.quote) <= 500 for one in found(text, attribute, DE, "imprint")
        )


@pytest.mark.parametrize(
    ("line", "url", "numbers"),
    [
        ("Mobile: 07700 900161 / 07700 900153", "https://acme.co.uk/",
         ["+447700900161", "+447700900153"]),
        ("General Enquiries: 0808 157 0622 - 0808 157 0043", "https://acme.co.uk/",
         ["+448081570622", "+448081570043"]),
        ("Tél. : 01 99 00 12 34 / 06 39 98 12 34", "https://acme.fr/",
         ["+33199001234", "+33639981234"]),
        ("Tel. 030 23125012 - 0171 3920012", "https://acme.de/", ["+493023125012", "+491713920012"]),
        ("Tel. +39 06 12345678 +39 06 12345679", "https://acme.it/",
         ["+390612345678", "+390612345679"]),
        ("Teléfonos: 943 600 000 / 943 600 001", "https://acme.es/",
         ["+34943600000", "+34943600001"]),
        ("tel. 22 512 12 34, 22 512 12 35", "https://acme.pl/", ["+48225121234", "+48225121235"]),
        ("Tel: 020-123 45 67 / 06-12345678", "https://acme.nl/", ["+31201234567", "+31612345678"]),
        ("Phone: 020 915 1234 / 01 632 9601", "https://acme.ie/", ["+353209151234", "+35316329601"]),
    ],
)  # fmt: skip
def test_several_numbers_in_one_line(line: str, url: str, numbers: list[str]) -> None:
    assert values(found(f"<p>{line}", "phone", url, "contact")) == numbers
