"""The tables of well-known companies, strictness and learning on the page of the dedupe bench."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

_ABOUT_GROUPS = {
    "groups": "Names with legal forms",
    "bare_names": "Names without legal forms",
}
_KEY = ("table", "set", "setting", "level", "of", "peer")


def newest(lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the last line of each set, setting and tool."""
    found = {tuple(line.get(name) for name in _KEY): line for line in lines}
    return list(found.values())


def group_tables(lines: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Yield how many pairs each tool merged wrongly and missed, a table for each set."""
    if not lines:
        return
    yield "## Pairs of well-known companies\n"
    yield (
        "Different companies that share a word, and companies under two names. Each pair is clustered"
        " alone,"
    )
    yield (
        "and inside a list of 7,000 others, with the country, and with the city too. *In review* are"
        " the pairs that Sluice leaves to a person.\n"
    )
    for name in dict.fromkeys(line["set"] for line in lines):
        yield f"{_ABOUT_GROUPS[name]} (`bench/lists/{name}.csv`):\n"
        yield from _group_table([line for line in lines if line["set"] == name])


def _group_table(lines: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Yield the table of one set of pairs."""
    yield "| setting | | wrong merges | misses | in review: same | in review: different |"
    yield "|---|---|---|---|---|---|"
    for line in lines:
        head = f"| {line['setting']} | {line['title']} |"
        if "merged" not in line:
            yield f"{head} {line['failed']} | | | |"
            continue
        reviews = [line.get(name, "") for name in ("review_of_same", "review_of_different")]
        yield (
            f"{head} {line['merged']} of {line['different']} | {line['missed']} of {line['same']} |"
            f" {reviews[0]} | {reviews[1]} |"
        )
    yield ""


def strictness_table(lines: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Yield precision, recall and the pairs for review of each level on each set."""
    if not lines:
        return
    yield "## Strictness\n"
    yield (
        "*Stored* is what `import` and `run` merge: a merge at nearly even odds is left to a person."
        " *In review* is the share of the true pairs"
    )
    yield (
        "that a person is asked about, *questions* is how many there are, and *yes* is the share of"
        " them whose answer is the same company.\n"
    )
    yield "| set | level | P | R | F1 | in review | questions | yes |"
    yield "|---|---|---|---|---|---|---|---|"
    for line in lines:
        values = " | ".join(f"{line[name]:.3f}" for name in ("precision", "recall", "f1"))
        yield (
            f"| {line['set']} | {line['level']} | {values} | {line['in_review']:.1%} |"
            f" {line['reviews']:,} | {line['same'] / max(line['reviews'], 1):.0%} |"
        )
    yield ""


def learning_table(lines: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Yield the figures of each set with the shipped weights and with the learned ones."""
    if not lines:
        return
    yield "## Learning\n"
    yield (
        "`make bench-dedupe ARGS=learning` measures what answers teach. The entities of a list are"
        " halved by a hash of their ids. Pairs are drawn"
    )
    yield (
        "from the rows of the first half as `sluice dedupe review --file` draws them, the truth"
        " answers, and the weights are fitted as `sluice"
    )
    yield (
        "dedupe fit` does. Answers are never decisions here. *other half*: the other rows alone;"
        " nobody was asked about any of them. *whole list*: all"
    )
    yield (
        "rows, with the same answers. *as peers*: drawn from the whole list and measured on it, as"
        " dedupe 3 is above; the asked pairs are among the"
    )
    yield (
        "measured ones. The stiffness of the fit was chosen on eight lists with four samples each."
        " Without ror_companies, the choice is the same.\n"
    )
    yield "| set | measured on | answers | shipped P / R / F1 | learned P / R / F1 |"
    yield "|---|---|---|---|---|"
    for line in lines:
        shipped, learned = (
            " / ".join(f"{one:.3f}" for one in line[key]) for key in ("shipped", "learned")
        )
        yield f"| {line['set']} | {line['of']} | {line['answers']} | {shipped} | {learned} |"
    yield ""
