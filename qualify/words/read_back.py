"""A criterion in words, so that its author sees how it was understood."""

from __future__ import annotations

from qualify.profile.criteria import Criterion, Group, Joined, Leaf, Uses
from qualify.words.phrases import listed, noun, say_question, technology_name

_SHOWN = 6


def read_back(criterion: Criterion) -> str:
    """`number of sites is at least 3`, `uses Shopify`, `any of: country is Germany; city is Ulm`,
    with what holds besides.
    """
    test = criterion.test
    said = _group(test) if isinstance(test, Group) else _leaf(test)
    besides = [
        f"no older than {criterion.max_age_days} days" if criterion.max_age_days else "",
        f"at least {criterion.min_confidence:g} sure" if criterion.min_confidence else "",
        f"of the {criterion.scope}" if criterion.scope else "",
    ]
    return ", ".join(filter(None, [said, *([] if isinstance(test, Group) else besides)]))


def _group(group: Group) -> str:
    members = "; ".join(map(read_back, group.members))
    if group.joined is Joined.NOT:
        return f"not: {members}"
    return (
        f"{f'at least {group.n}' if group.joined is Joined.AT_LEAST else group.joined} of:"
        f" {members}"
    )


def _leaf(leaf: Leaf) -> str:
    if isinstance(leaf, Uses):
        parts = [
            ("uses", leaf.terms.any_of, "or"),
            ("uses", leaf.terms.all_of, "and"),
            ("does not use", leaf.terms.none_of, "or"),
        ]
        return " and ".join(
            f"{verb} {_names(terms, joint)}" for verb, terms, joint in parts if terms
        )
    return f"{noun(leaf.attribute)} is {say_question(leaf)}"


def _names(terms: tuple[str, ...], joint: str) -> str:
    names = [technology_name(term) for term in terms[:_SHOWN]]
    return listed(
        [*names, *([f"{len(terms) - _SHOWN} more"] if len(terms) > _SHOWN else [])], joint
    )
