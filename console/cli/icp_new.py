"""`sluice icp new`: ask questions, and write a commented profile from the answers."""

from __future__ import annotations

import shlex
import sys
from typing import Annotated

import typer

from actions import new_profile
from actions.new_profile import Question, ReadAnswer
from console.cli.options import AsJson
from console.cli.output import emit, emit_json, note
from leads.errors import UsageError


def new(
    name: Annotated[
        str,
        typer.Argument(help="The profile's name, such as dental-groups-uk.", metavar="NAME"),
    ],
    out: Annotated[
        str | None,
        typer.Option(
            "--out", "-o", help="The file; - for stdout; default: NAME.yaml.", metavar="FILE"
        ),
    ] = None,
    given: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            help="An answer; no questions are then asked.",
            metavar="FIELD=ANSWER",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Ask what a good customer is, and write a profile.

    Every question may be left empty. The profile has a comment for each criterion. An existing
    file is never replaced.

    Example: sluice icp new dental-groups-uk --set industry=dentists --set country=GB --set
    sites=3+
    """
    target = new_profile.check_target(name, out)
    answers = new_profile.given_answers(given) if given else _ask_all()
    made = new_profile.write_profile(name, answers, target)

    if made.file is None:
        emit(made.text.rstrip())
        return
    if as_json:
        emit_json({"icp": made.name, "file": made.file})
        return
    emit(f"wrote {made.file}")
    file = shlex.quote(made.file)
    note(f"next: `sluice icp check {file}`, then `sluice run LIST --icp {file}`")


def _ask_all() -> dict[str, str]:
    questions = new_profile.questions()
    note(f"{len(questions)} questions. Press Enter to skip one, ? to see the possible answers")
    answers = {question.key: _ask(question) for question in questions}
    return {key: answer for key, answer in answers.items() if answer}


def _ask(question: Question) -> str:
    """Ask until the answer is understood; words that were understood are kept meanwhile."""
    kept: list[str] = []
    _note_question(question)
    while True:
        typed = sys.stdin.readline()
        if typed.strip() == "?":
            _note_help(question)
            _note_question(question)
            continue

        answer = ", ".join(filter(None, (*kept, typed.strip())))
        try:
            read = new_profile.read_answer(question, answer)
        except UsageError as error:
            note(f"  {error.message}" + (f"; {error.hint}" if error.hint else ""))
            if not typed:
                raise
            kept += _understood(question, typed, kept)
            continue
        _note_reading(read)
        return answer if read.line else ""


def _understood(question: Question, typed: str, kept: list[str]) -> list[str]:
    """Find the words that were understood, and ask for the others again."""
    good, bad = new_profile.understood_words(question, typed)
    if kept or good:
        note(f"  kept {', '.join([*kept, *good])}; what instead of {', '.join(bad)}? (Enter: skip)")
    else:
        note(f"  {question.ask}")
    return good


def _note_question(question: Question) -> None:
    note(f"{question.ask} [{question.example}]")


def _note_reading(read: ReadAnswer) -> None:
    if read.line:
        for line in (read.line, *read.meanings):
            note(f"  {line}")


def _note_help(question: Question) -> None:
    words = new_profile.words_for(question)
    note(f"  {question.about}" + (f": {', '.join(words)}" if words else ""))
