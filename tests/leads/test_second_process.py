"""Work that two processes share comes back whole and in its order."""

import os
from collections.abc import Iterator
from functools import partial

import pytest

from leads.second_process import shared_by_two


def _with_process(number: int) -> tuple[int, int]:
    return number, os.getpid()


def _of_here_only(parent: int, number: int) -> int:
    if os.getpid() != parent:
        os._exit(3)
    return number


def _refuse_30(number: int) -> int:
    if number == 30:
        raise ValueError("30 is refused")
    return number


def test_results_keep_the_order_of_their_items() -> None:
    found = list(shared_by_two(_with_process, range(300), alone=5))

    assert [number for number, _ in found] == list(range(300))
    assert {process for _, process in found[:5]} == {os.getpid()}


def test_a_second_process_does_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    def until_both_worked() -> Iterator[int]:
        number = 0
        while len(processes) < 2:
            yield number
            number += 1

    processes: set[int] = set()
    for _, process in shared_by_two(_with_process, until_both_worked(), alone=1):
        processes.add(process)

    assert len(processes) == 2
    assert os.getpid() in processes


def test_one_processor_shares_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)

    found = list(shared_by_two(_with_process, range(50), alone=2))

    assert found == [(number, os.getpid()) for number in range(50)]


@pytest.mark.parametrize("count", [0, 1, 5, 6])
def test_few_items_need_no_second_process(count: int) -> None:
    found = list(shared_by_two(_with_process, range(count), alone=6))

    assert found == [(number, os.getpid()) for number in range(count)]


def test_what_an_ended_process_left_is_done_here() -> None:
    work = partial(_of_here_only, os.getpid())

    assert list(shared_by_two(work, range(50), alone=2)) == list(range(50))


def test_an_error_of_either_process_reaches_the_caller() -> None:
    with pytest.raises(ValueError, match="30 is refused"):
        list(shared_by_two(_refuse_30, range(100), alone=2))
