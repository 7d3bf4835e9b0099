"""JSON is read as text: numbers as written, nested values compact, and a bad line costs itself."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.raw_list import open_list
from leads.errors import UsageError
from leads.sheets.rows import BadRow, Table


def opened(folder: Path, content: str) -> Table:
    path = folder / "list.jsonl"
    path.write_text(content, "utf-8")
    return open_list(str(path))


def cells(source: Table) -> list[tuple[str, ...] | str]:
    """The cells of each row, the reason of each rejected one."""
    return [item.reason if isinstance(item, BadRow) else item.cells for item in source]


@pytest.mark.parametrize(
    ("remark", "value", "text"),
    [
        ("numbers as written", "1.50", "1.50"),
        ("twenty digits", "12345678901234567890", "12345678901234567890"),
        ("exponents", "1E5", "1E5"),
        ("true", "true", "true"),
        ("null", "null", ""),
        ("not JSON, but written", "NaN", "NaN"),
        ("text", '"02134"', "02134"),
        ("a list", '["Python", "Go"]', '["Python","Go"]'),
        ("numbers inside", '[1.50, {"a": 2.0}]', '[1.50,{"a":2.0}]'),
        ("words inside", '{"a": null, "b": true, "ü": "é"}', '{"a":null,"b":true,"ü":"é"}'),
        ("a key twice inside", '{"a": 1, "a": 2}', '{"a":1,"a":2}'),
    ],
)
def test_values_as_written(tmp_path: Path, remark: str, value: str, text: str) -> None:
    assert cells(opened(tmp_path, f'{{"name": "Acme", "x": {value}}}\n')) == [("Acme", text)], (
        remark
    )


def test_the_columns_are_all_keys_in_order_of_first_appearance(tmp_path: Path) -> None:
    lines = ['{"name": "A", "city": "Rome"}'] * 1_500 + ['{"late": "x", "name": "B"}']
    source = opened(tmp_path, "\n".join(lines))
    assert source.header == ("name", "city", "late")
    assert cells(source)[-1] == ("B", "", "x")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[1]", "not a JSON object"),
        ('"Acme"', "not a JSON object"),
        ('{"name":', "not JSON: Expecting value at character 9"),
        ('{"name": "A"} {"name": "B"}', "more than one value on the line"),
        ('{"name": "\\ud800"}', "half a character (a lone surrogate) in 'name'"),
        ('{"name": "a\\u0000"}', "a NUL byte in 'name'"),
        ('{"name": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested too deeply"),
        ('{"name": ' + "[" * 70 + "]" * 70 + "}", "nested too deeply"),
        ('{"name": ' + '{"a":' * 5_000 + "1" + "}" * 5_000 + "}", "nested too deeply"),
    ],
)
def test_a_bad_line_costs_itself(tmp_path: Path, line: str, reason: str) -> None:
    source = opened(tmp_path, f'{{"name": "Acme"}}\n{line}\n\n{{"name": "Beta"}}\n')
    assert cells(source) == [("Acme",), reason, ("",), ("Beta",)]
    assert [item.line for item in source] == [1, 2, 3, 4]


def test_a_key_twice_is_noted(tmp_path: Path) -> None:
    source = opened(tmp_path, '{"name": "A"}\n{"name": "B", "name": "C"}\n')
    assert cells(source) == [("A",), ("C",)]
    assert source.notes.lines() == (
        "1 object with a key twice: the last value counts (first: line 2, 'name')",
    )


@pytest.mark.parametrize(
    ("remark", "content", "rows", "lines"),
    [
        (
            "an array",
            '[{"name": "A"},\n {"name":\n "B"}, {"name": "C"}]',
            [("A",), ("B",), ("C",)],
            [1, 2, 3],
        ),
        ("one line", '[{"name": "A"}, {"name": "B"}]', [("A",), ("B",)], [1, 1]),
        (
            "objects over several lines",
            '{\n "name": "A"\n}\n{\n "name": "B"\n}\n',
            [("A",), ("B",)],
            [1, 4],
        ),
        ("one of something else", '[{"name": "A"}, 5]', [("A",), "not a JSON object"], [1, 1]),
        (
            "cut off",
            '[{"name": "A"},\n{"name": "B',
            [("A",), "the JSON is damaged or cut off here"],
            [1, 2],
        ),
    ],
)
def test_what_is_not_one_object_a_line(
    tmp_path: Path, remark: str, content: str, rows: list[object], lines: list[int]
) -> None:
    source = opened(tmp_path, content)
    assert cells(source) == rows, remark
    assert [item.line for item in source] == lines, remark


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[]", "holds no JSON object"),
        ("{}", "holds no JSON object"),
        ("\n".join(f'{{"key {n}": 1}}' for n in range(2_001)), "more than 2,000 different keys"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        opened(tmp_path, content)
    assert caught.value.hint


def test_a_bracket_alone_makes_no_json(tmp_path: Path) -> None:
    assert opened(tmp_path, "[Name],city\nAcme,Rome\n").format == "csv"


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.sampled_from("abc"), max_size=2), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=100)
@given(
    objects=st.lists(
        st.fixed_dictionaries(
            {"name": st.text(st.sampled_from("Acme &"), min_size=1)},
            optional={"city": VALUES, "x": VALUES},
        ),
        min_size=1,
        max_size=5,
    ),
    array=st.booleans(),
)
def test_every_value_survives(
    tmp_path_factory: pytest.TempPathFactory, objects: list[dict[str, object]], array: bool
) -> None:
    content = json.dumps(objects, indent=1) if array else "\n".join(map(json.dumps, objects))
    source = opened(tmp_path_factory.mktemp("json"), content)
    for item, written in zip(source, objects, strict=True):
        for key, cell in zip(source.header, item.cells, strict=True):
            value = written.get(key)
            assert (
                cell == ("" if value is None else value)
                if isinstance(value, str | None)
                else json.loads(cell) == value
            )


@pytest.mark.parametrize(
    ("remark", "content", "header", "rows"),
    [
        (
            "arrays below one that names the columns",
            '[["Firma","Web"],["Acme","acme.example"],["Beta"],["C","c.example","x"]]',
            ("Firma", "Web"),
            [("Acme", "acme.example"), ("Beta", ""), "3 cells, but 2 columns"],
        ),
        (
            "a list inside an object",
            '{"total": 2, "items": [{"name": "Acme"}, {"name": "Beta"}]}',
            ("name",),
            [("Acme",), ("Beta",)],
        ),
        (
            "deeper, and over several lines",
            '{\n"response": {"meta": {"page": 1},\n"results": [{"firma": "Acme"}]}}',
            ("firma",),
            [("Acme",)],
        ),
        (
            "the list of companies beside others",
            '{"halls": [{"no": 1}], "exhibitors": [{"name": "Acme"}]}',
            ("name",),
            [("Acme",)],
        ),
        (
            "numbered members",
            '{"list": {"1": {"name": "Acme"}, "2": {"name": "Beta"}}}',
            ("name",),
            [("Acme",), ("Beta",)],
        ),
        (
            "search hits",
            '{"hits": {"hits": [{"_id": "7", "_source": {"name": "Acme"}}]}}',
            ("_id", "name"),
            [("7", "Acme")],
        ),
        (
            "features of a map",
            '{"features": [{"type": "Feature", "properties": {"name": "Acme"}}]}',
            ("type", "name"),
            [("Feature", "Acme")],
        ),
        (
            "one company with its offices",
            '{"name": "Acme", "offices": [{"city": "Ulm"}]}',
            ("name", "offices"),
            [("Acme", '[{"city":"Ulm"}]')],
        ),
        (
            "half a character in a key",
            '{"name": "Acme", "\\udc41": "x"}',
            ("name", "�"),
            [("Acme", "x")],
        ),
        (
            "half a character in a value",
            '{"name": "Acme \\udc41"}\n{"name": "Beta"}',
            ("name",),
            ["half a character (a lone surrogate) in 'name'", ("Beta",)],
        ),
    ],
)
def test_other_shapes(
    tmp_path: Path,
    remark: str,
    content: str,
    header: tuple[str, ...],
    rows: list[tuple[str, ...] | str],
) -> None:
    source = opened(tmp_path, content)
    assert (source.header, cells(source)) == (header, rows), remark


@pytest.mark.parametrize(
    ("remark", "content", "said"),
    [
        (
            "a fair and its exhibitors",
            '{"name": "Fair", "exhibitors": [{"name": "Acme"}]}',
            "`exhibitors`",
        ),
        (
            "two lists of companies",
            '{"sponsors": [{"name": "A"}], "partners": [{"company": "B"}]}',
            "`sponsors`, `partners`",
        ),
        ("texts", '["Acme GmbH", "Beta AG"]', "an array of texts|a JSON array of texts"),
        ("no object", '[["a"', "not JSON|no JSON object"),
    ],
)
def test_shapes_that_are_not_clear(tmp_path: Path, remark: str, content: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        opened(tmp_path, content)
