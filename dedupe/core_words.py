"""The words of all names of a list as one array of codes, so that each word is looked at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count, repeat

import numpy as np

from dedupe.arrays import Codes, Flags, Ints


@dataclass(frozen=True, slots=True)
class CoreWords:
    """The words of the names of a list, one name after another."""

    #: Each distinct word once, by code, and the code of each.
    words: list[str]
    code_of: dict[str, int]
    flat: Codes
    #: By name: how many words it has, and where in `flat` they start.
    lengths: Ints
    starts: Ints

    @classmethod
    def of(cls, cores: Sequence[str]) -> CoreWords:
        """Split the names of a list into words."""
        text = " ".join(cores)
        every = text.split()
        if text.isprintable() and text.count(" ") == len(every) - 1:
            # One space between any two words, and nothing else: counting takes less than splitting.
            spaces = map(str.count, cores, repeat(" "))
            lengths = np.fromiter(spaces, dtype=np.int64, count=len(cores)) + 1
        else:
            lengths = np.fromiter(map(len, map(str.split, cores)), dtype=np.int64, count=len(cores))
        codes: defaultdict[str, int] = defaultdict(count().__next__)
        flat = np.fromiter(map(codes.__getitem__, every), dtype=np.int32, count=len(every))
        return cls(list(codes), dict(codes), flat, lengths, np.cumsum(lengths) - lengths)

    @property
    def owners(self) -> Ints:
        """Return the name of each word of `flat`."""
        return np.repeat(np.arange(len(self.lengths)), self.lengths)

    def that(self, check: Callable[[str], bool]) -> Flags:
        """Check each distinct word."""
        return np.fromiter(map(check, self.words), dtype=bool, count=len(self.words))

    def names_with(self, wanted: Flags) -> Flags:
        """Check for each name whether it has one of the words with a flag."""
        found = np.bincount(self.owners[wanted[self.flat]], minlength=len(self.lengths))
        return np.asarray(found > 0)

    def first_letters(self) -> str:
        """Return the first letter of each word of `flat`."""
        letters = "".join([word[0] for word in self.words])
        signs = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        return signs[self.flat].tobytes().decode("utf-32-le", "surrogatepass")
