"""Reasons as values: a template with the arguments that fill its gaps, made into text at the edge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from: `list:fair` is shown as `list fair`."""

    name: str

    def __str__(self) -> str:
        return self.name.replace(":", " ", 1)


@dataclass(frozen=True, slots=True)
class Stated:
    """The value of a fact, in words."""

    words: str

    def __str__(self) -> str:
        return self.words


#: What changes from company to company: the source of a fact, its day, and its value.
Name = Source | Stated | date
#: What fills a gap: words (a question, an attribute), or a name.
Argument = str | Name


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an answer is as it is; `str` gives one plain sentence without a full stop.

    Each `{}` in the template is a gap for one argument. Values are always arguments, so the
    template holds no text of a company.
    """

    template: str
    arguments: tuple[Argument, ...] = ()

    def __str__(self) -> str:
        return _text(self)

    def __bool__(self) -> bool:
        return bool(self.template)


# Many companies share a reason, and its text is asked for more than once.
@lru_cache(maxsize=1 << 13)
def _text(why: Reason) -> str:
    return why.template.format(*why.arguments)


#: For answers that nobody will read the reason of.
NO_REASON = Reason("")


def reason(template: str, *arguments: Argument | Reason) -> Reason:
    """A reason; a reason among the arguments becomes part of it."""
    if Reason not in map(type, arguments):
        return Reason(template, arguments)  # type: ignore[arg-type]
    text, *rest = template.split("{}")
    filled: list[Argument] = []
    for argument, after in zip(arguments, rest, strict=True):
        if isinstance(argument, Reason):
            text += argument.template
            filled += argument.arguments
        else:
            text += "{}"
            filled.append(argument)
        text += after
    return Reason(text, tuple(filled))


def joined(parts: Sequence[Reason], separator: str = "; ") -> Reason:
    """Several reasons as one."""
    return reason(separator.join(["{}"] * len(parts)), *parts)


def listed_reasons(parts: Sequence[Reason], joint: str) -> Reason:
    """`a, b and c`."""
    if len(parts) < 2:
        return joined(parts)
    return reason(f"{{}} {joint} {{}}", joined(parts[:-1], ", "), parts[-1])


@dataclass(frozen=True, slots=True)
class ReusableReason:
    """A reason found for one company, to be used for others that differ in such names."""

    reason: Reason
    #: Where an argument changes, and the number of what takes its place.
    changing: tuple[tuple[int, int], ...]
    #: Its text before the first of these, between them, and after the last.
    texts: tuple[str, ...]

    @classmethod
    def of(cls, found: Reason, names: Sequence[Name]) -> ReusableReason:
        """A reason whose arguments that are among `names` change from company to company."""
        if not names:
            return cls(found, (), (found.template.format(*found.arguments),))
        numbers: Mapping[Argument, int] = {name: number for number, name in enumerate(names)}
        changing = []
        first, *rest = found.template.split("{}")
        texts = [first]
        for place, (argument, after) in enumerate(zip(found.arguments, rest, strict=True)):
            if isinstance(argument, str) or argument not in numbers:
                texts[-1] += f"{argument}{after}"
            else:
                changing.append((place, numbers[argument]))
                texts.append(after)
        return cls(found, tuple(changing), tuple(texts))

    def with_names(self, names: Sequence[Name]) -> Reason:
        """The reason for a company with these names in the places of the first one's."""
        if not self.changing:
            return self.reason
        arguments = list(self.reason.arguments)
        for place, number in self.changing:
            arguments[place] = names[number]
        return Reason(self.reason.template, tuple(arguments))

    def text(self, names: Sequence[str]) -> str:
        """The text of that reason, from the texts of the names."""
        said = self.texts[0]
        for (_, number), after in zip(self.changing, self.texts[1:], strict=True):
            said += names[number] + after
        return said
