"""The strictest licence holds for data of several sources, and each source is named."""

import pytest

from sources.attribution import Credit, attribution_text, attributions
from sources.licences import Strictness, strictest, strictness
from sources.registers.catalog import registers

OPEN, NAMED, OWN, SAME = Strictness


@pytest.mark.parametrize(
    ("licence", "asks"),
    [
        ("CC0-1.0", OPEN),
        ("public domain (United States)", OPEN),
        ("CC BY 4.0", NAMED),
        ("CC-BY-4.0", NAMED),
        ("OGL-UK-3.0", NAMED),
        ("NLOD 2.0", NAMED),
        ("Licence Ouverte 2.0", NAMED),
        ("CC BY-NC 4.0", OWN),
        ("CC BY-ND 4.0", OWN),
        ("Headcounts terms of service", OWN),
        ("", OWN),
        ("ODbL 1.0", SAME),
        ("CC BY-SA 4.0", SAME),
        ("CC BY-NC-SA 4.0", SAME),
    ],
)
def test_a_licence_is_weighed(licence: str, asks: Strictness) -> None:
    assert strictness(licence) is asks


@pytest.mark.parametrize(
    ("licences", "found"),
    [
        ([], (OPEN, ())),
        (["CC0-1.0", "NLOD 2.0"], (NAMED, ("NLOD 2.0",))),
        (["NLOD 2.0", "CC BY 4.0"], (NAMED, ("CC BY 4.0", "NLOD 2.0"))),
        (["Some terms", "ODbL 1.0", "CC0-1.0"], (SAME, ("ODbL 1.0",))),
    ],
)
def test_share_alike_is_the_strictest(
    licences: list[str], found: tuple[Strictness, tuple[str, ...]]
) -> None:
    assert strictest(licences) == found


def test_every_register_is_named_with_its_words() -> None:
    cards = {one.card.name: one.card for one in registers()}
    given = {Credit(name, card.licence) for name, card in cards.items()}
    text = attribution_text("rows.csv", attributions({*given, Credit("gone", "its own")}, cards))
    for card in cards.values():
        assert f"{card.title}\n  Licence: {card.licence}\n" in text
        assert card.attribution in text
        assert strictness(card.licence) in (OPEN, NAMED)
    assert "gone\n  Licence: its own\n" in text
    assert text.endswith(
        "for the whole: its own (read these terms before the data is passed on).\n"
    )
