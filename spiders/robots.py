"""Parse robots.txt (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic

from protego import Protego

from spiders.site import Outcome, Robots

#: Rules are asked for again after this time: at most a day (RFC 9309 2.4), and sooner where they
#: are unknown.
GOOD_FOR, UNKNOWN_FOR = 86_400.0, 600.0
#: Origins whose rules are kept; the oldest go first.
MOST_ORIGINS = 10_000
_FIELDS = frozenset({"user-agent", "allow", "disallow", "crawl-delay", "request-rate"})
#: Sitemaps kept of one robots.txt.
MOST_SITEMAPS = 10

#: Bytes of a robots.txt that may be the same on many sites.
_COMMON = 2_000


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one origin for our crawler: allowed URLs, and seconds between pages."""

    allows: Callable[[str], bool]
    state: Robots
    delay: float = 0.0
    reason: str = ""
    #: URLs of sitemaps as robots.txt names them, a few at most.
    sitemaps: tuple[str, ...] = ()

    @property
    def refusal(self) -> Outcome:
        """Return how a visit ends that these rules do not allow."""
        unknown = self.state is Robots.UNREACHABLE
        return Outcome.ROBOTS_UNKNOWN if unknown else Outcome.ROBOTS_DENIED

    def robots_of(self, url: str) -> Robots:
        """Return the robots state of `url`."""
        return (
            Robots.DENIED if self.state is Robots.ALLOWED and not self.allows(url) else self.state
        )


class RobotsCache:
    """The rules of origins such as `https://acme.example`, shared by the visits of a process."""

    def __init__(self, most: int = MOST_ORIGINS) -> None:
        self._most = most
        self._known: dict[str, tuple[float, Rules]] = {}

    def get(self, origin: str) -> Rules | None:
        """Return the rules of an origin while they count."""
        until, rules = self._known.get(origin, (0.0, None))
        return rules if until > monotonic() else None

    def put(self, origin: str, rules: Rules) -> None:
        """Keep the rules of an origin."""
        lasting = UNKNOWN_FOR if rules.state is Robots.UNREACHABLE else GOOD_FOR
        self._known.pop(origin, None)
        self._known[origin] = (monotonic() + lasting, rules)
        if len(self._known) > self._most:
            del self._known[next(iter(self._known))]


def everything(reason: str) -> Rules:
    """Return rules that allow everything: the site has no robots.txt."""
    return Rules(_yes, Robots.ABSENT, reason=reason)


def nothing(reason: str) -> Rules:
    """Return rules that allow nothing: robots.txt is unavailable, so its rules are unknown."""
    return Rules(_no, Robots.UNREACHABLE, reason=reason)


def read_rules(status: int, body: bytes, product: str, at_most: int) -> Rules:
    """Parse a robots.txt response: 4xx allows everything, 429 and 5xx nothing for now; read up to
    `at_most` bytes.

    `product` is the first word of the user agent. Invalid lines are dropped before parsing: the
    parser would treat one between two user agents as the end of the group, and then allow what the
    group forbids.
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
    rules = Protego.parse(
        "\n".join(line for line in lines if line.partition(":")[0].strip().lower() in _FIELDS)
    )
    return Rules(
        lambda url: rules.can_fetch(url, product),
        Robots.ALLOWED,
        _delay(rules, product),
        sitemaps=tuple(_sitemaps(lines)),
    )


@lru_cache(maxsize=256)
def _common(body: bytes, product: str) -> Rules:
    """Parse what many sites have alike: the file that their system came with."""
    return _parsed(body, product)


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
