"""Abbreviations count as their word: by the table, by shape, and cut off at the end of a field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.contractions import is_contraction
from dedupe.engine import cluster
from dedupe.expansions import expanded
from dedupe.record import MatchRecord
from dedupe.word_shapes import WordShapes
from dedupe.words import words


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("instrs", "instruments"),
        ("hlth", "health"),
        ("svcs", "services"),
        ("mgmt", "management"),
        ("transn", "transportation"),
        ("financl", "financial"),
        ("bldrs", "builders"),
    ],
)
def test_a_word_without_its_vowels_is_a_contraction(short: str, long: str) -> None:
    assert is_contraction(short, long)
    assert not is_contraction(long, short)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("medium", "meldium"),
        ("martn", "martin"),
        ("mars", "mayors"),
        ("crtr", "center"),
        ("hlth", "wealth"),
        ("smth", "thmsm"),
        ("123", "1a2b3c"),
    ],
)
def test_other_words_are_no_contraction(short: str, long: str) -> None:
    assert not is_contraction(short, long)


@given(st.text("abcdrst", max_size=8), st.text("abcdrst", max_size=12))
def test_a_contraction_has_only_letters_of_the_word(short: str, long: str) -> None:
    if is_contraction(short, long):
        assert set(short) <= set(long)
        assert len(short) < len(long)


def _expand(*vocabulary: str) -> dict[str, str]:
    listed = sorted(vocabulary)
    codes = expanded(listed, WordShapes.of(listed)).tolist()
    return {
        word: listed[code] for word, code in zip(listed, codes, strict=True) if listed[code] != word
    }


def test_unknown_abbreviations_of_known_words_are_expanded() -> None:
    assert _expand("investmnt", "investment", "technolo", "technology", "mogara") == {
        "investmnt": "investment",
        "technolo": "technology",
    }


def test_two_abbreviations_of_a_missing_word_become_one() -> None:
    assert _expand("investmnt", "invstmnt") == {"invstmnt": "investmnt"}


@pytest.mark.parametrize("word", ["marks", "metro", "cooper", "austin", "engine", "clancy", "bank"])
def test_words_that_only_begin_alike_stay(word: str) -> None:
    every = sorted({*words().same.values(), word})
    assert every[expanded(every, WordShapes.of(every))[every.index(word)]] == word


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Mogara Instruments Inc", "MOGARA INSTRS INC"),
        ("Mogara Health Services, Inc.", "MOGARA HLTH SVCS INC"),
        ("Mogara Pharmaceuticals", "MOGARA PHARMACEUTI"),
        ("Fratelli Mogara S.p.A.", "F.lli Mogara SpA"),
        ("Companhia Mogara de Tarnwick", "Cia. Mogara de Tarnwick"),
        ("Transportadora Mogara Ltda", "Transp. Mogara"),
        ("Deutsche Mogara AG", "Dt. Mogara AG"),
    ],
)
def test_an_abbreviated_name_is_the_same_company(left: str, right: str) -> None:
    rows = [MatchRecord(1, left, country="DE"), MatchRecord(2, right, country="DE")]
    assert len(cluster(rows).clusters) == 1
