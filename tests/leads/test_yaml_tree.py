import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.errors import UsageError
from leads.yaml_tree import (
    MAX_CHARACTERS,
    MAX_DEPTH,
    FileKind,
    Listing,
    Mapping,
    Node,
    Scalar,
    read_tree,
)

PROFILE = FileKind(name="profile", least="write icp: NAME", example="see the example")


def plain(node: Node) -> object:
    """The tree without lines and paths."""
    if isinstance(node, Mapping):
        return {key.text: plain(inner) for key, inner in node.fields}
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Nothing is resolved: neither booleans, nor numbers, nor dates, nor nothing.
        (
            "a: [NO, yes, on, 62.10, 03011, 0x1F, 1_000, 1e3, 12:30, 2026-01-01, ~, null]",
            {
                "a": [
                    "NO",
                    "yes",
                    "on",
                    "62.10",
                    "03011",
                    "0x1F",
                    "1_000",
                    "1e3",
                    "12:30",
                    "2026-01-01",
                    "~",
                    "null",
                ]
            },
        ),
        ("a:\n", {"a": ""}),
        ("a: 'NO'  # Norway\n", {"a": "NO"}),
        ("a: |\n  two\n  lines\n", {"a": "two\nlines"}),
        ("\ufeffa: 1", {"a": "1"}),
        ("---\na: 1\n...\n", {"a": "1"}),
        ("[]", []),
        ("- {a: 1, b: [2]}\n- c", [{"a": "1", "b": ["2"]}, "c"]),
    ],
)
def test_every_scalar_is_the_text_as_written(text: str, expected: object) -> None:
    assert plain(read_tree(text, "icp.yaml", PROFILE)) == expected


def test_nodes_know_their_line_and_path() -> None:
    tree = read_tree(
        "icp: x\nsuspect:\n  - employees:\n      at_least: 20\n  - any: [a, b]\n",
        "icp.yaml",
        PROFILE,
    )
    assert isinstance(tree, Mapping)
    suspect = tree.get("suspect")
    assert isinstance(suspect, Listing)
    first, second = suspect.items
    assert (first.line, first.path) == (3, "suspect[1]")
    assert isinstance(second, Mapping)
    listed = second.get("any")
    assert isinstance(listed, Listing)
    assert [(item.line, item.path) for item in listed.items] == [
        (5, "suspect[2].any[1]"),
        (5, "suspect[2].any[2]"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "icp.yaml: is empty"),
        ("# only a comment\n", "icp.yaml: is empty"),
        ("a: &x [1]\nb: *x", "icp.yaml:1: a: anchors (&) and aliases (*) are not allowed"),
        ("a: 1\nb: *x", "icp.yaml:2: b: anchors (&) and aliases (*) are not allowed"),
        ("a: !!python/object/apply:os.system [x]", "icp.yaml:1: a: tags (!) are not allowed"),
        ("a: 1\nb: 2\na: 3", "icp.yaml:3: a is given twice (first on line 1)"),
        ("a: 1\n---\nb: 2", "icp.yaml:2: a second document starts here"),
        ("? [a]\n: b", "icp.yaml:1: a word and a colon belong here, not a list or a group"),
        ("a: 1\n\tb: 2", "icp.yaml:2: cannot be read as YAML: there is a tab where spaces belong"),
        ("a: b: c", "icp.yaml:1: cannot be read as YAML: there is a colon where none belongs"),
        ("a: [1, 2", "icp.yaml:1: cannot be read as YAML: a bracket is never closed"),
        ("a: 'x", "icp.yaml:1: cannot be read as YAML: a quote is opened and never closed"),
        (
            "a:\n  b: 1\n c: 2",
            "icp.yaml:3: cannot be read as YAML: this line starts further right or left",
        ),
        (
            "a: 1\nb: \x00",
            "icp.yaml:2: cannot be read as YAML: this character is not allowed in the file",
        ),
        (
            "a: \ud800",
            "icp.yaml:1: cannot be read as YAML: this character is not allowed in the file",
        ),
        ("a: @b", "icp.yaml:1: cannot be read as YAML: a text that starts with a character like @"),
        (
            "a: * b",
            "icp.yaml:1: cannot be read as YAML: a text that starts with * must be in quotes",
        ),
        (
            "[" * 5000,
            (
                f"icp.yaml:1: {'[1]' * (MAX_DEPTH + 1)}: lists and groups are nested more than"
                f" {MAX_DEPTH} deep"
            ),
        ),
        ("{a: " * 5000, f"lists and groups are nested more than {MAX_DEPTH} deep"),
        ("a" * (MAX_CHARACTERS + 1), "icp.yaml: is longer than 256,000 characters"),
    ],
)
def test_what_may_not_stand_in_a_file_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        read_tree(text, "icp.yaml", PROFILE)
    assert message in error.value.message


@given(st.text(alphabet="ab: -[]{}\n#'\"&*!|>%@\t,?\x00é", max_size=40))
def test_any_text_is_read_or_refused_in_one_line(text: str) -> None:
    message = "icp.yaml"
    try:
        read_tree(text, "icp.yaml", PROFILE)
    except UsageError as error:
        message = error.message
    assert message.startswith("icp.yaml")
    assert "\n" not in message
