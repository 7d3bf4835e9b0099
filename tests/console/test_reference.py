"""The page of commands says what the program's own help says."""

import pytest
import typer

from console.cli.reference import WIDTH, render


def small_program() -> typer.Typer:
    app = typer.Typer(
        name="sluice", rich_markup_mode=None, add_completion=False, help="Raw names in."
    )
    group = typer.Typer(rich_markup_mode=None, help="Who must not be contacted.")
    app.add_typer(group, name="suppress")

    @app.callback()
    def top() -> None:
        pass

    @app.command("import", epilog="Example: sluice import fair.csv")
    def import_(
        name: str, cost: float = typer.Option(0.0, "--cost", help="What the list cost.")
    ) -> None:
        """Read one raw list."""

    @group.command("add")
    def add(what: str) -> None:
        """Suppress a company."""

    return app


def test_every_command_has_a_section_below_its_parent() -> None:
    headings = [line for line in render(small_program()).splitlines() if line.startswith("#")]
    assert headings == [
        "# Commands",
        "## sluice",
        "### sluice import",
        "### sluice suppress",
        "#### sluice suppress add",
    ]


def test_a_section_holds_options_and_example() -> None:
    page = render(small_program())
    assert "--cost <float>" in page
    assert "What the list cost." in page
    assert "Example: sluice import fair.csv" in page


def test_the_page_is_the_same_on_every_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    page = render(small_program())
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TERM", "dumb")
    assert render(small_program()) == page
    assert max(len(line) for line in page.split("```text")[1].splitlines()) <= WIDTH
