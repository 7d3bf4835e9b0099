"""The words for channels."""

import pytest

from leads.lexicon.channels import channel_named
from outreach.policy import CHANNELS


@pytest.mark.parametrize(
    ("text", "channel"),
    [(" E-Mail ", "email"), ("All", "all"), ("fax", None), ("", None)],
)
def test_a_word_names_a_channel_or_none(text: str, channel: str | None) -> None:
    assert channel_named(text) == channel


@pytest.mark.parametrize("channel", CHANNELS)
def test_each_channel_of_a_policy_has_its_own_word(channel: str) -> None:
    assert channel_named(channel) == channel
