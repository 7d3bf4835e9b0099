"""JSON of many shapes: lists inside wrappers, objects by key, columns, lines, or a hint'
' that helps."""

from pathlib import Path

import pytest

from intake.raw_list import open_list
from leads.errors import UsageError
from leads.sheets.rows import BadRow, Table


def opened(folder: Path, content: str) -> Table:
    path = folder / "list.json"
    path.write_text(content, "utf-8")
    return open_list(str(path))


def rows(table: Table) -> list[dict[str, str] | str]:
    """The filled cells of each row by column, the reason of each rejected one."""
    return [
        item.reason
        if isinstance(item, BadRow)
        else {name: cell for name, cell in zip(table.header, item.cells, strict=True) if cell}
        for item in table
    ]


TWO = [{"name": "Orrin", "city": "Ulm"}, {"name": "Pell", "city": "Bonn"}]


@pytest.mark.parametrize(
    "content",
    [
        '{"Orrin": {"city": "Ulm"}, "Pell": {"city": "Bonn"}}',
        '{"companies": {"Orrin": {"city": "Ulm"}, "Pell": {"city": "Bonn"}}}',
        '{"name": ["Orrin", "Pell"], "city": ["Ulm", "Bonn"]}',
        '{"name": {"0": "Orrin", "1": "Pell"}, "city": {"0": "Ulm", "1": "Bonn"}}',
        '{"columns": ["name", "city"], "index": [0, 1], "data": [["Orrin","Ulm"],["Pell","Bonn"]]}',
        '{"cols": [{"name": "name"}, {"name": "city"}], "rows": [["Orrin","Ulm"],["Pell","Bonn"]]}',
        (
            '{"schema": {"fields": [{"name": "name"}, {"name": "city"}]}, "rows": [{"f":'
            ' [{"v": "Orrin"},'
            ' {"v": "Ulm"}]}, {"f": [{"v": "Pell"}, {"v": "Bonn"}]}]}'
        ),
        '{"range": "A1:B3", "values": [["name", "city"], ["Orrin", "Ulm"], ["Pell", "Bonn"]]}',
        '["name", "city"]\n["Orrin", "Ulm"]\n["Pell", "Bonn"]\n',
        (
            '{"page": 1, "results": [{"name": "Orrin", "city": "Ulm"}]}\n'
            '{"page": 2, "results": [{"name": "Pell", "city": "Bonn"}]}\n'
        ),
        (
            '{"record": {"name": "Orrin", "city": "Ulm"}}\n'
            '{"record": {"name": "Pell", "city": "Bonn"}}'
        ),
        (
            '{"doc": {"company": {"name": "Orrin", "city": "Ulm"}}}\n'
            '{"doc": {"company": {"name": "Pell", "city": "Bonn"}}}\n'
        ),
        (
            '{\n "item": {"name": "Orrin", "city": "Ulm"}\n}\n{\n "item": {"name": "Pell",'
            ' "city": "Bonn"}\n}\n'
        ),
        (
            '{"index": {"_id": "1"}}\n{"name": "Orrin", "city": "Ulm"}\n'
            '{"index": {"_id": "2"}}\n{"name": "Pell", "city": "Bonn"}\n'
        ),
        (
            '{"data": {"firms": {"edges": [{"node": {"name": "Orrin", "city": "Ulm"}},'
            ' {"node": {"name":'
            ' "Pell", "city": "Bonn"}}]}}}'
        ),
        (
            '[{"properties": {"name": {"value": "Orrin", "source": "API"}, "city":'
            ' {"value": "Ulm"}}},'
            ' {"properties": {"name": {"value": "Pell"}, "city": {"value": "Bonn"}}}]'
        ),
        (
            '{"companies": [{"name": "Orrin", "city": "Ulm"}, {"name": "Pell", "city": "Bonn"}],'
            ' "contacts": [{"name": "Ann Example"}]}'
        ),
    ],
)
def test_the_companies_are_found(tmp_path: Path, content: str) -> None:
    table = opened(tmp_path, content)
    assert [row for row in rows(table) if row] == TWO


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (
            '{"orrin.example": {"city": "Ulm"}}',
            {"name": "orrin.example", "domain": "orrin.example", "city": "Ulm"},
        ),
        (
            '{"orrin.example": {"name": "Orrin"}, "pell.example": {"name": "Pell"}}',
            {"domain": "orrin.example", "name": "Orrin"},
        ),
        ('{"c-7": {"firma": "Orrin"}, "c-8": {"firma": "Pell"}}', {"id": "c-7", "firma": "Orrin"}),
        (
            '{"Orrin & Co": "https://orrin.example", "Pell GmbH": "https://pell.example"}',
            {"name": "Orrin & Co", "value": "https://orrin.example"},
        ),
        ('{\n "company": {"name": "Orrin"},\n "rating": 5\n}', {"rating": "5", "name": "Orrin"}),
        (
            '[{"deal": {"title": "Line 4"}, "organization": {"name": "Orrin"}}]',
            {"deal": "Line 4", "name": "Orrin"},
        ),
    ],
)
def test_what_stands_around_a_company_is_kept(
    tmp_path: Path, content: str, row: dict[str, str]
) -> None:
    assert rows(opened(tmp_path, content))[0] == row


@pytest.mark.parametrize(
    ("content", "said", "hint"),
    [
        ('{"data": []}', "`data` of", "export it again"),
        ('{"total": 0, "aussteller": []}', "`aussteller` of", "export it again"),
        ('{"response": {"hits": {"hits": []}}}', "`response.hits.hits` of", "jq '.KEY'"),
        ('{"results": null}', "`results` of", "export it again"),
        ('{"status": "ok", "entreprises": []}', "`entreprises` of", "export it again"),
        ("[]", "holds no JSON object", "one object on each line"),
        ('var firms = [{"name": "Orrin"}];', "JavaScript", "save that as .json"),
        ('load({"items": [{"name": "Orrin"}]});', "JavaScript", "save that as .json"),
        ("[{'name': 'Orrin'}]", "damaged", "one object on each line"),
        (
            '{"buyers": [{"name": "Orrin"}], "sellers": [{"name": "Pell"}]}',
            "`buyers`, `sellers`",
            "jq '.buyers'",
        ),
    ],
)
def test_what_is_no_list_gets_a_hint(tmp_path: Path, content: str, said: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        opened(tmp_path, content)
    assert said in caught.value.message
    assert hint in caught.value.hint


def test_lines_with_lists_inside_stay_companies(tmp_path: Path) -> None:
    lines = [f'{{"name": "{name}", "team": [{{"name": "Ann"}}]}}' for name in ("Orrin", "Pell")]
    table = opened(tmp_path, "\n".join(lines))
    assert [row["name"] for row in rows(table) if isinstance(row, dict)] == ["Orrin", "Pell"]


def test_a_person_is_not_the_company(tmp_path: Path) -> None:
    table = opened(tmp_path, '[{"id": 1, "owner": {"name": "Ann Example"}}]')
    assert "name" not in table.header


@pytest.mark.parametrize(
    ("key", "address", "parts"),
    [
        (
            "address",
            (
                '{"@type": "PostalAddress", "streetAddress": "Seegasse 4", "postalCode": "89073",'
                ' "addressLocality": "Ulm", "addressRegion": "BW",'
                ' "addressCountry": {"@type": "Country", "name": "DE"}}'
            ),
            "Seegasse 4|89073|Ulm|BW|DE",
        ),
        (
            "BillingAddress",
            (
                '{"street": "9 Mill Lane", "city": "Leeds", "state": null, "postalCode": "LS1 9ZZ",'
                ' "country": "United Kingdom", "countryCode": "GB"}'
            ),
            "9 Mill Lane|LS1 9ZZ|Leeds||United Kingdom",
        ),
        (
            "address",
            (
                '{"house_number": "9", "road": "Kaivokatu", "town": "Turku", "postcode": "20100",'
                ' "state": "Southwest Finland", "country": "Finland", "country_code": "fi"}'
            ),
            "Kaivokatu 9|20100|Turku|Southwest Finland|Finland",
        ),
        (
            "forretningsadresse",
            (
                '{"adresse": ["Elvegata 3"], "postnummer": "7013", "poststed": "TRONDHEIM",'
                ' "landkode": "NO"}'
            ),
            "Elvegata 3|7013|TRONDHEIM||NO",
        ),
        (
            "registered_office_address",
            (
                '{"address_line_1": "2 Quay St", "locality": "Bristol", "postal_code": "BS1 9ZZ",'
                ' "country": "England"}'
            ),
            "2 Quay St|BS1 9ZZ|Bristol||England",
        ),
        (
            "adresse",
            (
                '{"voie": "rue du Lac", "numero": "12", "code_postal": "69003", "ville": "Lyon",'
                ' "pays": "France"}'
            ),
            "rue du Lac 12|69003|Lyon||France",
        ),
        (
            "direccion",
            (
                '{"calle": "Calle Sol", "numero": "3", "codigo_postal": "28013", "ciudad":'
                ' "Madrid",'
                ' "país": "España"}'
            ),
            "Calle Sol 3|28013|Madrid||España",
        ),
        (
            "endereco",
            (
                '{"logradouro": "Rua Azul", "numero": "88", "cep": "01310-100",'
                ' "municipio": "São Paulo",'
                ' "uf": "SP"}'
            ),
            "Rua Azul 88|01310-100|São Paulo|SP|",
        ),
        (
            "adres",
            '{"ulica": "Długa", "nr": "5", "kod_pocztowy": "00-238", "miasto": "Warszawa"}',
            "Długa 5|00-238|Warszawa||",
        ),
        (
            "Anschrift",
            '{"straße": "Am Tor", "hausnummer": "7", "plz": "34117", "ort": "Kassel"}',
            "Am Tor 7|34117|Kassel||",
        ),
        (
            "locations",
            (
                '[{"type": "branch", "city": "Bonn", "zip": "53111"},'
                ' {"type": "headquarters", "city": "Ulm", "zip": "89073"}]'
            ),
            "|89073|Ulm||",
        ),
        (
            "address_components",
            (
                '[{"long_name": "4", "types": ["street_number"]}, {"long_name": "Elm St", "types":'
                ' ["route"]}, {"long_name": "Austin", "types": ["locality", "political"]},'
                ' {"long_name":'
                ' "Texas", "types": ["administrative_area_level_1"]}, {"long_name": "United'
                ' States",'
                ' "types": ["country"]}, {"long_name": "78701", "types": ["postal_code"]}]'
            ),
            "Elm St 4|78701|Austin|Texas|United States",
        ),
    ],
)
def test_an_address_becomes_its_columns(tmp_path: Path, key: str, address: str, parts: str) -> None:
    (row,) = rows(opened(tmp_path, f'[{{"name": "Orrin", "{key}": {address}}}]'))
    assert isinstance(row, dict)
    columns = ("street", "postcode", "city", "region", "country")
    assert "|".join(row.get(f"{key}.{part}", "") for part in columns) == parts
    assert key not in row


def test_keys_of_open_street_map_and_points_are_addresses_too(tmp_path: Path) -> None:
    content = (
        '{"features": [{"geometry": {"type": "Point", "coordinates": [9.99, 48.4]}, "properties":'
        ' {"name": "Orrin", "addr:street": "Seegasse", "addr:housenumber": "4",'
        ' "addr:city": "Ulm"}}]}'
    )
    assert rows(opened(tmp_path, content)) == [
        {
            "name": "Orrin",
            "addr.street": "Seegasse 4",
            "addr.city": "Ulm",
            "geometry.latitude": "48.4",
            "geometry.longitude": "9.99",
        }
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('{"minValue": 51, "maxValue": 200}', "51-200"),
        ('{"value": 8500000, "currency": "EUR"}', "8500000 EUR"),
        ('{"id": 4, "name": "Machinery"}', "Machinery"),
        ('[{"id": 4, "name": "Machinery"}, {"id": 5, "name": "Tools"}]', '["Machinery","Tools"]'),
        ('{"$oid": "65f0"}', "65f0"),
        ('{"note": "x", "name": "Machinery"}', '{"note":"x","name":"Machinery"}'),
        ('{"from": "a", "until": "b"}', '{"from":"a","until":"b"}'),
    ],
)
def test_an_object_of_one_value_is_its_text(tmp_path: Path, value: str, text: str) -> None:
    assert rows(opened(tmp_path, f'[{{"name": "Orrin", "x": {value}}}]')) == [
        {"name": "Orrin", "x": text}
    ]
