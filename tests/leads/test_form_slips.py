import pytest

from leads.lexicon.names.company_names import parse_name
from leads.lexicon.names.form_slips import slips_of_forms

# A name, its core, and its legal forms.
NAMES = [
    ("Mogara Limted", "mogara", ("ltd",)),
    ("MOGARA INCORTPORATED", "mogara", ("inc",)),
    ("Mogara Coproration", "mogara", ("corp",)),
    ("Mogara Public Compayn Ltd.", "mogara", ("plc",)),
    ("Mogara Cio.,Ltd.", "mogara", ("co ltd",)),
    ("Mogara & Cop, Ltd.", "mogara", ("co ltd",)),
    ("MOGARACO.,LTD.", "mogara", ("co ltd",)),
    ("MogaraLimwited", "mogara", ("ltd",)),
    ("MogaCorp Ltd", "mogacorp", ("ltd",)),
    ("MogaraCorp", "mogara", ("corp",)),
    ("Mogara Unlimited Ideas", "mogara unlimited ideas", ()),
    ("Mogara Unlimited", "mogara unlimited", ()),
    ("Mogara Limites", "mogara limites", ()),
    ("Mogara Cooperation", "mogara cooperation", ()),
    ("Limted", "limted", ()),
    ("Mogara Cio Ltd", "mogara cio", ("ltd",)),
    ("Mogara & Son., Ltd", "mogara and son", ("ltd",)),
    ("Mogara & Ho, Ltd", "mogara and ho", ("ltd",)),
    ("Mogara & Cox, Ltd", "mogara and cox", ("ltd",)),
    ("Mogara & Cho., Ltd", "mogara and cho", ("ltd",)),
    ("Banco., Ltd", "banco", ("ltd",)),
    ("Mogara Banco., Ltd", "mogara banco", ("ltd",)),
    ("Tobacco., Ltd", "tobacco", ("ltd",)),
    ("Mogara Bco., Ltd", "mogara", ("co ltd",)),
    ("Eco., Ltd", "eco", ("ltd",)),
]


@pytest.mark.parametrize(("written", "core", "forms"), NAMES)
def test_a_slip_of_a_form_is_read_as_the_form(
    written: str, core: str, forms: tuple[str, ...]
) -> None:
    name = parse_name(written)
    assert (name.core, name.forms) == (core, forms)


def test_every_slip_is_one_letter_from_its_word_and_keeps_most_letters() -> None:
    slips = slips_of_forms()
    assert all(abs(len(slip) - len(word)) <= 1 for slip, word in slips.items())
    assert slips.keys().isdisjoint(slips.values())
    assert {"limted", "compayn", "copany", "incoporated", "coproration"} <= slips.keys()
