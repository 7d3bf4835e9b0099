"""What looks like a trace of a technology and is none: a path of another meaning, a widget's file."""

import pytest

from enrich.technologies import detect
from tests.made_pages import page


def slugs(html: str) -> set[str]:
    return {one.slug for one in detect(page(html))}


@pytest.mark.parametrize(
    ("slug", "html"),
    [
        ("peoplesoft", '<a href="/psp/">Partner Success Program</a>'),
        ("peoplesoft", '<a href="/psc/about/team">Private Security Council</a>'),
        ("peoplesoft", '<a href="https://www.acme.example/psp/games/list?page=2">PSP</a>'),
        ("peoplesoft", '<a href="/produkte/psp/employee/">Personalsoftware</a>'),
        ("dynamics-nav", '<a href="/businesscentral">Business Central Beratung</a>'),
        ("dynamics-nav", '<a href="/dynamicsnav-schulung/">Schulung</a>'),
        ("dynamics-ax", '<a href="/dynamicsax-migration">Migration</a>'),
        ("proalpha", '<a href="/proalpha-beratung/">proALPHA</a>'),
        ("abas", '<a href="/abas/schulungen/">abas ERP</a>'),
        ("shopify", '<script src="https://cdn.shopify.com/shopifycloud/shop-js/a.js"></script>'),
        (
            "shopify",
            '<script src="https://cdn.shopify.com/shopifycloud/payment-sheet.js"></script>',
        ),
        ("shopify", '<script src="https://pay.example/cdn/shopifycloud/shop-js/a.js"></script>'),
        (
            "bootstrap",
            '<script src="//widget.example/bootstrap/v5/w.sync.bootstrap.min.js"></script>',
        ),
        ("bootstrap", '<script src="/js/angular-bootstrap.js"></script>'),
        ("bootstrap", '<link rel="stylesheet" href="/css/not-bootstrap.min.css">'),
    ],
)
def test_a_lookalike_is_not_detected(slug: str, html: str) -> None:
    assert slug not in slugs(html)


@pytest.mark.parametrize(
    ("slug", "html"),
    [
        ("peoplesoft", '<a href="/psp/hrprd/EMPLOYEE/HRMS/h/?tab=DEFAULT">Staff</a>'),
        ("peoplesoft", '<a href="/psp/ps/?cmd=login&amp;languageCd=ENG">Sign in</a>'),
        ("peoplesoft", '<a href="/psc/csprd/CUSTOMER/SA/c/X.Y.GBL">Apply</a>'),
        ("dynamics-nav", '<a href="/DynamicsNAV110/WebClient/">Login</a>'),
        ("proalpha", '<a href="/proalphaweb/login">Login</a>'),
        ("shopify", '<script src="https://cdn.shopify.com/s/files/1/0001/t/theme.js"></script>'),
        ("shopify", '<script src="/cdn/shopifycloud/storefront/assets/a.js"></script>'),
        ("shopify", '<img src="/cdn/shop/files/logo.png">'),
        ("bootstrap", '<script src="/js/bootstrap.min.js?ver=3.3.7"></script>'),
        ("bootstrap", '<script src="bootstrap.js"></script>'),
        ("bootstrap", '<script src="/lib/bootstrap-5.3.0.bundle.min.js"></script>'),
        ("bootstrap", '<link rel="stylesheet" href="//cdn.example/bootstrap@5.3.0/bootstrap.css">'),
    ],
)
def test_the_technology_itself_still_is(slug: str, html: str) -> None:
    assert slug in slugs(html)
