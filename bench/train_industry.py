"""Write the model of industries from labelled texts.

    SLUICE_BENCH_DATA=/path/to/data python -m bench.train_industry [--check]

The same inputs give the same bytes. `--check` compares with the file instead of writing it.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, pairwise, product
from math import log
from pathlib import Path

from bench import industry_texts as texts
from bench.industry_sites import labelled_sites
from bench.industry_texts import Labelled
from enrich.industry.model import FILE, Figures, IndustryModel, to_text
from enrich.industry.tokens import stem, words

#: How much one text of each source counts, and whether its words are learned as a phrase.
WEIGHTS = {
    "seeds": 3.0,
    "lexicon": 2.0,
    "nace": 1.0,
    "naics": 1.0,
    "naf": 1.0,
    "norway": 1.0,
    "linkedin": 1.0,
    "employers": 0.3,
    "startups": 0.25,
}
_PHRASES = frozenset({"seeds", "lexicon"})
#: Sources whose texts hold words that are about anything.
_SENTENCES = frozenset({"employers", "linkedin", "startups"})
#: A word counts where it is so many times as common as everywhere.
_USUAL = 1.5
#: A word of a phrase says so much less than the phrase.
_OF_PHRASES = 0.35
#: Amounts below this are chance: they are drawn to what is common.
_DOUBT = 3.0
#: A word that speaks no stronger than this for a division is left out, and so are words of which
#: less was counted.
_WEAKEST, _RAREST = 0.8, 0.5
_MOST_DIVISIONS = 24
#: A title of more words than these says less with each.
_FULL = 3.0
#: Of each division this share is taken for granted, however rare it is among employers.
_EVEN = 0.5
NOTICES = (
    "How strongly words speak for NACE 2.0 divisions, written by bench/train_industry.py.",
    "Learned from words written for Sluice (bench/industry, leads/lexicon) and from:",
    "NACE titles: European Union, Publications Office (reuse authorised, source acknowledged).",
    "NAICS titles: US Census Bureau (public domain), github.com/insongkim/concordance (MIT).",
    "NAF titles: github.com/annuaire-entreprises-data-gouv-fr/search-api (MIT).",
    "Norwegian titles: Statistics Norway (NLOD), github.com/nordio-ai/brreg-mcp-server (MIT).",
    "Definitions of industries: github.com/trysignalbase/industry-codes (MIT).",
    "Names and SIC codes: GOV.UK and Companies House (Open Government Licence v3.0).",
    "Lines about young companies: github.com/akshaybhalotia/yc_company_scraper (MIT).",
)

#: Figures that are tried.
_TRIED = (
    (2.0, 3.0, 4.0, 5.0, 6.0),
    (0.5, 1.0, 2.0, 3.0),
    (4.0, 6.0, 8.0, 10.0, 15.0),
    (0.1, 0.2, 0.4),
    (0.04, 0.08, 0.12),
)

_NEUTRAL = Figures(1, 1, 1, 1, 0)

Weights = dict[str, dict[str, float]]
Counts = defaultdict[str, dict[str, float]]


def learned(data: Path) -> list[Labelled]:
    """Return all texts that the weights are learned from."""
    halved = chain(texts.employers(data), texts.startups(data))
    return [
        *texts.seeds(),
        *texts.lexicon(),
        *texts.titles(data),
        *texts.linkedin(data),
        *(one for one in halved if not texts.is_kept_out(one)),
    ]


def features(one: Labelled) -> Iterator[tuple[str, float]]:
    """Yield the words of a text with how much each says about it."""
    said = words(one.text)
    roots = [stem(word) for word in said]
    telling = [root for root, word in zip(roots, said, strict=True) if _is_telling(root, word)]
    if one.source in _PHRASES:
        if len(roots) == 1:
            yield roots[0], 1.0
            return
        yield from ((" ".join(pair), 1.0) for pair in pairwise(roots))
        yield from ((root, _OF_PHRASES) for root in telling)
        return
    share = min(1.0, _FULL / len(telling)) if telling else 0.0
    yield from ((root, share) for root in dict.fromkeys(telling))


def _is_telling(root: str, word: str) -> bool:
    return len(word) > 2 and word not in texts.common() and root not in _common_roots()


@cache
def _common_roots() -> frozenset[str]:
    return frozenset(stem(word) for text in texts.common() for word in words(text))


def weights_of(some: Sequence[Labelled]) -> tuple[dict[str, float], Weights]:
    """Return the logarithm of how common divisions are, and the weights of words."""
    counted = _counted([one for one in some if one.source not in _SENTENCES])
    for source in sorted(_SENTENCES):
        _add_surplus(counted, [one for one in some if one.source == source])
    common = _common(some)
    even = 1 / len(common)
    weights: Weights = {}
    for feature, by_division in counted.items():
        if found := _weights(by_division, even):
            weights[feature] = found
    return common, weights


def _counted(some: Iterable[Labelled]) -> Counts:
    """Count the words of texts in which every word is about the work."""
    counted: Counts = defaultdict(lambda: defaultdict(float))
    for one in some:
        for division, share in one.divisions.items():
            for feature, amount in features(one):
                counted[feature][division] += WEIGHTS[one.source] * share * amount
    return counted


def _add_surplus(counted: Counts, some: Sequence[Labelled]) -> None:
    """Count words of sentences and names as far as they are commoner in a division than elsewhere.

    Only words that are known count: names hold places and persons, sentences hold words of all kinds.
    """
    own = _counted(some)
    whole: dict[str, float] = defaultdict(float)
    for by_division in own.values():
        for division, amount in by_division.items():
            whole[division] += amount
    everything = sum(whole.values())
    for feature, by_division in own.items():
        if feature not in counted:
            continue
        total = sum(by_division.values())
        for division, amount in by_division.items():
            expected = total * whole[division] / everything
            counted[feature][division] += max(0.0, amount - _USUAL * expected)


def _common(some: Iterable[Labelled]) -> dict[str, float]:
    employers: dict[str, float] = defaultdict(float)
    for one in some:
        for division, share in one.divisions.items():
            employers[division] += share if one.source == "employers" else 0.0
    whole = sum(employers.values())
    return {
        name: log(_EVEN / len(employers) + (1 - _EVEN) * employers[name] / whole)
        for name in sorted(employers)
    }


def _weights(by_division: Mapping[str, float], even: float) -> dict[str, float]:
    total = sum(by_division.values())
    if total < _RAREST:
        return {}
    found = {
        name: log((amount + _DOUBT * even) / (total + _DOUBT) / even)
        for name, amount in by_division.items()
    }
    best = sorted(found, key=lambda name: (-found[name], name))[:_MOST_DIVISIONS]
    return {name: round(found[name], 2) for name in best if found[name] >= _WEAKEST}


def fitted(common: Mapping[str, float], weights: Weights, data: Path) -> Figures:
    """Return the figures that make the right divisions of texts and of sites likeliest."""
    reader = IndustryModel(common, weights, _NEUTRAL)
    told = [(reader.read([(one.text, 1.0)]).said, list(one.divisions)) for one in fitted_on()]
    sites = labelled_sites(data)[::2]
    told += [(reader.read(one.passages).said, list(one.divisions)) for one in sites]

    def loss(figures: Figures) -> float:
        trial = IndustryModel(common, weights, figures)
        return sum(_loss(trial.probabilities(said), gold) for said, gold in told)

    return min((Figures(*one) for one in product(*_TRIED)), key=loss)


def fitted_on() -> list[Labelled]:
    """Return the half of the invented companies that the figures are fitted to."""
    return texts.described()[::2]


def _loss(found: Mapping[str, float], gold: Sequence[str]) -> float:
    """Return how far a guess is off: a company in several divisions is told by any of them.

    Where a text tells nothing, every sure guess is wrong.
    """
    right = sum(found[name] for name in gold) if gold else 1 - max(found.values())
    return -log(max(1e-9, right))


def trained(data: Path) -> str:
    """Return the model as text."""
    common, weights = weights_of(learned(data))
    return to_text(NOTICES, common, weights, fitted(common, weights, data))


def main() -> int:
    """Write or compare the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    data = Path(os.environ.get("SLUICE_BENCH_DATA", ""))
    if not (data / "industry").is_dir():
        sys.stderr.write("set SLUICE_BENCH_DATA to the folder of the real lists\n")
        return 2
    text = trained(data)
    if arguments.check:
        same = FILE.read_text("utf-8") == text
        sys.stdout.write("the model is what its texts give\n" if same else "the model differs\n")
        return 0 if same else 1
    FILE.write_text(text, "utf-8")
    sys.stdout.write(f"{FILE.name}: {len(text.encode()):,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
