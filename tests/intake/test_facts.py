"""What a row states becomes facts with their evidence; what cannot be read is counted, never
guessed.
"""

import csv
import io
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from intake.column_cells import ListColumns
from intake.columns import recognise
from intake.mapping import ColumnMapping
from intake.row_statements import statements_of
from intake.statements import Origin
from intake.tally import Tally
from leads.facts import Fact, Method, Scope

AT = datetime(2026, 5, 4, 12, tzinfo=UTC)
CLIENT = UUID(int=7)


def stated(text: str, /, tally: Tally | None = None, **told: str) -> tuple[Fact, ...]:
    """The facts of the first row of a CSV given as text, with a column `name` put before it."""
    header, *rows = csv.reader(io.StringIO(text))
    header = ["name", *header]
    cells = [(f"Company {number}", *row) for number, row in enumerate(rows, start=1)]
    mapping = recognise(header, cells, told)
    return facts_of(cells[0], mapping, tally=tally)


def facts_of(
    cells: tuple[str, ...],
    mapping: ColumnMapping,
    as_of: date | None = None,
    tally: Tally | None = None,
) -> tuple[Fact, ...]:
    origin = Origin(source="list:fair", observed_at=AT, as_of=as_of, client_id=CLIENT)
    return origin.facts(statements_of(cells, ListColumns(mapping), tally or Tally()))


def said(facts: tuple[Fact, ...]) -> str:
    """Every fact but the name, as `attribute=value`, sites marked."""
    marks = {Scope.COMPANY: "", Scope.SITE: "@site", Scope.GROUP: "@group"}
    return "; ".join(
        f"{fact.attribute}={fact.value}{marks[fact.evidence.scope]}"
        for fact in facts
        if fact.attribute != "name"
    )


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("Country", "NA", "country=NA"),
        ("Land", "Deutschland", "country=DE"),
        ("Country", "Nowhere", ""),
        ("City", " Rome ", "city=Rome"),
        ("PLZ/Ort", "80331 München", "postcode=80331; city=München"),
        ("PLZ/Ort", "D-80331 München", "country=DE; postcode=80331; city=München"),
        ("PLZ/Ort", "1012 AB Amsterdam", "postcode=1012 AB; city=Amsterdam"),
        ("PLZ/Ort", "München", "city=München"),
        ("Postcode", "02134", "postcode=02134"),
        ("locations", "Krakow, Poland / Remote", "country=PL; city=Krakow"),
        ("locations", "Mumbai, India; Dublin, Ireland", "country=IN@site; country=IE@site"),
        ("locations", "Berlin, Germany; Munich, Germany", "country=DE"),
        ("locations", "Remote", ""),
        (
            "Address",
            "1 Main St, Fife, Scotland, KY12 7LG",
            "street=1 Main St, Fife, Scotland, KY12 7LG; country=GB; postcode=KY12 7LG",
        ),
        (
            "Website",
            "https://www.acme.example/careers",
            "website=https://www.acme.example/careers; domain=acme.example",
        ),
        ("Website", "acme.example", "website=https://acme.example; domain=acme.example"),
        (
            "Website",
            "https://linkedin.com/company/acme",
            "social=https://linkedin.com/company/acme",
        ),
        ("Website", "http://", ""),
        ("Domain", "www.acme.example", "domain=acme.example"),
        ("Domain", "gmail.com", ""),
        ("Phone", "+49 (0)30 901820", "phone=+4930901820"),
        ("Phone", "030 901820", ""),
        ("Employees", "1.200", "employees=1,200"),
        ("Employees", "11-50", "employees=11 to 50"),
        ("Employees", "small", ""),
        ("Employees", "n/a", ""),
        ("Mitarbeiter (Tsd.)", "2", "employees=1,500 to 2,500"),
        ("Umsatz (Mio. €)", "12,5", "turnover=12,450,000 to 12,550,000 EUR"),
        ("Umsatz (Mio. €)", "3 Mrd. €", "turnover=2,500,000,000 to 3,500,000,000 EUR"),
        ("Umsatz (EUR)", "5000000", "turnover=5,000,000 EUR"),
        ("Revenue", "$10M–$25M", "turnover=10,000,000 to 25,000,000 USD"),
        ("Revenue", "5000000", ""),
        ("Founded", "2013 (1888)", "founded=1,888 to 2,013"),
        ("status", "In Liquidation", "status=in_liquidation"),
        ("Rechtsform", "GmbH", "legal_form=gmbh"),
        ("SIC 2007", "62012 - Business software; 1470", "industry=sic:62012; industry=sic:01470"),
        ("SIC 2007", "1,84110", "industry=sic:84110"),
        ("SIC 2007", "7499 - Non-trading company", ""),
        ("Code NAF", "62.01Z", "industry=nace2.0:62.01"),
        ("NAICS", "541511", "industry=naics:541511"),
        ("Industry", "Hotels, Resorts & Cruise Lines", "industry=Hotels, Resorts & Cruise Lines"),
        ("Industry", "B2B -> Infrastructure", "industry=B2B -> Infrastructure"),
        ("technologies", "php|ruby|frobnicator", "technology=php; technology=ruby"),
        ("technologies", '["Python", "Go"]', "technology=python; technology=go"),
        ("technologies", "none", ""),
        ("tags", "SaaS|B2B", "keyword=SaaS; keyword=B2B"),
        ("Company No.", "02566586", "register_number=02566586"),
        ("USt-IdNr.", "de 123 456 789", "country=DE; vat_id=DE123456789"),
        ("former_names", "Old Co|Older Co", "former_name=Old Co; former_name=Older Co"),
        ("former_names", "COMPANY 1", ""),
        ("E-Mail", "Info@Acme.example", "email=info@acme.example; domain=acme.example"),
        ("E-Mail", "jo.doe@acme.example", "domain=acme.example"),
        ("E-Mail", "jo.doe@gmail.com", ""),
        ("Phone", "'+49 30 901820", "phone=+4930901820"),
        ("Latitude", "52.52", "latitude=52.52"),
        ("Parent company", "Acme Group", "parent=Acme Group"),
    ],
)
def test_what_a_cell_states(header: str, cell: str, expected: str) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows([[header], [cell]])
    assert said(stated(stream.getvalue())) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Acme GmbH", "legal_form=gmbh"),
        ("Acme", ""),
        ("Acme Ltd t/a Beta", "legal_form=ltd; alias=Beta"),
        ("Müller & Söhne GmbH & Co. KG", "legal_form=gmbh & co kg"),
    ],
)
def test_what_a_name_states(name: str, expected: str) -> None:
    mapping = recognise(("name",), [(name,)], {})
    facts = facts_of((name,), mapping, None)
    assert sorted(said(facts).split("; ")) == sorted(expected.split("; "))


@pytest.mark.parametrize(
    ("remark", "text", "expected"),
    [
        (
            "the country reads the phone",
            "Phone,Country\n030 901820,DE",
            "country=DE; phone=+4930901820",
        ),
        (
            "the currency reads the turnover",
            "Revenue,Currency\n5000000,EUR",
            "turnover=5,000,000 EUR",
        ),
        (
            "a column after the first fills its gaps",
            "EmployerSize_a,EmployerSize_b\nNot Provided,250 to 499\n5,6\n7,8",
            "employees=250 to 499",
        ),
        (
            "and is not asked otherwise",
            "EmployerSize_a,EmployerSize_b\n10,20\n5,6\n7,8",
            "employees=10",
        ),
        (
            "codes of all columns count",
            "sic code 1,sic code 2\n2834,7372",
            "industry=sic:2834; industry=sic:7372",
        ),
        (
            "each value once",
            "website,domain\nhttps://acme.example,acme.example",
            "website=https://acme.example; domain=acme.example",
        ),
        (
            "a country column before places",
            'country,locations\nDE,"Paris, France; Rome, Italy"',
            "country=DE; country=FR@site; country=IT@site",
        ),
        (
            "a country column before an address",
            'country,address\nDE,"1 Road, Leeds, England"',
            "country=DE; street=1 Road, Leeds, England",
        ),
        (
            "a column of forms before the name",
            "legal form\nPrivate Limited Company",
            "legal_form=ltd",
        ),
    ],
)
def test_what_columns_state_together(remark: str, text: str, expected: str) -> None:
    assert said(stated(text)) == expected, remark


def test_the_evidence_of_a_fact() -> None:
    facts = {
        fact.attribute: fact
        for fact in stated("Mitarbeiter (2023),x7\n1.200,Germany\n5,Austria\n6,France")
    }
    employees = facts["employees"]
    assert employees.client_id == CLIENT
    evidence = employees.evidence
    assert (evidence.source, evidence.method, evidence.observed_at) == (
        "list:fair",
        Method.COLUMN,
        AT,
    )
    assert (evidence.quote, evidence.as_of, evidence.confidence) == (
        "Mitarbeiter (2023): 1.200",
        date(2023, 12, 31),
        0.8,
    )
    # Recognised by its content alone, so half as sure.
    assert (facts["country"].evidence.quote, facts["country"].evidence.confidence) == (
        "x7: Germany",
        0.5,
    )
    assert facts["country"].evidence.as_of is None


@pytest.mark.parametrize(
    ("cell", "listed", "as_of"),
    [
        ("50 (2021)", None, date(2021, 12, 31)),
        ("50", date(2025, 3, 1), date(2025, 3, 1)),
        ("50 (2021)", date(2025, 3, 1), date(2021, 12, 31)),
        ("50", date(2027, 1, 1), date(2026, 5, 4)),
        # The year is not over yet; what lies further ahead stays as it is, for no verdict to rest
        # on.
        ("50 (2026)", None, date(2026, 5, 4)),
        ("50 (2031)", None, date(2031, 12, 31)),
        ("50", None, None),
    ],
)
def test_the_day_a_value_speaks_of(cell: str, listed: date | None, as_of: date | None) -> None:
    mapping = recognise(("name", "employees"), [("Acme", cell)], {})
    facts = facts_of(("Acme", cell), mapping, listed)
    assert next(fact.evidence.as_of for fact in facts if fact.attribute == "employees") == as_of


def test_a_quote_is_no_longer_than_it_may_be() -> None:
    (fact,) = (
        fact
        for fact in stated(f"Note\n{'x' * 3_000}", None, **{"custom:note": "Note"})
        if fact.attribute == "custom:note"
    )
    assert len(fact.evidence.quote) == 500
    assert len(str(fact.value)) == 500


def test_a_personal_address_is_in_no_fact() -> None:
    facts = stated("E-Mail\njo.doe@acme.example")
    assert [fact.evidence.quote for fact in facts if fact.attribute == "domain"] == [
        "E-Mail: …@acme.example"
    ]
    assert not any("jo.doe" in f"{fact.value} {fact.evidence.quote}" for fact in facts)


def test_what_cannot_be_read_is_counted_with_its_first_case() -> None:
    tally = Tally()
    stated(
        "size,url,tech,e-mail\nsmall,https://jobs.lever.co/acme,frobnicator|php,jo@acme.example",
        tally,
    )
    assert {header: (count.n, count.first) for header, count in tally.not_understood.items()} == {
        "size": (1, "small")
    }
    assert {header: (count.n, count.first) for header, count in tally.not_own.items()} == {
        "url": (1, "https://jobs.lever.co/acme")
    }
    assert dict(tally.technologies) == {"frobnicator": 1}
    assert (tally.personal["e-mail"].n, tally.domains_kept.n) == (1, 1)
    assert tally.notes()[0] == "size: 1 cell not understood, e.g. 'small'"
