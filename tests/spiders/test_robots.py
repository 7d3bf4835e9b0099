import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.robots import read_rules
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
