"""Long lists are read part by part, each row once, on both databases."""

from collections.abc import Callable
from pathlib import Path

from tests.api.conftest import MakeProgram, Program
from tests.console.conftest import Sluice

Queued = Callable[..., None]


def walked(program: Program, path: str, limit: int = 2) -> list[str]:
    """The rows of a list, read by its cursors."""
    found: list[str] = []
    cursor = ""
    while True:
        page = program.get(f"{path}&limit={limit}{cursor}").json
        found += [str(one) for one in page["items"]]
        if not page["next"]:
            return found
        cursor = f"&cursor={page['next']}"


def whole(program: Program, path: str) -> list[str]:
    rows = program.get(path, Accept="application/x-ndjson").lines
    return [str(one).replace("+00:00", "Z") for one in rows]


def test_suppressions_are_read_part_by_part(
    queued: Queued, sluice: Sluice, program: MakeProgram, tmp_path: Path
) -> None:
    queued("Alder GmbH", client="north")
    queued("Birch GmbH", client="south")
    boss = program("boss", role="admin")
    run = ("suppress", "add")
    for number in range(4):
        whom = f"a{number}.example"
        sluice(*run, whom, "--client", "north", "--as", "boss")
        sluice(*run, f"b{number}.example", "--client", "south", "--as", "boss")
        sluice(*run, f"c{number}.example", "--client", "south", "--level", "agency", "--as", "boss")
    sluice(*run, "d.example", "--client", "north", "--level", "law", "--as", "boss")
    sluice(*run, "Cedar Tools GmbH", "--client", "north", "--as", "boss")
    left = tmp_path / "left.csv"
    left.write_text("email,outcome,at\nkim@e0.example,unsubscribed,2026-01-05T10:00:00Z\n")
    at_south = ("--profile", "plain", "--client", "south", "--as", "boss")
    sluice("outcomes", "import", left, *at_south, code=None)
    north = "/suppressions?client=north"
    rows = walked(boss, north)
    assert rows == whole(boss, north) == walked(boss, north, limit=1000)
    assert len(set(rows)) == len(rows)
    domains = {letter: f"{letter}0.example" for letter in "abce"}
    shown = {letter: any(domains[letter] in row for row in rows) for letter in domains}
    assert shown == {"a": True, "b": False, "c": True, "e": True}
    # Who sees the north alone does not see what people told the agency about the south.
    mia = walked(program("mia", "north", role="manager"), north)
    assert set(mia) < set(rows)
    assert not any(domains["e"] in row for row in mia)
    assert any("d.example" in row for row in mia)


def test_contacts_and_consents_are_read_part_by_part(
    queued: Queued, sluice: Sluice, program: MakeProgram, tmp_path: Path
) -> None:
    queued("Birch GmbH", client="south")
    boss = program("boss", role="admin")
    path = tmp_path / "people.csv"
    lines = [f"Alder {n} GmbH,alder{n}.example,Kim Doe{n},kim@alder{n}.example" for n in range(5)]
    path.write_text("company,website,contact name,contact email\n" + "\n".join(lines) + "\n")
    for client in ("north", "south"):
        if client == "north":
            sluice("client", "add", client, "--as", "boss")
        sluice("client", "set", client, "--contacts", "persons", "--as", "boss")
        sluice("import", path, "--client", client, "--as", "boss")
        for number in range(3):
            words = ("--words", "may send offers", "--source", "fair", "--client", client)
            whom = f"kim@alder{number}.example"
            sluice("contact", "consent", whom, *words, "--as", "boss")
    for name, number in (("contacts", 5), ("consents", 3)):
        address = f"/{name}?client=north"
        rows = walked(boss, address)
        assert rows == whole(boss, address) == walked(boss, address, limit=1000)
        assert len(set(rows)) == number
    assert walked(boss, "/contacts?client=north&overdue=true") == []
