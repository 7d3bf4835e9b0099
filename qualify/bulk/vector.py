"""The vectorised evaluator: a profile against the facts of all companies at once, with the outcome
and no reasons.

It gives the answers of `qualify/decide/evaluate.py`, which a property test holds it to. Where facts
of one company contradict each other in ways that columns cannot settle, that company's question
goes to the other evaluator.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from datetime import date

import numpy as np
from numpy.typing import NDArray

from leads.answers import Answer
from leads.stages import Stage, Verdict
from qualify.bulk.frames import Frames
from qualify.bulk.vector_chunk import Chunk
from qualify.bulk.vector_numbers import NO, UNKNOWN, YES, Answers
from qualify.decide.decision import Score
from qualify.profile.criteria import REQUIRED, Criterion, Section
from qualify.profile.icp import Icp

ANSWERS = (Answer.NO, Answer.UNKNOWN, Answer.YES)
VERDICTS = (Verdict.NO_FIT, Verdict.UNKNOWN, Verdict.FIT)
STAGES = (Stage.DISQUALIFIED, Stage.NAME, Stage.SUSPECT, Stage.PROSPECT)
#: Companies looked at together: what bounds the memory.
CHUNK = 125_000

Shorts = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a profile decides about companies 0 to n - 1, as arrays."""

    #: One row for each criterion in the order of the file's sections, one column for each company;
    #: places in `ANSWERS`.
    answers: NDArray[np.int8]
    #: Places in `VERDICTS` and `STAGES`.
    verdict: Answers
    stage: Answers
    worst: Shorts
    best: Shorts
    asks: NDArray[np.bool_]
    #: Companies that are counted with another: disqualified without an answer.
    elsewhere: NDArray[np.bool_]

    def of(self, company: int) -> tuple[Verdict, Stage, Score, tuple[Answer, ...], bool]:
        """The outcome of one company in the words of a `Decision`."""
        score = Score(int(self.worst[company]), int(self.best[company]))
        answers = tuple(ANSWERS[answer] for answer in self.answers[:, company])
        return (
            VERDICTS[self.verdict[company]],
            STAGES[self.stage[company]],
            score,
            answers,
            bool(self.asks[company]),
        )


def evaluate_all(
    icp: Icp, frames: Frames, today: date, *, threads: int = 2, chunk: int = CHUNK
) -> Outcome:
    """The outcome of `icp` for every company of `frames`, `chunk` companies at a time on up to
    `threads` cores.
    """
    parts = list(outcomes(icp, frames, today, threads=threads, chunk=chunk))
    if not parts:
        return _outcome(icp, Chunk(frames, today))
    return Outcome(
        *(
            np.concatenate([getattr(part, one.name) for part in parts], axis=-1)
            for one in fields(Outcome)
        )
    )


def outcomes(
    icp: Icp, frames: Frames, today: date, *, threads: int = 2, chunk: int = CHUNK
) -> Iterator[Outcome]:
    """Yield the outcome chunk by chunk, so that it never fills the memory."""
    for (found,) in outcomes_of([icp], frames, today, threads=threads, chunk=chunk):
        yield found


def outcomes_of(
    icps: Sequence[Icp], frames: Frames, today: date, *, threads: int = 2, chunk: int = CHUNK
) -> Iterator[list[Outcome]]:
    """The same of several profiles, which find the answers to their common questions once."""
    starts = range(0, frames.size, chunk)

    def one(first: int) -> list[Outcome]:
        part = Chunk(frames.part(first, min(first + chunk, frames.size)), today)
        return [_outcome(icp, part) for icp in icps]

    if threads < 2 or len(starts) < 2:
        yield from map(one, starts)
        return
    with ThreadPoolExecutor(threads) as pool:
        yield from pool.map(one, starts)


def _outcome(icp: Icp, chunk: Chunk) -> Outcome:
    sections = list(icp.sections())
    answers = np.empty((len(sections), chunk.size), dtype=np.int8)
    required = np.full(chunk.size, YES, dtype=np.int8)
    suspects, barred = required.copy(), np.zeros(chunk.size, dtype=np.bool_)
    waits, silent = np.zeros(chunk.size, dtype=np.bool_), np.zeros(chunk.size, dtype=np.bool_)
    for place, (section, criterion) in enumerate(sections):
        answer = answers[place] = chunk.answer(criterion, accepting=section in REQUIRED)
        if section in REQUIRED:
            np.minimum(required, answer, out=required)
            waits |= answer == UNKNOWN
            silent |= (answer == UNKNOWN) & ~chunk.asks(criterion)
        if section is Section.SUSPECT:
            np.minimum(suspects, answer, out=suspects)
        if section is Section.MUST_NOT:
            barred |= answer == YES
    verdict = np.where(barred, NO, required).astype(np.int8)
    stage = np.where(
        verdict == NO, 0, np.where(verdict == YES, 3, np.where(suspects == YES, 2, 1))
    ).astype(np.int8)
    scored = answers[
        [place for place, (section, _) in enumerate(sections) if section is Section.SCORE]
    ]
    worst, best = _scores(icp.score, scored, chunk.size)
    elsewhere = (
        np.zeros(chunk.size, dtype=np.bool_)
        if chunk.frames.elsewhere is None
        else chunk.frames.elsewhere
    )
    for decided in (verdict, stage, worst, best):
        decided[elsewhere] = 0
    return Outcome(answers, verdict, stage, worst, best, (stage == 2) & waits & ~silent, elsewhere)


def _scores(
    criteria: Iterable[Criterion], answers: NDArray[np.int8], size: int
) -> tuple[Shorts, Shorts]:
    points = [criterion.points for criterion in criteria]
    whole = sum(max(one, 0) for one in points)
    worst, best = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    for one, answer in zip(points, answers, strict=True):
        worst += np.where(answer == YES, one, np.where(answer == UNKNOWN, min(one, 0), 0))
        best += np.where(answer == YES, one, np.where(answer == UNKNOWN, max(one, 0), 0))
    return _share(worst, whole), _share(best, whole)


def _share(points: NDArray[np.int64], whole: int) -> Shorts:
    found = (200 * np.maximum(points, 0) + whole) // (2 * whole) if whole else np.zeros_like(points)
    return found.astype(np.int16)
