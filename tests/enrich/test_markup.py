import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.json_ld import MOST_NODES
from enrich.markup import LONGEST_TEXT, MOST, Link
from enrich.markup_reader import MOST_ODD
from enrich.page_ends import LONGEST_PAGE
from enrich.read_markup import read_markup


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param(
            "<p>Tel <b>030</b> 1</p><p>Fax",
            "Tel 030 1\nFax",
            id="blocks end lines, inline tags do not",
        ),
        pytest.param("a<br>b<BR/>c", "a\nb\nc", id="line breaks, in any case"),
        pytest.param(
            "<tr><td>Tel</td><td>030</td></tr><tr><td>Fax",
            "Tel\t030\nFax",
            id="cells of a row stay on a line",
        ),
        pytest.param("<p>a</p>&#1;<p>b&#1;", "a\nb", id="entities that stand for nothing"),
        pytest.param(
            "a <i>b</i> </DIV>\n<li class='x'>c</li> <LI>d<div-x>e",
            "a b \nc\nde",
            id="several tags that end a line",
        ),
        pytest.param("a \n\t b&nbsp;&amp;&#8203;c", "a b & c", id="white space and entities"),
        pytest.param(
            "a<script>b<c</script>d<style>e</style>f<!-- g > h -->i",
            "adfi",
            id="scripts, styles and comments are not seen",
        ),
        pytest.param("a<select><option>1-10 employees</select>b", "ab", id="choices are not said"),
        pytest.param('<a title="x > y" href=z>q</a>', "q", id="a bracket inside quotes"),
        pytest.param('<a title="x href=z>q</a> r', "q r", id="quotes that never close"),
        pytest.param("1 < 2 and <3", "1 < 2 and <3", id="a bracket that opens no tag"),
        pytest.param("a\0b", "ab", id="NUL bytes"),
        pytest.param(
            "a<script>never closed", "anever closed", id="a script without an end hides nothing"
        ),
        pytest.param("", "", id="nothing"),
    ],
)
def test_the_visible_text_in_lines(html: str, text: str) -> None:
    assert read_markup(html).text.strip() == text


def test_what_a_page_holds_beside_its_text() -> None:
    read = read_markup(
        """<!DOCTYPE html><HTML LANG="de-AT"><head><title> Acme &amp;
        Co </title><meta name="Generator" content="X 1"><meta property=og:site_name content='Acme'><link rel="stylesheet" href="/a.css">
        <link rel="alternate" hreflang="EN" href="/en"><script src="/s.js?a=1&amp;b=2"></script>
        <script type="application/ld+json">{"a": "</b>"}</script></head>
        <body>Hi <a href="tel:+43">call</a> <img src=i.png><iframe data-src="//v.example"></iframe><form action="/post">"""  # noqa: E501
    )
    assert (read.title, read.language) == ("Acme & Co", "de-at")
    assert read.metas == [("generator", "X 1"), ("og:site_name", "Acme")]
    assert read.relations == [("stylesheet", "/a.css", ""), ("alternate", "/en", "en")]
    assert read.scripts == ["/s.js?a=1&b=2"]
    assert read.sources == ["/a.css", "i.png", "//v.example", "/post"]
    assert read.data == ['{"a": "</b>"}']
    assert [read.text[link.start : link.end] for link in read.links] == ["call"]


@pytest.mark.parametrize(
    ("tag", "target"),
    [
        ('<a class="b" href="/c">', "/c"),
        ("<a data-href=\"/b\" title='href=\"/x\"' href='/c?d&amp;e'>", "/c?d&e"),
        ('<a HREF=/b href="/c">', "/b"),
        ('<a href="/b"href="/c">', "/b"),
        ('<a title="href" href = " /c ">', "/c"),
    ],
)
def test_the_first_target_of_a_link_counts(tag: str, target: str) -> None:
    assert [one.href for one in read_markup(f"{tag}x</a>").links] == [target]


def test_links_that_do_not_close_end_where_the_next_begins() -> None:
    read = read_markup("<a href=1>one<a href=2>two")
    assert read.links == [Link("1", 0, 3), Link("2", 3, 6)]


#: Each repeated to half a megabyte: a tree builder takes seconds to minutes for most of them, and
#: gigabytes for some.
HOSTILE = {
    "nested blocks": "<div>",
    "nested inline tags": "<span>",
    "formatting to be opened again in each paragraph": (
        "".join(f"<b id={number}>" for number in range(300)) + "<p>x" * 20_000
    ),
    "one tag with many attributes": (
        "<p " + " ".join(f"a{number}" for number in range(70_000)) + ">"
    ),
    "choices": "<select>" + "<option>" * 60_000,
    "unclosed quotes": '<a "',
    "quoted brackets": '<a ">" ',
    "tags without an end": "<a",
    "comments without an end": "<!-- ",
    "unclosed titles": "<title>",
    "brackets": "<",
    "entities": "&amp",
    "spaces": " ",
    "text put out of a table": "<table>" + "x<b>" * 120_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_pages_made_to_be_slow_are_read_in_a_moment(kind: str) -> None:
    html = HOSTILE[kind] * max(1, 500_000 // len(HOSTILE[kind]))
    start = time.process_time()
    read = read_markup(html)
    assert time.process_time() - start < 2
    assert len(read.text) <= LONGEST_TEXT
    assert len(read.links) <= MOST


def test_three_megabytes_of_nested_blocks() -> None:
    start = time.process_time()
    assert read_markup("<p>Acme" + "<div>" * 300_000 + "</div>" * 250_000).text.strip() == "Acme"
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "opened", ["<div typeof=Organization property=name>x", "<div itemscope itemprop=address>x"]
)
def test_a_page_of_nested_items_says_that_its_rest_was_not_read(opened: str) -> None:
    assert not read_markup(opened * MOST_NODES).cut
    read = read_markup(opened * (MOST_NODES * 2))
    assert read.cut == f"items of microdata and RDFa after the first {MOST_NODES:,}"
    assert read.items
    assert read.text.count("x") == MOST_NODES * 2


@pytest.mark.parametrize("broken", ["<!--", '<a "', "<!-- a -->", "< ", "<"])
def test_a_page_of_broken_tags_says_that_its_rest_was_not_read(broken: str) -> None:
    assert not read_markup("<p>a" + broken * (MOST_ODD // 2)).cut
    assert "characters" in read_markup("<p>a" + broken * (MOST_ODD * 2)).cut


@pytest.mark.parametrize(
    "dense",
    ["<td>a", "<div>", "<b>x", "<br>", "<svg><g>", "<option>", "<a href=x>", "&#47;", "<p>&lt;"],
)
def test_the_middle_of_a_page_of_very_many_tags_is_left_out(dense: str) -> None:
    start = time.process_time()
    read = read_markup("<p>first</p>" + dense * (LONGEST_PAGE // len(dense)) + "<p>last</p>")
    # The bound is 0.25 s; the machine that tests may be slower than the one that works.
    assert time.process_time() - start < 1
    assert read.text.startswith("first")
    assert read.text.rstrip().endswith("last")
    assert "characters in the middle" in read.cut


def test_a_page_with_more_links_and_text_than_are_kept_says_so() -> None:
    read = read_markup('<a href="/x">y</a>' * (MOST + 1) + "long text " * (LONGEST_TEXT // 10))
    assert read.cut == (
        f"text after the first {LONGEST_TEXT:,} characters; links after the first {MOST:,}"
    )


def test_both_ends_of_a_page_that_is_too_long_are_read() -> None:
    read = read_markup("<p>first</p>" + "<i></i>" * (LONGEST_PAGE // 5) + "<p>last</p>")
    assert read.text.split() == ["first", "last"]


tags = st.lists(
    st.sampled_from(
        [
            "<",
            ">",
            '"',
            "'",
            "<a href=x>",
            "</a>",
            "<td>",
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "<title>",
            "&amp;",
            " ",
            "x",
            "\0",
            "é",
        ]
    )
)


@given(st.one_of(st.text(), tags.map("".join)))
def test_any_text_is_read(html: str) -> None:
    read = read_markup(html)
    assert all(0 <= link.start <= link.end <= len(read.text) for link in read.links)
    assert "\0" not in read.text
