"""Input and output of all peers: rows with normalised names, and scored pairs.

A peer is a program `PEER.py ROWS.csv PAIRS.csv [LABELS.csv]` in its own environment. ROWS has
`rec_id`, `name` and those of `country city postcode domain phone address` that the set has. PAIRS
gets `left,right,score`.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

#: Legal forms as single words, the same for every peer; Sluice uses its own table.
_FORMS = """
inc incorporated corp corporation co company ltd limited llc llp lp plc gmbh mbh ag kg kgaa ug se sa sas sasu sarl srl spa sl
slu bv nv ab as asa aps oy oyj ltda pty pte pvt private sdn bhd kk jsc ojsc pjsc ooo zao oao sro zoo doo kft zrt the
"""  # noqa: E501
FORMS = frozenset(_FORMS.split())
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "æ": "ae",
        "ł": "l",
        "đ": "d",
        "&": " and ",
        "+": " and ",
        ".": None,
        "'": None,
    }
)


def folded(text: str) -> str:
    """Normalise to lower-case ASCII words separated by single spaces."""
    ascii_ = (
        unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
        .encode("ascii", "ignore")
        .decode()
    )
    return _NOT_PLAIN.sub(" ", ascii_).strip()


def core(text: str) -> str:
    """Return the folded name without legal forms; never empty."""
    words = folded(text).split()
    return " ".join(word for word in words if word not in FORMS) or " ".join(words) or "x"


def rows_of(file: str) -> list[dict[str, str]]:
    """Read the rows of a set."""
    with Path(file).open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def or_none(text: str) -> str | None:
    """Return a value unchanged; None if it is empty."""
    return text.strip().lower() or None


def write_pairs(file: str, pairs: Iterable[tuple[str, str, float]]) -> None:
    """Write the scored pairs."""
    with Path(file).open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(("left", "right", "score"))
        writer.writerows((left, right, f"{score:.4f}") for left, right, score in pairs)
