"""The page of a report: one file that runs nothing, asks for nothing and shows names as text."""

import base64
import hashlib
import re
from datetime import UTC, datetime
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from actions.reports import Head, Period
from console.reports.charts import draw
from console.reports.html import element, text
from console.reports.page import Tile, page
from console.reports.section import Bar, Bars, Columns, Section, Spread, Spreads

HOSTILE = "</title><script>alert(1)</script>\u202e\x1b[31m&\"'<img src=x onerror=alert(1)>"
HEAD = Head("nord\u202ewind<b>", HOSTILE, Period(), datetime(2026, 11, 2, 9, tzinfo=UTC))


class Read(HTMLParser):
    """The elements and the text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def section(name: str = HOSTILE) -> Section:
    return Section(
        title="Lists",
        columns={"list": "List", "vendor": "Vendor", "leads": "Leads"},
        rows=[{"list": name, "vendor": name, "leads": 3}],
        records=[],
        notes=[name],
        chart=Spreads("Leads", [Spread(name, 0.1, 0.05, 0.2, "10 of 100")]),
        beneath="vendor",
    )


def test_names_of_strangers_are_text_and_nothing_else() -> None:
    made = page(HEAD, [section()], [Tile(HOSTILE, HOSTILE, HOSTILE)])
    found = Read(made)
    names = {tag for tag, _ in found.elements}
    assert names.isdisjoint({"script", "img", "link", "iframe", "object", "form", "a", "b"})
    assert "<script>alert(1)</script>" in "".join(found.words)
    assert "\u202e" not in made
    assert "\x1b" not in made


def test_nothing_is_run_or_fetched() -> None:
    made = page(HEAD, [section()])
    found = Read(made)
    for _, attributes in found.elements:
        assert not any(
            key.startswith("on") or key in ("src", "href", "style") for key in attributes
        )
    style = re.search(r"<style>(.*)</style>", made, re.DOTALL)
    assert style is not None
    assert not re.search(r"url\(|@import|https?:", style[1])
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    (policy,) = [
        one["content"] or ""
        for tag, one in found.elements
        if tag == "meta" and one.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy.startswith("default-src 'none'")
    assert f"'sha256-{digest}'" in policy


def test_a_table_stands_below_each_chart_and_headings_say_what_they_head() -> None:
    found = Read(page(HEAD, [section("fair")]))
    tags = [tag for tag, _ in found.elements]
    assert tags.index("svg") < tags.index("table")
    scopes = [one.get("scope") for tag, one in found.elements if tag == "th"]
    assert scopes == ["col", "col", "row"]
    (svg,) = [one for tag, one in found.elements if tag == "svg"]
    assert svg["role"] == "img"
    assert "fair: 10 of 100, 10%" in found.words
    assert ("html", {"lang": "en"}) in found.elements


def test_charts_of_nothing_and_of_few_are_drawn() -> None:
    few = draw(Spreads("Leads", [Spread("fair", None, None, None, "2 of 9")]))
    assert "too few to say (2 of 9)" in few
    assert "circle" not in few
    assert "NaN" not in draw(Bars("Steps", [Bar("Names", 0)]))
    assert draw(Columns("Weeks", [], {"leads": []})).startswith("<svg")


numbers = st.integers(0, 10**7)


@given(st.lists(st.tuples(st.text(max_size=60), numbers), min_size=1, max_size=12))
def test_no_bar_is_longer_than_its_track(values: list[tuple[str, int]]) -> None:
    drawn = Read(draw(Bars("Steps", [Bar(label, value) for label, value in values])))
    rects = [one for tag, one in drawn.elements if tag == "rect"]
    widths = {kind: [] for kind in ("track", "bar")}  # type: dict[str, list[float]]
    for one in rects:
        widths[one["class"] or ""].append(float(one["width"] or 0))
    assert max(widths["bar"]) <= widths["track"][0]


@given(st.text())
def test_text_never_opens_an_element_or_leaves_an_attribute(words: str) -> None:
    found = Read(element("p", text(words), title=words))
    assert [tag for tag, _ in found.elements] == ["p"]
    assert set(found.elements[0][1]) == {"title"}
