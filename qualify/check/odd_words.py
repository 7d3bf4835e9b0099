"""Find allowed words that facts hardly ever have: a country under `region`, a rare certificate."""

from __future__ import annotations

from collections.abc import Iterator

from leads.lexicon.industries.membership import check_revision
from leads.lexicon.places.countries import country_code, country_name
from leads.lexicon.places.place_names import is_city, region_named
from leads.lexicon.places.regions import states_by_code
from leads.yaml_mistakes import did_you_mean
from qualify.decide.meets import folded, named
from qualify.profile.criteria import Leaf, Matches
from qualify.words.answerers import answerers


def odd_words(leaf: Leaf) -> Iterator[tuple[str, str]]:
    """List what is odd about each word, as level (`warning`, `note`) and message."""
    if not isinstance(leaf, Matches):
        return
    asked = (*leaf.terms.any_of, *leaf.terms.all_of, *leaf.terms.none_of)
    for term in asked:
        if leaf.attribute in ("region", "city"):
            yield from _of_place(leaf.attribute, term)
        if leaf.attribute == "industry" and (odd := check_revision(term)):
            yield "warning", odd
        if leaf.attribute == "certificate":
            yield from _of_certificate(term)
    if leaf.attribute == "postcode":
        yield from (
            ("warning", f"{term} is one whole postcode; for an area write starts_with")
            for term in asked
            if len(term) < 4
        )


def _of_place(attribute: str, term: str) -> Iterator[tuple[str, str]]:
    is_place = is_city if attribute == "city" else region_named
    states = " or ".join(state.name for state in states_by_code(term.upper()))
    if attribute == "region" and states and len(term) < 4:
        yield "warning", f"{term} is compared as written; write the region's name: {states}"
    elif (
        not is_place(term)
        and (code := country_code(term))
        and country_name(code).casefold() == term.casefold()
    ):
        yield "warning", f"{term} is a country: write country: [{code}]"
    elif attribute == "region" and not region_named(term):
        yield (
            "note",
            f"the region {term} is not known: other spellings of it stay unknown",
        )


def _of_certificate(term: str) -> Iterator[tuple[str, str]]:
    known = {_compared(name): name for name in answerers()["certificates"]}
    if _compared(term) not in known:
        yield (
            "warning",
            (
                "pages are not read for the certificate"
                f" {term}{did_you_mean(term, known.values())}; only a list can name it"
            ),
        )


def _compared(certificate: str) -> str:
    return named(folded(certificate, "certificate"), "certificate")
