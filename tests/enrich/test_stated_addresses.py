"""Addresses of JSON-LD: in lists, of places, and with parts in the wrong place."""

import json
from typing import Any

import pytest

from enrich.extract import try_extract
from tests.made_pages import HOME, page

ONE = {
    "@type": "PostalAddress",
    "streetAddress": "5 Sample Road",
    "addressLocality": "Fernley",
    "addressRegion": "NV",
    "postalCode": "89408",
    "addressCountry": "US",
}
OTHER = {**ONE, "streetAddress": "9 Other Road", "addressLocality": "Kingsmere"}
SHOWN = "<p>Acme Pumps<br>7 Shown Street<br>Kingsmere, NV 89502"


def parts(text: str = "", **node: Any) -> dict[str, list[str]]:
    """The values with the first letter of their scope, by attribute."""
    stated = {"@context": "https://schema.org", "@type": "Organization", "name": "Acme", **node}
    html = f'<script type="application/ld+json">{json.dumps(stated)}</script><p>Acme</p>{text}'
    found: dict[str, list[str]] = {}
    for one in try_extract(page(html, HOME, "home")).facts:
        if one.attribute in {"street", "city", "postcode", "region", "country"}:
            found.setdefault(one.attribute, []).append(f"{one.value} {one.scope.value[0]}")
    return found


@pytest.mark.parametrize(
    ("node", "cities"),
    [
        ({"address": ONE}, ["Fernley c"]),
        ({"address": [ONE]}, ["Fernley c"]),
        ({"address": [ONE, OTHER]}, ["Fernley s", "Kingsmere s"]),
        ({"location": {"@type": "Place", "address": ONE}}, ["Fernley c"]),
        ({"location": [{"address": ONE}, {"address": OTHER}]}, ["Fernley s", "Kingsmere s"]),
        ({"address": ONE, "department": [{"address": OTHER}]}, ["Fernley c", "Kingsmere s"]),
        ({"address": ONE, "subOrganization": {"address": ONE}}, ["Fernley c"]),
        ({"address": ONE, "parentOrganization": {"address": OTHER}}, ["Fernley c"]),
        ({"address": {"@type": "PostalAddress", "addressLocality": ""}}, []),
        ({"address": [[[]], None, 5]}, []),
    ],
)
def test_addresses_of_an_organisation_and_its_places(
    node: dict[str, Any], cities: list[str]
) -> None:
    assert parts(**node).get("city", []) == cities


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            {**ONE, "addressLocality": "Fernley, NV", "addressRegion": ""},
            ("Fernley", "NV", "89408"),
        ),
        ({**ONE, "addressLocality": "89408 Fernley", "postalCode": ""}, ("Fernley", "NV", "89408")),
        ({**ONE, "addressLocality": "Fernley 89408", "postalCode": ""}, ("Fernley", "NV", "89408")),
        ({**ONE, "addressLocality": "", "postalCode": "89408 Fernley"}, ("Fernley", "NV", "89408")),
        ({**ONE, "addressLocality": "Fernley, USA"}, ("Fernley", "NV", "89408")),
        ({"streetAddress": "5 Sample Road, Fernley, NV 89408"}, ("Fernley", "Nevada", "89408")),
        ("5 Sample Road, Fernley, NV 89408", ("Fernley", "Nevada", "89408")),
        ({**ONE, "streetAddress": ["Suite 4", "5 Sample Road"]}, ("Fernley", "NV", "89408")),
    ],
)
def test_parts_in_the_wrong_place(address: Any, expected: tuple[str, ...]) -> None:
    found = parts(address=address)
    assert tuple(found[one] for one in ("city", "region", "postcode")) == tuple(
        [f"{one} c"] for one in expected
    )
    assert found["street"][0].endswith("5 Sample Road c")


def test_a_country_alone_leaves_the_address_to_the_page() -> None:
    found = parts(SHOWN, address={"@type": "PostalAddress", "addressCountry": "US"})
    assert found["city"] == ["Kingsmere c"]
    assert parts(SHOWN, address=ONE)["city"] == ["Fernley c"]
