"""Numbers and addresses that share a line, a label or an element with something else."""

import pytest

from tests.made_pages import found, values

UK, US, DE = "https://a-made-up.co.uk/contact", "https://amadeup.com/contact", "https://made-up.de/"


def numbers(html: str, url: str) -> tuple[list[str], list[str]]:
    return values(found(html, "phone", url, "contact")), values(found(html, "fax", url, "contact"))


@pytest.mark.parametrize(
    ("html", "url", "phones", "faxes"),
    [
        ("Fax Number:<br>(303) 555-0143", US, [], ["+13035550143"]),
        ("Phone Number: (303) 555-0142", US, ["+13035550142"], []),
        ("Toll free number 1-800-555-0199", US, ["+18005550199"], []),
        ("Fax number (EU): +49 30 901821", US, [], ["+4930901821"]),
        ("Fax no. 030 901821", DE, [], ["+4930901821"]),
        ("Telefax-Nr.: 030 901821", DE, [], ["+4930901821"]),
        ("Telefonnummer 030 901820", DE, ["+4930901820"], []),
        ("Company number: 0309018201", DE, [], []),
        ("Nr. 030 901820", DE, [], []),
    ],
)
def test_number_behind_a_label_belongs_to_it(
    html: str, url: str, phones: list[str], faxes: list[str]
) -> None:
    assert numbers(f"<p>{html}</p>", url) == (phones, faxes)


@pytest.mark.parametrize(
    ("html", "url", "phones"),
    [
        ("Call: 0808 157 0622 - 0808 157 0043", UK, ["+448081570622", "+448081570043"]),
        ("Tel: 020 7946 0018 / 0161 496 0018", UK, ["+442079460018", "+441614960018"]),
        ("Tel. 030 901820 / 040 901820", DE, ["+4930901820", "+4940901820"]),
        ("Tel. +49 30 901820 +49 40 901820", DE, ["+4930901820", "+4940901820"]),
        ("Tel. 030 / 901820", DE, ["+4930901820"]),
        ("Tel. 030 901820-0", DE, ["+49309018200"]),
        ("Phone: (303) 555-0142 / (303) 555-0144", US, ["+13035550142", "+13035550144"]),
        ("Tel. 2010-2014 / 2015-2019", DE, []),
    ],
)
def test_two_numbers_in_one_line(html: str, url: str, phones: list[str]) -> None:
    assert numbers(f"<p>{html}</p>", url)[0] == phones


@pytest.mark.parametrize(
    ("html", "emails"),
    [
        ("<a href='x'><span>info@made-up.de</span><span>Svar inom 24 timmar</span></a>", 1),
        ("<div><span>030 901820</span><span>info@made-up.de</span><span>Tel</span></div>", 1),
        ("<b>E-Mail:info@made-up.de</b><i>Telefon</i>", 1),
        ("<a href='mailto://info@made-up.de'>mail</a>", 1),
        ("<a href='mailto:mailto:info@made-up.de'>mail</a>", 1),
        ("<a href='mailto:%20info@made-up.de?subject=x'>mail</a>", 1),
        ("Tel. 030901820info@made-up.de", 1),
        ("info<span>@</span>made-up.de", 1),
        ("Call us", 0),
    ],
)
def test_an_address_ends_with_its_element(html: str, emails: int) -> None:
    assert values(found(html, "email", DE, "contact")) == ["info@made-up.de"] * emails


@pytest.mark.parametrize(
    "html",
    [
        "We are engineers that have been active in the field since 2017.",
        "Wir sind seit 2011 in Asien aktiv.",
        "Nous sommes actifs en Europe depuis 2009.",
        "Siamo attivi nel mercato dal 2005.",
        "We are fans of the open web since 1999.",
    ],
)
def test_active_since_is_no_founding(html: str) -> None:
    assert found(f"<p>{html}</p>", "founded", DE, "about") == []


@pytest.mark.parametrize(
    "html", ["Our family business since 1920", "Seit 1987 fertigt unser Unternehmen Ventile"]
)
def test_since_the_founding_still_is(html: str) -> None:
    assert len(found(f"<p>{html}</p>", "founded", DE, "about")) == 1
