"""The engine finds what the naive loop finds, whatever the page, with both scanners."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from enrich.detecting import literals, naive
from enrich.detecting.check import NO_TREE
from enrich.detecting.engine import Engine
from enrich.detecting.loaded import of_rules
from enrich.detecting.rules import Rule, RuleSet
from enrich.detecting.surface import Surface
from enrich.detecting.tree import Tree
from enrich.detecting.wappalyzer import read_rules
from enrich.detecting.worth_a_tree import is_worth_a_tree
from enrich.technologies import named

SITE = "https://www.acme.example/"
BACKENDS = ("hyperscan", "aho-corasick")
#: Tags whose elements a parser moves about: clones of `<b>`, what stands loose in a table.
ORDERED = ("aside", "b", "form", "i", "section", "textarea")
ROWS = {
    "Alpha": {
        "cats": [1],
        "scriptSrc": "alpha(?:-|\\.)([\\d.]+)\\.js\\;version:\\1",
        "implies": "Beta",
    },
    "Beta": {"cats": [6], "html": ["<link[^>]+beta/([a-z]+)\\.css\\;confidence:50", "<!-- beta"]},
    "Gamma": {"dom": {"link[href*='/gamma/']": {"attributes": {"href": "v=(\\d+)\\;version:\\1"}}}},
    "Delta": {"dom": "#delta-box, .delta.open, [data-delta^='x']"},
    "Epsilon": {"scripts": "epsilon\\.load\\(", "requires": "Alpha"},
    "Zeta": {"headers": {"Server": "zeta(?:/([\\d.]+))?\\;version:\\1"}, "excludes": "Alpha"},
    "Eta": {"cookies": {"eta_id": ""}, "meta": {"generator": "^eta ?([\\d.]+)?\\;version:\\1"}},
    "Theta": {"text": "powered by theta", "url": "/theta/"},
    "Iota": {"dom": "footer > p.iota", "css": "\\.iota-grid"},
    "Kappa": {"requiresCategory": 6, "scriptSrc": "kappa\\.js"},
    "Lambda": {
        "dom": {"button": {"text": "^\\s*pay with lambda"}, "title": {"text": "lambda shop"}}
    },
    "My": {"dom": {"head > title": {"text": "^my & panel"}}},
    "Ny": {"dom": "[data-ny='1'], ul[data-ny-list] li"},
}
PIECES = (
    *(
        '<script src="/js/alpha-1.2.js">',
        "</script>",
        '<link href="/beta/one.css">',
        "<!-- beta -->",
    ),
    *(
        '<link rel="x" href="/gamma/a?v=3">',
        '<div id="delta-box">',
        "</div>",
        '<p class="delta open">',
    ),
    *(
        "<script>epsilon.load(1)</script>",
        '<meta name="generator" content="Eta 2.1">',
        "<p>",
        "</p>",
    ),
    *("Powered by Theta", '<footer><p class="iota">x</p></footer>', "<style>.iota-grid{}</style>"),
    *('<a href="&#47;gamma&#x2f;?v=4">', "</a>", '<b data-delta="xy">', "</b>", "é", "İ", "\n"),
    *(
        '<script type="text/plain" data-src="/js/alpha-1.3.js"></script>',
        '<img src="data:image/gif;base64,x" data-lazy-src="https://x.example/beta/b.css">',
        '<script src="//x.example/kappa.js"></script>',
        '<i title="<link href=/beta/q.css>">',
        "</i>",
    ),
    *(
        "<button>",
        "</button>",
        "pay with lambda",
        "pay with la&#109;bda",
        '<i title="pay with lambda">',
    ),
    *(
        "<!-- pay with lambda -->",
        "<script>'pay with lambda'</script>",
        "<title>my &amp; panel</title>",
    ),
    *("<div data-ny='a\\'>", "&#33;"),
    *("<svg><title>Lambda shop</title></svg>", "<title>Lambda shop", "<ul data-ny-list>", "<li>"),
)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> RuleSet:
    file = tmp_path_factory.mktemp("rules") / "some.json"
    file.write_text(json.dumps(ROWS))
    return read_rules(file, lambda _name: None, {})


@pytest.fixture(scope="module")
def engines(rules: RuleSet) -> list[Engine]:
    return [of_rules(rules, backend).engine for backend in BACKENDS]


@given(
    pieces=st.lists(st.sampled_from(PIECES), max_size=12),
    server=st.sampled_from(["", "Zeta/2.4", "nginx"]),
    path=st.sampled_from(["", "theta/", "a"]),
)
def test_the_engine_finds_what_the_naive_loop_finds(
    engines: list[Engine], pieces: list[str], server: str, path: str
) -> None:
    headers = {"server": server, "set-cookie": "eta_id=1; path=/"} if server else {}
    surface = Surface("".join(pieces), f"{SITE}{path}", headers)
    expected = naive.hits(engines[0], surface)
    for engine in engines:
        assert engine.hits(surface) == expected


@given(st.text(alphabet="<>\"'=/ab-!script", max_size=80))
def test_any_text_is_read(engines: list[Engine], html: str) -> None:
    for engine in engines:
        assert engine.hits(Surface(html, SITE)) == naive.hits(engine, Surface(html, SITE))


def found(rules: RuleSet, html: str, headers: dict[str, str] | None = None) -> dict[str, object]:
    detector = of_rules(rules)
    seen = named(detector, detector.engine.hits(Surface(html, SITE, headers)))
    return {one.slug: (one.version, one.confidence, one.uses) for one in seen}


def test_what_is_required_implied_and_excluded(rules: RuleSet) -> None:
    loaded = "<script>epsilon.load(1)</script>"
    alpha = '<script src="/alpha-1.2.js"></script>'
    kappa = '<script src="/kappa.js"></script>'
    assert found(rules, loaded) == {}
    assert found(rules, alpha + loaded) == {
        "alpha": ("1.2", 100, True),
        "beta": (None, 100, True),
        "epsilon": (None, 100, True),
    }
    assert found(rules, kappa) == {}
    assert set(found(rules, alpha + kappa)) == {"alpha", "beta", "kappa"}
    assert set(found(rules, alpha, {"server": "Zeta/3"})) == {"beta", "zeta"}


def test_confidence_is_added_and_text_only_mentions(rules: RuleSet) -> None:
    assert found(rules, '<link href="/beta/a.css">') == {"beta": (None, 50, True)}
    assert found(rules, "<p>Powered by Theta</p>") == {"theta": (None, 100, False)}


@pytest.mark.parametrize(
    ("pattern", "clauses"),
    [
        (r"jquery[.-]([\d.]+)\.js", [{"jquery-", "jquery."}]),
        (r"/wp-(?:content|includes)/", [{"/wp-content/", "/wp-includes/"}]),
        (r"(?:alpha|beta)?gamma", [{"alphagamma", "betagamma", "gamma"}]),
        (r"(?:optional)?", []),
        (r"one\d+|two", [{"one", "two"}]),
    ],
)
def test_the_texts_that_a_match_must_contain(pattern: str, clauses: list[set[str]]) -> None:
    assert [set(one) for one in literals.of_pattern(pattern)][: len(clauses)] == clauses


def test_a_broken_rule_is_named_and_skipped(tmp_path: Path) -> None:
    file = tmp_path / "broken.json"
    rows = {
        "Good": {"scriptSrc": "good\\.js", "js": {"Good": ""}},
        "Bad": {"headers": {"Server": "("}, "dom": "[href="},
        "Worse": {"html": "(?=x)(?:a+)+b", "cookies": ["x"]},
    }
    file.write_text(json.dumps(rows, indent=1))
    read = read_rules(file, lambda _name: None, {})
    assert [(rule.slug, rule.channel) for rule in read.rules] == [("good", "scriptSrc")]
    assert dict(read.unread) == {"js": 1}
    assert [(one.line > 1, one.field) for one in read.problems] == [
        (True, "Bad.headers.server"),
        (True, "Bad.dom"),
        (True, "Worse.html"),
        (True, "Worse.cookies"),
    ]


@pytest.mark.parametrize(
    "unit",
    [
        "<a '",
        '<a "',
        "<link ",
        "<!--",
        "<script>",
        "<div>",
        "gamma",
        "<div id=delta",
        "<meta ",
        "&#47;",
    ],
)
@pytest.mark.parametrize("backend", BACKENDS)
def test_a_hostile_page_costs_little(rules: RuleSet, unit: str, backend: str) -> None:
    engine = of_rules(rules, backend).engine
    engine.prepare()
    html = unit * (1_500_000 // len(unit))
    started = time.process_time()
    engine.hits(Surface(html, SITE))
    # The bound is 0.25 s; the machine that tests may be slower than the one that works.
    assert time.process_time() - started < 2


def test_an_exploding_pattern_runs_in_linear_time() -> None:
    rule = Rule("x", "scriptSrc", "re", r"(?:a|a)*(?:b+)+c", anywhere=True)
    engine = Engine(RuleSet((rule,), {}))
    started = time.process_time()
    engine.hits(Surface(f'<script src="{"ab" * 900}"></script>', SITE))
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "slow",
    [
        "<div>" * 3_000,
        "<select>" + "<option>" * 20_000,
        "<p " + " ".join(f"a{number}" for number in range(30_000)) + ">",
        "<p " + " ".join(f"a{number}='>'" for number in range(5_000)) + ">",
    ],
)
def test_rules_that_need_a_tree_are_named_where_none_is_built(rules: RuleSet, slow: str) -> None:
    surface = Surface(f'<footer><p class="iota">x</p></footer>{slow}', SITE)
    started = time.process_time()
    of_rules(rules).engine.hits(surface)
    assert time.process_time() - started < 1
    assert surface.unread == [NO_TREE]


def test_each_script_is_checked_where_the_text_of_a_rule_was_found() -> None:
    rule = Rule("x", "scripts", "re", r"acme\.load\((\d*)\)", version="\\1", anywhere=True)
    engine = Engine(RuleSet((rule,), {}))
    scripts = ("acme.load()", "other()", "acme.load() acme.load(3)", "acme.load(5)")
    surface = Surface("".join(f"<script>{one}</script>" for one in scripts), SITE)
    (hit,) = engine.hits(surface)
    assert (hit,) == naive.hits(engine, surface)
    assert (hit.version, hit.shown) == ("5", "acme.load(5)")


@pytest.mark.parametrize(
    ("selector", "text", "html"),
    [
        ("footer p", "acmeware", "<footer><p title=it's>Acmeware</p><p title=it's></p></footer>"),
        ("head > title", "acmeware", "<i title=it's><title>Acmeware</title><i title=it's>"),
        ("footer p.acmeware", r"version (\d)", "<footer><p class=acmeware>v<b>ersion</b> 2</p>"),
        ("form[name='a[b]c'] input", "", "<form name='a[b]c'><input></form>"),
        ("form > input[name='q[1] section x']", "", "<form><input name='q[1] section x'></form>"),
        ("form[title='] footer'] input", "", "<form title='] footer'><input></form>"),
        ("div textarea", "^acmeware", "<div><textarea>\nAcmeware</textarea></div>"),
        (r"section > #acme\.bar", "", "<section><p id='acme.bar'>x</p></section>"),
        (r'section > p[data-acme="x\"y"]', "", "<section><p data-acme='x\"y'>x</p></section>"),
    ],
)
def test_a_tree_is_built_where_a_selector_may_match(selector: str, text: str, html: str) -> None:
    element = (("text", text),) if text else ()
    rule = Rule("x", "dom", "selector", selector, element=element)
    assert is_worth_a_tree(rule, Surface(html, SITE))


@pytest.mark.parametrize(
    ("selector", "html"),
    [
        ("footer > div > form", "<form>Acmeware</form><footer><div></div></footer>"),
        ("footer form", "<footer>Acmeware</footer><form></form>"),
        ("footer form", "<div class=footer><form>Acmeware</form></div>"),
    ],
)
def test_no_tree_is_built_for_tags_in_another_order(selector: str, html: str) -> None:
    rule = Rule("x", "dom", "selector", selector, element=(("text", "acmeware"),))
    assert not is_worth_a_tree(rule, Surface(html, SITE))


@given(
    html=st.lists(
        st.sampled_from(
            [f"<{edge}{name}>" for name in ORDERED for edge in ("", "/")]
            + ["acmeware", "<p>", "<table>"]
        ),
        max_size=12,
    ).map("".join),
    chain=st.lists(st.sampled_from(ORDERED), min_size=2, max_size=3),
    joint=st.sampled_from([" ", " > ", " ~ "]),
)
@example("<b><section>acmeware</b><form>acmeware", ["b", "form"], " ")
@example("<b></i><section>acmeware", ["section", "b"], " ")
@example("<table><tr><aside>acmeware<form>acmeware</table>", ["aside", "form"], " ")
@settings(max_examples=150, deadline=None)
def test_what_the_tree_holds_was_worth_it(html: str, chain: list[str], joint: str) -> None:
    selector = joint.join(chain)
    rule = Rule("x", "dom", "selector", selector, element=(("text", "acmeware"),))
    found = any("acmeware" in text for _, text in Tree(html).elements(selector))
    assert not found or is_worth_a_tree(rule, Surface(html, SITE))
