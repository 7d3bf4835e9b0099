"""Names in the text that the domain spells (`Peak View Roofing`, peakviewroofing.example)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from enrich.document import Document
from enrich.name_candidates import Candidate
from enrich.name_parts import name_in

#: Shorter labels are common words.
_SHORTEST, _LONGEST = 5, 40
_MOST = 30
_NOT_PLAIN = re.compile(r"[^a-z0-9]")
_SURE = 0.62
#: What a text may put between two letters of a domain.
_SIGNS = r"[ .&'’-]{0,2}"


def spelled_by_host(document: Document) -> Iterator[Candidate]:
    """Yield the name as the text writes it most often; none if it only occurs in addresses."""
    label = _NOT_PLAIN.sub("", (document.domain or "").partition(".")[0])
    if not _SHORTEST <= len(label) <= _LONGEST:
        return
    spellings: Counter[str] = Counter()
    places: dict[str, int] = {}
    for match in islice(_spelled(label).finditer(document.folded), _MOST):
        written = document.text[match.start() : match.end()]
        if written[0].isupper() or (written[0].isdigit() and not written.islower()):
            spellings[written] += 1
            places.setdefault(written, match.start())
    for written, _ in spellings.most_common(1):
        name = name_in(written)
        if name is not None:
            at = places[written]
            method = "imprint_text" if document.is_imprint else "text"
            yield Candidate(name, method, _SURE, document.quote(at, at + len(written), 60), at)


def _spelled(label: str) -> re.Pattern[str]:
    """Match the label with signs between its letters, and `&` for `and`."""
    parts = re.split(r"(and|und)", label)
    letters: list[str] = []
    for part in parts:
        letters += [f"(?:{part}|&)"] if part in {"and", "und"} else part
    spelled = _SIGNS.join(letters)
    return re.compile(rf"(?<![\w@./-]){spelled}(?![\w@]|\.[a-z])")
