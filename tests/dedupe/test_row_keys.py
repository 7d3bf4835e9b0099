"""The keys of one row are those that it has in a table, and lead to the same stored rows."""

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dedupe.counted import corpus_of
from dedupe.keys import keys_of
from dedupe.normalise import normalise
from dedupe.record import NO_DECISIONS, MatchRecord
from dedupe.row_keys import keys_of_row

STORED = [
    MatchRecord(at, name, city=city, domains=(f"quorvian{at}.example",))
    for at, (name, city) in enumerate(
        [
            ("Quorvian Tarnwick Optik GmbH", "Hamburg"),
            ("Quorvian Medical Instruments", "Passau"),
            ("Nordwind and Keller AG", "Köln"),
            *[("Nordwind Hamburg", "Hamburg")] * 9,
        ]
    )
]
CORPUS = corpus_of(normalise(STORED, NO_DECISIONS))
WORDS = ("Quorvian", "Quorvain", "Nordwind", "Instrmts", "medicne", "GmbH", "AG", "and", "12", "Q.")
NAMES = st.lists(st.sampled_from(WORDS) | st.text(max_size=12), max_size=5).map(" ".join)
VALUES = st.sampled_from(["", "Hamburg", "Köln", "HRB 12", "Hafenstr. 5", "n/a", "\0", "Кёльн"])


@settings(max_examples=30, deadline=None)
@given(
    NAMES,
    st.lists(NAMES, max_size=3),
    st.lists(VALUES, min_size=4, max_size=4),
    st.lists(st.sampled_from(["quorvian1.example", "b.example", "c.example"]), max_size=5),
)
@example("Мир Телеком (Mir Telecom) Ltd", ["Mir", "SAS Nordwind"], ["", "Köln", "1", ""], [])
def test_a_row_has_the_keys_that_it_has_in_a_table(
    name: str, others: list[str], values: list[str], domains: list[str]
) -> None:
    row = MatchRecord(
        "",
        name,
        aliases=tuple(others),
        domains=tuple(domains),
        phones=("+49 40 5550100",) if domains else (),
        country="DE" if values[0] else "",
        city=values[0],
        postcode=values[1],
        street=values[2],
        register_number=values[3],
        legal_form="GmbH" if values[1] else "",
    )
    in_table = keys_of(normalise([row], NO_DECISIONS, corpus=CORPUS)).keys
    found = keys_of_row(row, CORPUS)
    assert found.dtype == in_table.dtype
    assert np.array_equal(found, in_table)
