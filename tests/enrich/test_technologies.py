import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.detecting.pack import own_pack
from enrich.technologies import detect, technologies_json, to_extracted
from leads.lexicon.technologies import members
from leads.values import TechnologyUse
from tests.made_pages import HOME, page


def slugs(html: str = "", headers: dict[str, str] | None = None, url: str = HOME) -> set[str]:
    return {one.slug for one in detect(page(html, url, headers=headers))}


def test_the_estates_of_the_worked_example_can_be_seen() -> None:
    seen = set(own_pack().ruleset.technologies)
    windows, management = members("windows-estate"), members("management-software")
    assert windows is not None
    assert management is not None
    assert len(seen & windows) >= 8
    assert len(seen & management) >= 15


@pytest.mark.parametrize(
    ("slug", "html", "headers"),
    [
        pytest.param("iis", "", {"server": "Microsoft-IIS/10.0"}, id="IIS"),
        pytest.param("asp-net", "", {"x-powered-by": "ASP.NET"}, id="ASP.NET by its header"),
        pytest.param(
            "asp-net",
            '<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="x">',
            {},
            id="ASP.NET by its form",
        ),
        pytest.param(
            "asp-net-core",
            "",
            {"set-cookie": ".AspNetCore.Session=x; path=/"},
            id="ASP.NET Core, which tells no operating system",
        ),
        pytest.param(
            "outlook-web-access",
            '<a href="/owa/auth/logon.aspx">Mail</a>',
            {},
            id="Outlook on the own host",
        ),
        pytest.param("exchange-server", "", {"x-owa-version": "15.1.2507"}, id="Exchange"),
        pytest.param(
            "remote-desktop-services",
            '<a href="https://remote.acme.example/RDWeb">Remote</a>',
            {},
            id="remote desktops",
        ),
        pytest.param(
            "sharepoint",
            '<link rel="stylesheet" href="/_layouts/15/1033/styles/corev15.css">',
            {},
            id="SharePoint",
        ),
        pytest.param(
            "wordpress", '<img src="/wp-content/uploads/a.png">', {}, id="WordPress by its folders"
        ),
        pytest.param("typo3", '<meta name="generator" content="TYPO3 CMS">', {}, id="TYPO3"),
        pytest.param(
            "drupal", "", {"x-generator": "Drupal 10 (https://www.drupal.org)"}, id="Drupal"
        ),
        pytest.param(
            "shopify", '<script src="//cdn.shopify.com/s/files/1/t.js"></script>', {}, id="Shopify"
        ),
        pytest.param(
            "shopware", '<script src="/bundles/storefront/js/x.js"></script>', {}, id="Shopware"
        ),
        pytest.param(
            "recharge",
            '<script src="https://static.rechargecdn.com/x.js"></script>',
            {},
            id="subscriptions",
        ),
        pytest.param(
            "hubspot-marketing",
            '<script src="//js-eu1.hs-scripts.com/1.js"></script>',
            {},
            id="HubSpot",
        ),
        pytest.param(
            "google-analytics",
            '<script src="https://www.googletagmanager.com/gtag/js?id=G-1"></script>',
            {},
            id="Analytics",
        ),
        pytest.param(
            "matomo",
            "<script>var _paq = []; _paq.push(['trackPageView'])</script>",
            {},
            id="Matomo inline",
        ),
        pytest.param(
            "next-js",
            '<script id="__NEXT_DATA__" type="application/json">{}</script>',
            {},
            id="Next.js",
        ),
        pytest.param("vue", '<div class="x" data-v-1a2b3c4d></div>', {}, id="Vue"),
        pytest.param(
            "odoo",
            '<link rel="stylesheet" href="/web/assets/1-abc/web.assets_frontend.min.css">',
            {},
            id="Odoo",
        ),
        pytest.param(
            "sap",
            '<a href="https://portal.acme.example/sap/bc/ui5_ui5/">Portal</a>',
            {},
            id="SAP portal",
        ),
        pytest.param(
            "sap",
            "",
            {"set-cookie": "sap-usercontext=sap-client=100; path=/"},
            id="SAP by its cookie",
        ),
        pytest.param("netsuite", "", {"set-cookie": "NS_VER=2026.1; path=/"}, id="NetSuite"),
        pytest.param(
            "dynamics-365",
            '<iframe src="https://acme.crm4.dynamics.com/form"></iframe>',
            {},
            id="Dynamics",
        ),
        pytest.param(
            "zendesk",
            '<a href="https://acme.zendesk.com/hc">Help</a>',
            {},
            id="a portal of the company's name at the vendor",
        ),
        pytest.param(
            "personio",
            '<a href="https://acme-jobs.jobs.personio.de/">Jobs</a>',
            {},
            id="a job board of the company's name",
        ),
        pytest.param("cloudflare", "", {"server": "cloudflare", "cf-ray": "1"}, id="Cloudflare"),
        pytest.param("nginx", "", {"server": "nginx/1.25.3"}, id="nginx"),
        pytest.param("php", "", {"x-powered-by": "PHP/8.3.1"}, id="PHP"),
    ],
)
def test_a_technology_is_seen_by_what_running_it_leaves(
    slug: str, html: str, headers: dict[str, str]
) -> None:
    assert slug in slugs(html, headers)


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(
            "We migrate Shopify and WordPress shops to SAP S/4HANA on Microsoft-IIS/10.0.",
            id="names in the text",
        ),
        pytest.param(
            '<a href="https://www.shopify.com">Shopify</a> <a'
            ' href="https://cdn.shopify.com/s/files/x.pdf">x</a>',
            id="links to vendors",
        ),
        pytest.param(
            '<code>&lt;script src="//cdn.shopify.com/x.js"&gt; _paq.push('
            ' consent.cookiebot.com/uc.js id="__NEXT_DATA__"</code>',
            id="code shown to readers",
        ),
        pytest.param(
            '<img src="https://www.other.example/wp-content/logo.png">',
            id="a picture of somebody else's WordPress",
        ),
        pytest.param('<a href="https://other.example/owa/">Mail</a>', id="somebody else's mail"),
        pytest.param(
            '<a href="https://customer.zendesk.com/">Our customer</a>', id="somebody else's portal"
        ),
        pytest.param(
            '<a href="/blog/why-we-left-owa">x</a><a href="/news?to=/sap/bc/">y</a>',
            id="words in addresses",
        ),
        pytest.param(
            '<meta name="description" content="WordPress, TYPO3 and Drupal agency">',
            id="a description",
        ),
        pytest.param(
            '<a href="javascript:alert(1)">x</a><script src="javascript:x"></script><img'
            ' src="data:image/png;base64,wp-content">',
            id="no addresses",
        ),
    ],
)
def test_what_a_page_mentions_is_not_what_its_owner_runs(html: str) -> None:
    assert slugs(html) == set()


def test_a_network_in_front_claims_nothing_about_the_server_behind() -> None:
    assert slugs("", {"server": "cloudflare", "cf-ray": "8a", "via": "1.1 varnish"}) == {
        "cloudflare"
    }
    assert slugs("", {"server": "cloudflare", "x-aspnet-version": "4.0.30319"}) >= {
        "cloudflare",
        "asp-net",
    }


def test_versions_and_what_is_implied() -> None:
    found = {one.slug: one for one in detect(page("", headers={"server": "Microsoft-IIS/10.0"}))}
    assert found["iis"].version == "10.0"
    assert (found["windows-server"].version, found["windows-server"].evidence[0].field) == (
        None,
        "implied",
    )
    html = (
        '<script src="/js/jquery-3.7.1.min.js"></script><script'
        ' src="//ajax.googleapis.com/ajax/libs/jquery/1.11.0/jquery.min.js"></script>'
    )
    assert next(one.version for one in detect(page(html)) if one.slug == "jquery") == "3.7.1"


def test_evidence_of_several_kinds_makes_surer() -> None:
    weak = '<a href="/web/login">Sign in</a>'
    (one,) = detect(page(weak))
    assert (one.slug, one.confidence) == ("odoo", 50)
    (both,) = detect(page(weak, headers={"set-cookie": "frontend_lang=de_DE; Path=/"}))
    assert both.confidence == 80


def test_cookies_are_read_by_name_whether_joined_by_lines_or_commas() -> None:
    lines = {
        "set-cookie": (
            "a=PHPSESSID=1; expires=Wed, 01 Jan 2031 00:00:00 GMT\nlaravel_session=x; path=/"
        )
    }
    assert slugs("", lines) >= {"laravel"}
    assert "php" not in {
        one.slug for one in detect(page("", headers=lines)) if one.evidence[0].field == "cookies"
    }


def test_the_document_of_the_command() -> None:
    html = '<script src="https://cdn.shopify.com/s/files/1/theme.js"></script>'
    printed: dict[str, Any] = technologies_json(detect(page(html)))
    assert printed == {
        "technologies": [
            {
                "name": "Shopify",
                "slug": "shopify",
                "version": None,
                "confidence": 100,
                "uses": True,
                "evidence": [
                    {"field": "scriptSrc", "match": "https://cdn.shopify.com/s/files/1/theme.js"}
                ],
            }
        ]
    }
    assert technologies_json(()) == {"technologies": []}


def test_findings_carry_their_evidence_as_quote() -> None:
    seen = {
        one.value: one
        for one in to_extracted(detect(page("", headers={"server": "Microsoft-IIS/10.0"})))
    }
    assert seen[TechnologyUse("iis")].quote == "headers: server: Microsoft-IIS/10.0"
    assert (seen[TechnologyUse("iis")].method, seen[TechnologyUse("windows-server")].method) == (
        "fingerprint",
        "implied",
    )


@pytest.mark.parametrize(
    "unit",
    [
        "<script src=jquery",
        "__viewstate",
        "data-v-",
        "svelte-",
        "/wp-content/",
        "<!--",
        "<script>",
        "cdn.shopify.com\n",
        "\x00",
        "&",
    ],
)
def test_hostile_pages_are_searched_in_a_moment(unit: str) -> None:
    start = time.process_time()
    detect(
        page(
            unit * (500_000 // len(unit)),
            headers={"server": unit * 5_000, "set-cookie": unit * 5_000},
        )
    )
    assert time.process_time() - start < 3


@given(
    st.text(),
    st.dictionaries(
        st.sampled_from(["server", "set-cookie", "x-powered-by", "link", "via"]),
        st.text(max_size=50),
    ),
    st.text(max_size=30),
)
def test_any_page_is_searched(html: str, headers: dict[str, str], url: str) -> None:
    for made in (
        html,
        f'<script src="{html}">',
        f"<a href='{html}'>",
        f"<meta name=generator content='{html}'>",
    ):
        assert all(
            0 <= one.confidence <= 100 and one.evidence
            for one in detect(page(made, f"https://{url}", headers=headers))
        )
