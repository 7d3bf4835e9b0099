"""Explain why two rows match or not: the log-odds of each feature, with a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedupe.arrays import Flags, Floats, Ints
from dedupe.block import pair_code
from dedupe.ceiling import ceilings, found_ceilings, reasons
from dedupe.disagreements import disagreements
from dedupe.features import FEATURES, GROUPS, beyond_limits, measured, prior_of
from dedupe.given_pairs import paired
from dedupe.learned import SHIPPED, Learned
from dedupe.normalise import normalise
from dedupe.outcome import Outcome, Strictness, margin_of, outcome_of
from dedupe.pair_values import PairValues
from dedupe.pairs import Pairs
from dedupe.record import NO_DECISIONS, MatchRecord
from dedupe.score import score, weights_for
from dedupe.table import Table
from leads.company_kind import CompanyIs

#: A feature below this contribution is named as a reason that keeps a pair apart.
_VETO = -2.0
#: Reasons that are shown for and against a doubtful pair.
_REASONS = 3
#: A feature that adds less to a match is not named.
_TELLS = 0.3
#: Pairs whose features are put in order at once; bounds the memory.
_AT_ONCE = 20_000
#: Lines for what a merge needs beyond "more likely than not".
MARGIN, STORED_MERGE, LEARNED = "margin", "stored merge", "learned"
#: Lines that are the same for every pair of a list.
_OF_ALL_PAIRS = frozenset(("prior", MARGIN, STORED_MERGE, LEARNED))
#: Features about names that say the same for equal names.
OF_NAMES = frozenset(("shared words", "spelling", "distinctive words"))
#: Features about words that the other name lacks: the strongest one says enough.
_OF_OTHER_WORDS = frozenset(("words left over", "each has another word", "another word"))


@dataclass(frozen=True, slots=True)
class Line:
    """One feature's contribution in log-odds, and its sentence for this pair."""

    feature: str
    odds: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """The contributions to one pair's score, from the prior to the sum."""

    lines: tuple[Line, ...]
    #: Log-odds with the margin taken off; above 0 means a match.
    odds: float

    @property
    def probability(self) -> float:
        """Return the odds as a probability, 0 to 1."""
        return float(1 / (1 + np.exp(-np.clip(self.odds, -40, 40))))

    @property
    def together(self) -> bool:
        """Check whether the pair matches on its own, without its neighbours."""
        return self.odds > 0

    def less(self, odds: float) -> Explanation:
        """Return the explanation with what a stored merge needs taken off."""
        line = Line(STORED_MERGE, -odds, "merges near even odds are left to a person")
        return Explanation((self.lines[0], line, *self.lines[1:]), round(self.odds - odds, 2))

    @property
    def margin(self) -> float:
        """Return the log-odds that a merge needs beyond "more likely than not"."""
        return -sum(line.odds for line in self.lines if line.feature in (MARGIN, STORED_MERGE))

    @property
    def outcome(self) -> Outcome:
        """Return the outcome of the pair on its own: same, review or different."""
        return outcome_of(self.odds)

    @property
    def why(self) -> str:
        """Return the strongest reasons for the outcome, in one sentence."""
        if self.outcome is not Outcome.SAME:
            return "; ".join(self.kept_apart_by[:_REASONS]) or "they share too little for a match"
        most = sorted(self.lines, key=lambda line: -line.odds)[:_REASONS]
        return "; ".join(dict.fromkeys(line.sentence for line in most if line.odds > 0))

    @property
    def kept_apart_by(self) -> tuple[str, ...]:
        """Return the strongest reasons against the pair, strongest first."""
        against = sorted(
            (
                line
                for line in self.lines
                if line.odds <= _VETO and line.feature not in _OF_ALL_PAIRS
            ),
            key=lambda line: line.odds,
        )
        return tuple(line.sentence for line in against)


def explain_pair(
    left: MatchRecord,
    right: MatchRecord,
    company_is: str = CompanyIs.LEGAL_ENTITY,
    strictness: Strictness = Strictness.BALANCED,
) -> Explanation:
    """Explain two rows on their own, with words weighed as in a list of ten thousand names."""
    table = normalise((left, right), NO_DECISIONS)
    if len(table) == 1:
        line = Line("same row", 10.0, "name and every value that is compared are equal")
        return Explanation((line,), 10.0)
    one, other = (int(node) for node in table.node_of)
    return explain_nodes(table, (left, right), one, other, CompanyIs(company_is), strictness)


def explain_nodes(
    table: Table,
    records: Sequence[MatchRecord],
    left: int,
    right: int,
    company_is: CompanyIs,
    strictness: Strictness,
    learned: Learned = SHIPPED,
) -> Explanation:
    """Explain two nodes of a table by their most similar names."""
    pairs = paired(table, np.array([left]), np.array([right]))
    measures = measured(pairs)[0]
    by_shipped = measures * weights_for(company_is)
    parts = measures * weights_for(company_is, learned)
    values = PairValues(table, records, pairs, 0)
    prior, margin = prior_of(table.names.listed), margin_of(strictness)
    lines = [Line("prior", round(prior, 2), "two rows are seldom the same company")]
    if margin:
        lines.append(Line(MARGIN, -margin, f"what {strictness} matching asks beyond that"))
    lines += [
        Line(feature.name, round(float(part), 2), feature.says.format_map(values))
        for feature, part in zip(FEATURES, parts.tolist(), strict=True)
        if abs(part) >= 0.005
    ]
    over = {name: float(most[0]) for name, most in beyond_limits(by_shipped[None, :]).items()}
    lines += [
        Line(
            f"limit of {group.name}",
            round(-over[group.name], 2),
            f"{group.says} adds at most {group.most}",
        )
        for group in GROUPS
        if over[group.name] >= 0.005
    ]
    odds = float(prior - margin + by_shipped.sum()) - sum(over.values())
    most = float(ceilings(pairs, company_is)[0])
    if odds > most:
        lines.append(Line("told apart", round(most - odds, 2), reasons(pairs, company_is)[0]))
    more = list(_learned_lines(pairs, company_is, learned))
    added = float((parts - by_shipped).sum()) + sum(line.odds for line in more)
    return Explanation((*lines, *more), round(min(odds, most) + added, 2))


def _learned_lines(pairs: Pairs, company_is: CompanyIs, learned: Learned) -> Iterator[Line]:
    """Yield what a model adds beside the weights of features."""
    if learned.prior:
        said = f"{learned.name} learned how often such rows are one company"
        yield Line(LEARNED, learned.prior, said)
    for (ceiling, found), more in zip(
        found_ceilings(pairs, company_is), learned.ceilings, strict=False
    ):
        if found[0] and more:
            yield Line(
                f"{LEARNED}: {ceiling.name}", more, f"{learned.name} learned: {ceiling.says}"
            )


def strongest_reasons(
    table: Table,
    records: Sequence[MatchRecord],
    left: Ints,
    right: Ints,
    company_is: CompanyIs,
    learned: Learned = SHIPPED,
) -> list[tuple[tuple[str, ...], tuple[str, ...], str]]:
    """Return for each pair of different nodes the strongest reasons for and against a match, and
    the kind of disagreement.
    """
    pairs = paired(table, left, right)
    scored = pair_code(pairs.left, pairs.right, len(table))
    places = np.searchsorted(scored, pair_code(left, right, len(table)))
    compared = pairs.take(places)
    parts = measured(compared) * weights_for(company_is, learned)
    said = _reasons_by(table, records, compared, parts, reasons(compared, company_is))
    kinds = disagreements(compared, parts, company_is)
    return [(*both, kind) for both, kind in zip(said, kinds, strict=True)]


def reasons_of(
    table: Table,
    records: Sequence[MatchRecord],
    pairs: Pairs,
    measures: Floats,
    told_apart: Flags,
    company_is: CompanyIs,
    learned: Learned = SHIPPED,
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the strongest reasons for and against a match of pairs that were scored.

    `told_apart` are those that a ceiling leaves to a person.
    """
    parts = measures * weights_for(company_is, learned)
    held = reasons(pairs, company_is) if told_apart.any() else [""] * len(pairs)
    return _reasons_by(table, records, pairs, parts, held)


def _reasons_by(
    table: Table,
    records: Sequence[MatchRecord],
    pairs: Pairs,
    parts: Floats,
    told_apart: Sequence[str],
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    found = []
    for at in range(len(pairs)):
        against = _said(table, records, pairs, at, -parts[at])
        if told_apart[at]:
            against = (told_apart[at], *against)[:_REASONS]
        found.append((_said(table, records, pairs, at, parts[at]), against))
    return found


def _said(
    table: Table, records: Sequence[MatchRecord], pairs: Pairs, at: int, parts: Floats
) -> tuple[str, ...]:
    """Return the sentences of the largest parts above zero."""
    values = PairValues(table, records, pairs, at)
    largest: dict[str, int] = {}
    for one in np.argsort(-parts, kind="stable")[: _REASONS + len(_OF_OTHER_WORDS) - 1].tolist():
        name = FEATURES[one].name
        if parts[one] > 0:
            largest.setdefault("other words" if name in _OF_OTHER_WORDS else name, one)
    chosen = [*largest.values()][:_REASONS]
    return tuple(dict.fromkeys(_sentence(pairs, at, one, values) for one in chosen))


def _sentence(pairs: Pairs, at: int, feature: int, values: dict[str, str]) -> str:
    if pairs.same_name[at] and FEATURES[feature].name in OF_NAMES:
        return "the names are the same"
    return FEATURES[feature].says.format_map(values)


def odds_of(
    table: Table,
    left: Ints,
    right: Ints,
    company_is: CompanyIs,
    strictness: Strictness,
    learned: Learned = SHIPPED,
) -> Floats:
    """Return the log-odds of pairs of different nodes, whether or not blocking pairs them."""
    pairs = paired(table, left, right)
    prior = prior_of(table.names.listed) - margin_of(strictness)
    odds = score(pairs, company_is, prior, learned).odds
    scored = pair_code(pairs.left, pairs.right, len(table))
    asked = pair_code(left, right, len(table))
    return odds[np.searchsorted(scored, asked)]


def strongest(parts: Floats) -> NDArray[np.int8]:
    """Return the three features that say most for each pair, strongest first; -1 for none."""
    found = np.full((len(parts), _REASONS), -1, dtype=np.int8)
    for start in range(0, len(parts), _AT_ONCE):
        some = parts[start : start + _AT_ONCE]
        best = np.argsort(-some, axis=1, kind="stable")[:, :_REASONS]
        tells = np.take_along_axis(some, best, axis=1) > _TELLS
        found[start : start + _AT_ONCE] = np.where(tells, best, -1)
    return found


def sentence_for(
    table: Table, records: Sequence[MatchRecord], pairs: Pairs, at: int, features: Sequence[int]
) -> str:
    """Return the reasons for a pair that some features give, in one sentence."""
    values = PairValues(table, records, pairs, at)
    said = [_sentence(pairs, at, index, values) for index in features if index >= 0]
    return "; ".join(dict.fromkeys(said)) or "their names are alike"
