"""What reading pages again changed, by attribute, with examples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from leads.facts import Fact

#: Examples of one attribute.
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Example:
    """One value of a site that came, went, or took the place of another."""

    site: str
    #: None: there was none.
    before: str | None
    #: None: it is gone.
    after: str | None
    #: The words and the page of the newer value, or of the one that is gone.
    quote: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeChanges:
    """How the facts of sites about one attribute changed."""

    attribute: str
    #: Facts that were not there before, and facts that are there no more.
    new: int
    gone: int
    #: How many of the new ones took the place of another value of their site.
    changed: int
    #: How many of the new ones have the value of one that is gone, with other evidence.
    restated: int
    examples: Sequence[Example]


@dataclass(slots=True)
class _Counts:
    new: int = 0
    gone: int = 0
    changed: int = 0
    restated: int = 0
    #: Values that changed, then those that came, then those that went.
    examples: tuple[list[Example], list[Example], list[Example]] = field(
        default_factory=lambda: ([], [], [])
    )


class Changes:
    """Counts the changes of one site after the other."""

    def __init__(self) -> None:
        self._counts: defaultdict[str, _Counts] = defaultdict(_Counts)

    def add(self, site: str, new: Iterable[Fact], gone: Iterable[Fact]) -> None:
        """Count what one site states now and did not before, and the reverse."""
        came, went = _by_attribute(new), _by_attribute(gone)
        for name in sorted({*came, *went}):
            self._add(site, self._counts[name], came.get(name, []), went.get(name, []))

    @staticmethod
    def _add(site: str, counts: _Counts, new: list[Fact], gone: list[Fact]) -> None:
        counts.new += len(new)
        counts.gone += len(gone)
        values, others = {str(one.value) for one in new}, {str(one.value) for one in gone}
        came = [one for one in new if str(one.value) not in others]
        went = [one for one in gone if str(one.value) not in values]
        pairs = min(len(came), len(went))
        counts.restated += len(new) - len(came)
        counts.changed += pairs

        changed, only_new, only_gone = counts.examples
        for before, after in zip(went[:pairs], came[:pairs], strict=True):
            _keep(changed, _example(site, before, after))
        for one in came[pairs:]:
            _keep(only_new, _example(site, None, one))
        for one in went[pairs:]:
            _keep(only_gone, _example(site, one, None))

    def by_attribute(self) -> list[AttributeChanges]:
        """The attributes of which any fact came or went, in the order of the alphabet."""
        return [
            AttributeChanges(
                attribute=name,
                new=one.new,
                gone=one.gone,
                changed=one.changed,
                restated=one.restated,
                examples=[example for kind in one.examples for example in kind][:SHOWN],
            )
            for name, one in sorted(self._counts.items())
        ]


def _by_attribute(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for one in facts:
        found.setdefault(one.attribute, []).append(one)
    return found


def _keep(examples: list[Example], one: Example) -> None:
    if len(examples) < SHOWN:
        examples.append(one)


def _example(site: str, before: Fact | None, after: Fact | None) -> Example:
    shown = after or before
    assert shown is not None
    return Example(
        site,
        str(before.value) if before else None,
        str(after.value) if after else None,
        shown.evidence.quote,
        shown.evidence.url,
    )
