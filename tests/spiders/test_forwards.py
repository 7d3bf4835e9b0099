"""Where a page sends its visitors: by a meta tag, a script or a frame; and what sends nobody on."""

import time

import pytest

from spiders.forwards import forward_of

HERE = "http://acme.example/start/"
TEXT = "<p>" + "Ventile und Klappen für Schüttgut aus eigener Fertigung. " * 40


@pytest.mark.parametrize(
    ("html", "target", "how"),
    [
        ('<meta http-equiv="refresh" content="0; URL=/de/">', "/de/", "meta refresh"),
        ("<META HTTP-EQUIV=Refresh CONTENT='3;url=home.html'>", "/start/home.html", "meta refresh"),
        (
            '<meta http-equiv="refresh" content="0;url=https://neu.example/">',
            "https://neu.example/",
            "meta refresh",
        ),
        (f'<meta http-equiv="refresh" content="0; URL=/de/">{TEXT}', "/de/", "meta refresh"),
        ('<script>location.href = "/de/index.html";</script>', "/de/index.html", "script"),
        ("<script>window.location.replace('/de/')</script>", "/de/", "script"),
        ("<script>window.location='/de/'</script>", "/de/", "script"),
        ('<script>top.location.assign("/de/");</script>', "/de/", "script"),
        ('<script><!--\ndocument.location.href="/de/"\n//--></script>', "/de/", "script"),
        (
            "<script>window.onload = () => { setTimeout(() => { location = '/de/' }, 9) }</script>",
            "/de/",
            "script",
        ),
        (
            '<p>You are being redirected.</p><script>location.href="https://neu.example/"</script>',
            "https://neu.example/",
            "script",
        ),
        (
            '<frameset rows="100%,*"><frame src="https://neu.example/"></frameset>',
            "https://neu.example/",
            "frame",
        ),
        (
            '<frameset><frame src="//neu.example/x"><frame src="leer.htm"></frameset>',
            "http://neu.example/x",
            "frame",
        ),
        (
            '<FRAMESET><frame src="//neu.example/"><noframes><body>none</body></noframes>',
            "http://neu.example/",
            "frame",
        ),
    ],
)
def test_a_page_that_sends_its_visitors_on(html: str, target: str, how: str) -> None:
    found = forward_of(html, HERE)
    assert found is not None
    assert (found.url, found.how) == (
        target if target.startswith("http") else f"http://acme.example{target}",
        how,
    )


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(TEXT, id="a page"),
        pytest.param('<meta http-equiv="refresh" content="300">', id="a reload"),
        pytest.param(f'<meta http-equiv="refresh" content="300; url=/x">{TEXT}', id="a slow one"),
        pytest.param(
            f'<meta http-equiv="refresh" content="8; url=/x">{TEXT}', id="a page that waits"
        ),
        pytest.param(
            '<noscript><meta http-equiv="refresh" content="0;url=/nojs"></noscript>', id="for some"
        ),
        pytest.param('<!-- <meta http-equiv="refresh" content="0;url=/x"> -->', id="a comment"),
        pytest.param('<meta name="refresh" content="0;url=/x">', id="another meta tag"),
        pytest.param(
            '<script>if (screen.width < 700) { location.href = "/mobile"; }</script>',
            id="telephones",
        ),
        pytest.param(
            "<script>navigator.language == 'de' ? location.href='/de' : 0</script>",
            id="some languages",
        ),
        pytest.param("<button onclick=\"location.href='/shop'\">Shop</button>", id="a button"),
        pytest.param(
            "<script>b.addEventListener('click', function(){ location.href='/x' })</script>",
            id="a click",
        ),
        pytest.param('<script>location.href = "/x" + id;</script>', id="an address put together"),
        pytest.param("<script>location.href = target;</script>", id="an address elsewhere"),
        pytest.param(
            '<script>location.href="/de/"; location.href="/en/"</script>', id="two addresses"
        ),
        pytest.param(f'<script>location.href = "/de/"</script>{TEXT}', id="a page with a script"),
        pytest.param(
            '<script>var mylocation = "/x"; a.location = "/y";</script>', id="others' words"
        ),
        pytest.param('<script>if (location == "/x") {}</script>', id="a comparison"),
        pytest.param("<script>location.href='javascript:void(0)'</script>", id="no address"),
        pytest.param('<frameset><frame src="/nav"><frame src="/main"></frameset>', id="own frames"),
        pytest.param('<iframe src="https://video.example/"></iframe>', id="an embedded page"),
        pytest.param(
            f'<frameset><frame src="http://x.example/"></frameset>{TEXT}', id="text beside"
        ),
        pytest.param(
            '<body><frameset><frame src="http://x.example/"></frameset>', id="frames in a body"
        ),
        pytest.param(
            '<meta http-equiv="refresh" content="0; url=http://[bad">', id="a bad address"
        ),
    ],
)
def test_a_page_that_stays(html: str) -> None:
    assert forward_of(html, HERE) is None


@pytest.mark.parametrize(
    "piece",
    [
        "<!--",
        "<script>",
        "<noscript>",
        "<a \"'>",
        "<",
        "<meta ",
        "<script>location='",
        "<frame",
        "location=",
    ],
)
def test_a_page_made_to_take_long_does_not(piece: str) -> None:
    before = time.process_time()
    for start in ("<frameset>", '<meta http-equiv=refresh content="', "<script>location"):
        forward_of(start + piece * (48_000 // len(piece)), HERE)
    assert time.process_time() - before < 2
