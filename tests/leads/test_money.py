"""Money from text, and in another currency."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.lexicon.numbers.exchange import rate
from leads.lexicon.numbers.money import CURRENCIES, Converted, convert, parse_money
from leads.values import Dated, MoneyRange, Range

M = 1_000_000
BN = 1_000_000_000

# text, low, high, currency: whole units
WHOLE = [
    # Ranges as data vendors write them.
    ("$10M–$25M", 10 * M, 25 * M, "USD"),
    ("$1M-$10M", M, 10 * M, "USD"),
    ("$0-$1M", 0, M, "USD"),
    ("$500M-$1B", 500 * M, BN, "USD"),
    ("$10B+", 10 * BN, None, "USD"),
    ("$5 - $10 million", 5 * M, 10 * M, "USD"),
    ("10-50 Mio. €", 10 * M, 50 * M, "EUR"),
    ("2 bis 5 Mio. EUR", 2 * M, 5 * M, "EUR"),
    ("EUR 5 Mio. bis 10 Mio.", 5 * M, 10 * M, "EUR"),
    ("between 5 and 10 million euros", 5 * M, 10 * M, "EUR"),
    ("5–10 M€", 5 * M, 10 * M, "EUR"),
    ("10,000 - 1M USD", 10_000, M, "USD"),
    ("5.000.000 - 10.000.000 €", 5 * M, 10 * M, "EUR"),
    # Bounds are exact.
    ("ab 5 Mio €", 5 * M, None, "EUR"),
    ("5 Mio € und mehr", 5 * M, None, "EUR"),
    ("bis zu 5 Mio €", 0, 5 * M, "EUR"),
    ("€12 million and growing", 11_500_000, None, "EUR"),
    # Written out: exact.
    ("5000000 EUR", 5 * M, 5 * M, "EUR"),
    ("CHF 3'500'000", 3_500_000, 3_500_000, "CHF"),
    ("5 000 000 €", 5 * M, 5 * M, "EUR"),
    ("1,00,00,000 INR", 10 * M, 10 * M, "INR"),
    ("€1.200", 1200, 1200, "EUR"),
    ("5.000,-- €", 5000, 5000, "EUR"),
    ("1e6 EUR", M, M, "EUR"),
    ("0 €", 0, 0, "EUR"),
    # With a scale: rounded to the last digit.
    ("2,5 Mio. Euro", 2_450_000, 2_550_000, "EUR"),
    ("£1.2m", 1_150_000, 1_250_000, "GBP"),
    ("1.5 MEUR", 1_450_000, 1_550_000, "EUR"),
    ("5 Mrd €", 4_500_000_000, 5_500_000_000, "EUR"),
    ("1,2 Md€", 1_150_000_000, 1_250_000_000, "EUR"),
    ("12 Millionen EUR", 11_500_000, 12_500_000, "EUR"),
    ("EUR5m", 4_500_000, 5_500_000, "EUR"),
    ("10 crore INR", 95 * M, 105 * M, "INR"),
    ("JPY 500 million", 499_500_000, 500_500_000, "JPY"),
    ("2,5 millions d'euros", 2_450_000, 2_550_000, "EUR"),
    ("TEUR 1,250", 1_249_500, 1_250_500, "EUR"),
    ("1.250 T€", 1_249_500, 1_250_500, "EUR"),
    ("€２５m", 24_500_000, 25_500_000, "EUR"),
    # One separator before three digits is read in the language of the scale word.
    ("1.234 Mio. €", 1_233_500_000, 1_234_500_000, "EUR"),
    ("$1.234 million", 1_233_500, 1_234_500, "USD"),
    ("1,234 million USD", 1_233_500_000, 1_234_500_000, "USD"),
    # About.
    ("ca. 12 Mio €", 10_800_000, 13_200_000, "EUR"),
    ("approx $1 billion", 500 * M, 1500 * M, "USD"),
    # Words around.
    ("revenue of $5M", 4_500_000, 5_500_000, "USD"),
    ("5 Mio. EUR Umsatz p.a.", 4_500_000, 5_500_000, "EUR"),
    ("€5m ($5.5m)", 4_500_000, 5_500_000, "EUR"),
    ("$1.2M USD", 1_150_000, 1_250_000, "USD"),
    ("C$ 5m", 4_500_000, 5_500_000, "CAD"),
]

NO_MONEY = [
    "",
    "-",
    "n/a",
    "unknown",
    "€",
    "Mio €",
    "5000000",  # of what?
    "5 Mrd",
    "-5 Mio €",
    "$-5",
    "5 Mio € Verlust",
    "Series A $5M",
    "€5m / $5.5m",
    "5 Mio €, 6 Mio $",
    "1 million - 500 thousand $",
    "1,234 millions d'euros",  # in French a fraction, in English a thousand
    "¥500 million",  # yen or yuan
    "500 Mio kr",
    "100 mil. EUR",  # a million here, a thousand in Spain
    "5 million (group) $",
    "$5m in Q1, $6m in Q2",
    "$" + "9" * 30,
]

# text, given currency, low, high, currency
GIVEN = [
    ("5000000", "EUR", 5 * M, 5 * M, "EUR"),
    ("> 5 Mio", "CHF", 5 * M + Fraction(1, 100), None, "CHF"),
    ("500 Mio kr", "SEK", 499_500_000, 500_500_000, "SEK"),
    ("$5m", "CAD", 4_500_000, 5_500_000, "CAD"),
    ("$5m", "EUR", 4_500_000, 5_500_000, "USD"),
    ("¥5m", "JPY", 4_500_000, 5_500_000, "JPY"),
    ("5m €", "USD", 4_500_000, 5_500_000, "EUR"),
]


def money(low: Fraction | int, high: Fraction | int | None, currency: str) -> MoneyRange:
    return MoneyRange(Range(int(low * 100), None if high is None else int(high * 100)), currency)


@pytest.mark.parametrize(("text", "low", "high", "currency"), WHOLE)
def test_money(text: str, low: int, high: int | None, currency: str) -> None:
    assert parse_money(text) == Dated(money(low, high, currency))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("> 5 Mio. €", Range(500_000_001, None)),
        ("mehr als 5 Mio. €", Range(500_000_001, None)),
        ("less than $1M", Range(0, 99_999_999)),
        ("1.234.567,89 EUR", Range(123_456_789, 123_456_789)),
        ("€1200.999", Range(120_099, 120_100)),  # outward to whole cents
    ],
)
def test_bounds_and_cents_are_exact(text: str, amount: Range) -> None:
    found = parse_money(text)
    assert found is not None
    assert isinstance(found.value, MoneyRange)
    assert found.value.amount == amount


@pytest.mark.parametrize(
    ("text", "low", "high", "currency", "as_of"),
    [
        ("€3.91 billion (2021)", 3_905_000_000, 3_915_000_000, "EUR", date(2021, 12, 31)),
        ("▲ €3.91 billion (2021)[1]", 3_905_000_000, 3_915_000_000, "EUR", date(2021, 12, 31)),
        ("Umsatz 2021: 5 Mio. €", 4_500_000, 5_500_000, "EUR", date(2021, 12, 31)),
        ("US$ 1.2 billion (FY 2022)", 1_150_000_000, 1_250_000_000, "USD", date(2022, 12, 31)),
        ("15 Mio. € (2022/23)", 14_500_000, 15_500_000, "EUR", date(2023, 12, 31)),
        ("10.000.000 € (Stand 30.06.2022)", 10 * M, 10 * M, "EUR", date(2022, 6, 30)),
    ],
)
def test_dated_money(text: str, low: int, high: int, currency: str, as_of: date) -> None:
    assert parse_money(text) == Dated(money(low, high, currency), as_of)


@pytest.mark.parametrize("text", NO_MONEY)
def test_what_is_not_certainly_one_amount_is_none(text: str) -> None:
    assert parse_money(text) is None


@pytest.mark.parametrize(("text", "currency", "low", "high", "expected"), GIVEN)
def test_the_column_s_currency_fills_in(
    text: str, currency: str, low: Fraction, high: int | None, expected: str
) -> None:
    assert parse_money(text, currency) == Dated(money(low, high, expected))


@given(
    st.text(alphabet=st.sampled_from("0123456789 .,-–+~<>()€$£kMmbnTEURioMrd½²"), max_size=40)
    | st.text(max_size=60),
    st.sampled_from([None, "EUR", "SEK"]),
)
def test_any_text_is_read_or_left(text: str, currency: str | None) -> None:
    found = parse_money(text, currency)
    if found is not None:
        assert isinstance(found.value, MoneyRange)
        assert found.value.currency in CURRENCIES
        assert (found.value.amount.low or 0) >= 0


WHOLE_AMOUNTS = st.integers(min_value=0, max_value=10**12)


@given(WHOLE_AMOUNTS, WHOLE_AMOUNTS | st.none(), st.sampled_from(sorted(CURRENCIES)))
def test_money_as_shown_reads_back(one: int, other: int | None, currency: str) -> None:
    amount = (
        Range(100 * (one + 1), None)
        if other is None
        else Range(100 * min(one, other), 100 * max(one, other))
    )
    known = MoneyRange(amount, currency)
    assert parse_money(str(known)) == Dated(known)


# The published rates: EUR/USD 1.1326 on 31 December 2021; none on the two days after; RUB ends on 1
# March 2022.
@pytest.mark.parametrize(
    ("source", "target", "on", "amount", "reason"),
    [
        (
            "EUR",
            "USD",
            date(2021, 12, 31),
            Range(11_326, 11_326),
            "EUR to USD at the ECB rate of 2021-12-31",
        ),
        (
            "EUR",
            "USD",
            date(2022, 1, 2),
            Range(11_326, 11_326),
            "EUR to USD at the ECB rate of 2021-12-31",
        ),
        (
            "USD",
            "EUR",
            date(2021, 12, 31),
            Range(8829, 8830),
            "USD to EUR at the ECB rate of 2021-12-31",
        ),
        ("EUR", "EUR", date(1900, 1, 1), Range(10_000, 10_000), ""),
    ],
)
def test_conversion(source: str, target: str, on: date, amount: Range, reason: str) -> None:
    assert convert(MoneyRange(Range(10_000, 10_000), source), target, on) == Converted(
        MoneyRange(amount, target), reason
    )


def test_after_the_table_s_end_its_last_rate_counts_and_is_named() -> None:
    fixing = rate("USD", "EUR", date(2900, 1, 1))
    assert fixing is not None
    assert fixing.is_last
    found = convert(MoneyRange(Range(100, 100), "USD"), "EUR", date(2900, 1, 1))
    assert found is not None
    assert found.reason == f"USD to EUR at the ECB rate of {fixing.day}, the last one known"


@pytest.mark.parametrize(
    ("source", "on"),
    [
        ("USD", date(1999, 1, 3)),  # the day before the first rate
        ("USD", date(1, 1, 2)),
        ("RUB", date(2022, 3, 12)),  # more than seven days after its last rate
        ("RUB", date(2900, 1, 1)),  # its last rate is not the table's last
        ("AED", date(2021, 12, 31)),
        ("", date(2021, 12, 31)),
    ],
)
def test_without_a_rate_nothing_is_converted(source: str, on: date) -> None:
    assert convert(MoneyRange(Range(100, 100), source), "EUR", on) is None


def test_a_rate_holds_for_seven_days() -> None:
    assert convert(MoneyRange(Range(100, 100), "RUB"), "EUR", date(2022, 3, 8)) is not None
    assert convert(MoneyRange(Range(100, 100), "RUB"), "EUR", date(2022, 3, 9)) is None


BOUNDS = st.integers(min_value=0, max_value=10**15)


@given(
    BOUNDS,
    BOUNDS,
    st.sampled_from(["EUR", "USD", "JPY", "GBP", "HUF"]),
    st.sampled_from(["EUR", "USD", "CHF", "IDR"]),
    st.dates(date(2006, 1, 1), date(2026, 1, 1)),
)
def test_a_converted_range_never_shrinks(
    one: int, other: int, source: str, target: str, on: date
) -> None:
    known = Range(min(one, other), max(one, other))
    found = convert(MoneyRange(known, source), target, on)
    fixing = rate(source, target, on)
    assert found is not None
    assert fixing is not None
    low, high = found.money.amount.low, found.money.amount.high
    assert low is not None
    assert high is not None
    assert known.low is not None
    assert known.high is not None
    assert low <= known.low * fixing.factor <= known.high * fixing.factor <= high
    assert high - low <= (known.high - known.low) * fixing.factor + 2
