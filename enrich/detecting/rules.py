"""What a rule is: a trace of one technology in one channel of a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: Channels of one value per name: headers, meta tags, cookies, DNS records by type.
NAMED = frozenset({"headers", "meta", "cookies", "dns"})
#: Channels of URLs in tags, looked up by the tag.
TAG_URLS = frozenset({"src", "href"})
#: Channels of long text.
TEXTS = frozenset({"html", "scripts", "css", "text"})
#: Channels whose values are URLs.
URLS = frozenset({"scriptSrc", "url", *TAG_URLS})
CHANNELS = (
    *("headers", "cookies", "meta", "scriptSrc", "src", "href", "portals"),
    *("scripts", "html", "css", "text", "dom", "url", "dns"),
)
#: Version of the first group that matched something.
FIRST_GROUP = "*"


@dataclass(frozen=True, slots=True)
class Rule:
    """One trace of one technology."""

    slug: str
    channel: str
    #: `at`, `path`, `file`, `has`, `re`, `present`, `selector` or `portal`.
    kind: str
    #: What to find: host and path, text, pattern or selector.
    text: str
    #: Lower-case name of a header, meta tag, cookie (a prefix when it ends in `*`) or DNS record.
    name: str = ""
    #: 1 to 100.
    confidence: int = 100
    #: Template of the version; empty for none.
    version: str = ""
    #: Whether only URLs of the page's own domain count.
    own: bool = False
    #: Whether it shows a mention, which never proves use.
    mentions: bool = False
    #: Whether visible text counts in `html`, as in rules of the Wappalyzer schema.
    anywhere: bool = False
    #: For `selector`: (attribute, pattern) of the element that must match too; `text` its text.
    element: tuple[tuple[str, str], ...] = ()
    #: File and line, for messages.
    where: str = ""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What the rules of one technology are tied to."""

    slug: str
    name: str
    categories: frozenset[str] = frozenset()
    #: Slugs of which one must be found too.
    requires: frozenset[str] = frozenset()
    #: Categories of which a technology must be found too.
    requires_category: frozenset[str] = frozenset()
    excludes: frozenset[str] = frozenset()
    #: Confidence of an inferred technology, in percent of this one's.
    suggests: Mapping[str, int] = field(default_factory=dict)
    #: Whether confidences are added; otherwise each channel takes its share of the doubt that is left.
    adds: bool = False
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a file of rules, and what to write instead."""

    file: str
    line: int
    field: str
    wrong: str
    instead: str

    def __str__(self) -> str:
        at = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{at}, {self.field}: {self.wrong}; {self.instead}"


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules with what they are tied to."""

    rules: tuple[Rule, ...]
    technologies: Mapping[str, Recognised]
    problems: tuple[Problem, ...] = ()
    #: Keys that we do not read, with how often they occur.
    unread: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that matched."""

    rule: Rule
    version: str | None
    #: What matched, shortened.
    shown: str
