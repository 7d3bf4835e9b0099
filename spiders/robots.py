"""Parse robots.txt (RFC 9309)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from weakref import WeakValueDictionary

from protego import Protego

from spiders.robots_rules import BYTES_A_FILE, Robots, Rules

#: Bytes of memory that one rule takes beside its text, measured with the costliest kind.
_BYTES_A_RULE = 1_250
#: Rules for one crawler that are read; sites have some hundreds at most.
MOST_RULES = 5_000
_AGENT = "user-agent"
_RULE_FIELDS = frozenset({"allow", "disallow", "crawl-delay", "request-rate"})
#: Sitemaps kept of one robots.txt.
MOST_SITEMAPS = 10
#: Bytes of a robots.txt that may be the same on many sites.
_COMMON = 2_000


def everything(reason: str) -> Rules:
    """Return rules that allow everything: the site has no robots.txt."""
    return Rules(_yes, Robots.ABSENT, reason=reason)


def nothing(reason: str) -> Rules:
    """Return rules that allow nothing: robots.txt is unavailable, so its rules are unknown."""
    return Rules(_no, Robots.UNREACHABLE, reason=reason)


def read_rules(status: int, body: bytes, product: str, at_most: int) -> Rules:
    """Parse a robots.txt response: 4xx allows everything, 429 and 5xx nothing for now; read up to
    `at_most` bytes.

    `product` is the first word of the user agent. Only the groups for it are parsed, up to
    `MOST_RULES` rules, so that no file takes long.
    """
    if status >= 500 or status == 429:
        return nothing(f"robots.txt answered {status}, so nothing may be fetched now")
    if status >= 300:
        return everything(f"robots.txt answered {status}")
    if len(body) > at_most:
        body = body[:at_most].rpartition(b"\n")[0]
    return _common(body, product) if len(body) <= _COMMON else _parsed(body, product)


def _parsed(body: bytes, product: str) -> Rules:
    lines = body.decode("utf-8-sig", "replace").splitlines()
    own = _own_rules(lines, product)
    rules = Protego.parse("\n".join([f"{_AGENT}: *", *own]))
    return Rules(
        lambda url: rules.can_fetch(url, product),
        Robots.ALLOWED,
        _delay(rules, product),
        sitemaps=tuple(_sitemaps(lines)),
        size=BYTES_A_FILE + sum(_BYTES_A_RULE + 2 * len(line) for line in own),
    )


#: The rules that many sites have alike, by file and crawler, as long as any site's rules are kept.
_shared: WeakValueDictionary[tuple[bytes, str], Rules] = WeakValueDictionary()


def _common(body: bytes, product: str) -> Rules:
    """Parse what many sites have alike, once: the file that their system came with."""
    rules = _shared.get((body, product))
    if rules is None:
        rules = _shared[body, product] = _parsed(body, product)
    return rules


def _own_rules(lines: Sequence[str], product: str) -> list[str]:
    """The rules for a crawler: of the groups that name it best, else of those for all crawlers."""
    best, own = 0, list[str]()
    for agents, rules in _groups(lines):
        fits = max((_fits(agent, product.lower()) for agent in agents), default=0)
        if fits > best:
            best, own = fits, []
        if fits and fits == best:
            own += rules[: MOST_RULES - len(own)]
    return own


def _groups(lines: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """The user agents and the rules of each group.

    Lines that are neither end no group: one between two user agents would allow what the group
    forbids.
    """
    agents, rules = list[str](), list[str]()
    for line in lines:
        name, _, value = line.partition("#")[0].partition(":")
        field = name.strip().lower()
        if field == _AGENT:
            if rules:
                yield agents, rules
                agents, rules = [], []
            agents.append(value.strip().lower())
        elif field in _RULE_FIELDS:
            rules.append(line)
    yield agents, rules


def _fits(agent: str, product: str) -> int:
    """How well a user agent of robots.txt names a crawler, 0 if it does not: a longer name names it
    better.
    """
    if agent == "*":
        return 1
    name = agent.replace("*", "")
    if not name or name not in product:
        return 0
    is_named = re.search(rf"(?<![\w-]){re.escape(name)}", product)
    return len(name) + 1 if is_named else 0


def _sitemaps(lines: list[str]) -> list[str]:
    named = [
        line.partition(":") for line in lines if line[:20].lstrip().lower().startswith("sitemap")
    ]
    urls = [url.strip()[:500] for name, _, url in named if name.strip().lower() == "sitemap"]
    return list(dict.fromkeys(url for url in urls if url))[:MOST_SITEMAPS]


def _delay(rules: Protego, product: str) -> float:
    rate = rules.request_rate(product)
    return max(rules.crawl_delay(product) or 0.0, rate.seconds / rate.requests if rate else 0.0)


def _yes(_url: str) -> bool:
    return True


def _no(_url: str) -> bool:
    return False
