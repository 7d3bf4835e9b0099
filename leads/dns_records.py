"""What DNS says about a domain, as the text that is kept beside the pages of a visit.

A line is a record, or what became of a question without one:

    acme.example MX 10 mx.mail.example
    ; acme.example NS none
    ; autodiscover.acme.example CNAME unknown since 2026-11-30
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

#: Kind of the kept text, beside the kinds of pages.
DNS = "dns"
_SCHEME = "dns:"
_NONE, _UNKNOWN = "none", "unknown since"
#: Records kept of one question, and characters of each.
MOST_RECORDS, LONGEST_RECORD = 50, 1_000
_NOT_IN_A_LINE = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about a domain."""

    #: What technology rules call the answers.
    name: str
    #: Of the records.
    type: str
    #: What stands before the domain.
    prefix: str = ""

    def host(self, domain: str) -> str:
        """Return the name that is asked for."""
        return f"{self.prefix}{domain}"


QUESTIONS = (
    Question("mx", "MX"),
    Question("txt", "TXT"),
    Question("ns", "NS"),
    Question("cname", "CNAME", "www."),
    Question("autodiscover", "CNAME", "autodiscover."),
)


@dataclass(frozen=True, slots=True)
class DnsAnswer:
    """The answer to one question. If nobody answers, values are those of the last answer."""

    question: Question
    values: tuple[str, ...] = ()
    #: The day since when nobody answers; None: the answer is of now.
    unknown_since: date | None = None

    @property
    def is_known(self) -> bool:
        """Whether it was answered."""
        return self.unknown_since is None


def dns_url(domain: str) -> str:
    """Return the address of a domain's records (RFC 4501)."""
    return f"{_SCHEME}{domain}"


def domain_of(url: str) -> str:
    """Return the domain of the address of records."""
    return url.removeprefix(_SCHEME)


def dns_text(domain: str, answers: Iterable[DnsAnswer]) -> str:
    """Write answers as lines, the same for the same records in any order."""
    lines: list[str] = []
    for one in answers:
        about = f"{one.question.host(domain)} {one.question.type}"
        values = {_one_line(value) for value in one.values} - {""}
        lines += [f"{about} {value}" for value in sorted(values)[:MOST_RECORDS]]
        if one.unknown_since:
            lines.append(f"; {about} {_UNKNOWN} {one.unknown_since}")
        elif not values:
            lines.append(f"; {about} {_NONE}")
    return "\n".join(lines) + "\n"


def dns_answers(url: str, text: str) -> tuple[DnsAnswer, ...]:
    """Read the answers that `dns_text` wrote; a question that is not among them was not asked."""
    domain, lines = domain_of(url), text.split("\n")
    found = (_answer(one, domain, lines) for one in QUESTIONS)
    return tuple(one for one in found if one is not None)


def record_line(domain: str, question: Question, value: str) -> str:
    """Return the line of one record."""
    return f"{question.host(domain)} {question.type} {value}"


def _answer(question: Question, domain: str, lines: Sequence[str]) -> DnsAnswer | None:
    about = f"{question.host(domain)} {question.type} "
    unknown = f"; {about}{_UNKNOWN} "
    values = tuple(one.removeprefix(about) for one in lines if one.startswith(about))
    since = [one.removeprefix(unknown) for one in lines if one.startswith(unknown)]
    if since:
        return DnsAnswer(question, values, date.fromisoformat(since[0]))
    is_there = values or f"; {about}{_NONE}" in lines
    return DnsAnswer(question, values) if is_there else None


def _one_line(value: str) -> str:
    return _NOT_IN_A_LINE.sub(" ", value).strip()[:LONGEST_RECORD].strip()
