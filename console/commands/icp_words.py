"""`sluice icp words`: what a profile may say."""

from __future__ import annotations

from typing import Annotated

import typer

from console.cli.options import AsJson
from console.cli.output import emit, emit_json, note


def add_to(group: typer.Typer) -> None:
    """Add the command to the profile's."""

    @group.command("words")
    def words(
        term: Annotated[
            str | None,
            typer.Argument(
                help="A word, code or field, such as dentists, 86.23, naics:31, erp or sites.",
                metavar="[TERM]",
            ),
        ] = None,
        as_json: AsJson = False,
    ) -> None:
        """List the words a profile may use, or say what one of them means: codes, words of lists,
        technologies, places, fields.

        Example: sluice icp words dentists
        """
        from dataclasses import asdict

        from leads.errors import NotFoundError
        from qualify.check.vocabulary import all_words, meanings, nearest

        if term is None:
            known = all_words()
            if as_json:
                emit_json(known)
                return
            for field, listed in known.items():
                emit(f"{field}: {', '.join(listed)}")
            note(
                "what a word means: `sluice icp words WORD`; technologies, places and legal forms"
                " are known too"
            )
            return
        found = meanings(term)
        if not found:
            raise NotFoundError(
                f"no field knows the word {term!r}{nearest(term)}",
                "see all words with `sluice icp words`",
            )
        if as_json:
            emit_json([asdict(one) for one in found])
            return
        for one in found:
            emit(f"{one.field}: [{one.word}]")
            for line in one.means.splitlines():
                emit(f"  {line.strip()}")
