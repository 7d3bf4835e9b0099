"""Every pattern of a YAML file is said in words."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from engage.handover.file import HandoverFile
from engage.nurture.file import NurtureFile
from engage.scoring.file import ScoringFile
from leads.yaml_spellings import SPELLINGS, spelling
from outreach.disposition_file import DispositionFile
from outreach.outcomes.profile import OutcomeProfile
from outreach.policy_file import PolicyFile
from sources.providers.file import ProviderFile

#: Patterns that the schema alone has: what is wrong there is said by a check of its own.
_CHECKED_LATER = {"^[A-Z][A-Z0-9_]{2,63}$"}


def _patterns(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("pattern"), str):
            yield node["pattern"]
        yield from node.get("patternProperties", ())
        for inner in node.values():
            yield from _patterns(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _patterns(inner)


@pytest.mark.parametrize(
    "model",
    [
        DispositionFile,
        HandoverFile,
        NurtureFile,
        OutcomeProfile,
        PolicyFile,
        ProviderFile,
        ScoringFile,
    ],
)
def test_each_pattern_has_its_words(model: type[BaseModel]) -> None:
    found = set(_patterns(model.model_json_schema()))
    assert found
    assert found - _CHECKED_LATER <= set(SPELLINGS)


def test_a_pattern_without_words_shows_none_of_itself() -> None:
    assert spelling("^x+$") == "has a character that is not allowed there"
