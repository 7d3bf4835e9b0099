import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.json_ld import MOST_NODES, nodes, own_organisations, postings, text, texts
from tests.made_pages import found, values


def ld(*documents: Any) -> str:
    return "".join(
        "<script"
        f' type="application/ld+json">{one if isinstance(one, str) else json.dumps(one)}</script>'
        for one in documents
    )


COMPANY = {
    "@context": "https://schema.org",
    "@type": "Corporation",
    "name": "Acme",
    "legalName": "Acme Beispiel GmbH",
    "url": "https://www.acme.example/",
    "vatID": "DE136695976",
    "foundingDate": "1987-05-01",
    "telephone": "+49 30 901820",
    "faxNumber": "+49 30 901821",
    "email": "mailto:info@acme.example",
    "numberOfEmployees": {"@type": "QuantitativeValue", "minValue": 50, "maxValue": 99},
    "address": {
        "@type": "PostalAddress",
        "streetAddress": "Beispielweg 5",
        "postalCode": "10115",
        "addressLocality": "Berlin",
        "addressCountry": "DE",
    },
    "geo": {"latitude": 52.5321, "longitude": "13.3849"},
    "sameAs": [
        "https://www.linkedin.com/company/acme-beispiel?trk=x",
        "https://www.facebook.com/sharer/x",
    ],
    "naics": "332710",
    "parentOrganization": {"@type": "Organization", "name": "Acme Holding"},
}


def test_everything_an_organisation_says_of_itself() -> None:
    html = ld({"@graph": [{"@type": "WebSite", "name": "A site"}, COMPANY]})
    said = {
        (one, str(value))
        for one in (
            "name",
            "legal_name",
            "legal_form",
            "founded",
            "phone",
            "fax",
            "email",
            "street",
            "postcode",
            "city",
            "country",
            "vat_id",
            "parent",
            "latitude",
            "industry",
            "social",
            "employees",
        )
        for value in values(found(html, one))
    }
    assert said == {
        ("name", "Acme"),
        ("legal_name", "Acme Beispiel GmbH"),
        ("legal_form", "gmbh"),
        ("founded", "1,987"),
        ("phone", "+4930901820"),
        ("fax", "+4930901821"),
        ("email", "info@acme.example"),
        ("street", "Beispielweg 5"),
        ("postcode", "10115"),
        ("city", "Berlin"),
        ("country", "DE"),
        ("vat_id", "DE136695976"),
        ("parent", "Acme Holding"),
        ("latitude", "52.5321"),
        ("industry", "naics:332710"),
        ("social", "https://linkedin.com/company/acme-beispiel"),
        ("employees", "50 to 99"),
    }
    assert {one.method for one in found(html, "phone")} == {"json_ld"}
    assert found(html, "phone")[0].quote == '"telephone": "+49 30 901820"'


@pytest.mark.parametrize(
    ("written", "names"),
    [
        pytest.param('{"@type": "Organization", "name": "Acme",}', ["Acme"], id="a comma too many"),
        pytest.param(
            '<!-- {"@type": "Organization", "name": "Acme"} -->', ["Acme"], id="inside a comment"
        ),
        pytest.param(
            '{"@type": "Organization", "name": "Ac\nme"}',
            ["Ac me"],
            id="a bare line break in a text",
        ),
        pytest.param(
            '{"@type": "Organization", "name": "Acme"};', ["Acme"], id="with something behind it"
        ),
        pytest.param(
            "{&quot;@type&quot;: &quot;Organization&quot;, &quot;name&quot;: &quot;Acme&quot;}",
            ["Acme"],
            id="escaped as HTML",
        ),
        pytest.param(
            '[[{"@type": ["Thing", "https://schema.org/LocalBusiness"], "name": {"@value":'
            ' "Acme"}}]]',
            ["Acme"],
            id="lists, addresses of types, values",
        ),
        pytest.param(
            '{"@type": "WebPage", "publisher": {"@type": "Organization", "name": "Acme"}}',
            ["Acme"],
            id="the publisher of a page",
        ),
        pytest.param(
            '{"@type": "Organization", "name": "Other", "url": "https://other.example"}',
            [],
            id="of another domain",
        ),
        pytest.param(
            '{"@type": "Article", "author": {"@type": "Organization", "name": "Other"}}',
            [],
            id="the author of an article",
        ),
        pytest.param('{"@type": "Person", "name": "Someone"}', [], id="a person"),
        pytest.param('{"@type": "Organization", "name": ', [], id="cut off"),
        pytest.param(
            '{"@type": "Organization", "name": true, "numberOfEmployees": NaN}',
            [],
            id="values of other kinds",
        ),
        pytest.param("[" * 10_000, [], id="brackets that never close"),
        pytest.param('{"a":' * 10_000 + "1" + "}" * 10_000, [], id="ten thousand levels"),
        pytest.param(
            '{"@type": "Organization", "name": ' + "9" * 5_000 + "}",
            [],
            id="a number that Python refuses",
        ),
        pytest.param("null", [], id="nothing"),
    ],
)
def test_structured_data_as_it_is_met(written: str, names: list[str]) -> None:
    assert values(found(ld(written), "name")) == names


def test_a_flood_of_nodes_is_bounded() -> None:
    start = time.process_time()
    read = list(nodes([json.dumps([[{"@type": "Thing"}] * 3] * 5_000)]))
    assert len(read) <= MOST_NODES
    assert time.process_time() - start < 2


def test_job_openings() -> None:
    html = ld(
        [
            {"@type": "JobPosting", "title": "Welder (m/f/d)"},
            {"@type": "JobPosting", "title": ""},
            {"@type": "JobPosting"},
        ]
    )
    assert values(found(html, "job_opening")) == ["Welder (m/f/d)"]


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["Organization", "https://x.example", "2001", "DE"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    *COMPANY,
                    "@graph",
                    "@id",
                    "publisher",
                    "contactPoint",
                    "title",
                    "value",
                    "name",
                    "@value",
                ]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@given(anything)
def test_any_structured_data_is_read(value: Any) -> None:
    html = ld({"@type": "Organization", **value} if isinstance(value, dict) else value)
    assert all(isinstance(one.confidence, float) and one.quote for one in found(html, "name"))
    read = tuple(nodes([json.dumps(value)]))
    assert len(own_organisations(read, None)) + len(postings(read)) <= 2 * len(read)


@given(anything)
def test_a_property_is_always_a_text(value: Any) -> None:
    assert isinstance(text(value), str)
    assert all(texts(value))
