import pytest
import yaml

from qualify.check.vocabulary import _fields, all_words, meanings, nearest
from qualify.profile.grammar import FIELDS
from qualify.profile.icp import load_icp


@pytest.mark.parametrize(
    ("term", "field", "word", "means"),
    [
        (
            "dentists",
            "industry",
            "dentists",
            "all of NACE 2.1 86.23 Dental practice care activities",
        ),
        ("Bäckerei", "industry", "Bäckerei", "bakeries"),
        ("25.62", "industry", "25.62", "write nace2.0:25.62 or nace2.1:25.62"),
        ("naics:6212", "industry", "naics:6212", "touches NACE 2.0 86"),
        ("erp", "uses", "erp", "counts as in use with any of"),
        ("dach", "country", "dach", "Austria, Switzerland, Germany"),
        ("Latin America", "country", "latin-america", "Brazil"),
        ("germany", "country", "DE", "Germany"),
        ("Bayern", "region", "Bavaria", "under all its names"),
        ("München", "city", "München", "under all its names"),
        ("bankrupt", "status", "insolvent", "a status"),
        ("Deutsch", "language", "de", "German"),
        ("Private Limited Company", "legal_form", "ltd", "a legal form of"),
        ("iso9001", "certificate", "ISO 9001", "pages are read for"),
        ("sites", "field", "sites", "sites: {at_least: 3}"),
        ("does not use", "field", "does not use", "does_not_use: [erp]"),
    ],
)
def test_a_word_is_told_where_it_belongs_and_what_it_means(
    term: str, field: str, word: str, means: str
) -> None:
    found = {one.field: one for one in meanings(term)}
    assert field in found
    assert found[field].word == word
    assert means in found[field].means


@pytest.mark.parametrize(
    ("term", "near"),
    [
        ("dentits", "dentists"),
        ("bakerys", "bakeries"),
        ("Bavarai", "Bavaria"),
        ("Germny", "Germany"),
        ("zzzz", ""),
    ],
)
def test_a_miss_is_told_the_nearest_word(term: str, near: str) -> None:
    assert meanings(term) == []
    assert nearest(term) == (f", did you mean {near}" if near else "")


def test_every_field_is_explained_with_an_example_that_is_right() -> None:
    assert sorted(_fields()) == sorted(FIELDS)
    for field, row in _fields().items():
        assert list(yaml.safe_load(row["example"])) == [field]
        load_icp(f"icp: x\nversion: 1\nsuspect: [{{{row['example']}}}]", field)


def test_every_word_that_is_listed_is_known() -> None:
    for words in all_words().values():
        assert [word for word in words if not meanings(word)] == []
