"""Columns are recognised by name in ten languages, and their units, currencies and years are taken
along.
"""

import pytest

from intake.column_names import is_column_name, read_name
from intake.vocabulary import key_of, vocabulary

FIELDS = {
    "name": (
        """
        Company | company_name | CompanyName | COMPANY NAME | Exhibitor | Firma | Unternehmen | Aussteller |
        Entreprise | Raison sociale | Razón social | Empresa | Ragione sociale | Azienda | Bedrijfsnaam | Bedrijf |
        Razão social | Nazwa firmy | Företagsnamn | Virksomhedsnavn | Firma / Company | Name der Firma | name_a
    """  # noqa: E501
    ),
    "alias": "Also known as | CurrentName | Kurzbezeichnung | Autres noms | otherNames.0.name",
    "former_name": (
        """
        former_names | Formerly | Früherer Name | Ancien nom | Nombre anterior | PreviousName_1.CompanyName |
        formerNames.name | previous_names[0].name
    """  # noqa: E501
    ),
    "domain": "Domain | Company Domain Name | Nom de domaine",
    "website": (
        """
        Website | Website URL | url | Homepage | Web | Internet | Sito web | Site internet | Página web | Strona www |
        Hemsida | Hjemmeside | Company Website
    """  # noqa: E501
    ),
    "employees": (
        """
        # Employees | Number of Employees | numberofemployees | EmployerSize | size_text | Team size | Headcount |
        Mitarbeiter | Mitarbeiterzahl | Anzahl der Mitarbeiter | Beschäftigte | Beschaeftigte | Effectif | Empleados |
        Dipendenti | Medewerkers | Funcionários | Zatrudnienie | Antal anställda | Ansatte
    """  # noqa: E501
    ),
    "turnover": (
        """
        Annual Revenue | AnnualRevenue | Turnover | Umsatz | Gesamtumsatz | Chiffre d'affaires | CA | Facturación |
        Fatturato | Omzet | Volume de negócios | Przychody | Omsättning | Omsætning
    """  # noqa: E501
    ),
    "industry": (
        """
        Industry | Sector | SIC Code | SICCode.SicText_1 | SicCodes | NAICS | NACE Rev. 2 | Branche | WZ 2008 | Code
        NAF | Code APE | ATECO | CNAE | SBI-code | PKD | SNI | GICS Sub-Industry | Settore | Secteur d'activité
    """  # noqa: E501
    ),
    "country": (
        """
        Country | RegAddress.Country | BillingCountry | Company Country | Country/Region | Land | Pays | País | Paese
        | Kraj | Landcode
    """  # noqa: E501
    ),
    "region": "State | State/Region | County | Bundesland | Provincia | Województwo | Län",
    "city": (
        "City | RegAddress.PostTown | Ort | Stadt | Ville | Ciudad | Città | Plaats | Cidade |"
        " Miasto | Company City"
    ),
    "postcode": (
        """
        Postcode | RegAddress.PostCode | zip | ZIP Code | BillingPostalCode | PLZ | Postleitzahl | Code postal | CAP |
        Kod pocztowy | Postnummer
    """  # noqa: E501
    ),
    "postcode_city": "PLZ/Ort | PLZ Ort | Postnr./by",
    "street": (
        """
        Street | Address | RegAddress.AddressLine1 | Straße | Strasse | Straße, Nr. | Adresse | Indirizzo | Calle |
        Ulica
    """  # noqa: E501
    ),
    "location": "Location | Headquarters Location | Hauptsitz | Siège social | Sede",
    "sites": (
        "locations | all_locations | offices_text | Standorte | Anzahl Praxen | # sites | No. of"
        " practices"
    ),
    "phone": (
        """
        Phone | Tel. | Telephone number | Telefon 1 | Telefonnummer | Téléphone | Teléfono | Corporate Phone | Contact
        phone | Contact Phone Number
    """  # noqa: E501
    ),
    "email": (
        "Email | E-Mail | e-mail address | contact_email | E-Mail-Adresse 2 | Courriel | Correo"
        " electrónico"
    ),
    "register_number": (
        """
        CompanyNumber | Company No. | HRB-Nr. | Handelsregisternummer | SIREN | N° SIRET | KvK-nummer | CVR-nr. |
        Org.nr | KRS
    """  # noqa: E501
    ),
    "vat_id": "VAT | VAT No. | USt-IdNr. | Partita IVA | P.IVA | NIP | TVA intracommunautaire",
    "founded": "Founded | Year founded | Gründungsjahr | Année de création | Anno di fondazione",
    "status": "status | CompanyStatus | Unternehmensstatus",
    "technology": (
        "technologies | Tech stack | Technologies Used | Programmiersprachen | ERP system"
    ),
    "keyword": "tags | Keywords | Schlagworte | Produktgruppen",
    "legal_form": "Rechtsform | Forme juridique | CompanyCategory",
    "id": "id | rec_id | Record ID | Account ID | EmployerId | Kundennummer | D-U-N-S",
    "parent": "Parent company | Muttergesellschaft | Maison mère | parent.name | Parent.Account.Name",
    "social": "LinkedIn | Company Linkedin Url | Twitter",
}


@pytest.mark.parametrize("field", FIELDS)
def test_the_field_a_name_means(field: str) -> None:
    found = {
        header.strip(): read_name(header.strip()).word(vocabulary().fields)
        for header in FIELDS[field].split("|")
    }
    assert {
        header: word.field if word else None for header, word in found.items()
    } == dict.fromkeys(found, field)


@pytest.mark.parametrize(
    "header",
    [
        "careers_url",
        "GpgLink",
        "remote_policy",
        "batch",
        "launched_at",
        "Halle",
        "Stand",
        "Date added",
        "CIK",
        "regions",
        "types",
        "CEO approval",
        "Email Status",
        "Lead Source",
        "Total Funding",
        "mainland",
        "x",
        "",
        "🙂",
        "(",
        "2024",
        "€",
    ],
)
def test_names_that_mean_no_field(header: str) -> None:
    assert read_name(header).word(vocabulary().fields) is None


@pytest.mark.parametrize(
    ("header", "unit", "year"),
    [
        ("Umsatz (Mio. €)", "mio EUR", None),
        ("Umsatz 2024 in TEUR", "thousand EUR", 2024),
        ("Umsatz in Mio. EUR 2023", "mio EUR", 2023),
        ("Revenue (USD thousands)", "thousand USD", None),
        ("Revenue ($M)", "millions $", None),
        ("Revenue, $bn", "billion $", None),
        ("annual_revenue_usd", "USD", None),
        ("Turnover £m", "millions GBP", None),
        ("Chiffre d'affaires 2022 (k€)", "thousand EUR", 2022),
        ("Fatturato (milioni di euro)", "mio EUR", None),
        ("Omsättning (tkr)", "thousand kr", None),
        ("Przychody (mln PLN)", "mio PLN", None),
        ("Umsatz", "", None),
    ],
)
def test_the_unit_and_year_a_name_gives(header: str, unit: str, year: int | None) -> None:
    name = read_name(header)
    word = name.word(vocabulary().fields)
    assert word
    assert (word.field, name.unit, name.year) == ("turnover", unit, year)


@pytest.mark.parametrize(
    ("kind", "headers"),
    [
        ("given_name", "First Name|Vorname|Prénom|Voornaam|Imię|Förnamn|Fornavn|Primeiro nome"),
        (
            "family_name",
            "Last Name|Nachname|Nom de famille|Apellidos|Cognome|Achternaam|Nazwisko|Efternamn",
        ),
        (
            "person_name",
            (
                "Contact|Contact Person|Ansprechpartner|Interlocuteur|Persona de"
                " contacto|Referente|Osoba kontaktowa|Kontaktná osoba"
            ),
        ),
        ("account_owner", "Contact Owner|Account Manager|Kundenbetreuer|Opiekun klienta|客户经理"),
        (
            "officer",
            "Jednatel|Toimitusjohtaja|Prezes zarządu|Ügyvezető|대표자|Генеральный директор",
        ),
        (
            "officer",
            "CEO|Geschäftsführer|Inhaber|Dirigeant|Gérant|Amministratore|Titolare|Gerente|Prezes|VD|Direktør",
        ),
        (
            "job_title",
            "Job Title|Seniority|Berufsbezeichnung|Fonction|Cargo|Ruolo|Functie|Stanowisko",
        ),
        (
            "personal_phone",
            "Mobile|Mobile Phone|Work Direct Phone|Handy|Durchwahl|Móvil|Cellulare|GSM",
        ),
        ("personal_profile", "Person Linkedin Url|LinkedIn profile"),
        ("date_of_birth", "Date of birth|Geburtsdatum|Date de naissance"),
        ("salutation", "Salutation|Anrede|Civilité"),
        ("gender", "Gender|Geschlecht|Sexe"),
    ],
)
def test_personal_columns_by_name(kind: str, headers: str) -> None:
    found = {header: read_name(header).word(vocabulary().personal) for header in headers.split("|")}
    assert {
        header: word.field if word else None for header, word in found.items()
    } == dict.fromkeys(found, f"personal:{kind}")


def test_no_name_means_both_a_field_and_a_person() -> None:
    known = vocabulary()
    strong = {key for key, word in known.fields.items() if not word.weak}
    assert strong & {key for key, word in known.personal.items() if not word.weak} == set()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Post-Code", "postcode"),
        ("Größe", "GROESSE"),
        ("E-Mail", "email"),
        ("Raison Sociale", "raison_sociale"),
    ],
)
def test_spellings_of_one_name(left: str, right: str) -> None:
    assert key_of(left) == key_of(right)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Company", True),
        ("Umsatz", True),
        ("Vorname", True),
        ("Acme GmbH", False),
        ("x" * 500, False),
        ("Notes:", False),
    ],
)
def test_what_is_a_usual_name_as_a_whole(text: str, known: bool) -> None:
    assert is_column_name(text) == known
