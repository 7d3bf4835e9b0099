"""Headcounts and years from text: the certain ones, and none of the others."""

import csv
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leads.clock import now
from leads.lexicon.numbers.ranges import parse_count, parse_year
from leads.values import Dated, Range

# text, low, high
COUNTS = [
    # As the product promises them.
    ("11-50", 11, 50),
    ("320 and growing!", 320, None),
    ("10.000+", 10_000, None),
    ("Less than 250", 0, 249),
    ("1.200", 1200, 1200),
    # Bands of data vendors, registers and official statistics.
    ("10,001+", 10_001, None),
    ("250 to 499", 250, 499),
    ("5000 to 19,999", 5000, 19_999),
    ("20,000 or more", 20_000, None),
    ("1 ou 2 salariés", 1, 2),
    ("1 000 à 1 999 salariés", 1000, 1999),
    ("10 000 salariés et plus", 10_000, None),
    ("von 20 bis 49 Beschäftigten", 20, 49),
    ("da 10 a 49 addetti", 10, 49),
    ("de 11 a 50 empleados", 11, 50),
    ("10 tot 50 medewerkers", 10, 50),
    ("zwischen 10 und 50", 10, 50),
    ("Between 1,001 and 5,000 employees.", 1001, 5000),
    ("10~50", 10, 50),
    ("501 — 1,000", 501, 1000),
    # Thousands.
    ("1 200", 1200, 1200),
    ("1\u202f200", 1200, 1200),
    ("1'200", 1200, 1200),
    ("1’200", 1200, 1200),
    ("1,200", 1200, 1200),
    ("1,00,000 employees", 100_000, 100_000),
    ("1.200.000", 1_200_000, 1_200_000),
    ("58.0", 58, 58),  # a spreadsheet's number
    ("1E5", 100_000, 100_000),
    ("1e+05", 100_000, 100_000),
    # Scales round to their last digit; as a bound they are exact.
    ("5k", 4500, 5500),
    ("1.5k", 1450, 1550),
    ("5k+", 5000, None),
    ("10k - 50k", 10_000, 50_000),
    ("5-10k", 5000, 10_000),
    ("Around 300k members worldwide.", 270_000, 330_000),
    ("1万人", 5000, 15_000),
    # About: 10 % either way, outward.
    ("~20", 18, 22),
    ("~22", 19, 25),
    ("ca. 250 Mitarbeiter", 225, 275),
    ("30ish", 27, 33),
    ("About 90+ employees.", 81, None),
    ("约500人", 450, 550),
    # Bounds.
    ("more than 200", 201, None),
    ("&gt;30", 31, None),
    ("> 1.000", 1001, None),
    ("über 500", 501, None),
    ("ab 20", 20, None),
    ("≥ 50", 50, None),
    ("<1", 0, 0),
    ("bis 50", 0, 50),
    ("bis zu 50 Mitarbeiter", 0, 50),
    ("up to 10 people", 0, 10),
    ("+1000", 1000, None),
    ("+ 80 employees", 80, None),
    ("- 9,000+ employees", 9000, None),  # a bullet, not a minus
    ("10000++ employees", 10_000, None),
    ("At the moment our team is 20 plus people, working remotely", 20, None),
    ("100名以上", 100, None),
    ("100-200 and growing", 100, None),
    ("20-50+", 20, None),
    # Whose people they are.
    ("5-10 employees.", 5, 10),
    ("700+ (150+ on Engineering)", 700, None),
    ("130+ team members, ~70 in the tech division", 130, None),
    ("24 people in 4 countries", 24, 24),
    ("We are a distributed team of 4 across different time zones!", 4, 4),
    ("Approximately 15 full-time employees plus around 10 regular contractors.", 13, 17),
    ("20 Mitarbeiter (davon 5 Azubis)", 20, 20),
    ("20+ (we're part of Example Holding 3000+)", 20, None),
    (
        (
            "has more than 651 employees in Exampleville. More than 48 million registered users in"
            " 190 countries."
        ),
        652,
        None,
    ),
    # Markup.
    ("[60+ team members][2]", 60, None),
    ("[28](https://acme.example/about?team=99)", 28, 28),
    ("2,600 [^1]\n\n[^1]: Source: https://acme.example/2021/03", 2600, 2600),
    ("40+\n\nSee https://acme.example/team/7", 40, None),
    ("Small (0-20 employees)", 0, 20),
    ("<b>50</b>&nbsp;employees", 50, 50),
    ("320²", 320, 320),  # the mark of a footnote
    ("１１－５０", 11, 50),
    ("٣٤٥", 345, 345),
]

NOT_COUNTS = [
    "",
    "n/a",
    "-",
    "unknown",
    "Not Provided",
    "small",
    "medium",
    "large",
    "A small, focused team.",
    "-5",
    "−5",
    "500-100",  # runs backwards
    "0+",  # says nothing
    "1½",
    "1.2.3",
    "11,50",  # the pair of an API's filter, or a broken decimal
    "12 34",
    "20 + 5",
    "51-200 / 45",
    "0-20, 20-50, 50-100, 100-200, etc.",
    "7 Developers",
    "12 offices",
    "3 Standorte",
    "Started less than 1 year ago",
    "250+ Exampleans working from 50+ countries.",
    "We are 2 founders, 6-8 permanent employees and 200-300 freelancing teachers.",
    "0-20 full-time employees\n2,000+ student note-takers",
    "It started with 2 team members. Currently the company is operating with 13 members.",
    "~ 50 out of several thousand across our parent company.",
    "Konzern: 5000",
    "5000 (Konzern)",
    "Acme is part of Example Inc., which has over 30k employees worldwide.",
    "Under 10 employees as of 7/2020. However, we're growing rapidly",
    "+49 30 1234567",
    "4930123456",
    "5 Mio. €",
    "50%",
    "Nov-50",  # a spreadsheet took 11-50 for a date
]

# text, low, high, as of
DATED = [
    ("c. 60,500 (2025)", 54_450, 66_550, date(2025, 12, 31)),
    ("8,230 (March 2022)", 8230, 8230, date(2022, 3, 31)),
    (
        "~100 currently (5/3/2019) and growing",
        90,
        None,
        date(2019, 5, 3),
    ),  # the later of its two readings
    ("At present, 30 people (16/02/2026).", 30, 30, date(2026, 2, 16)),
    ("~40 currently (12/2020)", 36, 44, date(2020, 12, 31)),
    ("250 (Stand 2023)", 250, 250, date(2023, 12, 31)),
    ("250 Mitarbeiter, Stand: 31.12.2022", 250, 250, date(2022, 12, 31)),
    ("18 full time (as of October 1, 2018).", 18, 18, date(2018, 10, 1)),
    ("11 at the moment (6 May 2019)", 11, 11, date(2019, 5, 6)),
    ("300+ (as of late 2022)", 300, None, date(2022, 12, 31)),
    ("As of October 2016: roughly 90 people around the world.", 81, 99, date(2016, 10, 31)),
    ("15 people as of end of 2021 and growing rapidly.", 15, None, date(2021, 12, 31)),
    (">30 as of Q1-2023 with a wide range of nationalities", 31, None, date(2023, 3, 31)),
    ("120 (FY 2022/23)", 120, 120, date(2023, 12, 31)),
    ("100 (2023-03-05)", 100, 100, date(2023, 3, 5)),
    ("500 in 2020", 500, 500, date(2020, 12, 31)),
    ("2020 employees", 2020, 2020, None),
    ("ca. 2000 Mitarbeiter", 1800, 2200, None),
    ("320 (est. 2004)", 320, 320, None),  # when it was founded
    ("500 employees in 2000 stores", 500, 500, None),
]

# text, low, high
YEARS = [
    ("1998", 1998, 1998),
    ("since 1998", 1998, 1998),
    ("est. 2004", 2004, 2004),
    ("gegründet 1998", 1998, 1998),
    ("2010s", 2010, 2019),
    ("1990er", 1990, 1999),
    ("1900s", 1900, 1999),
    ("12.05.1998", 1998, 1998),
    ("1998-05-12", 1998, 1998),
    ("19980512", 1998, 1998),
    ("1998.0", 1998, 1998),
    ("１９９８", 1998, 1998),
    ("c. 1850", 1845, 1855),
    ("2013 (1888)", 1888, 2013),
    ("1975/1977 (1997)", 1975, 1997),
    ("2022 (Example & Example spinoff)", 2022, 2022),
]

NOT_YEARS = [
    "",
    "-1990",
    "n/a",
    "98",
    "'98",
    "0999",
    "999",
    "2999",
    "1322045523",
    "1,998",
    "before 1990",
    "vor 1990",
    "2001 2002 2003 2004 2005",
]

HOSTILE = [
    "9" * 10_000,
    "1-" * 999,
    "(" * 1999,
    "[a](" * 499,
    "[" * 1999,
    "~" * 1998 + "5",
    "5 " * 999,
    "in the " * 280 + "2020 5",
    "<" * 1999,
    "1," * 999 + "1",
]


@pytest.mark.parametrize(("text", "low", "high"), COUNTS)
def test_counts(text: str, low: int, high: int | None) -> None:
    assert parse_count(text) == Dated(Range(low, high))


@pytest.mark.parametrize("text", NOT_COUNTS)
def test_what_is_not_certainly_a_headcount_is_none(text: str) -> None:
    assert parse_count(text) is None


@pytest.mark.parametrize(("text", "low", "high", "as_of"), DATED)
def test_dated_counts(text: str, low: int, high: int | None, as_of: date | None) -> None:
    assert parse_count(text) == Dated(Range(low, high), as_of)


@pytest.mark.parametrize(("text", "low", "high"), YEARS)
def test_years(text: str, low: int, high: int) -> None:
    assert parse_year(text) == Range(low, high)


@pytest.mark.parametrize("text", NOT_YEARS)
def test_what_is_no_year_of_founding_is_none(text: str) -> None:
    assert parse_year(text) is None


def test_next_year_is_the_last_that_a_company_can_be_founded_in() -> None:
    this = now().year
    assert parse_year(str(this + 1)) == Range(this + 1, this + 1)
    assert parse_year(str(this + 2)) is None


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_costs_little(text: str) -> None:
    started = time.process_time()
    parse_count(text)
    parse_year(text)
    assert time.process_time() - started < 1


@given(
    st.text(
        alphabet=st.sampled_from("0123456789 .,-–+~<>()[]'€kM%and toaboutİı½²年人"), max_size=40
    )
    | st.text(max_size=60)
)
@example("apr\u0131l 2020 5")
def test_any_text_is_read_or_left(text: str) -> None:
    found = parse_count(text)
    if found is not None:
        assert isinstance(found.value, Range)
        assert found.value.low is not None
        assert found.value.low >= 0
        assert found.value != Range(0, None)
    year = parse_year(text)
    assert year is None or (year.low or 0) >= 995


ENDS = st.integers(min_value=0, max_value=2_000_000)


@given(
    st.builds(lambda one, other: Range(min(one, other), max(one, other)), ENDS, ENDS)
    | ENDS.map(lambda low: Range(low + 1, None))
    | ENDS.map(lambda high: Range(0, high))
)
def test_a_range_as_shown_reads_back(known: Range) -> None:
    found = parse_count(str(known))
    assert found is not None
    assert found.value == known


@given(
    st.integers(min_value=1, max_value=1_000_000),
    st.sampled_from(["{}", "{} people", "{:,}", "{:_}", "{} Mitarbeiter", "team of {}"]),
)
def test_a_plain_number_is_itself_however_it_is_written(number: int, form: str) -> None:
    found = parse_count(form.format(number).replace("_", "'"))
    assert found == Dated(Range(number, number))


def test_the_sizes_of_real_lists(data: Path) -> None:
    with (data / "companies" / "remoteintech.csv").open(encoding="utf-8", newline="") as file:
        texts = {row["size_text"] for row in csv.DictReader(file)} - {""}
    read = [text for text in texts if parse_count(text)]
    assert len(read) / len(texts) > 0.9
    for name in ("uk-employers-2019.csv", "uk-employers-2021.csv"):
        with (data / "companies" / name).open(encoding="utf-8", newline="") as file:
            assert {
                row["EmployerSize"]
                for row in csv.DictReader(file)
                if not parse_count(row["EmployerSize"])
            } == {"Not Provided"}
    with (data / "companies" / "yc.csv").open(encoding="utf-8", newline="") as file:
        sizes = {row["team_size"] for row in csv.DictReader(file)} - {""}
    assert all(parse_count(size) == Dated(Range(int(size), int(size))) for size in sizes)
    with (data / "companies" / "sp500.csv").open(encoding="utf-8", newline="") as file:
        assert all(parse_year(row["Founded"]) for row in csv.DictReader(file))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("少于30人", 0, 29),
        ("至少30人", 30, None),
        ("最大30名", 0, 30),
        ("30人未満", 0, 29),
        ("30명 이상", 30, None),
        ("30 이하", 0, 30),
        ("до 30", 0, 30),
        ("менее 30 сотрудников", 0, 29),
        ("более 30", 31, None),
        ("30 и более", 30, None),
        ("от 30 до 60", 30, 60),
        ("až 30", 0, 30),
        ("en fazla 30", 0, 30),
        ("en az 30", 30, None),
        ("λιγότερο από 30", 0, 29),
        ("mai puțin de 30", 0, 29),
        ("peste 30", 31, None),
        ("أقل من 30", 0, 29),
        ("ไม่เกิน 30", 0, 30),
    ],
)
def test_bounds_in_further_languages(text: str, low: int, high: int | None) -> None:
    found = parse_count(text)
    assert found is not None
    assert found.value == Range(low, high)
