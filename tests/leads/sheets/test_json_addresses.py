"""Which objects in JSON are addresses."""

import json

import pytest

from leads.sheets.json_addresses import address_columns
from leads.sheets.json_values import Pairs


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("displacement", {"street": "x", "nr": "5"}),
        ("workplace_rules", {"label": "remote", "country": "DE"}),
        ("geometrics", {"text": "remote", "nr": "9"}),
        ("address_book", {"label": "private", "nr": "9"}),
        ("state_of_order", {"label": "shut", "state": "x", "country": "FR"}),
        ("changed", {"by": "Ann", "state": "done"}),
        ("allocation", {"region": "North", "label": "A"}),
        ("placement", {"city": "front"}),
        ("email_address", {"address": "ann@orrin.example", "state": "active"}),
        ("ipaddress", {"country": "DE", "label": "x"}),
        ("location_status", {"country": "DE", "label": "open"}),
    ],
)
def test_what_is_no_address(key: str, value: dict[str, str]) -> None:
    assert address_columns(key, Pairs(value.items())) is None


@pytest.mark.parametrize(
    ("key", "value", "columns"),
    [
        ("Firmenadresse", {"ort": "Ulm"}, {"city": "Ulm"}),
        ("HQAddress", {"city": "Ulm"}, {"city": "Ulm"}),
        ("companyAddress2", {"zip": "89073"}, {"postcode": "89073"}),
        ("siègeSocial", {"ville": "Lyon"}, {"city": "Lyon"}),
        ("dirección", {"ciudad": "Lima"}, {"city": "Lima"}),
        ("mailingAddress", {"city": "Ulm"}, {"city": "Ulm"}),
        ("hq", {"country": "DE"}, {"country": "DE"}),
        ("location", {"state": "Ohio"}, {"region": "Ohio"}),
        ("geo", {"lat": "1", "lng": "2"}, {"latitude": "1", "longitude": "2"}),
        ("shop", {"city": "Ulm", "country": "DE"}, {"city": "Ulm", "country": "DE"}),
        ("注册地址", {"市": "上海"}, {"city": "上海"}),
    ],
)
def test_what_is_an_address(key: str, value: dict[str, str], columns: dict[str, str]) -> None:
    found = address_columns(key, Pairs(value.items()))
    assert found is not None, json.dumps(value)
    assert {name.removeprefix(f"{key}."): text for name, text in found} == columns
