"""Links in the scripts of a page that has no menu of its own."""

import pytest

from spiders.links import links_of
from spiders.state_links import state_links
from tests.spiders.made_links import at

HERE = "https://www.kerbholz.example/"


def found(html: str) -> list[str]:
    links = links_of(at(HERE, html), "kerbholz.example")
    return [
        link.url.removeprefix(HERE) for link in state_links(html, HERE, "kerbholz.example", links)
    ]


@pytest.mark.parametrize(
    ("html", "urls"),
    [
        (
            '<script type="application/json">{"menu":[{"to":"/impressum"},{"to":"/kontakt"}]}</script>',
            ["impressum", "kontakt"],
        ),
        ('<script>window.__NUXT__={a:"\\u002Fimpressum"}</script>', ["impressum"]),
        ('<script>s={"u":"https:\\/\\/www.kerbholz.example\\/kontakt"}</script>', ["kontakt"]),
        (
            '<script>routes=[{path:"/ueber-uns",c:A},{path:"/ueber-uns/:id"}]</script>',
            ["ueber-uns"],
        ),
        ('<script>x="/impressum.js";y="/assets/kontakt.svg"</script>', []),
        ('<script>x="https://other.example/impressum"</script>', []),
        ('<script>x="/news/2024/05/kontakt"; y="/kontakt/kontakt/kontakt"</script>', []),
        ('<script>x="/a/b", y="/agb"</script>', []),
        ('<script>x="//[bad/impressum"</script>', []),
        ('<a href="/kontakt">Kontakt</a><a href="/impressum">I</a><script>x="/about"</script>', []),
        ("<p>no script</p>", []),
    ],
)
def test_paths_that_scripts_name(html: str, urls: list[str]) -> None:
    assert sorted(found(html)) == sorted(urls)


def test_the_reason_says_so() -> None:
    html = '<script>x="/impressum"</script>'
    (link,) = state_links(html, HERE, "kerbholz.example", [])
    assert link.why == "the page's scripts name it: path has 'impressum'"
