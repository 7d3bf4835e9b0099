import pytest

from dedupe.address import parse_street

STREETS = [
    ("7428 N. Rogers Ave.", ("7428", "rogers")),
    ("7428 North Rogers Avenue", ("7428", "rogers")),
    ("27 Washington Oak Park IL 60302", ("27", "washington")),
    ("Hauptstr. 5a", ("5", "haupt")),
    ("Musterstraße 12, 10115 Musterstadt", ("12", "muster")),
    ("Unit 5, 12 High St", ("12", "high")),
    ("Example House, 12 High St", ("12", "high")),
    ("5010 W 87TH St.", ("5010", "87th")),
    ("12 rue de la Paix", ("12", "paix")),
    ("Via Roma 5, 00100 Roma", ("5", "roma")),
    ("007 Main Street", ("7", "main")),
    ("PO Box 123", None),
    ("Example House", None),
    ("12", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "street"), STREETS)
def test_a_street_is_its_number_and_its_own_name(text: str, street: tuple[str, str] | None) -> None:
    assert parse_street(text) == street
