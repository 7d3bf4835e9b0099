"""What is learned from past outcomes, and when it is refused."""

import numpy as np
import pytest

from tests.engage.made_deals import because, deals, judged


def test_an_industry_that_tells_is_found_and_used() -> None:
    cells, won = deals()
    found = judged(cells, won)
    assert found.verdict == "use"
    assert found.auc is not None
    assert found.auc_low is not None
    assert 0.7 < found.auc < 0.85
    assert 0.55 < found.auc_low < found.auc
    assert found.ece is not None
    assert found.ece <= 0.05
    assert found.lift10 is not None
    assert found.lift10 > 1.5
    assert (found.n, found.won) == (len(won), int(won.sum()))


def test_nothing_to_learn_is_refused() -> None:
    cells, won = deals()
    found = judged({"headcount": cells["headcount"], "town": cells["town"]}, won)
    assert found.verdict == "refuse"
    assert "more than 0.55 is needed" in found.why[0]


def test_what_held_only_earlier_is_refused_and_the_changed_column_is_named() -> None:
    cells, won = deals()
    later = round(len(won) * 0.7)
    industry = [*cells["industry"][:later], *["dairy", "bakery"] * len(won)][: len(won)]
    found = judged(cells | {"industry": industry}, won)
    assert found.verdict == "refuse"
    assert [one.column for one in found.drift] == ["industry"]
    assert "'industry'" in found.why[-1]


@pytest.mark.parametrize(
    ("size", "wins", "said"),
    [
        (199, 60, "199 closed rows; at least 200 are needed"),
        (400, 29, "29 won rows; at least 30 are needed"),
        (400, 371, "29 lost rows; at least 30 are needed"),
        (0, 0, "0 closed rows; at least 200 are needed"),
    ],
)
def test_too_few_rows_are_refused(size: int, wins: int, said: str) -> None:
    won = np.arange(size) < wins
    found = judged({"town": ["Kelmouth"] * size}, won)
    assert (found.verdict, found.auc) == ("refuse", None)
    assert said in found.why


def filled_for(won: np.ndarray, text: str = "x") -> list[str]:
    return [text if one else "" for one in won]


def test_columns_known_only_after_the_outcome_are_left_out_with_the_reason() -> None:
    cells, won = deals()
    random = np.random.default_rng(2)
    mostly = won & (random.random(len(won)) < 0.7)
    few = mostly & (random.random(len(won)) < 0.05)
    late = {
        "contract": filled_for(won, "signed"),
        "account_manager": filled_for(mostly, "m1"),
        "loss_reason": filled_for(~won, "price"),
        "stage": ["closed won" if one else "closed lost" for one in won],
        "amount": [str(900 + place) if one else "0" for place, one in enumerate(won)],
        "delivery_note": filled_for(few, "n"),
    }
    found = judged(cells | late, won)
    reasons = because(found)
    assert set(late) <= set(reasons)
    assert reasons["loss_reason"].startswith("filled for 100% of lost rows")
    assert reasons["stage"].startswith("'closed lost' until the outcome is known")
    assert reasons["amount"].startswith("'0' until the outcome is known")
    assert reasons["delivery_note"].startswith("filled for won rows only")
    assert found.verdict == "use"
    assert found.auc == judged(cells, won).auc


def test_a_column_that_the_user_names_is_kept_or_left_out() -> None:
    cells, won = deals()
    contract = {"contract": filled_for(won, "signed")}
    towns = {"town": cells["town"]}
    kept = judged(towns | contract, won, keep=["contract"])
    assert "contract" in kept.used
    assert "'contract' carries nearly everything" in kept.warnings[0]
    left = judged(cells, won, after=["industry"])
    assert because(left)["industry"] == "known only after the outcome (--after)"
    assert left.verdict == "refuse"


def test_what_is_filled_only_beside_a_late_column_is_left_out_too() -> None:
    cells, won = deals()
    called = np.random.default_rng(3).random(len(won)) < 0.3
    more = {"call_length": filled_for(called, "60"), "call_notes": filled_for(called, "short")}
    found = judged(cells | more, won, after=["call_length"])
    assert because(found)["call_notes"].startswith("filled only where 'call_length' is")


def test_ids_dates_prose_and_constants_are_left_out() -> None:
    cells, won = deals()
    size = len(won)
    others = {
        "company_id": [f"c{place:05}" for place in range(size)],
        "row": [str(place) for place in range(1, size + 1)],
        "phone": [f"44161496{place:04}" for place in range(size)],
        "created": [f"2026-01-{1 + place % 28:02}" for place in range(size)],
        "notes": [f"spoke with the owner about order {place}" for place in range(size)],
        "currency": ["EUR"] * size,
    }
    found = judged(cells | others, won)
    assert set(because(found)) == set(others)
    assert "headcount" in found.used


def test_the_order_of_time_decides_what_is_tried() -> None:
    cells, won = deals()
    mixed = np.random.default_rng(4).permutation(len(won))
    dated = cells | {"day": [f"{place:05}" for place in range(len(won))]}
    moved = {name: [some[place] for place in mixed] for name, some in dated.items()}
    straight = judged(dated, won, time="day")
    again = judged(moved, won[mixed], time="day")
    assert (straight.auc, straight.ece) == (again.auc, again.ece)
    assert straight.notes == again.notes


def test_a_file_sorted_by_its_outcome_is_mixed_and_says_so() -> None:
    cells, won = deals()
    order = np.argsort(~won, kind="stable")
    moved = {name: [some[place] for place in order] for name, some in cells.items()}
    found = judged(moved, won[order])
    assert found.verdict == "use"
    assert "sorted by its outcome" in found.notes[0]


def test_repeats_are_noted() -> None:
    cells, won = deals()
    cells["crm_id"] = [f"c{place}" for place in range(len(won) - 1)] + ["c0"]
    cells["branch"] = [one.upper() for one in cells["industry"]]
    twice = {name: [*some, *some[:40]] for name, some in cells.items()}
    notes = judged(twice, np.concatenate([won, won[:40]])).notes
    assert any("of those tried repeat one that was learned from" in one for one in notes)
    assert any(one.endswith("values of 'crm_id' occur more than once") for one in notes)
    assert "'branch' tells the rows apart exactly as 'industry' does" in notes


def test_amounts_of_all_sizes_are_calibrated() -> None:
    random = np.random.default_rng(0)
    size = random.normal(size=6_000)
    won = random.random(6_000) < 1 / (1 + np.exp(1.2 - 0.8 * size))
    found = judged({"employees": [f"{one:.0f}" for one in np.exp(2 * size + 4)]}, won)
    assert found.verdict == "use", found.why
    assert found.ece is not None
    assert found.ece < 0.05
