"""A clock that a test sets."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

import pytest

from leads import clock


@dataclass
class MadeClock:
    """It moves on by a moment each time it is read, and otherwise as told."""

    at: datetime

    def now(self, _zone: tzinfo) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let everything that asks for the time read this clock."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(clock, "datetime", self)
            yield
