from gc import collect
from time import process_time
from weakref import ref

import pytest
from hypothesis import given
from hypothesis import strategies as st
from protego import Protego

from spiders.robots import MOST_RULES, everything, read_rules
from spiders.robots_cache import RobotsCache
from spiders.robots_rules import Rules
from spiders.site import Robots

SITE = "https://acme.example"
LIMIT = 512 * 1024


@pytest.mark.parametrize(
    ("text", "path", "allowed", "why"),
    [
        ("", "/", True, "nothing is forbidden"),
        ("User-agent: *\nDisallow: /", "/", False, "all robots, everything"),
        ("User-agent: *\nDisallow:", "/", True, "an empty rule forbids nothing"),
        ("User-agent: *\nDisallow: /intern", "/intern/x", False, "by its beginning"),
        ("User-agent: *\nDisallow: /intern", "/", True, "the rest is free"),
        ("User-agent: *\nDisallow: /\nAllow: /public", "/public/x", True, "the longer rule wins"),
        ("User-agent: *\nDisallow: /*.php$", "/a.php", False, "wildcards"),
        (
            "User-agent: Sluice\nDisallow: /\n\nUser-agent: *\nAllow: /",
            "/",
            False,
            "a group of our own goes before all robots'",
        ),
        (
            "User-agent: sluice\nAllow: /\n\nUser-agent: *\nDisallow: /",
            "/",
            True,
            "in any case of letters",
        ),
        ("User-agent: other\nDisallow: /", "/", True, "another robot's rules"),
        ("User-agent: other\nUser-agent: Sluice\nDisallow: /", "/", False, "one group for two"),
        (
            "User-agent: Sluice\nSome-Rule: x\nUser-agent: other\nDisallow: /",
            "/",
            False,
            "an unknown line between two agents ends no group",
        ),
        (
            "User-agent: Sluice\nSitemap: /s.xml\nUser-agent: other\nDisallow: /",
            "/",
            False,
            "nor does a sitemap",
        ),
        (
            "User-agent: bot\nDisallow: /",
            "/",
            True,
            "the address in our user agent is not our name",
        ),
        ("\ufeffUser-agent: *\nDisallow: /", "/", False, "a byte order mark"),
        ("user-agent:*\r\ndisallow:/", "/", False, "no spaces, CRLF, lower case"),
        ("User-agent: *\rDisallow: /", "/", False, "CR alone"),
        ("User-agent: * # all\nDisallow: / # everything", "/", False, "comments"),
        ("<html><title>Not here</title>", "/", True, "a page instead of rules"),
    ],
)
def test_what_is_allowed(text: str, path: str, allowed: bool, why: str) -> None:
    assert read_rules(200, text.encode(), "Sluice", LIMIT).allows(SITE + path) is allowed, why


@pytest.mark.parametrize(
    ("status", "allowed", "state"),
    [
        (200, False, Robots.ALLOWED),
        (404, True, Robots.ABSENT),
        (401, True, Robots.ABSENT),
        (403, True, Robots.ABSENT),
        (410, True, Robots.ABSENT),
        (500, False, Robots.UNREACHABLE),
        (503, False, Robots.UNREACHABLE),
    ],
)
def test_statuses(status: int, allowed: bool, state: Robots) -> None:
    rules = read_rules(status, b"User-agent: *\nDisallow: /", "Sluice", LIMIT)
    assert rules.allows(SITE) is allowed
    assert rules.state is state


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 2.5", 2.5),
        ("User-agent: Sluice\nCrawl-delay: 7\n\nUser-agent: *\nCrawl-delay: 1", 7.0),
        ("User-agent: *\nRequest-rate: 1/10", 10.0),
        ("User-agent: *\nCrawl-delay: soon", 0.0),
        ("User-agent: *\nCrawl-delay: -5", 0.0),
        ("User-agent: *\nCrawl-delay: inf", 0.0),
        ("User-agent: *\nCrawl-delay: nan", 0.0),
        ("User-agent: *\nRequest-rate: 0/0", 0.0),
        ("User-agent: other\nCrawl-delay: 9", 0.0),
    ],
)
def test_delays(text: str, delay: float) -> None:
    assert read_rules(200, text.encode(), "Sluice", LIMIT).delay == delay


@pytest.mark.parametrize(("before", "allowed"), [(LIMIT - 40, False), (LIMIT + 80, True)])
def test_only_the_beginning_counts_and_no_line_is_cut(before: int, allowed: bool) -> None:
    body = (
        (b"#" * 79 + b"\n") * (before // 80)
        + b"User-agent: *\nDisallow: /\n"
        + b"Allow: /only-a-part-of-this-line-is-read" * 20
    )
    assert read_rules(200, body, "Sluice", LIMIT).allows(SITE) is allowed


@given(st.binary(max_size=400))
def test_any_bytes_are_rules(body: bytes) -> None:
    rules = read_rules(200, body, "Sluice", LIMIT)
    assert rules.allows(SITE + "/") in {True, False}
    assert rules.delay >= 0


LINES = st.sampled_from(
    [
        "User-agent: *",
        "User-agent: Sluice # ours",
        "user-agent: slu*",
        "User-agent: other",
        "User-agent:",
        "Disallow: /a",
        "Allow: /a/b$",
        "Disallow: /*c",
        "Disallow:",
        "Crawl-delay: 3",
        "Request-rate: 1/9",
        "",
    ]
)


@given(st.lists(LINES, max_size=20))
def test_the_groups_for_us_are_those_that_the_parser_takes(lines: list[str]) -> None:
    rules, whole = (
        read_rules(200, "\n".join(lines).encode(), "Sluice", LIMIT),
        Protego.parse("\n".join(lines)),
    )
    for path in ("/", "/a", "/a/b", "/c", "/xc"):
        assert rules.allows(SITE + path) is whole.can_fetch(SITE + path, "Sluice")
    rate = whole.request_rate("Sluice")
    asked = max(whole.crawl_delay("Sluice") or 0.0, rate.seconds / rate.requests if rate else 0.0)
    assert rules.delay == asked


@pytest.mark.parametrize(
    "text",
    [
        "User-agent: *\n" + "".join(f"Disallow: /p{n}*x$\n" for n in range(25_500)),
        "".join(f"User-agent: bot{n}\nDisallow: /{n}*x$\n" for n in range(12_000)),
        "".join(f"User-agent: s{n}\n" for n in range(30_000)) + "Disallow: /",
        "User-agent: *\nDisallow: /" + "*a" * 250_000,
    ],
    ids=["rules", "groups", "agents", "one rule"],
)
def test_no_file_takes_long_or_much(text: str) -> None:
    before = process_time()
    rules = read_rules(200, text.encode(), "Sluice", LIMIT)
    for page in range(20):
        rules.allows(f"{SITE}/impressum/{page}{'a' * 100}")
    assert process_time() - before < 3
    assert rules.size < 8_000_000


def test_rules_for_us_behind_those_for_many_others_count() -> None:
    others = "".join(f"User-agent: bot{n}\nDisallow: /{n}\n" for n in range(2 * MOST_RULES))
    rules = read_rules(200, f"{others}User-agent: *\nDisallow: /".encode(), "Sluice", LIMIT)
    assert not rules.allows(SITE + "/x")


def test_kept_rules_take_no_more_memory_than_their_limit() -> None:
    cache, one = RobotsCache(most=10_000), everything("")
    for n in range(50):
        cache.put(f"https://s{n % 7}.example", Rules(one.allows, one.state, size=4_000))
        assert cache.size <= 10_000
    assert cache.get("https://s0.example") is not None
    assert cache.get("https://s1.example") is None
    cache.put("https://huge.example", Rules(one.allows, one.state, size=20_000))
    assert (cache.size, cache.get("https://s0.example")) == (0, None)


def test_rules_that_many_origins_have_alike_are_kept_and_counted_once() -> None:
    text = b"User-agent: *\nDisallow: /wp-admin/"
    cache = RobotsCache(most=10_000)
    for n in range(10):
        cache.put(f"https://s{n}.example", read_rules(200, text, "Sluice", LIMIT))
    shared = cache.get("https://s0.example")
    assert shared is not None
    assert {cache.get(f"https://s{n}.example") for n in range(10)} == {shared}
    assert shared.size < cache.size < 3 * shared.size

    here = ref(shared)
    del shared
    for n in range(10):
        cache.put(f"https://s{n}.example", everything(""))
    collect()
    assert here() is None


def test_many_origins_with_the_same_rules_are_bounded_too() -> None:
    cache, one = RobotsCache(most=10_000), everything("")
    for n in range(1_000):
        cache.put(f"https://s{n}.example", one)
    assert 0 < cache.size <= 10_000
    assert cache.get("https://s999.example") is one
    assert cache.get("https://s0.example") is None
