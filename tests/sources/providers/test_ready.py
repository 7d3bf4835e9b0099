"""The ready providers read what their makers document, and survive anything else."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leads.values import IndustryCode, MoneyRange, Range, TechnologyUse
from sources.answers import Outcome
from sources.exchange import Response
from sources.identity import prove
from sources.providers.files import providers
from tests.sources.providers.made_provider import SUBJECT, sent, told, values

APOLLO = {
    "organization": {
        "id": "5e66b6381e05",
        "name": "Nordwind Ventile",
        "website_url": "http://www.nordwind.example",
        "primary_domain": "nordwind.example",
        "phone": "+49 431 7701230",
        "sanitized_phone": None,
        "industry": "machinery",
        "naics_codes": ["33291", "nonsense"],
        "sic_codes": [],
        "estimated_num_employees": 240,
        "annual_revenue": 31_500_000.0,
        "founded_year": 1987,
        "technology_names": ["WordPress.org", "Salesforce", "Our Own Tool"],
        "street_address": "Hafenstrasse 1",
        "city": "Kiel",
        "state": "Schleswig-Holstein",
        "postal_code": "24103",
        "country": "Germany",
    }
}
PEOPLEDATALABS = {
    "status": 200,
    "id": "tnHcNHbCv8",
    "name": "nordwind ventile",
    "display_name": "Nordwind Ventile",
    "size": "201-500",
    "employee_count": None,
    "founded": 1987,
    "inferred_revenue": "$25M-$50M",
    "industry": "machinery",
    "industry_v2": "industrial machinery manufacturing",
    "naics": [{"naics_code": "332911", "sector": "manufacturing"}],
    "sic": None,
    "website": "nordwind.example",
    "location": {
        "locality": "kiel",
        "region": "schleswig-holstein",
        "country": "germany",
        "street_address": "hafenstrasse 1",
        "postal_code": "24103",
    },
    "likelihood": 8,
}
HUNTER = {
    "data": {
        "id": "c1",
        "name": "Nordwind Ventile",
        "legalName": "Nordwind Ventile GmbH",
        "domain": "nordwind.example",
        "site": {"phoneNumbers": ["+49 431 7701230"], "emailAddresses": []},
        "category": {"industry": "Machinery", "naicsCode": "33", "sicCode": None},
        "foundedYear": 1987,
        "geo": {"city": "Kiel", "postalCode": "24103", "country": "Germany", "countryCode": "DE"},
        "phone": None,
        "metrics": {"employees": "251-1K", "estimatedAnnualRevenue": "$10M-$50M"},
        "tech": ["wordpress", "google_analytics"],
        "indexedAt": "2026-09-01T04:21:11.456Z",
        "parent": {"domain": None},
    },
    "meta": {},
}


def millions(low: float, high: float) -> MoneyRange:
    return MoneyRange(Range(int(low * 10**8), int(high * 10**8)), "USD")


READY = [
    ("apollo", APOLLO, "employees", [Range(240, 240)]),
    ("apollo", APOLLO, "turnover", [millions(31.5, 31.5)]),
    ("apollo", APOLLO, "founded", [Range(1987, 1987)]),
    ("apollo", APOLLO, "phone", ["+494317701230"]),
    ("apollo", APOLLO, "country", ["DE"]),
    (
        "apollo",
        APOLLO,
        "industry",
        [IndustryCode("naics", "33291"), IndustryCode("linkedin", "machinery")],
    ),
    (
        "apollo",
        APOLLO,
        "technology",
        [TechnologyUse("wordpress"), TechnologyUse("salesforce")],
    ),
    ("peopledatalabs", PEOPLEDATALABS, "employees", [Range(201, 500)]),
    ("peopledatalabs", PEOPLEDATALABS, "turnover", [millions(25, 50)]),
    ("peopledatalabs", PEOPLEDATALABS, "country", ["DE"]),
    ("hunter", HUNTER, "employees", [Range(251, 1000)]),
    ("hunter", HUNTER, "turnover", [millions(10, 50)]),
    ("hunter", HUNTER, "phone", ["+494317701230"]),
    ("hunter", HUNTER, "parent", []),
]


@pytest.mark.parametrize(("name", "document", "attribute", "found"), READY)
def test_a_documented_answer_becomes_facts(
    name: str, document: Any, attribute: str, found: list[Any]
) -> None:
    answer = told(providers({}).find(name).provider, sent(document))
    assert answer.outcome is Outcome.FOUND
    assert values(answer, attribute) == found
    assert prove(SUBJECT, answer.entries).accepted


def test_a_fact_quotes_its_field_and_its_day() -> None:
    answer = told(providers({}).find("hunter").provider, sent(HUNTER))
    (fact,) = [one for one in answer.entries[0].facts if one.attribute == "employees"]
    assert fact.quote == "data.metrics.employees: 251-1K"
    assert fact.as_of == date(2026, 9, 1)
    assert fact.confidence == 0.8


#: A ready provider, what it sends as documented, and what that means.
REFUSALS = [
    ("apollo", sent({"organization": None}), Outcome.NO_MATCH),
    ("apollo", sent({"organization": {}}), Outcome.NO_MATCH),
    ("apollo", sent({}), Outcome.NO_MATCH),
    ("apollo", Response(401, body=b"Invalid access credentials."), Outcome.NOT_ALLOWED),
    ("apollo", sent({"error_code": "API_INACCESSIBLE"}, 403), Outcome.NOT_ALLOWED),
    ("apollo", sent({"error": "Invalid domain"}, 422), Outcome.NOT_COVERED),
    ("apollo", sent({}, 429, retry_after="30"), Outcome.RATE_LIMITED),
    ("apollo", Response(500, body=b"oops"), Outcome.FAILED),
    ("peopledatalabs", sent({"error": {"type": "not_found"}}, 404), Outcome.NO_MATCH),
    ("peopledatalabs", sent({"error": {"type": "payment_required"}}, 402), Outcome.QUOTA_USED_UP),
    ("peopledatalabs", sent({}, 401), Outcome.NOT_ALLOWED),
    ("peopledatalabs", sent({}, 429), Outcome.RATE_LIMITED),
    ("peopledatalabs", sent({}, 503), Outcome.FAILED),
    ("hunter", sent({"errors": [{"id": "rate"}]}, 403), Outcome.RATE_LIMITED),
    ("hunter", sent({"errors": [{"id": "usage"}]}, 429), Outcome.QUOTA_USED_UP),
    ("hunter", sent({"data": None}), Outcome.NO_MATCH),
    ("hunter", sent({}, 404), Outcome.NO_MATCH),
]


@pytest.mark.parametrize(("name", "response", "outcome"), REFUSALS)
def test_a_refusal_means_what_the_provider_means_by_it(
    name: str, response: Response, outcome: Outcome
) -> None:
    answer = told(providers({}).find(name).provider, response)
    assert answer.outcome is outcome
    assert answer.entries == ()
    assert str(response.status) in answer.reason


@settings(max_examples=60)
@given(st.binary(max_size=200), st.sampled_from([0, 200, 204, 404, 429, 500]))
def test_any_bytes_are_an_answer(body: bytes, status: int) -> None:
    for one in providers({}).described.values():
        answer = told(one.provider, Response(status, body=body))
        assert answer.outcome is not Outcome.FOUND


_LEAF = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
_ANY = st.recursive(_LEAF, lambda inner: st.lists(inner, max_size=3), max_leaves=6)


@settings(max_examples=60)
@given(st.data())
def test_any_value_anywhere_in_an_answer_is_an_answer(data: st.DataObject) -> None:
    name, shape = data.draw(
        st.sampled_from(
            [("apollo", APOLLO), ("hunter", HUNTER), ("peopledatalabs", PEOPLEDATALABS)]
        )
    )
    document = broken(shape, data)
    body = json.dumps(document, allow_nan=True).encode()
    answer = told(providers({}).find(name).provider, Response(200, body=body))
    assert answer.outcome in (Outcome.FOUND, Outcome.FAILED, Outcome.NO_MATCH)
    repr(answer).encode()


def broken(node: Any, data: st.DataObject) -> Any:
    """The same document with some of its values replaced by anything."""
    if data.draw(st.integers(0, 5)) == 0:
        return data.draw(_ANY)
    if isinstance(node, dict):
        return {key: broken(one, data) for key, one in node.items()}
    return node
