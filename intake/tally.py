"""Count what could not be read or was dropped while the rows of a list are read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from intake.statements import Statement

#: The most distinct words that are counted; a hostile list may have a million.
_MOST = 1_000
#: The values kept of an example.
_VALUES = 4


@dataclass(slots=True)
class Count:
    """How often something happened, and the first case of it."""

    n: int = 0
    first: str = ""


@dataclass(slots=True)
class Tally:
    """Counts per column (by its header) and per kind."""

    #: Cells that their column's field could not be read from.
    not_understood: dict[str, Count] = field(default_factory=dict)
    #: The same for want of the row's country (phones) or currency (amounts).
    without_country: dict[str, Count] = field(default_factory=dict)
    without_currency: dict[str, Count] = field(default_factory=dict)
    #: Addresses of job boards, networks and free mailers, which are no company's own.
    not_own: dict[str, Count] = field(default_factory=dict)
    #: Words of technology columns that the catalog does not know.
    technologies: Counter[str] = field(default_factory=Counter)
    #: Personal cells dropped.
    personal: dict[str, Count] = field(default_factory=dict)
    #: Domains kept of personal e-mail addresses that were dropped.
    domains_kept: Count = field(default_factory=Count)
    #: Cells that were decoded with the wrong encoding before the import.
    garbled: Count = field(default_factory=Count)
    #: Whether examples are kept; a whole list has millions of values.
    keeps_examples: bool = False
    #: The first cell of each column that was read, and its values.
    examples: dict[str, tuple[str, list[Statement]]] = field(default_factory=dict)

    def add_example(self, header: str, cell: str, value: Statement) -> None:
        """Keep a value of the first cell of a column that was read."""
        found = self.examples.get(header)
        if found is None:
            self.examples[header] = (cell, [value])
        elif found[0] == cell and len(found[1]) < _VALUES and value not in found[1]:
            found[1].append(value)

    def count(self, kind: dict[str, Count], header: str, first: str = "") -> None:
        """Count one case in `kind` for a column."""
        found = kind.setdefault(header, Count(0, first[:60]))
        found.n += 1

    def unknown_technology(self, word: str) -> None:
        """Count a word that the catalog of technologies does not know."""
        if word in self.technologies or len(self.technologies) < _MOST:
            self.technologies[word] += 1

    def notes(self) -> list[str]:
        """The counts as sentences."""
        said = [
            f"{header}: {_cells(count.n)} not understood, e.g. {count.first!r}"
            for header, count in self.not_understood.items()
        ]
        said += [
            f"{header}: {_cells(count.n)} not read without a {what}, e.g. {count.first!r};"
            f" --{what} states it"
            for what, kind in (
                ("country", self.without_country),
                ("currency", self.without_currency),
            )
            for header, count in kind.items()
        ]
        said += [
            f"{header}: {count.n:,} address{'es' if count.n > 1 else ''} of a job board, a network"
            f" or the like, e.g. {count.first!r}"
            for header, count in self.not_own.items()
        ]
        if self.technologies:
            words = ", ".join(word for word, _ in self.technologies.most_common(5))
            count = sum(self.technologies.values())
            said.append(
                f"{count:,} word{'' if count == 1 else 's'} of technologies that the catalog does"
                f" not know, most often {words}"
            )
        if self.domains_kept.n:
            many = "" if self.domains_kept.n == 1 else "s"
            said.append(
                f"{self.domains_kept.n:,} domain{many} kept of personal e-mail addresses that were"
                " dropped"
            )
        if self.garbled.n:
            said.append(
                f"wrongly decoded text (from before the import) in {_cells(self.garbled.n)}, e.g."
                f" {self.garbled.first}: ask for a new export"
            )
        return said


def _cells(count: int) -> str:
    return f"{count:,} cell{'' if count == 1 else 's'}"
