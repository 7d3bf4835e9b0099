"""Columns that tell of persons are found and dropped; a company's own are not taken for them."""

import csv
import io

import pytest

from intake.columns import recognise
from intake.mapping import ColumnMapping
from intake.personal import without_persons


def mapped(text: str) -> tuple[ColumnMapping, tuple[str, ...]]:
    """The mapping of a CSV given as text, and its first row without persons."""
    header, *rows = csv.reader(io.StringIO(text))
    mapping = recognise(header, [tuple(row) for row in rows], {})
    return mapping, without_persons(tuple(rows[0]), mapping)


def test_an_export_of_contacts_keeps_only_the_company() -> None:
    row = {
        "First Name": "Jo",
        "Last Name": "Doe",
        "Title": "CTO",
        "Company": "Acme Inc",
        "Email": "jo@acme.example",
        "Seniority": "C suite",
        "Contact Owner": "Ann",
        "Work Direct Phone": "+14155552671",
        "Corporate Phone": "+14155552671",
        "# Employees": "120",
        "Person Linkedin Url": "https://linkedin.com/in/jo",
        "Website": "https://acme.example",
        "Company Linkedin Url": "https://linkedin.com/company/acme",
        "City": "Austin",
        "State": "Texas",
        "Country": "United States",
        "Company Address": "1 Main St",
        "Company City": "Boston",
        "Company Country": "United States",
        "Company State": "Massachusetts",
        "Contact Id": "7",
    }
    mapping = recognise(tuple(row), [tuple(row.values())], {})
    kept = dict(zip(row, without_persons(tuple(row.values()), mapping), strict=True))
    dropped = (
        "First Name/Last Name/Title/Seniority/Contact Owner/Work Direct Phone/Person Linkedin"
        " Url/City/State/Country/Contact Id"
    )
    assert "/".join(column.header for column in mapping.columns if column.personal) == dropped
    assert [header for header, cell in kept.items() if not cell] == [
        *dropped.split("/")[:3],
        "Email",
        *dropped.split("/")[3:],
    ]
    assert all(kept[header] in ("", cell) for header, cell in row.items())


@pytest.mark.parametrize(
    ("remark", "text", "personal"),
    [
        (
            "a bare phone in a list of people is the person's",
            "First name,Company,Phone\nJo,Acme,1\nAl,Beta,2",
            "First name/Phone",
        ),
        (
            "elsewhere it is the company's",
            "Company,Contact person,Phone\nAcme,Jo Doe,+49 30 901820",
            "Contact person",
        ),
        (
            "a place without the company's beside it",
            "First name,Company,City\nJo,Acme,Rome\nAl,Beta,Bonn",
            "First name",
        ),
        ("a name beside a company", "Name,Company\nJo Doe,Acme Inc\nAl Bee,Beta Ltd", "Name"),
        ("a short name beside a company", "Name,Company\nAcme,Acme Inc\nBeta,Beta Ltd", ""),
        ("two names of companies", "Name,Company\nAcme Holding AG,Acme Inc\nBee Ltd,Beta Ltd", ""),
        ("a title of a list of companies", "Title,City\nAcme,Rome\nBeta,Bonn", ""),
        ("an officer", "Firma,Geschäftsführer\nAcme GmbH,Jo Doe", "Geschäftsführer"),
        ("what is said of an officer", "Company,CEO approval,former_names\nAcme,87%,Old Acme", ""),
        (
            "contacts of HubSpot",
            "Company,Associated Contact\nAcme,Jo Doe (jo@acme.example)",
            "Associated Contact",
        ),
        ("a contact of HubSpot", "Company,Associated Contact\nAcme,Jo Doe", "Associated Contact"),
        (
            "the user's own people, with their addresses",
            "Company,Contact owner,Assigned to\nAcme,ann@agency.example,bob@agency.example",
            "Contact owner/Assigned to",
        ),
        (
            "a name and a phone number in one cell",
            "Firma,Ansprechpartner\nAcme,Hans Erfunden +49 171 1234567\nBeta,Eva 0172 7654321",
            "Ansprechpartner",
        ),
        (
            "numbered columns of contacts",
            "Company,contact_2_full_name,POC 1\nAcme,Jo Doe,Al Bee",
            "contact_2_full_name/POC 1",
        ),
        (
            "how to reach an officer",
            "Company,CEO email,Founder LinkedIn URL,Owner phone\nAcme,jo@acme.example,x,1",
            "CEO email/Founder LinkedIn URL/Owner phone",
        ),
        (
            "a job beside a person's name",
            "Name,Company,Title\nJo Doe,Acme Inc,Head of IT\nAl Bee,Beta Ltd,Buyer",
            "Name/Title",
        ),
        (
            "a contact in sales, and a contact's mobile",
            "Firma,Ansprechpartner im Vertrieb,Móvil contacto\nAcme,Jo Doe,+34 600 000 000",
            "Ansprechpartner im Vertrieb/Móvil contacto",
        ),
        (
            "no persons",
            "Company,Management software,Board seats,Mobile app\nAcme,ERP,3,yes",
            "",
        ),
        ("how many directors", "Company,Directors\nAcme,3\nBeta,5", ""),
        (
            "a profile may be the company's",
            "Company,LinkedIn profile\nAcme,https://www.linkedin.com/company/acme",
            "",
        ),
        ("a company's tax code", "Azienda,Codice Fiscale\nAcme,01234567890", ""),
        ("a person's tax code", "Azienda,Codice Fiscale\nAcme,NVNGNN80A01H501X", "Codice Fiscale"),
        (
            "a German list",
            "Firma,Anrede,Vorname,Nachname,Geburtsdatum,Ort\nAcme,Herr,Jo,Doe,1.1.1990,Bonn",
            "Anrede/Vorname/Nachname/Geburtsdatum",
        ),
    ],
)
def test_personal_columns(remark: str, text: str, personal: str) -> None:
    mapping, _ = mapped(text)
    assert "/".join(column.header for column in mapping.columns if column.personal) == personal, (
        remark
    )


def test_pages_and_tax_codes_of_persons_are_dropped_cell_by_cell() -> None:
    mapping, _ = mapped(
        "name,linkedin,codice fiscale\n"
        "A,linkedin.com/company/a,01234567890\nB,linkedin.com/company/b,01234567891"
    )
    row = ("Acme", "https://linkedin.com/in/jo; linkedin.com/company/acme", "NVNGNN80A01H501X")
    assert without_persons(row, mapping) == ("Acme", "linkedin.com/company/acme", "")


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("info@acme.example", "info@acme.example"),
        ("jo.doe@acme.example", ""),
        ("Jo Doe <jo.doe@acme.example>", ""),
        ("jo@acme.example; sales@acme.example, jo@webmail.example", "sales@acme.example"),
        ("INFO@ACME.EXAMPLE", "info@acme.example"),
        ("none", "none"),
    ],
)
def test_addresses_of_persons_are_dropped_cell_by_cell(cell: str, kept: str) -> None:
    mapping, _ = mapped("name,email\nA,info@a.example\nB,jo@b.example")
    assert without_persons(("Acme", cell), mapping) == ("Acme", kept)
