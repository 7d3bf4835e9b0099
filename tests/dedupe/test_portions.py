"""What is worked out for many texts in portions is the same as for all at once."""

import numpy as np
import pytest

from dedupe import text_hashes, word_shapes
from dedupe.word_shapes import WordShapes

TEXTS = [f"zyxwell {number} " + "long " * (number % 30) for number in range(400)] + ["", "Ünal"]


def test_hashes_are_the_same_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = text_hashes.hashes_of(TEXTS)
    monkeypatch.setattr(text_hashes, "_AT_ONCE", 7)
    np.testing.assert_array_equal(text_hashes.hashes_of(TEXTS), whole)


def test_shapes_are_the_same_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    words = sorted({word for text in TEXTS for word in text.split()})
    whole = WordShapes.of(words)
    monkeypatch.setattr(word_shapes, "_TEXTS", 7)
    parts = WordShapes.of(words)
    for name in WordShapes.__slots__:
        np.testing.assert_array_equal(getattr(parts, name), getattr(whole, name))
