"""Questions about places, legal forms, keywords and a client's own columns."""

import pytest

from leads.errors import UsageError
from leads.facts import Fact
from tests.made_decisions import A, B, ask, decide, said
from tests.made_facts import fact, people


@pytest.mark.parametrize(
    ("criterion", "facts", "answer", "reason"),
    [
        ("{city: [Rotterdam]}", [], "unknown", "no city is known"),
        (
            "{city: [Rotterdam]}",
            [fact("city", "ROTTERDAM")],
            "yes",
            "city ROTTERDAM @ is Rotterdam",
        ),
        ("{city: [Rotterdam]}", [fact("city", "Breda")], "no", "city Breda @ is not Rotterdam"),
        (
            "{city: {contains: [dam]}}",
            [fact("city", "Schiedam")],
            "yes",
            "city Schiedam @ is containing dam",
        ),
        (
            "{region: {none_of: [Bavaria]}}",
            [fact("region", "Bavaria")],
            "no",
            "region Bavaria @ is not outside Bavaria",
        ),
        (
            "{postcode: {starts_with: ['30', '31']}}",
            [fact("postcode", "3011 AB")],
            "yes",
            "postcode 3011 AB @ is starting with 30 or 31",
        ),
        (
            "{postcode: {starts_with: ['30', '31']}}",
            [fact("postcode", "03011")],
            "no",
            "postcode 03011 @ is not starting with 30 or 31",
        ),
        (
            "{postcode: {starts_with: ['03']}}",
            [fact("postcode", "3099")],
            "unknown",
            "postcode 3099 @ may or may not be starting with 03",
        ),
        # Its country tells how many digits a postcode has.
        (
            "{postcode: {starts_with: ['8']}}",
            [fact("postcode", "8021"), fact("country", "CH")],
            "yes",
            "postcode 8021 @ is starting with 8",
        ),
        (
            "{postcode: ['1010', '1020']}",
            [fact("postcode", "1020"), fact("country", "AT")],
            "yes",
            "postcode 1020 @ is 1010 or 1020",
        ),
        (
            "{postcode: {starts_with: ['03']}}",
            [fact("postcode", "3099"), fact("country", "BE")],
            "no",
            "postcode 3099 @ is not starting with 03",
        ),
        (
            "{postcode: {starts_with: ['03']}}",
            [fact("postcode", "3099"), fact("country", "DE")],
            "unknown",
            "postcode 3099 @ may or may not be starting with 03",
        ),
        (
            "{postcode: {starts_with: ['8']}}",
            [fact("postcode", "8021"), fact("country", "CH", **A), fact("country", "FR", **B)],
            "unknown",
            "postcode 8021 @ may or may not be starting with 8",
        ),
        (
            "{postcode: {starts_with: ['04']}}",
            [fact("postcode", "3099")],
            "no",
            "postcode 3099 @ is not starting with 04",
        ),
        # Postcodes are compared without spaces.
        (
            "{postcode: {starts_with: SW1A1}}",
            [fact("postcode", "sw1a 1aa")],
            "yes",
            "postcode sw1a 1aa @ is starting with SW1A1",
        ),
        (
            "{postcode: {starts_with: '30'}}",
            [fact("postcode", "3011", **A), fact("postcode", "4811", **B)],
            "unknown",
            "sources disagree on postcode: 3011 @a and 4811 @b; asked is starting with 30",
        ),
        # Sites stand for the company while nothing is said of it.
        (
            "{city: [Rotterdam]}",
            [fact("city", "Breda", scope="site"), fact("city", "Rotterdam", scope="site")],
            "unknown",
            "its sites differ on city: Breda @ and Rotterdam @; asked is Rotterdam",
        ),
        (
            "{legal_form: [GmbH, Ltd]}",
            [fact("legal_form", "gmbh")],
            "yes",
            "legal form gmbh @ is gmbh or ltd",
        ),
        (
            "{legal_form: [Limited]}",
            [fact("legal_form", "gmbh")],
            "no",
            "legal form gmbh @ is not ltd",
        ),
        (
            "{sites: {at_least: 3}}",
            [fact("sites", people(3))],
            "yes",
            "number of sites 3 @ is at least 3",
        ),
        # Keywords are an open world: what was not seen may be there all the same.
        (
            "{keyword: [cnc, laser]}",
            [fact("keyword", "CNC"), fact("keyword", "welding")],
            "yes",
            "keyword CNC @ is cnc or laser",
        ),
        (
            "{keyword: [cnc]}",
            [fact("keyword", "welding")],
            "unknown",
            "keyword welding @ may or may not be cnc",
        ),
        (
            "{keyword: {contains: [weld]}}",
            [fact("keyword", "welding")],
            "yes",
            "keyword welding @ is containing weld",
        ),
        (
            "{keyword: {none_of: [cnc]}}",
            [fact("keyword", "cnc")],
            "no",
            "keyword cnc @ is not outside cnc",
        ),
        (
            "{keyword: {none_of: [cnc]}}",
            [fact("keyword", "welding")],
            "unknown",
            "keyword welding @ may or may not be outside cnc",
        ),
        (
            "{certificate: {all_of: [ISO 9001, ISO 14001]}}",
            [fact("certificate", "ISO 9001")],
            "unknown",
            "certificate ISO 9001 @ may or may not be ISO 9001 and ISO 14001",
        ),
        (
            "{certificate: {all_of: [ISO 9001, ISO 14001]}}",
            [fact("certificate", "ISO 9001"), fact("certificate", "iso 14001")],
            "yes",
            "certificate ISO 9001 @ and iso 14001 @ is ISO 9001 and ISO 14001",
        ),
        # Places have several names; of two that no table knows nobody can say that they are not the
        # same.
        ("{region: [Bavaria]}", [fact("region", "Bayern")], "yes", "region Bayern @ is Bavaria"),
        (
            "{region: [Bavaria]}",
            [fact("region", "Sachsen")],
            "no",
            "region Sachsen @ is not Bavaria",
        ),
        (
            "{region: [Bavaria]}",
            [fact("region", "Oberbayern")],
            "unknown",
            "region Oberbayern @ may or may not be Bavaria",
        ),
        (
            "{region: [California]}",
            [fact("region", "CA")],
            "unknown",
            "region CA @ may or may not be California",
        ),
        ("{region: [Kent]}", [fact("region", "KENT")], "yes", "region KENT @ is Kent"),
        (
            "{region: {none_of: [Bavaria]}}",
            [fact("region", "Kent")],
            "unknown",
            "region Kent @ may or may not be outside Bavaria",
        ),
        ("{city: [Munich]}", [fact("city", "MÜNCHEN")], "yes", "city MÜNCHEN @ is Munich"),
        ("{city: [Zurich]}", [fact("city", "Zürich")], "yes", "city Zürich @ is Zurich"),
        (
            "{city: [Frankfurt am Main]}",
            [fact("city", "Frankfurt")],
            "unknown",
            "city Frankfurt @ may or may not be Frankfurt am Main",
        ),
        (
            "{city: [Cologne]}",
            [fact("city", "Köln-Ehrenfeld")],
            "unknown",
            "city Köln-Ehrenfeld @ may or may not be Cologne",
        ),
        ("{city: [York]}", [fact("city", "New York")], "no", "city New York @ is not York"),
        (
            "{city: {contains: [zur]}}",
            [fact("city", "Zürich")],
            "yes",
            "city Zürich @ is containing zur",
        ),
        ("{language: [German]}", [fact("language", "de")], "yes", "language German @ is German"),
        (
            "{language: [Norwegian]}",
            [fact("language", "nb-NO")],
            "yes",
            "language nb-NO @ is Norwegian",
        ),
        (
            "{language: [nn]}",
            [fact("language", "nb")],
            "unknown",
            "language Norwegian Bokmål @ may or may not be Norwegian Nynorsk",
        ),
        (
            "{language: {none_of: [Norwegian]}}",
            [fact("language", "nn")],
            "no",
            "language Norwegian Nynorsk @ is not outside Norwegian",
        ),
        ("{language: [de]}", [fact("language", "Deutsch")], "yes", "language Deutsch @ is German"),
        (
            "{legal_form: [Ltd]}",
            [fact("legal_form", "Private Limited Company")],
            "yes",
            "legal form Private Limited Company @ is ltd",
        ),
        (
            "{certificate: [ISO 9001]}",
            [fact("certificate", "EN ISO 9001:2015")],
            "yes",
            "certificate EN ISO 9001:2015 @ is ISO 9001",
        ),
        (
            "{certificate: [iso27001]}",
            [fact("certificate", "ISO/IEC 27001")],
            "yes",
            "certificate ISO/IEC 27001 @ is iso27001",
        ),
        ("{custom:Hall: ['3', '4']}", [fact("custom:Hall", "3")], "yes", "Hall 3 @ is 3 or 4"),
        ("{custom:Hall: ['3', '4']}", [fact("custom:Hall", "5")], "no", "Hall 5 @ is not 3 or 4"),
        ("{custom:Hall: ['3', '4']}", [], "unknown", "no Hall is known"),
    ],
)
def test_one_question_about_a_text(
    criterion: str, facts: list[Fact], answer: str, reason: str
) -> None:
    found = ask(criterion, *facts)
    assert (found.answer, str(found.reason)) == (answer, said(reason))


@pytest.mark.parametrize(
    ("sections", "facts", "expected"),
    [
        # A company may have both keywords, but only one city.
        ("suspect: [{keyword: [cnc]}, {keyword: [laser]}]", [], [("keyword",)]),
        ("suspect: [{city: [Breda]}, {city: [Delft]}]", [], []),
        ("suspect: [{city: {starts_with: B}}, {city: {contains: [reda]}}]", [], [("city",)]),
        ("suspect: [{postcode: {starts_with: ['30']}}]", [], [("postcode",)]),
        (
            "suspect: [{postcode: {starts_with: ['03']}}]",
            [fact("postcode", "3099")],
            [("postcode",)],
        ),
        (
            "suspect: [{keyword: {contains: [cnc]}}, {keyword: {none_of: [laser]}}]",
            [fact("keyword", "milling")],
            [("keyword",)],
        ),
    ],
)
def test_what_texts_can_still_decide(
    sections: str, facts: list[Fact], expected: list[tuple[str, ...]]
) -> None:
    assert decide(sections, *facts).decides == tuple(expected)


@pytest.mark.parametrize(
    ("criterion", "message"),
    [
        (
            "{legal_form: [GmbhX]}",
            "icp.yaml:3: suspect[1].legal_form[1]: no such legal form: GmbhX",
        ),
        (
            "{legal_form: {contains: [G]}}",
            "icp.yaml:3: suspect[1].legal_form.contains: no such list",
        ),
        ("{citty: [Breda]}", "icp.yaml:3: suspect[1].citty: no such criterion, did you mean city"),
        ("{'custom:': [x]}", "no such criterion"),
    ],
)
def test_texts_that_are_refused(criterion: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        ask(criterion)
    assert message in error.value.message
