"""The questions a caller asks a company when no source can answer; the sentences are in
`qualify/data/questions.yaml`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from qualify.profile.criteria import Leaf, Uses
from qualify.words.phrases import listed, noun, say_question, technology_name


def question(leaf: Leaf) -> str:
    """One question as it is put to the company, with what is looked for in brackets."""
    if isinstance(leaf, Uses):
        return _of_technologies(leaf)
    sentences = _sentences()
    asked = sentences["attributes"].get(leaf.attribute) or sentences["otherwise"][
        "attribute"
    ].format(noun=noun(leaf.attribute))
    return f"{asked}? (looked for: {say_question(leaf)})"


def _of_technologies(leaf: Uses) -> str:
    sentences = _sentences()
    terms = leaf.terms.every()
    own = [sentences["terms"].get(term) for term in terms]
    if all(own):
        return " ".join(f"{sentence}?" for sentence in own)
    return (
        sentences["otherwise"]["technology"].format(
            asked=listed([technology_name(term) for term in terms], "or")
        )
        + "?"
    )


@cache
def _sentences() -> dict[str, dict[str, str]]:
    text = (Path(__file__).parent.parent / "data" / "questions.yaml").read_text(encoding="utf-8")
    sentences: dict[str, dict[str, str]] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - the base loader builds text only.
    return sentences
