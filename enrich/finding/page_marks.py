"""Marks of pages: directories, groups, branches, former owners, copies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from enrich.finding.names_agree import Agreement
from enrich.finding.shown import Named
from enrich.finding.sight import HOME, Mark, Sight
from enrich.json_ld import METHODS
from enrich.tables import either, words
from leads.lexicon.names.company_names import CompanyName
from leads.lexicon.places.place_names import city_named

UNREAD = frozenset({"empty", "needs_browser", "under_construction"})
#: A site that names more companies with a legal form lists them.
_MANY = 6
#: Pages have such words about others too; more than one of them is a directory's.
_DIRECTORY_PHRASES = 2


def page_marks(sight: Sight) -> Iterator[Mark]:
    """Yield what the kind of the pages says for and against the row."""
    yield from _unread(sight)
    yield from _listing(sight)
    yield from _phrases_of_others(sight)
    yield from _home_silent(sight)
    yield from _branch(sight)
    yield from _elsewhere(sight)
    named = [one for one in sight.agreeing("legal", "brand") if one.quote.startswith('"')]
    if named and any(one.method in METHODS for one in sight.shown.facts):
        yield Mark("own_markup", named[0].quote)


def _unread(sight: Sight) -> Iterator[Mark]:
    if UNREAD.intersection(sight.shown.empty):
        yield Mark("no_content", ", ".join(sight.shown.empty))


def _listing(sight: Sight) -> Iterator[Mark]:
    found = list(dict.fromkeys(_phrases("directory").findall(sight.shown.folded)))
    if len(found) >= _DIRECTORY_PHRASES:
        yield Mark("directory", ", ".join(found[:3]))
    elif found and not sight.is_stated():
        yield Mark("listing_words", found[0])
    named = sight.shown.mentioned
    if len(named) > _MANY:
        some = ", ".join(one.shown for one in named[:3])
        yield Mark("several_owners", f"{some} … ({len(named)})")


def _phrases_of_others(sight: Sight) -> Iterator[Mark]:
    if match := _phrases("franchise").search(sight.shown.folded):
        yield Mark("franchise", match[0])
    if match := _former(sight.names).search(sight.shown.folded):
        yield Mark("former", match[0])
    is_own = any(one.level is Agreement.SAME for one in sight.seen)
    match = _phrases("subsidiary").search(sight.shown.folded)
    if match is not None and sight.mentions() and not is_own:
        yield Mark("subsidiary", match[0])


def _home_silent(sight: Sight) -> Iterator[Mark]:
    """Yield a mark if other pages name the company and the home page does not."""
    shown = sight.shown
    if UNREAD.intersection(shown.empty) or not set(HOME).intersection(shown.kinds):
        return
    at_home = [one for one in sight.seen if one.named.kind in HOME]
    is_named = any(one.level >= Agreement.SHORT for one in at_home)
    glued = any(shown.mentions((one.core.replace(" ", ""),), *HOME) for one in sight.names)
    if sight.mentions() and not (is_named or glued or sight.mentions(*HOME)):
        yield Mark("home_silent")


def _branch(sight: Sight) -> Iterator[Mark]:
    """Yield a mark if the site's name is that of the row with a town after it."""
    own = city_named(sight.wanted.city)
    towns = {city_named(str(one.value)) for one in sight.shown.of("city")} - {own}
    if sight.is_stated():
        return
    branches = [one.named for one in sight.seen if _towns(sight, one.named) & towns]
    if branches:
        yield Mark("branch_name", branches[0].quote)


def _towns(sight: Sight, named: Named) -> set[str]:
    """What stands after the row's name in a name, as the name of a town."""
    tokens = named.name.tokens
    rests = [
        tokens[len(one.tokens) :] for one in sight.names if tokens[: len(one.tokens)] == one.tokens
    ]
    return {city_named(" ".join(rest)) for rest in rests if rest}


def _elsewhere(sight: Sight) -> Iterator[Mark]:
    shown = sight.shown
    if shown.domain.startswith("xn--") and all(one.raw.isascii() for one in sight.names):
        yield Mark("confusable", shown.domain)
    for domain, quote in shown.elsewhere[:1]:
        yield Mark("address_elsewhere", f"{domain}: {quote}")


def _former(names: Sequence[CompanyName]) -> re.Pattern[str]:
    spelled = [re.escape(one.shown.lower()) for one in names[:4]]
    spelled += [re.escape(one.core) for one in names[:4] if len(one.core) > 2]
    name = f"(?:{either(spelled)})"
    patterns = [one.replace("{name}", name) for one in words("site_marks")["phrases"]["former"]]
    return re.compile(rf"(?<![^\W_])(?:{either(patterns)})(?![^\W_])")


@cache
def _phrases(kind: str) -> re.Pattern[str]:
    listed = words("site_marks")["phrases"][kind]
    return re.compile(rf"(?<![^\W_])(?:{either(listed)})(?![^\W_])")
