"""Texts of a long file are remembered without keeping them in memory."""

import resource

from hypothesis import given
from hypothesis import strategies as st

from leads.store.seen_texts import SeenTexts


@given(st.lists(st.text(max_size=3), max_size=60))
def test_a_text_is_new_once(texts: list[str]) -> None:
    before: set[str] = set()
    with SeenTexts() as seen:
        for text in texts:
            assert seen.add(text) is (text not in before)
            before.add(text)


def test_any_text_is_remembered() -> None:
    with SeenTexts() as seen:
        assert seen.add("\ud800")
        assert not seen.add("\ud800")
        assert seen.add("")
        assert not seen.add("")


def test_memory_stays_bounded() -> None:
    with SeenTexts() as seen:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for number in range(200_000):
            seen.add(f"lemlist {number} " + "x" * 200)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before

    # The texts alone have more than 40 MB.
    assert grown < 20_000
