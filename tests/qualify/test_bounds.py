from collections.abc import Callable

import pytest

from leads.errors import UsageError
from leads.values import Range
from leads.yaml_tree import read_tree
from qualify.profile.bounds import Bounds, read_counts, read_money, read_years
from qualify.profile.icp import PROFILE


@pytest.mark.parametrize(
    ("read", "text", "wanted", "said"),
    [
        (read_counts, "{at_least: 20}", Range(20, None), "at least 20"),
        (read_counts, "{more_than: 20}", Range(21, None), "more than 20"),
        (read_counts, "{at_most: 250}", Range(None, 250), "at most 250"),
        (read_counts, "{less_than: 250}", Range(None, 249), "less than 250"),
        (
            read_counts,
            "{at_least: 20, less_than: 250}",
            Range(20, 249),
            "at least 20 and less than 250",
        ),
        # Both ends of `between` belong to it.
        (read_counts, "{between: [20, 250]}", Range(20, 250), "from 20 to 250"),
        (read_counts, "{between: [20, 20]}", Range(20, 20), "from 20 to 20"),
        # Numbers as people write them.
        (read_counts, "{at_least: 5_000}", Range(5000, None), "at least 5,000"),
        (read_counts, "{at_least: '5,000'}", Range(5000, None), "at least 5,000"),
        (read_counts, "{at_least: 5 000}", Range(5000, None), "at least 5,000"),
        (read_counts, "{at_least: 5k}", Range(5000, None), "at least 5,000"),
        (read_counts, "{at_least: 020}", Range(20, None), "at least 20"),
        # Money counts in cents, so that more than 5,000,000 begins at 5,000,000.01.
        (
            read_money,
            "{more_than: 5_000_000, currency: EUR}",
            Range(500_000_001, None),
            "more than 5,000,000 EUR",
        ),
        (
            read_money,
            "{at_least: 5 million, currency: usd}",
            Range(500_000_000, None),
            "at least 5,000,000 USD",
        ),
        (
            read_money,
            "{less_than: 1.5 million, currency: GBP}",
            Range(None, 149_999_999),
            "less than 1,500,000 GBP",
        ),
        (read_money, "{at_least: 99.50, currency: EUR}", Range(9950, None), "at least 99.50 EUR"),
        (read_years, "{at_least: 1990}", Range(1990, None), "at least 1990"),
        (read_years, "{between: [1990, 2005]}", Range(1990, 2005), "from 1990 to 2005"),
    ],
)
def test_bounds_as_written(
    read: Callable[..., Bounds], text: str, wanted: Range, said: str
) -> None:
    found = read(read_tree(text, "icp.yaml", PROFILE))
    assert (found.wanted, found.said) == (wanted, said)


@pytest.mark.parametrize(
    ("read", "text", "message"),
    [
        (read_counts, "20", "bounds are missing"),
        (read_counts, "[20, 250]", "bounds are missing"),
        (read_counts, "{}", "bounds are missing"),
        (read_counts, "{atleast: 20}", "atleast: no such bound, did you mean at_least"),
        (
            read_counts,
            "{at_least: 20, currency: EUR}",
            "currency: a number of people, sites or a year has no currency",
        ),
        (read_counts, "{at_least: many}", "at_least: 'many' is not a number"),
        (read_counts, "{at_least: }", "at_least: a number is missing"),
        (read_counts, "{at_least: [20]}", "at_least: a number is missing"),
        (read_counts, "{at_least: -20}", "at_least: -20 is below 0"),
        # Five, or five thousand? The file has to say.
        (read_counts, "{at_least: 5.000}", "at_least: '5.000' is not a number"),
        (read_counts, "{at_least: 20.5}", "at_least: 20.5 is not a whole number"),
        (read_counts, "{at_least: 9_999_999_999_999_999}", "is too large"),
        (read_counts, "{at_least: ٢٠}", "is not a number"),
        (read_counts, "{at_least: 50, at_most: 20}", "nothing can be inside these bounds"),
        (read_counts, "{more_than: 20, less_than: 21}", "nothing can be inside these bounds"),
        (read_counts, "{less_than: 0}", "nothing can be inside these bounds"),
        (
            read_counts,
            "{at_least: 20, more_than: 30}",
            "at_least and more_than bound the same side",
        ),
        (read_counts, "{between: [250, 20]}", "the first number is larger than the second"),
        (read_counts, "{between: [20]}", "between takes two numbers"),
        (read_counts, "{between: 20-250}", "between takes two numbers"),
        (read_counts, "{between: [1, 2], at_least: 1}", "at_least cannot be combined with between"),
        (read_money, "{more_than: 5_000_000}", "the currency is missing"),
        (
            read_money,
            "{more_than: 5_000_000, currency: EURO}",
            "currency: no exchange rates are known for the currency 'EURO'",
        ),
        # A currency that is no more.
        (read_money, "{more_than: 5_000_000, currency: HRK}", "no exchange rates are known"),
        (read_money, "{more_than: 5 M€, currency: EUR}", "'5 M€' is not a number"),
        (read_years, "{at_least: 20}", "at least 20 is not a year"),
        (read_years, "{more_than: 2400}", "more than 2400 lies in the future"),
        (read_money, "{at_least: 5m, currency: €}", "the currency '€', did you mean EUR"),
    ],
)
def test_bounds_that_make_no_sense_are_refused(
    read: Callable[..., Bounds], text: str, message: str
) -> None:
    with pytest.raises(UsageError) as error:
        read(read_tree(text, "icp.yaml", PROFILE))
    assert message in error.value.message


@pytest.mark.parametrize(
    ("read", "text", "hint"),
    [
        (read_counts, "{at_least: 20 people}", "write the number alone: 20"),
        (
            read_counts,
            "{at_least: 5 million EUR}",
            "write the amount alone, and currency: EUR beside it",
        ),
        (
            read_money,
            "{at_least: $5m, currency: USD}",
            "write the amount alone, and currency: USD beside it",
        ),
        (read_counts, "{at_least: 20, currency: EUR}", "leave it out, or ask for turnover"),
        (read_counts, "{at_least: lots of people}", "write it like 5000000"),
    ],
)
def test_a_unit_in_the_wrong_place_is_told_where_it_belongs(
    read: Callable[..., Bounds], text: str, hint: str
) -> None:
    with pytest.raises(UsageError) as error:
        read(read_tree(text, "icp.yaml", PROFILE))
    assert hint in error.value.hint
