"""Which pages a browser would have to fill."""

import pytest

from enrich.shells import is_shell
from tests.made_pages import HOME, document

WORDS = "<p>Nordwind makes windows of wood for customers in the north, and repairs them.</p>" * 5
APP = '<div id="root"></div><script src="/app.js"></script>'
STATE = '<script id="__NEXT_DATA__" type="application/json">{}</script>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param(APP, True, id="an empty root"),
        pytest.param(f"<noscript>Please enable JavaScript</noscript>{APP}", True, id="noscript"),
        pytest.param(f"<nav><a href=/a>Start</a></nav>{APP}", True, id="with a menu"),
        pytest.param(f"{WORDS}{APP}", False, id="with words"),
        pytest.param("<p></p>", False, id="empty without scripts"),
        pytest.param(f"{APP}{STATE}", True, id="an empty state"),
        pytest.param(
            APP
            + STATE.replace("{}", '{"text": "' + "Nordwind makes windows of wood. " * 12 + '"}'),
            False,
            id="a state that says something",
        ),
        pytest.param(
            APP
            + '<script type="application/ld+json">{"@type": "Organization", "name": "Nordwind GmbH",'
            f' "url": "{HOME}"}}</script>',
            False,
            id="its owner in JSON-LD",
        ),
        pytest.param(
            f"<title>Just a moment...</title><h1>Checking your browser before accessing</h1>{APP}"
            "<script src='/cdn-cgi/challenge-platform/a.js'></script>",
            False,
            id="a test whether a browser asks",
        ),
    ],
)
def test_only_pages_without_a_word_of_their_own(html: str, expected: bool) -> None:
    assert is_shell(document(html, HOME).page) is expected


def test_an_error_is_none() -> None:
    assert not is_shell(document(APP, HOME, status=404).page)
