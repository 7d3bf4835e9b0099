"""Pages that are nothing but a wall are not read; pages that mention one are."""

import pytest

from enrich.parked import READ_ANYWAY, states
from enrich.reading import read_document
from tests.made_pages import document

FIRM = (
    "<h1>Kerbholz Ventile</h1><p>Seit drei Generationen fertigen wir Ventile und Klappen für"
    " Schüttgut, vom Silo bis zur Waage. Unsere Werkstatt steht in Musterstadt.<p>Besuchen Sie uns"
    " nach Anmeldung an der Pforte, oder rufen Sie an: 030 901820."
)
BANNER = "<div><p>We use cookies.<p>Accept all<p>Reject<p>Cookie settings</div>"
FORM = (
    "<form><p>Log in<p>E-mail<input name=m><p>Password<input type=password><p>Forgot your"
    " password?<p><button>Sign in</button></form>"
)


def reasons(html: str, kind: str = "home") -> tuple[str, ...]:
    return tuple(state.reason for state in states(document(html, kind=kind)))


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        pytest.param(
            "<title>Before you continue</title><h1>Before you continue</h1><p>We use cookies and"
            " data to deliver and maintain our services.<p>If you choose to accept all, we will"
            " also use cookies to personalise ads.<p><button>Reject all</button>"
            "<button>Accept all</button><a href=/p>Privacy policy</a>",
            "cookie_wall",
            id="consent before anything else",
        ),
        pytest.param(
            "<h2>Wir brauchen Ihre Einwilligung</h2><p>Wir und unsere 812 Partner speichern"
            " Informationen auf Ihrem Gerät und verarbeiten personenbezogene Daten.<p>"
            "<button>Zustimmen und weiter</button><a href=/i>Impressum</a><a href=/d>Datenschutz"
            "</a>",
            "cookie_wall",
            id="consent, in German",
        ),
        pytest.param(
            "<h1>Nous respectons votre vie privée : cookies</h1><p>Avec votre consentement, nous"
            " utilisons des cookies.<p>Accepter<p>Refuser<p>Paramétrer",
            "cookie_wall",
            id="consent, in French",
        ),
        pytest.param(FORM, "login_wall", id="a login"),
        pytest.param(
            "<h1>Anmelden</h1><form><label>Benutzername</label><input><label>Passwort</label>"
            "<input type='password'><button>Anmelden</button></form><p>Passwort vergessen?",
            "login_wall",
            id="a login, in German",
        ),
        pytest.param(
            "<h1>Choose your language</h1><a href=/de>Deutsch</a><br><a href=/en>English</a><br>"
            "<a href=/fr>Français</a><br><a href=/it>Italiano</a>",
            "language_gate",
            id="a choice of languages",
        ),
        pytest.param(
            "<h1>Select your country</h1><ul><li>Germany<li>France<li>United Kingdom</ul>",
            "language_gate",
            id="a choice of countries",
        ),
        pytest.param(
            "<h1>We have moved!</h1><p>Our new site is <a href='https://newname.example/'>here</a>",
            "moved",
            id="moved",
        ),
        pytest.param(
            "<p>Sie finden uns ab sofort unter <a href='https://neuername.example'>neuername</a>",
            "moved",
            id="moved, in German",
        ),
        pytest.param(
            "<title>Security</title><p>Verifying you are human. This may take a few seconds.",
            "challenge",
            id="a challenge",
        ),
        pytest.param(
            "<p>One moment<script src='/cdn-cgi/challenge-platform/h/b/orchestrate.js'></script>",
            "challenge",
            id="a challenge by its script",
        ),
    ],
)
def test_a_wall_is_recognised_and_not_read(html: str, reason: str) -> None:
    wall = document(f"{html}<p>Tel. 030 901820" if reason == "moved" else html, kind="home")
    (state,) = (one for one in states(wall) if one.reason not in READ_ANYWAY)
    assert state.reason == reason
    assert state.words
    reading = read_document(wall)
    assert (reading.found, reading.reasons[0], reading.words) == ((), reason, state.words)


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(FIRM + BANNER, id="a page with a banner"),
        pytest.param(BANNER + FIRM, id="a banner before the page"),
        pytest.param(FIRM + FORM, id="a page with a login form"),
        pytest.param(f"{FIRM}<a href=/login>Log in</a><p>Passwort vergessen?", id="a link to it"),
        pytest.param(
            f"{FIRM}<p>Choose your language: <a href=/de>Deutsch</a> <a href=/en>English</a>",
            id="a page with a choice of languages",
        ),
        pytest.param(
            f"{FIRM}<p>We have moved to a larger workshop in the same street.",
            id="a company that moved house",
        ),
        pytest.param(
            "<h1>We have moved</h1><p>Find us at our new workshop, Beispielweg 5, 10115 Berlin.",
            id="a short page about a new workshop",
        ),
        pytest.param(
            f"<h1>Cookies and biscuits</h1>{FIRM}<p>We bake cookies. Accept no imitation.",
            id="a bakery",
        ),
        pytest.param(
            f"<h1>Password managers for companies</h1>{FIRM}<p>Sign in once.",
            id="a trade of logins",
        ),
        pytest.param(
            f"{FIRM}<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>"
            + FIRM * 6,
            id="a page behind a network that watches",
        ),
    ],
)
def test_a_page_that_mentions_a_wall_is_read(html: str) -> None:
    assert reasons(html) == ()


def test_a_portal_s_login_is_what_was_looked_for() -> None:
    assert reasons(FORM, "portal") == ()
    assert reasons(FORM, "about") == ("login_wall",)
