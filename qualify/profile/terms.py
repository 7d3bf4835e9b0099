"""Terms of a profile: `[DE, AT]`, `{all_of: [...]}`, `{none_of: [...]}`, each word checked against
the table of its field.
"""

from __future__ import annotations

from collections.abc import Callable

from leads.lexicon.industries.membership import check_term as check_industry
from leads.lexicon.languages import language_code
from leads.lexicon.languages import names as language_names
from leads.lexicon.names.legal_form_table import tables
from leads.lexicon.names.legal_forms import legal_form
from leads.lexicon.places.countries import CODES, country_code, country_name
from leads.lexicon.places.place_names import is_city, region_named
from leads.lexicon.statuses import STATUSES, parse_status
from leads.lexicon.technologies import check_term as check_technology
from leads.yaml_mistakes import did_you_mean, mistake
from leads.yaml_tree import Listing, Mapping, Node, Scalar
from qualify.profile.country_groups import country_groups, group_named
from qualify.profile.criteria import Terms

#: Reads one word as written into the terms it stands for, or raises.
Word = Callable[[Scalar], tuple[str, ...]]

LISTS = ("any_of", "all_of", "none_of")
TEXT_LISTS = (*LISTS, "starts_with", "contains")


def read_terms(node: Node, word: Word, lists: tuple[str, ...] = LISTS) -> Terms:
    """The terms of a field; a single word is a list of one, and a list means any of."""
    if not isinstance(node, Mapping):
        return Terms(any_of=_words(node, word))
    if not node.fields:
        raise mistake(node, "the words are missing", "list at least one")
    parts: dict[str, tuple[str, ...]] = {}
    for key, listed in node.fields:
        if key.text not in lists:
            raise mistake(
                key,
                f"no such list{did_you_mean(key.text, lists)}",
                f"write a plain list, or one of {', '.join(lists)}",
            )
        parts[key.text] = _words(listed, word)
    return Terms(**parts)


def _words(node: Node, word: Word) -> tuple[str, ...]:
    items = node.items if isinstance(node, Listing) else (node,)
    if not items or (isinstance(node, Scalar) and not node.text):
        raise mistake(node, "the words are missing", "list at least one")
    terms: list[str] = []
    for item in items:
        if not isinstance(item, Scalar) or not item.text:
            raise mistake(item, "a plain word belongs here", "write a list such as [one, two]")
        terms += word(item)
    return tuple(dict.fromkeys(terms))


def industry_word(node: Scalar) -> tuple[str, ...]:
    """An industry by plain name or code, as `leads.lexicon.industries.membership` knows it."""
    if wrong := check_industry(node.text):
        raise mistake(
            node,
            wrong,
            "`sluice icp words` lists the plain names; a code such as 86.23 or naics:6212 will"
            " do too",
        )
    return (node.text,)


def technology_word(node: Scalar) -> tuple[str, ...]:
    """A technology or a category of the catalog."""
    if wrong := check_technology(node.text):
        raise mistake(
            node,
            wrong,
            "`sluice icp words` lists the categories; a list of tools it does not know is"
            " custom:NAME",
        )
    return (node.text,)


def country_word(node: Scalar) -> tuple[str, ...]:
    """A country as its ISO code, or the name of a group of countries."""
    if group := group_named(node.text):
        return (group,)
    if code := country_code(node.text) or country_code(node.text.upper()):
        return (code,)
    if region := region_named(node.text):
        raise mistake(node, f"{node.text} is a region, not a country", f"write region: [{region}]")
    if is_city(node.text):
        raise mistake(node, f"{node.text} is a city, not a country", f"write city: [{node.text}]")
    known = [country_name(code) for code in CODES]
    raise mistake(
        node,
        f"no such country: {node.text}{did_you_mean(node.text, [*known, *country_groups()])}",
        "use a name or a two-letter code such as DE",
    )


def status_word(node: Scalar) -> tuple[str, ...]:
    """A company status of the closed set."""
    if found := parse_status(node.text):
        return (found,)
    raise mistake(
        node,
        f"no such status: {node.text}{did_you_mean(node.text, STATUSES)}",
        f"the statuses are {', '.join(sorted(STATUSES))}",
    )


def legal_form_word(node: Scalar) -> tuple[str, ...]:
    """A legal form by any of its spellings."""
    if found := legal_form(node.text):
        return (found.name,)
    raise mistake(
        node,
        f"no such legal form: {node.text}{did_you_mean(node.text, tables().forms)}",
        "write it as companies do, such as GmbH, Ltd or S.r.l.",
    )


def language_word(node: Scalar) -> tuple[str, ...]:
    """A language as its ISO 639-1 code."""
    if found := language_code(node.text):
        return (found,)
    raise mistake(
        node,
        f"no such language: {node.text}{did_you_mean(node.text, language_names())}",
        "use a name or a two-letter code such as de",
    )


def place_word(attribute: str, node: Scalar) -> tuple[str, ...]:
    """A region or a city, as written; the name of several countries is neither."""
    if group_named(node.text) and not region_named(node.text):
        raise mistake(
            node,
            f"{node.text} is a group of countries, not a {attribute}",
            f"write country: [{group_named(node.text)}]",
        )
    return (node.text,)


def text_word(node: Scalar) -> tuple[str, ...]:
    """Free text, as written."""
    return (node.text,)
