"""Names of plain letters are read in a shorter way, which finds the same."""

from hypothesis import given
from hypothesis import strategies as st

from leads.lexicon.names.company_names import parse_name

_WORDS = st.one_of(
    st.sampled_from(
        ("GmbH", "GMBH", "gmbh", "Gmbh", "AG", "Co", "KG", "Ltd", "Limted", "The", "Holding")
    ),
    st.from_regex(r"[A-Z]?[a-z]{2,8}", fullmatch=True),
)


@given(st.lists(_WORDS, min_size=2, max_size=5))
def test_the_short_way_reads_a_name_as_the_long_one(words: list[str]) -> None:
    plain = parse_name(" ".join(words))

    # Two spaces are not plain, and mean no more than one.
    assert plain == parse_name("  ".join(words))._replace(raw=plain.raw)
