"""Measure the guesses of industries on labelled texts that training never saw.

    SLUICE_BENCH_DATA=/path/to/data python -m bench.evidence_industry [--misses]

ECE is the expected calibration error: the mean distance between probability and share of right
guesses, over ten ranges of probability. A guess answers from the probability on that
`leads/attributes.py` names; below it, it is unknown.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from bench.industry_sites import labelled_sites
from bench.industry_texts import described, employers, is_kept_out, startups
from bench.train_industry import fitted_on
from enrich.industry.model import Guess, model
from leads.attributes import ATTRIBUTES

_RANGES = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """The guesses about one text, and the divisions that are right (none: the text tells nothing)."""

    name: str
    guesses: Sequence[Guess]
    right: Sequence[str]

    @property
    def is_right(self) -> bool:
        """Whether the first guess is right."""
        return bool(self.guesses) and self.guesses[0].division in self.right

    @property
    def among_three(self) -> bool:
        """Whether any guess is right."""
        return any(one.division in self.right for one in self.guesses)

    @property
    def sure(self) -> float:
        """The probability of the first guess."""
        return self.guesses[0].probability if self.guesses else 0.0


@dataclass(frozen=True, slots=True)
class IndustryFigures:
    """What was measured on one set."""

    name: str
    texts: int
    first: float
    among_three: float
    ece: float
    #: The share of texts without a guess that answers, and how many of the others are right.
    abstained: float
    answered: int
    answered_right: int


def measure(data: Path) -> list[IndustryFigures]:
    """Return the figures of all sets: sites, invented companies, names, and lines of lists."""
    return [_figures(name, judged) for name, judged in judged_sets(data)]


def judged_sets(data: Path) -> Iterator[tuple[str, list[Judged]]]:
    """Yield the sets that neither training nor the fitting of figures saw."""
    known = model()
    sites = labelled_sites(data)[1::2]
    read = [(one.domain, known.guesses(known.read(one.passages)), one.divisions) for one in sites]
    yield "saved sites", [Judged(*one) for one in read]

    fitted = {one.text for one in fitted_on()}
    invented = [one for one in described() if one.text not in fitted]
    names = [one for one in employers(data) if is_kept_out(one)]
    lines = [one for one in startups(data) if is_kept_out(one)]
    for title, some in (
        ("invented companies", invented),
        ("names of British employers", names),
        ("lines of young companies", lines),
    ):
        yield (
            title,
            [
                Judged(
                    one.text[:60],
                    known.guesses(known.read([(one.text, 1.0)])),
                    tuple(one.divisions),
                )
                for one in some
            ],
        )


def _figures(name: str, judged: Sequence[Judged]) -> IndustryFigures:
    telling = [one for one in judged if one.right]
    least = ATTRIBUTES["industry"].sure_guess or 0.0
    answered = [one for one in judged if one.sure >= least]
    return IndustryFigures(
        name,
        len(judged),
        sum(one.is_right for one in telling) / len(telling),
        sum(one.among_three for one in telling) / len(telling),
        calibration_error(judged),
        1 - len(answered) / len(judged),
        len(answered),
        sum(one.is_right for one in answered),
    )


def calibration_error(judged: Sequence[Judged]) -> float:
    """Return the expected calibration error of first guesses."""
    ranges: dict[int, list[Judged]] = defaultdict(list)
    for one in judged:
        ranges[min(_RANGES - 1, int(one.sure * _RANGES))].append(one)
    apart = (
        abs(sum(one.sure for one in some) - sum(one.is_right for one in some))
        for some in ranges.values()
    )
    return sum(apart) / len(judged)


def milliseconds(data: Path) -> float:
    """Return the CPU time of collecting the words of a page and guessing, per page."""
    known = model()
    sites = labelled_sites(data)
    started = time.process_time()
    for one in sites:
        known.guesses(known.read(one.passages))
    pages = len(list((data / "pages" / "html").iterdir()))
    return 1_000 * (time.process_time() - started) / pages


def table(some: Sequence[IndustryFigures]) -> str:
    """Write figures as a table."""
    lines = [
        "| set | texts | first right | among three | ECE | no answer | answered, right |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {one.name} | {one.texts:,} | {one.first:.2f} | {one.among_three:.2f} | {one.ece:.3f}"
        f" | {one.abstained:.2f} | {one.answered_right:,} of {one.answered:,} |"
        for one in some
    ]
    return "\n".join(lines)


def _misses(data: Path) -> Iterator[str]:
    for name, judged in list(judged_sets(data))[:2]:
        for one in judged:
            if not one.is_right and one.guesses:
                said = "; ".join(
                    f"{guess.division} {guess.probability:.2f} ({', '.join(guess.words)})"
                    for guess in one.guesses
                )
                yield f"{name}: {one.name}: right {' '.join(one.right) or 'none'}; {said}"


def main() -> int:
    """Print the figures, or the misses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true")
    data = Path(os.environ.get("SLUICE_BENCH_DATA", ""))
    if not (data / "industry").is_dir():
        sys.stderr.write("set SLUICE_BENCH_DATA to the folder of the real lists\n")
        return 2
    if parser.parse_args().misses:
        lines: Iterator[str] = _misses(data)
    else:
        lines = chain([table(measure(data))], [f"{milliseconds(data):.2f} ms CPU a page"])
    for line in lines:
        sys.stdout.write(line + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
