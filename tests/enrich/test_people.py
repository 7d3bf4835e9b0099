"""Persons and mailboxes of roles on a company's own pages, and what only looks like one."""

import pytest

from enrich.people import find_people, together
from enrich.person_names import agrees, person_name
from tests.made_pages import document

Found = tuple[str | None, str, str | None, str | None]
DATA = '<script type="application/ld+json">{{"@type": "Person", "name": "Kim Doe"{}}}</script>'


def people(html: str, kind: str = "imprint") -> list[Found]:
    """Name, role, address and number of each contact of a page."""
    found = together(find_people(document(html, kind=kind)))
    return [(one.name, one.role, one.email, one.phone) for one in found]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (
            "<p>Geschäftsführer: Dr. Kim Doe, Erika Muster-Mann</p><p>Amtsgericht Ulm HRB 1</p>",
            [
                ("Kim Doe", "managing director", None, None),
                ("Erika Muster-Mann", "managing director", None, None),
            ],
        ),
        (
            "<p>Vertreten durch:</p><p>Jörn von Ås und K. Doe</p>",
            [
                ("Jörn von Ås", "managing director", None, None),
                ("K. Doe", "managing director", None, None),
            ],
        ),
        (
            "<p>Geschäftsführer: Kim Doe, Amtsgericht Ulm</p>",
            [("Kim Doe", "managing director", None, None)],
        ),
        (
            "<p>Directeur de la publication : Jean DUPONT</p>",
            [("Jean DUPONT", "publisher", None, None)],
        ),
        ("<p>Inhaberin: Ana Pérez</p>", [("Ana Pérez", "owner", None, None)]),
        ("<p>Geschäftsführer: Acme Holding GmbH</p>", []),
        ("<p>Geschäftsführung und Leitung</p><p>Unser Team</p>", []),
        (
            "<p>Vertrieb: <a href='mailto:vertrieb@acme.example'>x</a> info@acme.example</p>",
            [(None, "vertrieb", "vertrieb@acme.example", None)],
        ),
        ("<p>vertrieb@other.example</p><p>Kim Doe</p><p>kim.doe@other.example</p>", []),
        (
            DATA.format(', "jobTitle": "Buyer", "email": "mailto:kim.doe@acme.example"'),
            [("Kim Doe", "Buyer", "kim.doe@acme.example", None)],
        ),
        (DATA.format(""), []),
    ],
)
def test_an_imprint_names_who_is_responsible(html: str, found: list[Found]) -> None:
    assert people(html) == found


def test_a_team_page_gives_name_role_address_and_number() -> None:
    html = (
        "<html lang='de'><h3>Kim Doe</h3><p>Leiterin Einkauf</p><p>Tel. +49 30 901820</p>"
        "<p><a href='mailto:k.doe@acme.example'>k.doe@acme.example</a></p>"
        "<h3>Max Muster</h3><p>ruft zurück</p>"
    )
    assert people(html, kind="about") == [
        ("Kim Doe", "Leiterin Einkauf", "k.doe@acme.example", "+4930901820")
    ]
    assert people(html, kind="home") == []


def test_a_person_on_two_pages_is_one_contact() -> None:
    imprint = document("<p>Geschäftsführer: Doe Kim</p>", kind="imprint")
    team = document("<h3>Kim Doe</h3><p>kim.doe@acme.example</p>", kind="about")
    (one,) = together([*find_people(imprint), *find_people(team)])
    assert (one.role, one.email) == ("managing director", "kim.doe@acme.example")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Prof. Dr.-Ing. Kim Doe, MBA", "Kim Doe"),
        ("Frau Ana María de la Cruz", "Ana María de la Cruz"),
        ("Herr O’Neill Sean", "O’Neill Sean"),
        ("Seán O'Brien", "Seán O'Brien"),
        ("KIM DOE", None),
        ("kim doe", None),
        ("Kim", None),
        ("Kim 2 Doe", None),
        ("Amtsgericht Ulm", None),
        ("Acme Limited", None),
        ("Amtsgerichts Ulm", None),
        ("Kim D.", None),
        ("A" * 80 + " Doe", None),
        ("", None),
    ],
)
def test_a_name_is_told_from_other_words(text: str, name: str | None) -> None:
    assert person_name(text) == name


@pytest.mark.parametrize(
    ("local", "is_hers"),
    [("kim.doe", True), ("k.doe", True), ("doe", True), ("kdoe", True), ("doe_kim", True),
     ("kim", True), ("jo.doe", False), ("info", False), ("", False), ("...", False)],
)  # fmt: skip
def test_an_address_agrees_with_a_name(local: str, is_hers: bool) -> None:
    assert agrees(local, "Kim von Doe") is is_hers
