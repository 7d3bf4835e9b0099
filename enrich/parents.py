"""Parent companies that a page states in its text (`a subsidiary of …`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from enrich.document import Document
from enrich.name_parts import agrees_with_host, form_pattern, has_form, last_capitalised, name_in
from enrich.signs import needed
from enrich.tables import either, words


def stated_parents(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the companies that the page calls its parent, each with its quote."""
    if not document.mentions(needed("names", "parents")):
        return
    for match in parent_words().finditer(document.text):
        end = form_pattern().search(document.text, match.end(), match.end() + 90)
        if end is None or "\n" in document.text[match.end() : end.start()]:
            continue
        written = document.text[match.end() : end.end()].strip()
        found = (
            name_in(written) if last_capitalised(f"{written} ").startswith(written[:3]) else None
        )
        if found and has_form(found) and not agrees_with_host(found, document):
            yield found.shown, document.quote(match.start(), end.end(), 40)


@cache
def parent_words() -> re.Pattern[str]:
    """Match the words before the name of a parent company."""
    stated = either(words("names")["parents"])
    return re.compile(
        rf"(?<![^\W_])(?i:{stated}) +"
        r"(?i:(?:the|der|die|la|le) +)?(?=[A-ZÀ-Þ\d])"
    )
