"""The technology catalog: names of lists to slugs, and the members of categories."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.lexicon import reference
from leads.lexicon.reference import document
from leads.lexicon.technologies import CATEGORIES, check_term, find, members, technology

FOUND = [
    ("ASP.NET", "asp-net"),
    ("Microsoft-IIS/10.0", "iis"),
    ("IIS 8.5", "iis"),
    ("Windows Server 2019", "windows-server"),
    ("Exchange", "exchange-server"),
    ("Exchange Online", "microsoft-365"),
    ("Office 365", "microsoft-365"),
    ("dotnet", "dotnet"),
    (".NET", "dotnet"),
    ("C#", "c-sharp"),
    ("C++", "c-plus-plus"),
    ("c", "c"),
    ("nodejs", "node-js"),
    ("Node.js 20.1", "node-js"),
    ("PHP 8.1", "php"),
    ("postgres", "postgresql"),
    ("Ruby on Rails", "ruby-on-rails"),
    ("react_native", "react-native"),
    ("Google Tag Manager", "google-tag-manager"),
    ("Adobe Marketo", "marketo"),
    ("Microsoft Dynamics 365 Business Central", "dynamics-365-business-central"),
    ("  WordPress ", "wordpress"),
]

NOT_FOUND = [
    "",
    "cloud",
    "devops",
    "mobile",
    "ml",
    "infrastructure",
    "nosql",
    "erp",
    "365",
    "8.1",
    "x" * 5000,
    "Example Suite",
]


@pytest.mark.parametrize(("text", "slug"), FOUND)
def test_find(text: str, slug: str) -> None:
    found = find(text)
    assert found is not None
    assert found.slug == slug


@pytest.mark.parametrize("text", NOT_FOUND)
def test_subjects_categories_and_strangers_are_no_technology(text: str) -> None:
    assert find(text) is None


# term, some members, some that are not
MEMBERS = [
    (
        "windows-estate",
        {
            "iis",
            "asp-net",
            "windows-server",
            "exchange-server",
            "outlook-web-access",
            "sharepoint",
            "active-directory",
            "ad-fs",
        },
        {"microsoft-365", "dotnet", "asp-net-core", "sql-server", "azure"},
    ),
    (
        "management-software",
        {
            "sap",
            "odoo",
            "netsuite",
            "proalpha",
            "abas",
            "weclapp",
            "salesforce",
            "opcenter",
            "teamcenter",
            "sap-business-one",
        },
        {"datev", "personio", "jira", "zendesk", "sap-commerce", "abap", "hubspot-marketing"},
    ),
    ("erp", {"sap", "infor-ln", "sage-100"}, {"salesforce", "windchill"}),
    ("cms", {"wordpress", "wix", "elementor"}, {"shopify"}),
    ("shops", {"shopify", "woocommerce", "skio"}, {"wordpress", "recharge"}),
    ("subscription-apps", {"recharge", "woocommerce-subscriptions"}, {"shopify"}),
    ("analytics", {"google-analytics", "matomo"}, {"google-tag-manager"}),
    ("databases", {"postgresql", "mongodb"}, {"snowflake"}),
    ("python", {"python", "django", "flask"}, {"wordpress", "ruby"}),
    (
        "php",
        {"php", "laravel"},
        {"wordpress", "magento"},
    ),  # running a product is not writing its language
    ("Shopify", {"shopify", "shopify-plus", "skio"}, {"woocommerce"}),
    ("Windows Estate", {"iis"}, {"nginx"}),
]


@pytest.mark.parametrize(("term", "some", "others"), MEMBERS)
def test_members(term: str, some: set[str], others: set[str]) -> None:
    found = members(term)
    assert found is not None
    assert some <= found
    assert not others & found


@pytest.mark.parametrize(
    ("term", "wrong"),
    [
        ("pyhton", "no such technology or category: pyhton, did you mean python"),
        (
            "management-sofware",
            "no such technology or category: management-sofware, did you mean management-software",
        ),
        ("zzzzzz", "no such technology or category: zzzzzz"),
        (
            "devops",
            (
                "devops is a subject, not a technology: name the tools (docker, kubernetes,"
                " terraform) or the category devops-tools"
            ),
        ),
    ],
)
def test_unknown_terms_are_named_with_the_nearest_word(term: str, wrong: str) -> None:
    assert members(term) is None
    assert check_term(term) == wrong


def test_known_terms_pass() -> None:
    assert [
        check_term(term) for term in ("python", "windows-estate", "Google Analytics", "CMS")
    ] == [None] * 4


def test_every_technology_is_sound() -> None:
    technologies = document("technologies.yaml")["technologies"]
    spellings: dict[str, str] = {}
    for slug, row in technologies.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
        assert set(row["in"]) <= set(CATEGORIES), slug
        assert set(row.get("implies", ())) <= set(technologies), slug
        assert technology(slug) == find(slug)
        for spelling in (slug, row["name"], *row.get("also", ())):
            key = re.sub(r"[\s_-]+", "", spelling.casefold())
            assert spellings.setdefault(key, slug) == slug, spelling
    assert not set(CATEGORIES) & set(spellings)


def test_every_category_is_sound() -> None:
    for category, row in document("technologies.yaml")["categories"].items():
        assert row["is"].endswith(".")
        assert set(row.get("within", ())) <= set(CATEGORIES)
        assert members(category), category
        assert find(category) is None


def test_no_slug_stands_twice() -> None:
    text = reference.text("technologies.yaml")
    slugs = re.findall(r"^  ([a-z0-9-]+): ", text, re.MULTILINE)
    assert len(slugs) == len(set(slugs))
    names = re.findall(r"^  ([a-z-]+): \{", reference.text("industries.yaml"), re.MULTILINE)
    assert len(names) == len(set(names))


@given(st.text(max_size=40))
def test_any_text_is_read_or_left(text: str) -> None:
    found = find(text)
    assert found is None or find(found.slug) == found
    assert (members(text) is None) == (check_term(text) is not None)


def test_what_a_real_list_calls_technologies(data: Path) -> None:
    with (data / "companies" / "remoteintech.csv").open(encoding="utf-8", newline="") as file:
        words = {word for row in csv.DictReader(file) for word in row["technologies"].split("|")}
    assert {word for word in words if not find(word)} == {
        "",
        "cloud",
        "devops",
        "mobile",
        "nosql",
        "ml",
        "data",
        "search",
        "infrastructure",
        "api",
    }
