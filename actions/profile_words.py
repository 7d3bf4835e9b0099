"""Look up the words that a profile may use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leads.errors import NotFoundError
from qualify.check.vocabulary import WordMeaning, all_words, meanings, nearest

__all__ = ["WordMeaning", "explain_word", "list_words"]


def list_words() -> Mapping[str, Sequence[str]]:
    """List the words by field; technologies and places are too many and are looked up one by one."""
    return all_words()


def explain_word(term: str) -> Sequence[WordMeaning]:
    """Explain a word in each field that knows it; NotFoundError when no field does."""
    found = meanings(term)
    if not found:
        raise NotFoundError(
            f"no field knows the word {term!r}{nearest(term)}",
            "see all words with `sluice icp words`",
        )
    return found
