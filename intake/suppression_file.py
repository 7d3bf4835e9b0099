"""Read a do-not-contact list: a table by its columns, or plain text with one entry a line."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from intake.cells import cleaned
from intake.column_names import is_column_name
from intake.columns import recognise
from intake.mapping import Column, ColumnMapping
from intake.opt_outs import OptOutColumns
from intake.raw_list import open_list
from intake.read_options import ReadOptions
from intake.sample import SAMPLE
from intake.suppression_terms import SILENT, TermColumns, Terms
from leads.errors import UsageError
from leads.lexicon.domains import company_domain
from leads.lexicon.formulas import is_formula
from leads.lexicon.places.countries import column_country
from leads.sheets.encodings import encoding_of, wide_encoding
from leads.sheets.header import DEPTH
from leads.sheets.input_file import InputFile, open_input
from leads.sheets.jsonl_reader import is_json
from leads.sheets.rows import BadRow, SourceRow, Table

#: What a column of each field names.
KIND_OF_FIELD = {
    "name": "company",
    "legal_name": "company",
    "alias": "company",
    "former_name": "company",
    "website": "domain",
    "social": "domain",
    "domain": "domain",
    "email": "email",
    "personal:personal_email": "email",
    "phone": "phone",
    "fax": "phone",
    "personal:personal_phone": "phone",
}
_LONGEST = 500
#: Characters of a line of the file.
_LONGEST_LINE = 1 << 20
_DELIMITERS = re.compile(r"[;,\t|]")
_BETWEEN = {
    "email": re.compile(r"[\s;,|<>]+"),
    "domain": re.compile(r"[\s;,|]+"),
    "phone": re.compile(r"[;,|\n]|\s/\s"),
    "company": re.compile(r"[\n|]"),
}


class Part(NamedTuple):
    """One text of an entry; a kind of None is guessed from the text."""

    kind: str | None
    text: str


class Entry(NamedTuple):
    """What one row or line names; tuples are pickled faster than dataclasses."""

    line: int
    parts: tuple[Part, ...]
    #: ISO code, where the row states it.
    country: str | None = None
    #: What is wrong with the line; without parts it is rejected.
    flaw: str = ""
    terms: Terms = SILENT


@dataclass(slots=True)
class SuppressionFile:
    """A file of entries, and how its columns were understood."""

    #: Reads the file from the start: the entry of each row, None for one that may be contacted.
    read: Callable[[], Iterator[Entry | None]]
    #: Header and what it names; empty for plain text.
    columns: Sequence[tuple[str, str]] = ()
    #: Columns that name nobody.
    unused: Sequence[str] = ()
    #: Whether an entry may be a phone number.
    has_phones: bool = True
    #: Kept open: the copy of a pipe would be deleted.
    source: InputFile | None = None
    #: Rows whose opt-out cell says no, or nothing, in the last reading.
    allowed: int = field(default=0, init=False)

    def entries(self) -> Iterator[Entry]:
        """The entries in the order of the file, from its start each time."""
        self.allowed = 0
        for one in self.read():
            if one is None:
                self.allowed += 1
            else:
                yield one


def read_suppressions(path: str, options: ReadOptions) -> SuppressionFile:
    """Open the file; UsageError when it cannot be read or no column names anybody."""
    file = open_input(path)
    # A pipe can be read once; its copy is what the table is read from.
    if not _is_plain(file):
        return _of_table(file, options)

    encoding = encoding_of(file, options.encoding)
    start = [text for _, text in islice(_lines(file, encoding), DEPTH)]
    if options.overrides or _has_header(start):
        return _of_table(file, options)
    _refuse_table((text for _, text in _lines(file, encoding)), file.name)
    return SuppressionFile(lambda: (_entry(*one) for one in _lines(file, encoding)))


def _is_plain(file: InputFile) -> bool:
    """Whether the file is text that is neither JSON nor markup."""
    head = file.head.lstrip(b"\xef\xbb\xbf \t\r\n")
    is_binary = b"\0" in head and wide_encoding(file.head) is None
    return not (is_binary or head.startswith((b"PK", b"<")) or is_json(_start(file)))


def _start(file: InputFile) -> str:
    return file.head.decode(wide_encoding(file.head) or "utf-8", "replace")


def _lines(file: InputFile, encoding: str) -> Iterator[tuple[int, str]]:
    """The lines that are neither blank nor a remark, with their numbers."""
    number = 0
    with io.TextIOWrapper(file.open(), encoding=encoding, errors="replace") as stream:
        while physical := stream.readline(_LONGEST_LINE):
            if len(physical) == _LONGEST_LINE:
                raise UsageError(
                    f"{file.name} has a line of more than {_LONGEST_LINE:,} characters",
                    "write one entry a line",
                )
            for text in physical.lstrip("\ufeff").splitlines():
                number += 1
                line = text.strip()
                if line and not line.startswith("#"):
                    yield number, line


def _has_header(lines: Sequence[str]) -> bool:
    """Whether the first line names columns, or a line below title lines names two of them."""
    for place, line in enumerate(lines):
        cells = [cell.strip(" \"'") for cell in _DELIMITERS.split(line)]
        named = sum(1 for cell in cells if is_column_name(cell))
        if named > (0 if place == 0 else 1) and named * 3 >= sum(1 for cell in cells if cell):
            return True
    return False


def _refuse_table(lines: Iterator[str], name: str) -> None:
    """UsageError when every line has the same three or more cells, and none is a header."""
    first = next(lines, "")
    width = first.count(",")
    if width < 2 or next(lines, None) is None:
        return
    if all(line.count(",") == width for line in lines):
        cells = [cell.strip() for cell in first.split(",")]
        raise UsageError(
            f"{name} has {len(cells)} columns and no line that names them: {first[:80]!r}",
            "put a line above it that names them, such as: "
            + ",".join(["name", *(f"column{place}" for place in range(2, len(cells) + 1))][:6]),
        )


def _entry(line: int, text: str) -> Entry:
    if len(text) > _LONGEST:
        return Entry(line, (), flaw=f"{len(text):,} characters: one entry has at most {_LONGEST}")
    return Entry(line, (Part(None, text),))


def _of_table(file: InputFile, options: ReadOptions) -> SuppressionFile:
    table = open_list(str(file.path), encoding=options.encoding, sheet=options.sheet)
    sample = [item.cells for item in islice(table, SAMPLE) if isinstance(item, SourceRow)]
    mapping = recognise(table.header, sample, options.overrides, needs_name=False)
    used = _columns_to_use(mapping, table.header)
    opt_outs, terms = OptOutColumns.of(mapping), TermColumns.of(mapping, sample)
    shown = [(column.header, KIND_OF_FIELD[column.field]) for column in used]
    spoken = {column.header for column in terms.columns.values()}
    helping = [*mapping.of("country"), *opt_outs.columns]
    shown += [
        (column.header, column.field.replace("_", "-"))
        for column in helping
        if column.header not in spoken
    ]
    shown += [(column.header, what) for what, column in terms.columns.items()]
    named = {header for header, _ in shown}
    return SuppressionFile(
        lambda: _entries(table, mapping, used, opt_outs, terms),
        shown,
        [column.header for column in mapping.columns if column.header not in named],
        has_phones=any(KIND_OF_FIELD[column.field] == "phone" for column in used),
        source=file,
    )


def _columns_to_use(mapping: ColumnMapping, header: Sequence[str]) -> list[Column]:
    used = [column for column in mapping.columns if column.field in KIND_OF_FIELD]
    if used:
        return used
    shown = ", ".join(repr(name[:60]) for name in header[:40])
    raise UsageError(
        f"no column names a company, domain, e-mail address or phone; the columns are {shown}",
        "choose one: --map name=COLUMN, or domain, email or phone",
    )


def _entries(
    table: Table,
    mapping: ColumnMapping,
    used: Sequence[Column],
    opt_outs: OptOutColumns,
    terms: TermColumns,
) -> Iterator[Entry | None]:
    countries = mapping.of("country")
    for item in table:
        if isinstance(item, BadRow):
            yield Entry(item.line, (), flaw=item.reason)
        elif not item.blank:
            allowed = opt_outs.allow(item.cells)
            yield None if allowed else _row(item, countries, used, terms)


def _row(
    item: SourceRow, countries: Sequence[Column], used: Sequence[Column], terms: TermColumns
) -> Entry:
    parts: dict[Part, None] = {}
    flaws: list[str] = []
    for column in used:
        cell = item.cells[column.place]
        text = cleaned(cell) if cell else ""
        if text and is_formula(text):
            flaws.append(f"{column.header!r} holds a formula, no name: {text[:60]!r}")
        elif text:
            parts |= dict.fromkeys(_parts(column, text))

    if not parts and not flaws:
        flaws.append("no company, domain, e-mail address or phone number")
    said, doubt = terms.read(item.cells)
    if doubt:
        flaws.append(doubt)
    country = _country(item, countries) if countries else None
    return Entry(item.line, tuple(parts), country, "; ".join(flaws), said)


def _parts(column: Column, text: str) -> list[Part]:
    kind = KIND_OF_FIELD[column.field]
    some = _texts(text, kind)
    if column.field == "social":
        # A company's page on a network is nobody's domain.
        some = [one for one in some if company_domain(one)]
    return [Part(kind, one) for one in some]


def _country(item: SourceRow, countries: Sequence[Column]) -> str | None:
    found = (column_country(cleaned(item.cells[one.place])) for one in countries)
    return next((code for code in found if code), None)


def _texts(cell: str, kind: str) -> list[str]:
    texts = [text for part in _BETWEEN[kind].split(cell) if (text := part.strip())]
    return [text for text in texts if "@" in text] or texts[:1] if kind == "email" else texts
