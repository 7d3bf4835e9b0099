"""Read a provider's file, and refuse what its lines say together."""

from __future__ import annotations

import re

from leads.errors import UsageError
from leads.yaml_lines import line_of
from leads.yaml_model import read_model
from sources.providers.answer_flaws import answer_flaws
from sources.providers.file import KIND, ProviderFile
from sources.providers.key_like import has_key
from sources.providers.question_flaws import question_flaws
from sources.providers.template import KEY

_PLACE = re.compile(r"\.(\d+)\b")


def read(text: str, file: str) -> ProviderFile:
    """Read and check a file; UsageError with `file:line: path: message` for all that is wrong."""
    for number, line in enumerate(text.splitlines(), 1):
        if has_key(line):
            # The line is not repeated: errors are shown and logged.
            raise UsageError(
                f"{file}:{number}: something here looks like a key",
                f"put it into an environment variable, name that one under `key:`, and write {KEY}",
            )
    found = read_model(text, file, KIND, ProviderFile)
    said = [
        f"{file}:{line_of(text, file, KIND, one.path)}: {_shown(one.path)}: {one.message}"
        for one in (*question_flaws(found), *answer_flaws(found))
    ]
    if said:
        raise UsageError("\n".join(said), KIND.example)
    return found


def _shown(path: str) -> str:
    """A path as other mistakes show it, entries of lists counted from 1: `errors[1]`."""
    return _PLACE.sub(lambda found: f"[{int(found[1]) + 1}]", path)
