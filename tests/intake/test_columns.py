"""What a column is: told, by name, or by its cells; and when its cells speak against its name."""

import csv
import io
from pathlib import Path

import pytest

from intake.columns import recognise
from intake.mapping import ColumnMapping, How, fingerprint, load_mapping
from intake.raw_list import open_list
from leads.errors import UsageError
from leads.sheets.rows import SourceRow


def mapped(text: str, **told: str) -> ColumnMapping:
    """The mapping of a CSV given as text."""
    header, *rows = csv.reader(io.StringIO(text))
    return recognise(header, [tuple(row) for row in rows], told)


def fields(mapping: ColumnMapping) -> str:
    """The fields in the order of the columns."""
    return " ".join(column.field for column in mapping.columns)


@pytest.mark.parametrize(
    ("remark", "text", "expected"),
    [
        (
            "words for a size beside figures",
            "name,company_size,size_text\nA,small,11-50\nB,large,400",
            "name keep employees",
        ),
        (
            "words alone are still the column",
            "name,company_size\nA,small\nB,large",
            "name employees",
        ),
        (
            "a region of the world says where work is offered",
            "name,region\nA,europe\nB,worldwide\nC,americas-europe",
            "name keep",
        ),
        ("a region of a country", "name,region\nA,Bavaria\nB,Tuscany", "name region"),
        ("a status of a sales pipeline", "name,status\nA,Open\nB,Contacted", "name keep"),
        ("a status of a company", "name,status\nA,Active\nB,Dissolved", "name status"),
        ("a key is unique", "id,name\n1,A\n2,B", "id name"),
        ("or is none", "id,name\n1,A\n1,B", "keep name"),
        ("one key is enough", "id,slug,name\n1,a,A\n2,b,B", "id keep name"),
        ("a slug will do", "slug,name\na,A\nb,B", "id name"),
        ("a weak name", "Symbol,Security\nAC,Acme\nBE,Beta", "id name"),
        ("a weak name beside a strong one", "Company,Security\nAcme,Bond\nBeta,Share", "name keep"),
        ("a second name", "EmployerName,CurrentName\nAcme,Acme Ltd\nBeta,Beta Ltd", "name alias"),
        (
            "a legal name for want of another",
            "Legal name,city\nAcme Ltd,Rome\nBeta Ltd,Bonn",
            "name city",
        ),
        ("a flag is no name", "Company,Customer\nA,yes\nB,no\nC,yes\nD,no\nE,yes", "name keep"),
        (
            "a country column of places",
            'name,country\nA,"Berlin, Germany; Paris, France"\nB,"Rome, Italy"',
            "name location",
        ),
        (
            "a city column of places",
            'name,city\nA,"Berlin, Germany"\nB,"Rome, Italy"',
            "name location",
        ),
        (
            "a contact that is an address",
            "name,contact\nA,info@a.example\nB,sales@b.example",
            "name email",
        ),
        (
            "a contact that is a number",
            "name,contact\nA,+49 30 901820\nB,+43 1 40000",
            "name phone",
        ),
        (
            "a contact that is a page",
            "name,contact\nA,https://a.example/contact\nB,https://b.example",
            "name website",
        ),
        (
            "a contact that is a person",
            "name,contact\nA,Jo Doe\nB,Al Bee",
            "name personal:person_name",
        ),
        (
            "a link to a person",
            "name,url\nA,https://www.linkedin.com/in/jo\nB,https://linkedin.com/in/al",
            "name personal:personal_profile",
        ),
        (
            "a link to a page on a network",
            "name,url\nA,https://www.linkedin.com/company/a\nB,https://linkedin.com/company/b",
            "name social",
        ),
        ("places that are counted", "name,Locations\nA,3\nB,12", "name sites"),
        ("places that are named", 'name,Locations\nA,"Berlin, Paris"\nB,Rome', "name location"),
        ("what is neither counted nor a place", "name,Practices\nA,dental\nB,ortho", "name keep"),
        ("one place is no count", "name,Location\nA,Berlin\nB,Rome", "name location"),
        ("a phone number that is none", "name,phone\nA,call us\nB,ask", "name keep"),
        (
            "columns of one field",
            "name,sic code 1,sic code 2\nA,2834,2836\nB,2834,",
            "name industry industry",
        ),
        (
            "what was rejected before",
            "name,_row,_line,_reason\nA,1,2,no\nB,2,3,no",
            "name ignore ignore ignore",
        ),
        ("an empty column without a name", "name,column 2\nA,\nB,", "name ignore"),
    ],
)
def test_by_name_and_cells(remark: str, text: str, expected: str) -> None:
    assert fields(mapped(text)) == expected, remark


@pytest.mark.parametrize(
    "header",
    [
        "Practices",
        "Sites",
        "Branches",
        "No. of sites",
        "No. of practices",
        "Number of practices",
        "# sites",
        "Number of locations",
        "Standorte",
        "Anzahl Standorte",
        "Filialen",
        "Praxen",
        "agences",
        "Nombre de sites",
        "sedes",
        "Número de sedes",
        "sedi",
        "Numero sedi",
        "vestigingen",
        "Aantal vestigingen",
        "oddziały",
        "Liczba oddziałów",
        "filialer",
        "Antal kontor",
        "Nombre d'établissements",
        "Number of offices",
        "Number of stores",
        "Store count",
    ],
)
def test_numbers_of_sites_under_their_many_names(header: str) -> None:
    assert fields(mapped(f"name,{header}\nA,3\nB,12\nC,10+")) == "name sites"


@pytest.mark.parametrize(
    ("field", "cells"),
    [
        ("website", "https://a.example https://www.b.example/ http://c.example/en"),
        ("domain", "a.example b.example c.example"),
        ("email", "info@a.example jo@b.example sales@c.example"),
        ("phone", "+49(30)901820 +43(1)40000 +41443012345"),
        ("country", "Germany Österreich Suisse"),
        ("employees", "11-50 51-200 201-500"),
        (
            "social",
            (
                "https://linkedin.com/company/a https://linkedin.com/company/b"
                " https://linkedin.com/company/c"
            ),
        ),
        (
            "personal:personal_profile",
            "https://linkedin.com/in/a https://linkedin.com/in/b https://linkedin.com/in/c",
        ),
        ("personal:salutation", "Herr Frau Herr"),
        ("personal:gender", "m f m"),
        # Codes of countries are codes of languages too, a lone tick is no gender, prices look like
        # bands, and pages are no front doors.
        ("keep", "DE FR IT"),
        ("keep", "m m m"),
        ("keep", "15-25 30-45 60-75"),
        ("keep", "https://news.example/a https://news.example/b https://news.example/c"),
        ("keep", "123456789 987654321 555666777"),
        ("keep", "2026-05-01 2026-05-02 2026-05-03"),
        ("keep", "red green blue"),
    ],
)
def test_by_cells_alone(field: str, cells: str) -> None:
    rows = [
        (name, cell) for name, cell in zip(("Acme", "Beta", "Gamma"), cells.split(), strict=True)
    ]
    found = recognise(("name", "x7"), rows, {}).columns[1]
    assert (found.field, found.how) == (field, How.NOT if field == "keep" else How.CONTENT)


def test_names_by_their_legal_forms_beside_a_column_that_is_known() -> None:
    text = "Prospect,Note,Land\nAcme GmbH,hot,DE\nBeta,cold,AT\nGamma Ltd,hot,GB"
    mapping = mapped(text)
    assert fields(mapping) == "name keep country"
    assert mapping.of("name")[0].how == How.CONTENT


@pytest.mark.parametrize(
    "text", ["domain,country\na.example,DE", "Siemens\nBosch", "foo,bar\n1,2", "name\n1\n2"]
)
def test_a_list_without_names_says_how_to_name_them(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        mapped(text)
    assert repr(text.split("\n")[0].split(",")[0]) in caught.value.message
    assert "--map name=COLUMN" in caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "Acme GmbH\nBeta AG",
        "Acme GmbH,a.example,Rome\nBeta AG,b.example,Bonn",
        "Acme,https://a.example\nBeta,https://b.example",
    ],
)
def test_a_list_without_a_header_does_not_lose_its_first_company(text: str) -> None:
    with pytest.raises(UsageError, match="is a company, not a header") as caught:
        mapped(text)
    assert "put a line above it" in caught.value.hint


class TestTold:
    """What the user says stands above everything, and is checked."""

    def test_by_header_whatever_its_case_or_by_number(self) -> None:
        text = "Foo Bar,Quux\nAcme,DE\nBeta,AT"
        assert fields(mapped(text, name="foo bar")) == "name keep"
        assert fields(mapped(text, name="FOO_BAR", country="2")) == "name country"

    def test_over_name_and_cells(self) -> None:
        mapping = mapped(
            "Company,website,status\nA,B Ltd,Open\nC,D Ltd,Won", name="website", keep="status"
        )
        assert fields(mapping) == "alias name keep"
        assert [column.how for column in mapping.columns[1:]] == [How.TOLD, How.TOLD]

    def test_personal_kinds_and_own_questions(self) -> None:
        mapping = mapped("name,a,b\nA,x,y\nB,z,w", **{"officer": "a", "custom:tier": "b"})
        assert fields(mapping) == "name personal:officer custom:tier"

    def test_several_columns_of_one_field(self) -> None:
        header = ("Company", "website", "status", "city")
        assert (
            fields(recognise(header, [("Acme", "", "", "")], {"ignore": ("website", "status")}))
            == "name ignore ignore city"
        )
        again = recognise(header, [("Acme", "", "", "")], {"ignore": ("city",)}, {1: "ignore"})
        assert fields(again) == "name ignore status ignore"

    def test_one_column_is_one_field(self) -> None:
        with pytest.raises(UsageError, match="the column 'a' to name and to ignore"):
            recognise(("Company", "a"), [("Acme", "1")], {"name": "a", "ignore": ("A",)})

    @pytest.mark.parametrize(
        ("field", "column", "message", "hint"),
        [
            ("nmae", "a", "there is no field 'nmae'", "did you mean 'name'?"),
            ("employes", "a", "there is no field 'employes'", "did you mean 'employees'?"),
            ("name", "Compny", "the list has no column 'Compny'", "did you mean 'Company'?"),
            ("name", "9", "the list has no column '9'", "choose one of: "),
            ("custom:", "a", "there is no field 'custom:'", ""),
        ],
    )
    def test_what_does_not_exist_names_the_nearest(
        self, field: str, column: str, message: str, hint: str
    ) -> None:
        with pytest.raises(UsageError) as caught:
            mapped("Company,a\nAcme,1", **{field: column})
        assert message in caught.value.message
        assert caught.value.hint.startswith(hint)


def test_a_mapping_is_remembered_as_a_plain_document() -> None:
    mapping = mapped(
        'Company,Umsatz 2024 (Mio. €),SIC\nA Ltd,"1,5",62012\nB Ltd,2,62020', keep="SIC"
    )
    assert load_mapping(mapping.header, mapping.dump()) == mapping


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"columns": 1},
        {"columns": [{}]},
        {"columns": [{"place": 0, "header": "name", "how": "guessed"}]},
    ],
)
def test_what_is_no_mapping_of_this_header_is_not_used(document: dict[str, object]) -> None:
    assert load_mapping(("name",), document) is None
    assert load_mapping(("other",), mapped("name\nA").dump()) is None


def test_the_fingerprint_of_a_header() -> None:
    assert fingerprint(("Name", "City")) == fingerprint(("name ", "CITY"))
    assert fingerprint(("name", "city")) != fingerprint(("city", "name"))
    assert fingerprint(("a b", "c")) != fingerprint(("a", "b c"))


@pytest.mark.parametrize(
    ("header", "cells", "scheme"),
    [
        ("SIC", "62012 62020", "sic (UK)"),
        ("SicCodes", "93110,93130 1470", "sic (UK)"),
        ("UK SIC 2007", "1470 1110", "sic (UK)"),
        ("SIC Code", "2834 7372", "sic"),
        ("NAICS", "541511 31", "naics"),
        ("ISIC code", "6201 62", "isic4"),
        ("Code NAF", "62.01Z 2562B", "nace2.0"),
        ("NACE Rev. 2.1", "62.10 25.53", "nace2.1"),
        ("WZ 2025", "62.10.1 25.53", "nace2.1"),
        ("Branche", "62.01 25.62.0", "nace2.0"),
        ("Branche", "Maschinenbau Chemie", "text"),
        ("Basic industry", "2834 7372", "text"),
        ("LinkedIn industry", "Software Banking", "linkedin"),
    ],
)
def test_the_scheme_of_industry_codes(header: str, cells: str, scheme: str) -> None:
    rows = [(name, cell) for name, cell in zip(("Acme", "Beta"), cells.split(), strict=True)]
    assert recognise(("name", header), rows, {"industry": header}).columns[1].scheme == scheme


REAL = {
    "remoteintech": (
        "id name website domain keep keep keep keep technology keep keep employees keep location"
    ),
    "yc": (
        "id name keep former_name website domain location keep employees industry industry keyword"
        " keep keep status keep keep"
    ),
    "hiring-without-whiteboards": "name website domain location keep",
    "sp500": "id name industry industry location keep keep founded",
    "uk-employers-2019": (
        "name id street postcode register_number industry keep employees alias keep keep domain"
    ),
    "uk-employers-2021": (
        "name id street postcode register_number industry keep employees alias keep keep domain"
    ),
    "companies-house-sample": (
        "name register_number street street city region country postcode legal_form status"
        + 4 * " industry"
    ),
}


@pytest.mark.parametrize("name", REAL)
def test_real_lists(data: Path, name: str) -> None:
    source = open_list(str(data / "companies" / f"{name}.csv"))
    sample = [item.cells for item in source if isinstance(item, SourceRow)][:2_000]
    assert fields(recognise(source.header, sample, {})) == REAL[name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Firma,Anzahl MA\nAlpha GmbH,120\nBeta AG,ca. 80\nGamma KG,20-49", "name employees"),
        ("Company,MA\nAlpha Ltd,Boston\nBeta Ltd,Salem", "name keep"),
        ("Empresa,Nº de funcionários\nAlfa Ltda,1.200\nBeta Ltda,10 a 49", "name employees"),
        ("Société,Tél. standard\nAlpha SARL,+33 1 23 45 67 89\nBeta SA,", "name phone"),
        ("Société,Nb de salariés\nAlpha SARL,12\nBeta SA,30", "name employees"),
        ("Empresa,Nº trabajadores\nAlfa S.L.,12\nBeta S.A.,30", "name employees"),
    ],
)
def test_short_names_of_headcounts_and_phones(text: str, expected: str) -> None:
    assert fields(mapped(text)) == expected
