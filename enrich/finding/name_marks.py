"""Marks of names: how the site calls itself and its owner."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.finding.imprint_names import other_owner_named
from enrich.finding.names_agree import Agreement, forms_agree, is_distinctive
from enrich.finding.shown import Named
from enrich.finding.sight import HOME, Mark, Seen, Sight
from enrich.tables import words
from leads.lexicon.names.company_names import CompanyName, parse_name

_LEVELS = ((Agreement.SAME, "same"), (Agreement.SHORT, "short"))
_OTHER = Agreement.OTHER


def name_marks(sight: Sight) -> Iterator[Mark]:
    """Yield what the names of the site say for and against the row."""
    yield from _agreeing("legal", sight.at("legal", "said"))
    yield from _agreeing("brand", list(sight.seen))
    if sight.formed is not None and not sight.at("legal", "said"):
        yield Mark("legal_same", sight.formed[0])
    if sight.mentions():
        yield Mark("mentioned", sight.wanted.name)
    elif all(one.level is _OTHER for one in sight.at("legal", "brand", "title")):
        yield Mark("unnamed")
    same = {one.named.name.core for one in sight.seen if one.level is Agreement.SAME}
    if same and any(map(is_distinctive, sight.names)):
        yield Mark("distinctive", sight.wanted.name)
    yield from _of_forms(sight)
    yield from _owner(sight)
    yield from _two_identities(sight)


def _agreeing(place: str, given: list[Seen]) -> Iterator[Mark]:
    for level, word in _LEVELS:
        found = next((one.named for one in given if one.level is level), None)
        if found is not None:
            yield Mark(f"{place}_{word}", found.quote)


def _of_forms(sight: Sight) -> Iterator[Mark]:
    own = [form for one in sight.names for form in one.forms]
    if sight.wanted.legal_form:
        own += parse_name(f"Xyzzy {sight.wanted.legal_form}").forms
    marks = {True: "same_form", False: "other_form"}
    found: dict[bool, Named] = {}
    for one in sight.agreeing("legal", "said"):
        answer = forms_agree(own, one.name.forms)
        if answer is not None:
            found.setdefault(answer, one)
    for answer in (True, False):
        if answer in found:
            yield Mark(marks[answer], found[answer].quote)
            return


def _owner(sight: Sight) -> Iterator[Mark]:
    """Yield a mark if the owner, or the site's own name, is another one."""
    legal = [] if sight.agreeing("legal") else sight.at("legal")
    grouped = bool(legal) and _is_brand(sight) and _are_groups(sight, legal)
    if legal:
        nearest = max(legal, key=lambda one: one.level)
        kind = "related_owner" if nearest.level is Agreement.RELATED else "other_owner"
        yield Mark("group_owner" if grouped else kind, nearest.named.quote)
    elif not sight.at("legal", "said") and (other := other_owner_named(sight)):
        yield Mark("related_owner", other)
    if not grouped:
        yield from _other_name(sight)


def _other_name(sight: Sight) -> Iterator[Mark]:
    own = [one for one in sight.at("brand", "title", "legal") if one.named.is_own]
    if own and max(one.level for one in own) < Agreement.SHORT:
        yield Mark("other_name", own[0].named.quote)


def _is_brand(sight: Sight) -> bool:
    return bool(sight.agreeing("brand", "title", at_least=Agreement.SAME))


def _are_groups(sight: Sight, given: list[Seen]) -> bool:
    """Whether every name adds only words of groups to the row's."""
    return all(any(_adds_group(mine, one.named.name) for mine in sight.names) for one in given)


def _adds_group(mine: CompanyName, other: CompanyName) -> bool:
    size = len(mine.tokens)
    group = frozenset(words("site_marks")["group_words"])
    return other.tokens[:size] == mine.tokens and group.issuperset(other.tokens[size:])


def _two_identities(sight: Sight) -> Iterator[Mark]:
    """Yield a mark if the imprint names the row's company and the home page another, or the other
    way round.
    """
    legal = sight.at("legal")
    own = [one.named for one in legal if one.level >= Agreement.SHORT]
    others = [one.named for one in legal if one.level is _OTHER]
    stated = [one for one in own if one.kind not in HOME]
    if stated:
        yield from _other_at_home(sight, stated[0])
    elif own:
        imprint = next((one for one in others if one.kind == "imprint"), None)
        if imprint is not None:
            yield Mark("two_identities", f"{own[0].name.shown} / {imprint.name.shown}")


def _other_at_home(sight: Sight, stated: Named) -> Iterator[Mark]:
    home = [one for one in sight.at("legal", "brand", "title") if one.named.kind in HOME]
    told = [one.named for one in home if one.named.place != "title"]
    if told and all(one.level is _OTHER for one in home):
        yield Mark("two_identities", f"{told[0].name.shown} / {stated.name.shown}")
