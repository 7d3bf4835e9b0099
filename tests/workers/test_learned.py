"""What was learned is kept for a while, and reading it takes little of the time."""

from sources.planner.offer import Experience
from workers.learned import Learned


def test_it_is_read_again_after_twenty_times_as_long_as_it_took() -> None:
    seconds, read_at = [0.0], []

    def read() -> Experience:
        read_at.append(seconds[0])
        seconds[0] += 0.5
        return Experience()

    learned = Learned(clock=lambda: seconds[0])
    for at in (0.0, 1.0, 10.4, 10.5, 20.0, 90.0):
        seconds[0] = at
        learned.of("spring", read)
    assert read_at == [0.0, 10.5, 90.0]
    learned.of("autumn", read)
    assert len(read_at) == 4
