"""Whether the site that a company's domain leads to is the company's own."""

import pytest

from enrich.moves import decide_move
from leads.facts import Fact, Scope
from tests.made_facts import fact

NAME = fact("name", "Kerbholz GmbH")
GERMAN = fact("country", "DE")


@pytest.mark.parametrize(
    ("own", "there", "why"),
    [
        ([fact("vat_id", "DE136695976")], [fact("vat_id", "DE 136 695 976")], "VAT number"),
        (
            [fact("register_number", "Berlin HRB 1")],
            [fact("register_number", "Berlin HRB 1")],
            "register",
        ),
        ([fact("phone", "+4930901820")], [fact("phone", "+4930901820")], "phone"),
        (
            [fact("street", "Beispielweg 5"), fact("postcode", "10115")],
            [fact("street", "Beispielweg 5"), fact("postcode", "10115")],
            "one address",
        ),
        ([NAME, GERMAN], [fact("legal_name", "KERBHOLZ G.m.b.H."), GERMAN], "both are called"),
    ],
)
def test_one_number_address_or_name_on_both(own: list[Fact], there: list[Fact], why: str) -> None:
    found = decide_move(own, there)
    assert found.follows
    assert why in found.why


@pytest.mark.parametrize(
    ("own", "there", "why"),
    [
        ([NAME], [], "nothing on it"),
        ([NAME], [fact("legal_name", "Kerbholz GmbH")], "nothing on it"),  # In which country?
        (
            [NAME, GERMAN],
            [fact("name", "Kerbholz Group"), fact("country", "US")],
            "another country",
        ),
        (
            [fact("phone", "+4930901820"), GERMAN],
            [fact("phone", "+4930901820"), fact("country", "CH")],
            "another country",
        ),
        (
            [fact("legal_name", "Kerbholz GmbH"), fact("phone", "+4930901820")],
            [fact("legal_name", "Grossholz AG"), fact("phone", "+4930901820")],
            "another company",
        ),
        ([fact("postcode", "10115")], [fact("postcode", "10115")], "nothing on it"),
        (
            [fact("phone", "+4930901820")],
            [fact("phone", "+4930901820", scope=Scope.GROUP)],
            "nothing on it",
        ),
    ],
)
def test_anything_less_or_against_it(own: list[Fact], there: list[Fact], why: str) -> None:
    found = decide_move(own, there)
    assert not found.follows
    assert why in found.why
