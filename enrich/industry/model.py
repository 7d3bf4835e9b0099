"""The model of industries: how strongly each word speaks for each NACE division.

Every word has weights, the logarithm of how much more often it is in texts of a division than
elsewhere. The weights of a text's words are summed up, divided by how much the text says, and turned
into probabilities with figures that were fitted to labelled texts. `bench/train_industry.py` writes
the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import astuple, dataclass, field
from functools import cache
from math import exp, log1p, sqrt
from pathlib import Path

from enrich.industry.heads import FOR, SERVED_WORDS, begins_with_customer, is_head, served
from enrich.industry.tokens import stem, words

FILE = Path(__file__).parent.parent / "data" / "industry_model.tsv"
#: Letters of the shortest word that is looked for inside a longer one, and of that longer one.
SHORTEST_PART, SHORTEST_COMPOUND = 5, 9
#: Words after `for` name customers, which say less.
_CUSTOMER_WORDS, _OF_CUSTOMERS = 3, 0.3
#: Words in which what is offered stands before `for`.
_HEAD_WORDS = 3
#: Letters of a title, heading or description, whose customers decide nowhere on the page.
_SHORT_TEXT = 300
#: What a part of a compound says, beside a whole word.
_OF_PARTS = 0.7
#: So many words are remembered with what the model knows of them.
_MOST_REMEMBERED = 50_000
_NONE: frozenset[str] = frozenset()
#: The stem of a word, its features with what each says, and whether it names what is offered.
_Known = tuple[str, tuple[tuple[str, float], ...], bool]


@dataclass(frozen=True, slots=True)
class Figures:
    """What turns sums of weights into probabilities."""

    #: How much a text's own words count.
    sharpness: float
    #: A text that says no more than this is right half as often as its words suggest.
    few: float
    #: From this length on, more words of the same mixture make a guess no surer.
    length: float
    #: How much it counts how common divisions are.
    common: float
    #: The share of texts that speak, by all their words, of something else than the work.
    astray: float


@dataclass(slots=True)
class Evidence:
    """The words of a text that the model knows: how much each was said, and one form as written."""

    said: dict[str, float]
    forms: dict[str, str]
    #: Features of those for whom something is made, as titles say: they do not decide.
    customers: set[str] = field(default_factory=set)

    def add(self, feature: str, form: str, weight: float) -> None:
        """Count a word."""
        self.said[feature] = self.said.get(feature, 0.0) + weight
        self.forms.setdefault(feature, form)

    def leave_out(self, features: Set[str]) -> None:
        """Forget words, and the pairs that hold one of them."""
        gone = [one for one in self.said if not features.isdisjoint((one, *one.split(" ")))]
        for one in gone:
            del self.said[one]


@dataclass(frozen=True, slots=True)
class Guess:
    """One division with its probability, and the words that decided, the strongest first."""

    division: str
    probability: float
    words: tuple[str, ...]


class IndustryModel:
    """Weights of words for divisions."""

    def __init__(
        self,
        divisions: Mapping[str, float],
        weights: Mapping[str, Mapping[str, float]],
        figures: Figures,
    ) -> None:
        """`divisions` with the logarithm of how common each is; `weights` by word and division."""
        self._divisions = divisions
        self._weights = weights
        self._figures = figures
        self._known: dict[str, _Known] = {}
        #: The second words of pairs, by their first.
        self._seconds: dict[str, set[str]] = {}
        for feature in weights:
            first, _, second = feature.partition(" ")
            if second:
                self._seconds.setdefault(first, set()).add(second)

    def read(self, passages: Iterable[tuple[str, float]]) -> Evidence:
        """Collect the known words of texts, each with how much it counts."""
        found = Evidence({}, {})
        for text, weight in passages:
            self._read(text, weight, found)
            if len(text) <= _SHORT_TEXT:
                for word in served(text):
                    _, features, _ = self._known.get(word) or self._remember(word)
                    found.customers.update(feature for feature, _ in features)
        found.leave_out(found.customers)
        return found

    def _read(self, text: str, weight: float, found: Evidence) -> None:
        known, last, last_word, customers = self._known, "", "", 0
        # How many more words are near what is offered, and name those who are served.
        near, behind = 0, 0
        seconds: Set[str] = _NONE
        for word in words(text):
            root, features, offers = known.get(word) or self._remember(word)
            if root in seconds:
                found.add(f"{last} {root}", f"{last_word} {word}", weight)
            seconds, last, last_word = self._seconds.get(root, _NONE), root, word
            if word in FOR:
                customers = _CUSTOMER_WORDS
                behind = SERVED_WORDS * (near > 0)
                continue
            near = _HEAD_WORDS if offers else near and near - 1
            if behind and near < _HEAD_WORDS:
                behind -= 1
                continue
            behind = 0
            counted = weight * _OF_CUSTOMERS if customers else weight
            customers = customers and customers - 1
            for feature, share in features:
                found.add(feature, word, counted * share)

    def _remember(self, word: str) -> _Known:
        if len(self._known) >= _MOST_REMEMBERED:
            self._known.clear()
        root = stem(word)
        known = self._known[word] = root, tuple(self._looked_up(root, word)), is_head(word)
        return known

    def _looked_up(self, root: str, word: str) -> Iterator[tuple[str, float]]:
        """Yield the word itself, else the longest known words that it ends and begins with."""
        if root in self._weights:
            yield root, 1.0
            return
        if len(root) < SHORTEST_COMPOUND:
            return
        for size in range(len(root) - 3, SHORTEST_PART - 1, -1):
            if root[-size:] in self._weights:
                yield root[-size:], _OF_PARTS
                break
        if begins_with_customer(word):
            return
        for size in range(len(root) - 3, SHORTEST_PART - 1, -1):
            if root[:size] in self._weights:
                yield root[:size], _OF_PARTS
                break

    def probabilities(self, said: Mapping[str, float]) -> dict[str, float]:
        """Return the probability of each division."""
        sums = dict.fromkeys(self._divisions, 0.0)
        total = 0.0
        for feature, amount in said.items():
            # Features that are read again may come from another model.
            weights = self._weights.get(feature, {})
            much = log1p(amount)
            total += much
            for division, weight in weights.items():
                sums[division] += much * weight
        figures = self._figures
        scale = figures.sharpness / (1.0 + sqrt(total) + total / figures.length)
        raised = {
            division: exp(scale * one + figures.common * self._divisions[division])
            for division, one in sums.items()
        }
        whole = sum(raised.values())
        share = (1.0 - figures.astray) * total / (figures.few + total) / whole
        return {division: one * share for division, one in raised.items()}

    def guesses(self, evidence: Evidence, most: int = 3, most_words: int = 5) -> list[Guess]:
        """Return the likeliest divisions, the likeliest first; none without a known word."""
        if not evidence.said:
            return []
        found = self.probabilities(evidence.said)
        best = sorted(found, key=lambda one: (-found[one], one))[:most]
        return [Guess(one, found[one], self._deciding(one, evidence, most_words)) for one in best]

    def _deciding(self, division: str, evidence: Evidence, most: int) -> tuple[str, ...]:
        spoken = {
            feature: log1p(amount) * self._weights.get(feature, {}).get(division, 0.0)
            for feature, amount in evidence.said.items()
        }
        ranked = sorted(spoken, key=lambda one: (-spoken[one], one))
        return tuple(evidence.forms[one] for one in ranked[:most] if spoken[one] > 0)

    def strength(self, feature: str) -> float:
        """Return how strongly a word speaks for any division."""
        return max(self._weights.get(feature, {"": 0.0}).values())


@cache
def model() -> IndustryModel:
    """Return the model that is shipped."""
    return from_text(FILE.read_text("utf-8"))


def from_text(text: str) -> IndustryModel:
    """Read a model as `to_text` writes it."""
    lines = [line.split("\t") for line in text.splitlines() if line and line[0] != "#"]
    stated = {row[0]: row[1:] for row in lines[:2]}
    figures = Figures(*map(float, stated["figures"]))
    divisions = {
        name: float(common) for name, common in (one.split("=") for one in stated["divisions"])
    }
    weights = {row[0]: {one[:2]: int(one[2:]) / 100 for one in row[1].split()} for row in lines[2:]}
    return IndustryModel(divisions, weights, figures)


def to_text(
    notices: Iterable[str],
    divisions: Mapping[str, float],
    weights: Mapping[str, Mapping[str, float]],
    figures: Figures,
) -> str:
    """Write a model: notices, figures, divisions, and one word a line (`dentist`, `86450`: 4.5)."""
    lines = [f"# {notice}" for notice in notices]
    lines.append("\t".join(["figures", *(f"{one:g}" for one in astuple(figures))]))
    lines.append(
        "\t".join(["divisions", *(f"{name}={divisions[name]:.2f}" for name in sorted(divisions))])
    )
    for feature in sorted(weights):
        row = sorted(weights[feature].items(), key=lambda one: (-one[1], one[0]))
        written = " ".join(f"{name}{round(weight * 100)}" for name, weight in row)
        lines.append(f"{feature}\t{written}")
    return "\n".join(lines) + "\n"
