"""`sluice icp new`: questions, and a commented profile out of the answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from console.options import AsJson
from console.output import emit, emit_json, note

if TYPE_CHECKING:
    from qualify.new_icp import Question


def add_to(group: typer.Typer) -> None:
    """Add the command to the profile's."""

    @group.command("new")
    def new(
        name: Annotated[str, typer.Argument(help="The profile's name, such as dental-groups-uk.", metavar="NAME")],
        out: Annotated[
            str | None, typer.Option("--out", "-o", help="Where to write it; - for stdout; default: NAME.yaml.", metavar="FILE")
        ] = None,
        given: Annotated[
            list[str] | None,
            typer.Option("--set", help="An answer beforehand, such as industry=dentists; then nothing is asked.", metavar="FIELD=ANSWER"),
        ] = None,
        as_json: AsJson = False,
    ) -> None:
        """Ask what a good customer looks like, and write a profile with comments. Every question may be left empty.

        Example: sluice icp new dental-groups-uk --set industry=dentists --set country=GB --set sites=3+
        """
        from leads.errors import NotAllowedError
        from qualify.new_icp import compose

        target = out or f"{name}.yaml"
        if target != "-" and Path(target).exists():
            raise NotAllowedError(f"{target} is there already", "name another file with --out")
        text = compose(name, _given(given) if given else _asked())
        if target == "-":
            emit(text.rstrip())
            return
        Path(target).write_text(text, encoding="utf-8")
        if as_json:
            emit_json({"icp": name, "file": target})
            return
        emit(f"wrote {target}")
        note(f"next: `sluice icp check {target}`, then `sluice run LIST --icp {target}`")


def _given(pairs: list[str]) -> dict[str, str]:
    from leads.errors import UsageError
    from qualify.mistakes import did_you_mean
    from qualify.new_icp import questions

    answers = dict[str, str]()
    known = [one.key for one in questions()]
    for pair in pairs:
        field, sign, answer = pair.partition("=")
        if not sign or field not in known:
            raise UsageError(f"{pair!r} is no answer{did_you_mean(field, known)}", f"write FIELD=ANSWER, with one of {', '.join(known)}")
        answers[field] = answer
    return answers


def _asked() -> dict[str, str]:
    """Answers from the terminal; one that cannot be understood is asked again."""
    from qualify.new_icp import questions

    note(f"{len(questions())} questions. Enter: does not matter; ?: what may be answered")
    return {question.key: answer for question in questions() if (answer := _answer(question))}


def _answer(question: Question) -> str:
    import sys

    from leads.errors import UsageError
    from qualify.new_icp import criterion, understood

    while True:
        note(f"{question.ask} [{question.example}]")
        answer = sys.stdin.readline()
        if answer.strip() == "?":
            _help(question)
            continue
        try:
            line = criterion(question, answer)
        except UsageError as error:
            note(f"  {error.message}" + (f"; {error.hint}" if error.hint else ""))
            if answer:
                continue
            raise
        for said in [line, *understood(question, answer)] if line else []:
            note(f"  {said}")
        return answer if line else ""


def _help(question: Question) -> None:
    from qualify.vocabulary import all_words

    words = all_words().get(question.words, [])
    note(f"  {question.about}" + (f": {', '.join(words)}" if words else ""))
