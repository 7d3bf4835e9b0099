"""What a page and DNS records say about Windows servers, and what they leave open."""

import pytest

from enrich.technologies import detect
from tests.made_pages import page

WINDOWS = {"windows-server", "iis", "exchange-server", "active-directory"}


def confidences(
    html: str = "", headers: dict[str, str] | None = None, dns: dict[str, list[str]] | None = None
) -> dict[str, int]:
    found = detect(page(html, headers=headers), dns=dns)
    return {one.slug: one.confidence for one in found}


@pytest.mark.parametrize(
    ("html", "headers", "least", "most"),
    [
        pytest.param("", {"server": "Microsoft-IIS/10.0"}, 100, 100, id="IIS needs Windows"),
        pytest.param("", {"x-aspnet-version": "4.0.30319"}, 85, 95, id="ASP.NET nearly always"),
        pytest.param('<a href="/shop.aspx">Shop</a>', {}, 60, 85, id="a page of ASP.NET"),
        pytest.param("", {"microsoftsharepointteamservices": "16.0"}, 80, 90, id="SharePoint"),
        pytest.param('<a href="/rdweb/pages/">Login</a>', {}, 100, 100, id="remote desktops"),
        pytest.param("", {"server": "Apache/2.4.58 (Win64)"}, 90, 99, id="Apache on Windows"),
    ],
)
def test_windows_servers_are_inferred_by_degrees(
    html: str, headers: dict[str, str], least: int, most: int
) -> None:
    assert least <= confidences(html, headers)["windows-server"] <= most


@pytest.mark.parametrize(
    "dns",
    [
        pytest.param({"mx": ["0 acme-example.mail.protection.outlook.com."]}, id="mail exchanger"),
        pytest.param({"txt": ["v=spf1 include:spf.protection.outlook.com -all"]}, id="SPF"),
        pytest.param({"autodiscover": ["autodiscover.outlook.com"]}, id="autodiscover"),
    ],
)
def test_mail_at_microsoft_is_no_windows_server(dns: dict[str, list[str]]) -> None:
    found = confidences(dns=dns)
    assert "microsoft-365" in found
    assert not WINDOWS & set(found)


def test_a_network_in_front_leaves_the_server_open() -> None:
    assert not WINDOWS & set(confidences(headers={"server": "cloudflare", "cf-ray": "8a"}))
