"""Read a do-not-contact list: a table by its columns, or plain text with one entry a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from intake.cells import cleaned
from intake.column_names import is_column_name
from intake.columns import recognise
from intake.mapping import Column, ColumnMapping, How
from intake.opt_outs import OptOutColumns
from intake.raw_list import open_list
from intake.read_list import ReadOptions
from intake.sample import SAMPLE
from leads.errors import UsageError
from leads.lexicon.channels import ALL, channel_named
from leads.lexicon.domains import company_domain
from leads.lexicon.places.countries import country_code
from leads.sheets.encodings import encoding_of, wide_encoding
from leads.sheets.header import DEPTH
from leads.sheets.input_file import InputFile, open_input
from leads.sheets.jsonl_reader import is_json
from leads.sheets.rows import BadRow, Cells, SourceRow, Table

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
_DELIMITERS = re.compile(r"[;,\t|]")
_BETWEEN = {
    "email": re.compile(r"[\s;,|<>]+"),
    "domain": re.compile(r"[\s;,|]+"),
    "phone": re.compile(r"[;,|\n]|\s/\s"),
    "company": re.compile(r"[\n|]"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One text of an entry; a kind of None is guessed from the text."""

    kind: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row or line names."""

    line: int
    parts: tuple[Part, ...]
    #: ISO code, where the row states it.
    country: str | None = None
    #: What is wrong with the line; without parts it is rejected.
    flaw: str = ""
    #: The channel that it stops, or `all`; None: the row does not say.
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class SuppressionFile:
    """The entries of a file, and how its columns were understood."""

    entries: Sequence[Entry]
    #: Header and what it names; empty for plain text.
    columns: Sequence[tuple[str, str]] = ()
    #: Columns that name nobody.
    unused: Sequence[str] = ()
    #: Rows whose opt-out cell says no, or nothing.
    allowed: int = 0


def read_suppressions(path: str, options: ReadOptions) -> SuppressionFile:
    """Read the file; UsageError when it cannot be read or no column names anybody."""
    file = open_input(path)
    # A pipe can be read once; its copy is what the table is read from.
    if not _is_plain(file):
        return _of_table(str(file.path), options)

    lines = _lines(file, options.encoding)
    if options.overrides or _has_header([text for _, text in lines[:DEPTH]]):
        return _of_table(str(file.path), options)
    _refuse_table([text for _, text in lines], file.name)
    return SuppressionFile([_entry(number, text) for number, text in lines])


def _is_plain(file: InputFile) -> bool:
    """Whether the file is text that is neither JSON nor markup."""
    head = file.head.lstrip(b"\xef\xbb\xbf \t\r\n")
    is_binary = b"\0" in head and wide_encoding(file.head) is None
    return not (is_binary or head.startswith((b"PK", b"<")) or is_json(_start(file)))


def _start(file: InputFile) -> str:
    return file.head.decode(wide_encoding(file.head) or "utf-8", "replace")


def _lines(file: InputFile, encoding: str | None) -> list[tuple[int, str]]:
    with file.open() as stream:
        text = stream.read().decode(encoding_of(file, encoding), "replace")
    numbered = enumerate(text.lstrip("\ufeff").splitlines(), 1)
    bare = ((number, line.strip()) for number, line in numbered)
    return [(number, line) for number, line in bare if line and not line.startswith("#")]


def _has_header(lines: Sequence[str]) -> bool:
    """Whether the first line names columns, or a line below title lines names two of them."""
    for place, line in enumerate(lines):
        cells = [cell.strip(" \"'") for cell in _DELIMITERS.split(line)]
        named = sum(1 for cell in cells if is_column_name(cell))
        if named > (0 if place == 0 else 1) and named * 3 >= sum(1 for cell in cells if cell):
            return True
    return False


def _refuse_table(lines: Sequence[str], name: str) -> None:
    """UsageError when every line has the same three or more cells, and none is a header."""
    widths = {line.count(",") for line in lines}
    if len(lines) > 1 and len(widths) == 1 and widths.pop() > 1:
        cells = [cell.strip() for cell in lines[0].split(",")]
        raise UsageError(
            f"{name} has {len(cells)} columns and no line that names them: {lines[0][:80]!r}",
            "put a line above it that names them, such as: "
            + ",".join(["name", *(f"column{place}" for place in range(2, len(cells) + 1))][:6]),
        )


def _entry(line: int, text: str) -> Entry:
    if len(text) > _LONGEST:
        return Entry(line, (), flaw=f"{len(text):,} characters: one entry has at most {_LONGEST}")
    return Entry(line, (Part(None, text),))


def _of_table(path: str, options: ReadOptions) -> SuppressionFile:
    table = open_list(path, encoding=options.encoding, sheet=options.sheet)
    sample = [item.cells for item in islice(table, SAMPLE) if isinstance(item, SourceRow)]
    mapping = recognise(table.header, sample, options.overrides, needs_name=False)
    used = _columns_to_use(mapping, table.header)
    opt_outs = OptOutColumns.of(mapping)
    channel = _channel_column(mapping, sample)
    found = list(_entries(table, mapping, used, opt_outs, channel))
    entries = [one for one in found if one is not None]
    shown_columns = [(column.header, KIND_OF_FIELD[column.field]) for column in used]
    helping = [*mapping.of("country"), *opt_outs.columns]
    shown_columns += [(column.header, column.field.replace("_", "-")) for column in helping]
    shown_columns += [(channel.header, "channel")] if channel else []
    named = {header for header, _ in shown_columns}
    unused = [column.header for column in mapping.columns if column.header not in named]
    return SuppressionFile(entries, shown_columns, unused, allowed=len(found) - len(entries))


def _channel_column(mapping: ColumnMapping, sample: Sequence[Cells]) -> Column | None:
    """The column `channel`, where it names any and the user did not choose another field for it."""
    for column in mapping.columns:
        is_named = column.header.strip().casefold() == "channel" and column.how is not How.TOLD
        if is_named and any(channel_named(cells[column.place]) for cells in sample):
            return column
    return None


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
    channel: Column | None,
) -> Iterator[Entry | None]:
    """The entry of each row that is not blank; None for one that may be contacted."""
    for item in table:
        if isinstance(item, BadRow):
            yield Entry(item.line, (), flaw=item.reason)
        elif not item.blank:
            yield None if opt_outs.allow(item.cells) else _row(item, mapping, used, channel)


def _row(
    item: SourceRow, mapping: ColumnMapping, used: Sequence[Column], channel: Column | None
) -> Entry:
    parts = [
        Part(kind, text)
        for column in used
        for kind in [KIND_OF_FIELD[column.field]]
        for text in _texts(cleaned(item.cells[column.place]), kind)
        # A company's page on a network is nobody's domain.
        if column.field != "social" or company_domain(text)
    ]
    countries = (country_code(cleaned(item.cells[one.place])) for one in mapping.of("country"))
    country = next((code for code in countries if code), None)
    flaw = "" if parts else "no company, domain, e-mail address or phone number"
    stopped, doubt = _stopped(item, channel)
    return Entry(item.line, tuple(dict.fromkeys(parts)), country, flaw or doubt, stopped)


def _stopped(item: SourceRow, column: Column | None) -> tuple[str | None, str]:
    """The channel that a row stops, and what is wrong with its word for it."""
    word = cleaned(item.cells[column.place]) if column else ""
    if not word:
        return None, ""
    if channel := channel_named(word):
        return channel, ""
    # The strictest reading: better one contact too few than one that was refused.
    return ALL, f"{word[:60]!r} is no channel: every contact is stopped"


def _texts(cell: str, kind: str) -> list[str]:
    texts = [text.strip() for text in _BETWEEN[kind].split(cell) if text.strip()]
    return [text for text in texts if "@" in text] or texts[:1] if kind == "email" else texts
