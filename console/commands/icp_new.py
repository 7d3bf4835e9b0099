"""`sluice icp new`: questions, and a commented profile out of the answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from console.cli.options import AsJson
from console.cli.output import emit, emit_json, note

if TYPE_CHECKING:
    from qualify.profile.new_icp import Question


def add_to(group: typer.Typer) -> None:
    """Add the command to the profile's."""

    @group.command("new")
    def new(
        name: Annotated[
            str,
            typer.Argument(help="The profile's name, such as dental-groups-uk.", metavar="NAME"),
        ],
        out: Annotated[
            str | None,
            typer.Option(
                "--out",
                "-o",
                help="Where to write it; - for stdout; default: NAME.yaml.",
                metavar="FILE",
            ),
        ] = None,
        given: Annotated[
            list[str] | None,
            typer.Option(
                "--set",
                help="An answer beforehand, such as industry=dentists; then nothing is asked.",
                metavar="FIELD=ANSWER",
            ),
        ] = None,
        as_json: AsJson = False,
    ) -> None:
        """Ask what a good customer looks like, and write a profile with comments. Every question
        may be left empty.

        Example: sluice icp new dental-groups-uk --set industry=dentists --set country=GB --set
        sites=3+
        """
        import shlex

        from leads.errors import NotAllowedError
        from qualify.profile.new_icp import check_name, compose

        check_name(name)
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
        file = shlex.quote(target)
        note(f"next: `sluice icp check {file}`, then `sluice run LIST --icp {file}`")


def _given(pairs: list[str]) -> dict[str, str]:
    from leads.errors import UsageError
    from qualify.profile.mistakes import did_you_mean
    from qualify.profile.new_icp import questions

    answers = dict[str, str]()
    asked = {one.key: one for one in questions()}
    known = list(asked)
    for pair in pairs:
        field, sign, answer = pair.partition("=")
        if not sign or field not in known:
            raise UsageError(
                f"{pair!r} is no answer{did_you_mean(field, known)}",
                f"write FIELD=ANSWER, with one of {', '.join(known)}",
            )
        if field in answers and not asked[field].several:
            raise UsageError(
                f"--set {field} is given twice, and only one answer is possible", "say it once"
            )
        answers[field] = ", ".join(filter(None, (answers.get(field, ""), answer)))
    return answers


def _asked() -> dict[str, str]:
    """Answers from the terminal; what cannot be understood is asked again."""
    from qualify.profile.new_icp import questions

    note(f"{len(questions())} questions. Enter: does not matter; ?: what may be answered")
    return {question.key: answer for question in questions() if (answer := _answer(question))}


def _answer(question: Question) -> str:
    import sys

    from leads.errors import UsageError
    from qualify.profile.new_icp import criterion, understood, understood_words

    kept = list[str]()
    note(f"{question.ask} [{question.example}]")
    while True:
        said = sys.stdin.readline()
        if said.strip() == "?":
            _help(question)
            note(f"{question.ask} [{question.example}]")
            continue
        answer = ", ".join(filter(None, (*kept, said.strip())))
        try:
            line = criterion(question, answer)
        except UsageError as error:
            note(f"  {error.message}" + (f"; {error.hint}" if error.hint else ""))
            if not said:
                raise
            good, bad = understood_words(question, said)
            kept += good
            note(
                f"  kept {', '.join(kept)}; what for {', '.join(bad)}? (Enter: nothing)"
                if kept
                else f"  {question.ask}"
            )
            continue
        for told in [line, *understood(question, answer)] if line else []:
            note(f"  {told}")
        return answer if line else ""


def _help(question: Question) -> None:
    from qualify.check.vocabulary import all_words

    words = all_words().get(question.words, [])
    note(f"  {question.about}" + (f": {', '.join(words)}" if words else ""))
