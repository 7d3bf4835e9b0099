"""Learn from answers about the rows of a file; nothing is stored and no database is opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from actions.answer_file import (
    AnswerLine,
    Matched,
    match_answers,
    read_answers,
    write_answers,
)
from actions.asked_pairs import AskedPair, Side
from actions.contradicting import contradicted
from actions.match_file import ListFile, open_match_file
from actions.match_rows import read_rows
from dedupe.clustering import Clustering
from dedupe.engine import cluster, kind_of
from dedupe.explain import strongest_reasons
from dedupe.learning.answers import Answer, Contradiction, new_contradiction
from dedupe.learning.drawing import Drawn, draw
from dedupe.learning.model import Fitted, fit_model
from dedupe.learning.model_file import write_model
from dedupe.record import Key, MatchRecord
from leads.clock import now
from leads.company_kind import CompanyIs
from leads.errors import NotFoundError

__all__ = ["Contradiction", "FileFit", "FilePairs", "FileToLearn", "fit_file"]

Progress = Callable[[str, int, int], None]
#: What is compared besides the name.
_COMPARED = ("country", "city", "postcode", "street", "register_number", "legal_form")
_SEVERAL = ("aliases", "domains", "phones")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileToLearn:
    """A file of rows, and the file of answers about them."""

    file: ListFile
    #: JSON Lines; it need not exist yet.
    answers: str
    id_column: str | None = None
    company_is: str = "legal_entity"


@dataclass(frozen=True, slots=True)
class FileFit:
    """A model fitted to answers about a file, and the text of its file."""

    fitted: Fitted
    content: str
    #: Answers about rows that the file lacks, or that have another name there.
    strange: int


def fit_file(wanted: FileToLearn, ask: str, progress: Progress) -> FileFit:
    """Fit a model to the answers about a file; UsageError when there are too few."""
    lines = read_answers(wanted.answers)
    found = _clustered(wanted, progress)
    matched = _matched(found, lines)
    fitted = fit_model(found, matched.answers, _more(matched.strange, ask))
    clashes = tuple(_named(found, one) for one in fitted.contradictions)
    fitted = replace(fitted, contradictions=clashes)
    return FileFit(fitted, write_model(fitted.model), matched.strange)


def _more(strange: int, ask: str) -> str:
    """Say how to get answers that can be learned from."""
    more = f"answer more with `{ask}`"
    if not strange:
        return more
    about = "1 answer is" if strange == 1 else f"{strange:,} answers are"
    return f"{about} about rows that the file lacks or names otherwise: name their file, or {more}"


def _named(found: Clustering, clash: Contradiction) -> Contradiction:
    """Return a contradiction with the names of the rows beside their ids."""

    def name(one: Answer) -> Answer:
        left, right = (
            f"{found.records[found.row_of[key]].name} (row {key})" for key in (one.left, one.right)
        )
        return replace(one, left=left, right=right)

    return Contradiction(name(clash.different), tuple(name(one) for one in clash.same))


class FilePairs:
    """The pairs of a file that were drawn, in the order in which they are asked."""

    def __init__(self, wanted: FileToLearn, count: int, by: str, progress: Progress) -> None:
        """Compare the rows of a file once, and draw pairs that the answers lack."""
        self._path, self._by = wanted.answers, by
        self._lines = _lines_so_far(wanted.answers)
        self._found = _clustered(wanted, progress)
        matched = _matched(self._found, self._lines)
        self.strange = matched.strange
        self.drawn: Sequence[Drawn] = draw(self._found, count, matched.asked)
        self.count = len(self.drawn)
        #: Answers of this session.
        self._fresh = 0

    def pair(self, at: int) -> AskedPair:
        """Return a drawn pair."""
        one, found = self.drawn[at], self._found
        rows = [found.row_of[key] for key in (one.left, one.right)]
        left, right = (np.array([int(found.table.node_of[row])]) for row in rows)
        reasons = strongest_reasons(
            found.table, found.records, left, right, found.company_is, found.learned
        )[0]
        return AskedPair(
            left=_side(found.records[rows[0]]),
            right=_side(found.records[rows[1]]),
            odds=one.odds,
            together=bool(found.of_node[left[0]] == found.of_node[right[0]]),
            may_be_part=False,
            disagreement=one.kind,
            reasons_for=reasons[0],
            reasons_against=reasons[1],
        )

    def say(self, at: int, said: str) -> None:
        """Write down what a person says about a pair: same, different or unsure.

        NotAllowedError when it contradicts earlier answers: then nothing is written.
        """
        one, records = self.drawn[at], self._found.records
        names = [records[self._found.row_of[key]].name for key in (one.left, one.right)]
        line = AnswerLine(
            left=str(one.left),
            right=str(one.right),
            left_name=names[0],
            right_name=names[1],
            answer=said,
            by=self._by,
            at=f"{now():%Y-%m-%d %H:%M}",
        )
        self._check(line)
        self._lines.append(line)
        self._fresh += 1
        write_answers(self._path, self._lines)

    def _check(self, line: AnswerLine) -> None:
        """Refuse an answer that contradicts those about rows of the file."""
        earlier = _matched(self._found, self._lines).answers
        new = _matched(self._found, [line]).answers
        clash = new_contradiction(earlier, new[0]) if new else None
        if clash is not None:
            way_out = f"correct the wrong line of {self._path}, or answer u"
            raise contradicted(_named(self._found, clash), way_out)

    def undo(self) -> tuple[str, str]:
        """Delete the last answer of this session, and return the names of its rows."""
        if not self._fresh:
            raise NotFoundError("you answered nothing that could be undone", "answer a pair first")
        line = self._lines.pop()
        self._fresh -= 1
        write_answers(self._path, self._lines)
        return line.left_name, line.right_name


def _clustered(wanted: FileToLearn, progress: Progress) -> Clustering:
    file = open_match_file(wanted.file, wanted.id_column)
    read_rows(file, lambda row: progress(f"reading rows: {row:,}", 0, 0))
    kind: CompanyIs = kind_of(wanted.company_is)
    return cluster(file.records, company_is=kind, progress=progress)


def _lines_so_far(path: str) -> list[AnswerLine]:
    return read_answers(path) if Path(path).exists() else []


def _matched(found: Clustering, lines: Sequence[AnswerLine]) -> Matched:
    names: Mapping[Key, str] = {one.key: one.name for one in found.records}
    return match_answers(lines, names)


def _side(one: MatchRecord) -> Side:
    stated = {name: [value] for name in _COMPARED if (value := getattr(one, name))}
    several = {name: list(values) for name in _SEVERAL if (values := getattr(one, name))}
    return Side(one.name, f"row {one.key}", stated | several)
