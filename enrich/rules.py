"""Which rules extract facts: a kept reading counts while they are the same."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

import leads.lexicon
from enrich.detecting.kept import brought_files
from enrich.file_hash import add_files
from leads.version import own_version

#: What else extraction depends on, beside the folders of `enrich` and of words.
_FILES = ("attributes.py", "codec.py", "contacts.py", "usable.py", "values.py")
_KINDS = frozenset({".py", ".yaml", ".tsv"})


def rules_version(brought: Path | None = None) -> str:
    """A hash of all that extraction depends on; another one after any change of the rules.

    `brought` are technology rules that a user brings.
    """
    if brought is None:
        return _own_version()
    found = sha256(_own_version().encode())
    add_files(found, brought_files(brought))
    return found.hexdigest()[:16]


@cache
def _own_version() -> str:
    words = Path(leads.lexicon.__file__).parent
    files = [words.parent / name for name in _FILES]
    for folder in (Path(__file__).parent, words):
        files += (one for one in folder.rglob("*") if one.suffix in _KINDS)
    found = sha256(own_version().encode())
    add_files(found, sorted(files))
    return found.hexdigest()[:16]
