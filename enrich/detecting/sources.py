"""The addresses that a tag loads from, now or later: lazily, or once a visitor consents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

LONGEST_VALUE = 2_000
#: What stands in `src` until a script puts the address there.
_PLACEHOLDERS = ("data:", "about:", "javascript:", "#")
_NOT_AROUND_NAMES = "_-"


def source_urls(attributes: Mapping[str, str]) -> Iterator[str]:
    """Yield `src`, then attributes that scripts copy to it: `data-src`, `data-lazy-src`,
    `data-rocket-src`, `suppressedsrc`, `consent-original-src-_` and others that end so.
    """
    if (value := _address(attributes.get("src", ""))) is not None:
        yield value
    for name, text in attributes.items():
        is_source = name != "src" and name.rstrip(_NOT_AROUND_NAMES).endswith("src")
        # Other settings end so too: `data-no-src="1"`.
        if is_source and (value := _address(text)) and ("/" in value or "." in value):
            yield value


def _address(text: str) -> str | None:
    value = text.strip()[:LONGEST_VALUE]
    return None if not value or value.lower().startswith(_PLACEHOLDERS) else value
