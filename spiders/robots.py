"""What a robots.txt allows (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

from spiders.site import Robots

_FIELDS = frozenset({"user-agent", "allow", "disallow", "crawl-delay", "request-rate"})


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one origin for our crawler: which URLs it may fetch, and how many seconds it
    waits between pages.
    """

    allows: Callable[[str], bool]
    state: Robots
    delay: float = 0.0
    reason: str = ""

    def robots_of(self, url: str) -> Robots:
        """The state as far as `url` is concerned."""
        return (
            Robots.DENIED if self.state is Robots.ALLOWED and not self.allows(url) else self.state
        )


def everything(reason: str) -> Rules:
    """Rules of a site without a robots.txt."""
    return Rules(_yes, Robots.ABSENT, reason=reason)


def nothing(reason: str) -> Rules:
    """Rules of a site whose robots.txt could not be had: nobody knows what it forbids."""
    return Rules(_no, Robots.UNREACHABLE, reason=reason)


def read_rules(status: int, body: bytes, product: str, at_most: int) -> Rules:
    """The rules in an answer to a request for robots.txt: 4xx allows everything, 5xx nothing; bytes
    after `at_most` are not read.

    `product` is the user agent's first word. Lines that are no rule are dropped before parsing,
    since the parser takes one between two user agents for the end of the group, and would then
    allow what the group forbids.
    """
    if status >= 500:
        return nothing(f"robots.txt answered {status}, so nothing may be fetched")
    if status >= 300:
        return everything(f"robots.txt answered {status}")
    if len(body) > at_most:
        body = body[:at_most].rpartition(b"\n")[0]
    lines = body.decode("utf-8-sig", "replace").splitlines()
    rules = Protego.parse(
        "\n".join(line for line in lines if line.partition(":")[0].strip().lower() in _FIELDS)
    )
    return Rules(lambda url: rules.can_fetch(url, product), Robots.ALLOWED, _delay(rules, product))


def _delay(rules: Protego, product: str) -> float:
    rate = rules.request_rate(product)
    return max(rules.crawl_delay(product) or 0.0, rate.seconds / rate.requests if rate else 0.0)


def _yes(_url: str) -> bool:
    return True


def _no(_url: str) -> bool:
    return False
