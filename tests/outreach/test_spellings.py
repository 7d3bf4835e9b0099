"""Many names are compared with suppressed names as one is."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from outreach.likenesses import best_of_each
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


_WORDS = st.one_of(st.text("aeinrst", min_size=8, max_size=40), st.text(min_size=8, max_size=24))


@given(
    st.lists(_WORDS, min_size=1, max_size=20, unique=True),
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from("aeins1é漢")), max_size=4),
    st.sampled_from((85, 93, 100)),
)
def test_no_likeness_is_lost_by_looking_at_letters_first(
    names: list[str], slips: list[tuple[int, str]], least: float
) -> None:
    forms = [*names, *(_slipped(name, slips) for name in names)]
    compared = {
        form: max(fuzz.ratio(form, name, score_cutoff=least) for name in names) for form in forms
    }

    found = {form: score for form, score, _ in best_of_each(forms, names, least)}

    assert found == {form: score for form, score in compared.items() if score}


def _slipped(name: str, slips: list[tuple[int, str]]) -> str:
    """A name with some letters added, changed or left out."""
    for place, (at, letter) in enumerate(slips):
        if place % 3 == 0:
            name = name[:at] + letter + name[at:]
        else:
            name = name[:at] + letter * (place % 2) + name[at + 1 :]
    return name
