"""A site as one row sees it: how each name that the site gives itself agrees with the row's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from enrich.finding.names_agree import Agreement, best, is_weak, parsed
from enrich.finding.shown import Named, Shown
from enrich.finding.wanted import Wanted
from enrich.tables import either, words
from leads.lexicon.names.company_names import CompanyName, parse_name
from leads.lexicon.transliterate import to_ascii

HOME = ("home", "entry")
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing seen: its name in `enrich/data/site_marks.yaml`, and the words it was seen in."""

    mark: str
    quote: str = ""


class Seen(NamedTuple):
    """A name that the site gives itself, and how far it agrees with the row's."""

    level: Agreement
    named: Named


@dataclass(frozen=True, slots=True)
class Sight:
    """A site as one row sees it."""

    wanted: Wanted
    #: The names of the row.
    names: tuple[CompanyName, ...]
    shown: Shown
    seen: tuple[Seen, ...]
    #: The row's name with a legal form after it in the text, and its words.
    formed: tuple[str, CompanyName] | None

    def at(self, *places: str) -> list[Seen]:
        """The names of some places: `legal`, `said`, `brand` or `title`."""
        return [one for one in self.seen if one.named.place in places]

    def agreeing(self, *places: str, at_least: Agreement = Agreement.SHORT) -> list[Named]:
        """The names of some places that agree with the row's."""
        return [one.named for one in self.at(*places) if one.level >= at_least]

    def mentions(self, *kinds: str) -> bool:
        """Whether the text of pages of some kinds has the row's name."""
        return any(self.shown.mentions(one.tokens, *kinds) for one in self.names)

    def is_stated(self) -> bool:
        """Whether the site states the row's company as its owner."""
        return any(one.is_own for one in self.agreeing("legal", at_least=Agreement.SAME))


def sight(wanted: Wanted, shown: Shown) -> Sight:
    """Look at a site with a row in mind."""
    names = parsed((wanted.name, *wanted.aliases))
    every = [Seen(best(names, one.name), one) for one in shown.names]
    # Words of trade alone are the end of a name whose beginning was not read.
    seen = tuple(one for one in every if one.level or not is_weak(one.named.name))
    return Sight(wanted, names, shown, seen, _formed(names, shown))


def _formed(names: Sequence[CompanyName], shown: Shown) -> tuple[str, CompanyName] | None:
    """Find the row's name with a legal form after it, in whatever case it is written."""
    for one in names:
        spelled = r"\W+".join(map(re.escape, one.core.split()))
        pattern = re.compile(rf"(?<![^\W_]){spelled},? ({_forms().pattern})")
        match = pattern.search(shown.folded) if len(one.core) > 1 else None
        if match is not None:
            return match[0], parse_name(f"{one.core} {match[1]}")
    return None


@cache
def _forms() -> re.Pattern[str]:
    return re.compile(rf"(?:{either(words('names')['forms'])})(?!\w)".lower())


def tokens(text: str) -> list[str]:
    """The words of a text in ASCII, as the words of pages are compared."""
    return _WORD.findall(to_ascii(text).lower())
