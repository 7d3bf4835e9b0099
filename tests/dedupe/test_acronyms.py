"""A short name meets the long name it stands for where chance cannot explain it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.acronyms import Readings, find_acronyms, short_names
from dedupe.core_words import CoreWords
from dedupe.engine import cluster
from dedupe.initials_in_part import InitialsInPart
from dedupe.record import MatchRecord

# short, long
STANDS_FOR = [
    ("mrt", "mogara rivas tarnwick"),
    ("mdt", "mogara de tarnwick"),
    ("mt", "mogara de tarnwick"),
    ("m and r", "mogara and rivas"),
    ("mkb", "mogarer kantonalbank"),
    ("mal", "mogara airlines"),
    ("mgr", "mogara und gregor rivas"),
    ("orgc", "oleum rivas gasum"),
    ("hal", "hindmark aeronautics"),
    ("3m", "mogara mining and manufacturing"),
    ("mogex", "mogara express"),
    ("mrt ostwick", "mogara rivas tarnwick ostwick"),
]


@pytest.mark.parametrize(("short", "long"), STANDS_FOR)
@pytest.mark.parametrize("turned", [False, True])
def test_a_short_name_stands_for_a_long_one(short: str, long: str, turned: bool) -> None:
    cores = [long, short] if turned else [short, long]
    found = find_acronyms(cores, {word for core in cores for word in core.split()})
    assert [(cores[a], cores[b]) for a, b in zip(found.short, found.long, strict=True)] == [
        (short, long)
    ]


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("mrx", "mogara rivas tarnwick"),
        ("trm", "mogara rivas tarnwick"),
        ("bank", "bavaria ag north kiel"),
        ("mogara", "mogara rivas"),
        ("m", "mogara"),
        ("mrt ostwick", "mogara rivas tarnwick"),
        ("mrt bank", "mogara rivas tarnwick bank"),
        ("mkb", "mogarer kantonal"),
    ],
)
def test_other_letters_stand_for_nothing(short: str, long: str) -> None:
    assert not len(find_acronyms([short, long]))


@pytest.mark.parametrize(
    ("city", "country", "clusters"), [("Tarnford", "US", 1), ("Ostwick", "US", 2), ("", "", 2)]
)
def test_initials_need_a_place_in_common(city: str, country: str, clusters: int) -> None:
    rows = [
        MatchRecord(1, "Mogara Rivas Tarnwick Corporation", country="US", city="Tarnford"),
        MatchRecord(2, "MRT Corp.", country=country, city=city),
    ]
    assert len(cluster(rows).clusters) == clusters


def test_common_initials_in_a_long_list_are_left_to_a_person() -> None:
    names = [f"{one}ara {two}ivas {three}arn" for one in "bcdm" for two in "prst" for three in "bt"]
    rows = [MatchRecord(at, name, country="US") for at, name in enumerate(names)]
    found = cluster([*rows, MatchRecord("short", "MRT", country="US")])
    assert ["short"] in found.clusters


@given(st.lists(st.text("abc d", max_size=12), max_size=12, unique=True))
def test_pairs_are_of_a_short_and_a_long_name(cores: list[str]) -> None:
    found = find_acronyms(cores)
    assert all(" " in cores[at].strip() for at in found.long)
    assert all(len(cores[at].split()[0]) <= 7 for at in found.short)


def test_a_few_names_read_one_by_one_have_the_same_pairs() -> None:
    cores = sorted({core for pair in STANDS_FOR for core in pair} | {"mogara kenia", "m", "mmm"})
    split = CoreWords.of(cores)
    in_bulk, one_by_one = (Readings(short_names(cores, split), split.words) for _ in range(2))
    in_bulk.read(cores, split, InitialsInPart.of_list(cores, split))
    one_by_one.read_few(cores, split, InitialsInPart.of_list(cores, split))
    found = [
        {short: sorted(longs) for short, longs in one.found.items()}
        for one in (in_bulk, one_by_one)
    ]
    assert found[0] == found[1] != {}
