"""Many names are compared with suppressed names as one is."""

from hypothesis import given
from hypothesis import strategies as st

from outreach.spellings import Spellings

_FORMS = st.lists(st.text("abe1", min_size=6, max_size=16), min_size=60, max_size=120)


@given(_FORMS, _FORMS)
def test_many_forms_find_the_names_that_each_finds_alone(
    names: list[str], forms: list[str]
) -> None:
    spellings = Spellings(names)
    # A slip in a name: only so are two of them alike.
    forms += [name[:4] + "x" + name[4:] for name in names]

    alone = {form: spellings.near(form) for form in forms}

    found = spellings.near_each(forms)
    assert found == {form: name for form, name in alone.items() if name is not None}


def test_a_number_tells_companies_apart_among_many() -> None:
    spellings = Spellings(f"autohausbergmeier{number}" for number in range(200))
    forms = [f"autohausbergmeyer{number}" for number in range(0, 400, 2)]

    found = spellings.near_each(forms)

    assert found == {f"autohausbergmeyer{n}": f"autohausbergmeier{n}" for n in range(0, 200, 2)}
