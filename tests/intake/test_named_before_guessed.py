"""A column that only its cells make something never beats one that its name makes that."""

import csv
import io

import pytest

from intake.columns import recognise


def fields(text: str) -> str:
    delimiter = ";" if ";" in text else ","
    header, *rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    mapping = recognise(header, [tuple(row) for row in rows], {})
    return " ".join(column.field for column in mapping.columns)


@pytest.mark.parametrize(
    ("remark", "text", "expected"),
    [
        (
            "markets beside a country",
            "Company,Sold in,Country\nAcme,France,Germany\nBeta,Poland,Germany",
            "name keep country",
        ),
        (
            "markets beside a location",
            "Firma;Verkauf;Sitz\nAcme;Frankreich;Ulm, Deutschland\nBeta;Polen;Bonn, Deutschland",
            "name keep location",
        ),
        (
            "countries of something else, alone",
            "Firma;Exportländer\nAcme;Frankreich\nBeta;Polen",
            "name keep",
        ),
        (
            "bands of vehicles",
            "Company,Fleet,Employees\nAcme,11-50,900\nBeta,1-10,300",
            "name keep employees",
        ),
        (
            "a domain beside the website",
            "Company,Found at,Website\nAcme,one.example,acme.example\nBeta,two.example,beta.example",
            "name keep website",
        ),
        ("shares", "Company,Code\nAcme,ACM.DE\nBeta,BTA.HK", "name keep"),
        ("file names", "Company,Flyer\nAcme,acme.pdf\nBeta,beta.docx", "name keep"),
        ("user names", "Company,Added\nAcme,ann.miller\nBeta,bob.jones", "name keep"),
        ("domains", "Company,Found\nAcme,acme.example\nBeta,beta.example", "name domain"),
        (
            "websites with a path and no scheme",
            "Company,Website\nAcme,acme.example/en\nBeta,beta.example/start",
            "name website",
        ),
        (
            "addresses of pages are no names",
            "Name,Brand\nhttps://shop.example/1,Acme GmbH\nhttps://shop.example/2,Beta AG",
            "keep name",
        ),
    ],
)
def test_fields(remark: str, text: str, expected: str) -> None:
    assert fields(text) == expected, remark


@pytest.mark.parametrize(
    "header",
    [
        "Firma Adı,Şehir,Çalışan Sayısı,Yetkili Kişi",
        "Название компании,Город,Количество сотрудников,Генеральный директор",
        "Název společnosti,Město,Počet zaměstnanců,Jednatel",
        "Cégnév,Város,Létszám,Ügyvezető",
        "Yrityksen nimi,Kaupunki,Henkilöstömäärä,Toimitusjohtaja",
        "Denumire firmă,Oraș,Număr angajați,Persoană de contact",
        "Bedriftsnavn,Poststed,Antall ansatte,Daglig leder",
        "Επωνυμία,Πόλη,Αριθμός εργαζομένων,Νόμιμος εκπρόσωπος",
        "公司名称,城市,员工人数,法定代表人",
        "会社名,市区町村,従業員数,代表者名",
        "회사명,도시,직원수,대표자",
        "שם החברה,עיר,מספר עובדים,איש קשר",
    ],
)
def test_headers_of_further_languages(header: str) -> None:
    found = fields(f"{header}\nAcme,Town,140,Jo Invented\nBeta,Town,20,Al Madeup").split()
    assert found[:3] == ["name", "city", "employees"]
    assert found[3].startswith("personal:")


@pytest.mark.parametrize(
    ("header", "cell", "field"),
    [
        ("Founded Date", "2015-03-01", "founded"),
        ("Country ISO code", "DE", "country"),
        ("Annual Revenue Currency", "EUR", "currency"),
        ("Nº empleados", "140", "employees"),
        ("permanentlyClosed", "true", "closed"),
        ("LinkedIn", "linkedin.com/company/acme", "social"),
        ("Website URL", "acme.example/de", "website"),
    ],
)
def test_columns_of_crms_and_map_exports(header: str, cell: str, field: str) -> None:
    assert fields(f"Company,{header}\nAcme,{cell}\n") == f"name {field}"
