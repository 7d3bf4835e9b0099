"""Words that a profile may hold: refused where the vocabulary is closed, warned of where facts
hardly ever hold them.
"""

import pytest

from enrich.tables import words
from leads.errors import UsageError
from qualify.check.checking import check
from qualify.profile.icp import load_icp
from qualify.words.answerers import answerers


def remarks(question: str) -> list[tuple[str, str]]:
    icp = load_icp(f"icp: x\nversion: 1\nsuspect: [{{{question}}}]\n", "icp.yaml")
    return [(one.level, one.message) for one in check(icp)]


@pytest.mark.parametrize(
    ("question", "message", "hint"),
    [
        (
            "region: [europe]",
            "suspect[1].region[1]: europe is a group of countries, not a region",
            "write country: [europe]",
        ),
        (
            "city: [DACH]",
            "suspect[1].city[1]: DACH is a group of countries, not a city",
            "write country: [dach]",
        ),
        (
            "region: {none_of: [latin america]}",
            "region.none_of[1]: latin america is a group of",
            "write country: [latin-america]",
        ),
        (
            "country: [Bayern]",
            "country[1]: Bayern is a region, not a country",
            "write region: [Bavaria]",
        ),
        (
            "country: [Rotterdam]",
            "country[1]: Rotterdam is a city, not a country",
            "write city: [Rotterdam]",
        ),
        ("country: [XX]", "country[1]: no such country: XX", "use a name or a two-letter code"),
        (
            "language: [klingon]",
            "language[1]: no such language: klingon",
            "use a name or a two-letter code",
        ),
        ("language: [Germann]", "no such language: Germann, did you mean German", ""),
        ("language: {contains: [de]}", "language.contains: no such list", ""),
        ("legal_form: [GmbHH]", "no such legal form: GmbHH, did you mean gmbh", ""),
        ("status: [activ]", "no such status: activ, did you mean active", ""),
        ("uses: [shoppify]", "no such technology or category: shoppify, did you mean shopify", ""),
    ],
)
def test_closed_vocabularies_are_refused_by_name(question: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as error:
        remarks(question)
    assert message in error.value.message
    assert hint in error.value.hint
    assert error.value.message.startswith("icp.yaml:3: ")


@pytest.mark.parametrize(
    ("question", "level", "message"),
    [
        ("region: [Germany]", "warning", "Germany is a country: write country: [DE]"),
        ("city: [France]", "warning", "France is a country: write country: [FR]"),
        ("region: [CA]", "warning", "write the region's name: California"),
        ("region: [WA]", "warning", "Washington or Western Australia"),
        ("region: [Kentshire]", "note", "the region Kentshire is not known"),
        (
            "certificate: [ISO 9002]",
            "warning",
            "pages are not read for the certificate ISO 9002, did you mean ISO 9001",
        ),
        ("postcode: [30]", "warning", "for an area write starts_with"),
    ],
)
def test_odd_words_of_open_vocabularies_are_warned_of(
    question: str, level: str, message: str
) -> None:
    assert any(found == level and message in said for found, said in remarks(question)), remarks(
        question
    )


@pytest.mark.parametrize(
    "question",
    [
        "region: [Bayern, Zuid-Holland, Georgia]",
        "city: [München, Luxembourg, Ghent]",
        "certificate: [iso9001, 'DIN EN ISO 14001:2015', tisax]",
        "language: [de, French, Deutsch]",
        "postcode: {starts_with: [30]}",
    ],
)
def test_plain_words_are_not(question: str) -> None:
    assert [one for one in remarks(question) if one[0] != "note"] == []


def test_the_certificates_that_pages_are_read_for_are_those_that_are_found() -> None:
    assert list(answerers()["certificates"]) == list(words("certificates")["names"])
