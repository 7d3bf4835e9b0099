"""Parse a page once for all extractors: text, structured data, domain, and likely country."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from enrich import json_ld, page_state
from enrich.json_ld import MarkedNode
from enrich.likely_country import likely_country
from enrich.markup import Markup
from enrich.page import Page
from enrich.read_markup import read_markup
from enrich.signs import is_known, signs_in, unknown
from enrich.state_text import state_text
from leads.lexicon.domains import registrable
from leads.lexicon.emails import parse_email

_NOT_PLAIN = re.compile(r"[^a-z0-9]")
_ADDRESS = re.compile(r"[\w.+%'-]{1,64}@[\w.-]{1,100}")


#: A page that shows fewer letters is read with what its state says.
_SHELL = 200


@dataclass(frozen=True, slots=True)
class Document:
    """A page with its parsed content."""

    page: Page
    markup: Markup
    #: What a visitor sees, then, on a page that scripts fill, what its state says.
    text: str
    #: Where the text of the state begins.
    visible: int
    #: `text` in lower case, with the same length.
    folded: str
    #: The texts that extractors look for and that occur in `folded`.
    signs: frozenset[str]
    #: Registrable domain of the page's URL.
    domain: str | None
    organisations: tuple[json_ld.Node, ...]
    postings: tuple[json_ld.Node, ...]
    #: ISO country whose phone and address formats to try first; a guess, never a fact.
    hint: str | None
    #: What later steps left out of the page, added by them.
    unread: list[str] = field(default_factory=list)
    _starts: dict[frozenset[str], list[int] | None] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def is_imprint(self) -> bool:
        """Check whether the page is of a kind where the law requires the company's name."""
        return self.page.kind == "imprint"

    def quote(self, start: int, end: int, around: int = 120) -> str:
        """Quote `start` to `end` with up to `around` characters of context, without personal
        addresses.
        """
        end = min(end, start + 250)
        left = max(self.text.rfind("\n", 0, start) + 1, start - around)
        right = self.text.find("\n", end)
        right = len(self.text) if right < 0 else right
        if right > end + around:
            right = max(end, self.text.rfind(" ", end, end + around))
        if left == start - around:
            left = self.text.find(" ", left, start) + 1 or start
        words = " ".join(self.text[left:right].split())
        return _ADDRESS.sub(_unless_personal, words) if "@" in words else words

    def names_owner(self, words: str) -> bool:
        """Check whether lower-case words contain the name spelled by the page's domain."""
        label = _NOT_PLAIN.sub("", (self.domain or "").partition(".")[0])
        return len(label) > 3 and label in _NOT_PLAIN.sub("", words)

    def mentions(self, literals: frozenset[str]) -> bool:
        """Check whether the text contains a lower-case literal: a cheap test before running a
        pattern.
        """
        if not self.signs.isdisjoint(literals):
            return True
        more = unknown(literals)
        return bool(more) and any(literal in self.folded for literal in more)

    def has(self, literal: str) -> bool:
        """Check whether the text contains a lower-case literal."""
        return literal in self.signs or (not is_known(literal) and literal in self.folded)

    def starts(self, literals: frozenset[str]) -> list[int] | None:
        """Return where lower-case literals begin, in order; None for everywhere."""
        if literals not in self._starts:
            found: set[int] = set()
            more = (one for one in unknown(literals) if one in self.folded)
            for literal in (*(self.signs & literals), *more):
                found.update(self.places(literal, len(self.folded)))
            self._starts[literals] = None if "" in literals else sorted(found)
        return self._starts[literals]

    def is_between(self, literals: frozenset[str], start: int, end: int) -> bool:
        """Check whether a lower-case literal begins between two positions."""
        starts = self.starts(literals)
        if starts is None:
            return True
        place = bisect_left(starts, start)
        return place < len(starts) and starts[place] < end

    def places(self, literal: str, most: int) -> Iterator[int]:
        """Yield the first places at which the text contains a lower-case literal."""
        if not literal:
            return
        at = self.folded.find(literal)
        for _ in range(most):
            if at < 0:
                return
            yield at
            at = self.folded.find(literal, at + len(literal))


def read(page: Page) -> Document:
    """Parse one page; any page is accepted."""
    markup = read_markup(page.html)
    visible = len(markup.text)
    if markup.states and sum(map(str.isalpha, markup.text[:2_000])) < _SHELL:
        markup.text = f"{markup.text}\n{state_text(markup.states)}"
    domain = registrable(page.url)
    nodes = (*json_ld.nodes(markup.data), *json_ld.reachable(markup.items))
    organisations = _organisations(markup, nodes, domain)
    # "İ" is the one character whose lower case is longer; without it, positions in both texts
    # match.
    folded = markup.text.replace("İ", "I").lower()
    signs = signs_in(folded)
    hint = likely_country(markup, folded, signs, domain, organisations)
    return Document(
        page=page,
        markup=markup,
        text=markup.text,
        visible=visible,
        folded=folded,
        signs=signs,
        domain=domain,
        organisations=organisations,
        postings=json_ld.postings(nodes),
        hint=hint,
    )


def _organisations(
    markup: Markup, nodes: Sequence[json_ld.Node], domain: str | None
) -> tuple[json_ld.Node, ...]:
    """Return the owner as JSON-LD states it, completed by other markup and the page's state."""
    own = json_ld.own_organisations(nodes, domain)
    if not (markup.items or markup.states):
        return own
    stated = [node for node in own if not isinstance(node, MarkedNode)]
    marked = [node for node in own if isinstance(node, MarkedNode)]
    marked = marked or page_state.companies(markup.states, domain)
    return json_ld.completed(stated, marked, domain or "") if marked else own


def _unless_personal(match: re.Match[str]) -> str:
    email = parse_email(match[0])
    return match[0] if email and email.is_role else "…@…"
