"""Which rows of a file replace which records of its list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import pytest

from intake.same_rows import FileRows, same_rows
from leads.recognised_columns import RecognisedColumns

Cells = dict[str, str]
IMPORT = UUID(int=1)


@dataclass(frozen=True)
class Made:
    """A row whose key is the first word of its name."""

    id: UUID
    row: int
    raw: Cells
    columns: RecognisedColumns
    import_id: UUID = IMPORT

    @property
    def row_key(self) -> str:
        return self.raw["name"].split()[0]


def columns(**fields: str) -> RecognisedColumns:
    headers = {"name": "name", "country": "country", "note": "keep"} | fields
    return {
        "columns": [
            {
                "place": place,
                "header": header,
                "field": meant,
                "how": "told",
                "rank": 0,
                "unit": "",
                "currency": None,
                "year": None,
                "scheme": "text",
            }
            for place, (header, meant) in enumerate(headers.items())
        ]
    }


def cells(text: str) -> Cells:
    named = zip(("name", "country", "note"), text.split(","), strict=False)
    return {header: cell for header, cell in named if cell}


def pairs(
    old: Sequence[str], new: Sequence[str], dropped: tuple[str, str] = ("keep", "keep")
) -> list[tuple[int, int]]:
    """The numbers of old rows and of the new ones that replace them."""
    then, now = columns(note=dropped[0]), columns(note=dropped[1])
    olds = [
        Made(UUID(int=number), number, cells(text), then)
        for number, text in enumerate(old, 1)
        if text
    ]
    news = [
        Made(UUID(int=100 + number), number, cells(text), now)
        for number, text in enumerate(new, 1)
        if text
    ]

    def read(ids: list[UUID]) -> Iterable[Made]:
        return [row for row in reversed(olds) if row.id in ids]

    found = same_rows(olds, news, FileRows([row.id for row in news], news, now), read)
    return sorted((old_id.int, new_id.int - 100) for old_id, new_id in found.items())


A, B, C = "Alphor GmbH,DE", "Alphor Limited,GB", "Alphor SARL,FR"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param([A], [A], [(1, 1)], id="a key of one row"),
        pytest.param([A], ["Alphor GmbH,AT"], [(1, 1)], id="a key of one row with other cells"),
        pytest.param([A, B], [A, B], [(1, 1), (2, 2)], id="a key of two rows"),
        pytest.param([A, B], [B, A], [(1, 2), (2, 1)], id="in another order"),
        pytest.param([A, B], ["", "Betor,DE", A, B], [(1, 3), (2, 4)], id="further down"),
        pytest.param([A, B], [A, B, C], [(1, 1), (2, 2)], id="a new row stays new"),
        pytest.param([A], [A, B], [(1, 1)], id="a new row with the key of the only one"),
        pytest.param([A], [B, C], [], id="two new rows instead of one"),
        pytest.param([A, B, C], [B], [(2, 1)], id="rows that the file lacks stay"),
        pytest.param([A, B], [A, C], [(1, 1), (2, 2)], id="the last one left was corrected"),
        pytest.param(
            [A, B, C],
            [A, "Alphor Limited,IE", "Alphor SARL,BE"],
            [(1, 1)],
            id="two that differ are not joined by their numbers",
        ),
        pytest.param([f" {A} ", B], [A, f"{B} "], [(1, 1), (2, 2)], id="blanks do not count"),
        pytest.param([], [A, B], [], id="an empty list"),
        pytest.param([A, B], [], [], id="an empty file"),
    ],
)
def test_a_row_replaces_itself(
    old: list[str], new: list[str], expected: list[tuple[int, int]]
) -> None:
    assert pairs(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "dropped", "expected"),
    [
        pytest.param(
            [f"{A},x", f"{B},y"], [A, B], ("keep", "ignore"), [(1, 1), (2, 2)], id="ignored now"
        ),
        pytest.param(
            [A, B], [f"{A},x", f"{B},y"], ("ignore", "keep"), [(1, 1), (2, 2)], id="ignored before"
        ),
        pytest.param(
            [A, B],
            [f"{A},x", f"{B},y"],
            ("personal:person_name", "keep"),
            [(1, 1), (2, 2)],
            id="a person's before",
        ),
        pytest.param(
            [f"{A},x", f"{A},y", f"{A},z"],
            ["", A],
            ("keep", "ignore"),
            [(2, 2)],
            id="rows that differ only there: the one of the same number",
        ),
        pytest.param(
            [A], [f"{A},x", f"{A},y"], ("ignore", "keep"), [(1, 1)], id="one that was two rows"
        ),
        pytest.param(
            [f"{A},x", f"{B},y", f"{C},z"],
            [f"{A},q", f"{B},r"],
            ("keep", "keep"),
            [],
            id="other cells in a column that both keep",
        ),
    ],
)
def test_columns_that_one_import_left_out_are_not_compared(
    old: list[str], new: list[str], dropped: tuple[str, str], expected: list[tuple[int, int]]
) -> None:
    assert pairs(old, new, dropped) == expected
