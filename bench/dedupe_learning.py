"""Measure what answers about pairs teach the matcher, on lists with known truth.

    SLUICE_BENCH_DATA=FOLDER python -m bench.dedupe_learning [SET=ANSWERS]...

The entities of a list are halved by a hash of their ids. Only rows of the first half are drawn from,
by `dedupe.learning.drawing`, and the truth answers, once as it is and once with every twentieth
answer turned round. The weights are fitted to these answers. Three figures follow, each with the
shipped weights and with the learned ones, and never with the answers themselves as decisions:

- *other half*: the rows of the other half alone, clustered anew. Nobody was asked about any of them.
- *whole list*: all rows. The first half of them was drawn from.
- *as peers*: pairs are drawn from the whole list and figures are of the whole list, which is how
  tools with training are measured. The asked pairs are among the measured ones.

The stiffness of the fit was chosen on eight lists, each with four samples of its entities, by the
figures of both the other half and the whole list. Without any one list, the choice is the same.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.dedupe_quality import judge
from bench.dedupe_sets import load
from dedupe.engine import cluster
from dedupe.learned import SHIPPED, Learned
from dedupe.learning.answers import Answer
from dedupe.learning.drawing import draw
from dedupe.learning.examples import examples_of, usable
from dedupe.learning.fitting import fit
from dedupe.record import Key, MatchRecord
from leads.company_kind import CompanyIs

#: Lists, and how many answers are given for each.
SETS = {
    "chicago_ecp": 600,
    "ror_companies": 200,
    "synthetic_10k": 200,
    "suppliers": 200,
    "uk_employers": 200,
}
#: Every so many answers, one is wrong.
_WRONG_ONE_IN = 20

Truth = Mapping[Key, str]


@dataclass(frozen=True, slots=True)
class Half:
    """Whose rows are drawn from: those of some entities."""

    records: Sequence[MatchRecord]
    truth: Truth

    def of(self, *, first: bool) -> Half:
        """Return the rows of one half of the entities."""
        chosen = [one for one in self.records if _is_first(self.truth[one.key]) is first]
        return Half(chosen, {one.key: self.truth[one.key] for one in chosen})


def _is_first(entity: str) -> bool:
    return hashlib.sha256(entity.encode()).digest()[0] % 2 == 0


def learn(rows: Half, count: int, *, with_wrong: bool = False) -> tuple[Learned, int]:
    """Draw pairs, answer them by the truth, and fit; with the number of answers."""
    found = cluster(rows.records)
    answers = []
    for at, one in enumerate(draw(found, count)):
        same = rows.truth[one.left] == rows.truth[one.right]
        wrong = with_wrong and at % _WRONG_ONE_IN == _WRONG_ONE_IN - 1
        answers.append(Answer(one.left, one.right, same is not wrong))
    examples = examples_of(found, usable(found, answers))
    return fit(examples, CompanyIs.LEGAL_ENTITY), len(answers)


def _judged(rows: Half, learned: Learned) -> tuple[float, float, float]:
    found = cluster(rows.records, learned=learned)
    return judge(found.clusters, dict(rows.truth))[:3]


def measured_learning(sets: Mapping[str, int], folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the figures of each list, before and after learning."""
    for name, count in sets.items():
        whole = Half(*load(name, folder))
        asked, other = whole.of(first=True), whole.of(first=False)
        before = time.process_time()
        learned, answers = learn(asked, count)
        cpu = time.process_time() - before
        doubted, _ = learn(asked, count, with_wrong=True)
        as_peers, drawn = learn(whole, count)
        for of, rows, model, given in (
            ("other half", other, learned, answers),
            ("other half, 5% of answers wrong", other, doubted, answers),
            ("whole list", whole, learned, answers),
            ("as peers", whole, as_peers, drawn),
        ):
            yield {
                "table": "learning",
                "set": name,
                "of": of,
                "rows": len(rows.records),
                "answers": given,
                "shipped": _judged(rows, SHIPPED),
                "learned": _judged(rows, model),
                "cpu": cpu,
            }


def main() -> None:
    """Print the figures of the named sets, or of all."""
    folder = Path(os.environ["SLUICE_BENCH_DATA"])
    named = dict(one.split("=") for one in sys.argv[1:])
    sets = {name: int(count) for name, count in named.items()} or SETS
    for line in measured_learning(sets, folder):
        shipped, learned = (
            " / ".join(f"{one:.3f}" for one in line[key]) for key in ("shipped", "learned")
        )
        print(
            f"{line['set']:14} {line['of']:31} {line['answers']:4} answers"
            f"  P / R / F1 {shipped} -> {learned}  {line['cpu']:.1f} CPU s",
            flush=True,
        )


if __name__ == "__main__":
    main()
