"""An .xls file is read like any workbook; a damaged one, whose reader panics or aborts, takes only
its own process down.
"""

import base64
import zlib
from pathlib import Path

import pytest

from intake.raw_list import open_list
from leads.errors import UsageError
from leads.sheets.old_excel import read_old_excel
from leads.sheets.rows import SourceRow

#: One sheet: name, n, zip; Acme GmbH, 120, "02134"; Müller, 1.5 and nothing. Packed, because few
#: programs still write the format.
WORKBOOK = zlib.decompress(
    base64.b64decode("""
    eNrtWE1oE0EU/maTzR9tmtRUaIUSClatPVgr4qVdI2i8tFQvigqatHsoTdISvNiDVmuOguBJ8VLoxUvViz/oQW8ehIqCgiAk9ehJUPCQZn3zdrammkMDWlTmW+bNmzfz7U
    zmvXnZ3VfL8fLC/a4KfsIwfKg5YQTqbIJK2GvEQP2OI1WvDlFxNP4phEPkyICJJ60vg9KH0t8VGLjnf04SWKFyBjMYnS7YyU3EIV5DRsg1DJEUuE2WKDp5Ve0sx1luYXmX
    Rz5leZAt11gO0diyOIVla7TvgIrik0YP90Uh7/uQOe/ZMoAOvJBRfOm6cMeaSBUnM7m/s6Pb34JFkN/SdsEuZnJlJMiBi/jqJIEv3kl9ltT2zbULkP3benuwgf2G4Qfm4J
    zjAC9Rcn3rcx2cqmI/n0VZaFAhk7fJ9wXqnp2coSScGs/byXQ+e9QE9uwdGNxHA0equZxdjMgszac6tu5Ut3K0t5CcQBvrcY75GOXt6p3Pr0eyY9ZZtsxxJnfz/Xa5RDi4
    LBlEjnKPb032MWM3yyt8122sd7FMUKRS3TvWoZQj8zzmKvf20jyDjDfWjjp9J+mlT8cedZc+WrtIX0pXZhNL76wF9NAWTRBfXvPoF/3i1k2Jx5ZXC5UbPrDs/CVPhIyYWr
    uj/tTasIoIq3GWbkvujlhrGWqvJFs0YAtmy/24aER4dXGsCKg+yfYrttGAbTDbVGzXM6fJKIwAtSR72GjHAzmMctsPRKChoaGhoaGhoaHRHAQ/3brP8vIZ1VRvC0H1XWeV
    Sk1/JvlvcRzTdJ2nF9PDKFBdxIWm4mcrTOHdS2yQ430vlDhBsxcxhSyvY6rp+KW3PVH/ezZMjP2+I9Ts/LVm1vmH5/8OxMTKtA==
    """)
)


def test_its_cells_are_text(tmp_path: Path) -> None:
    path = tmp_path / "list.xls"
    path.write_bytes(WORKBOOK)
    source = open_list(str(path), sheet="1")
    assert (source.format, source.sheet, source.header) == ("xlsx", "A", ("name", "n", "zip"))
    assert list(source) == [
        SourceRow(1, 2, ("Acme GmbH", "120", "02134")),
        SourceRow(2, 3, ("Müller", "1.5", "")),
    ]


@pytest.mark.parametrize("size", [600, 2_000, 4_000])
def test_a_half_downloaded_one_is_refused(
    tmp_path: Path, size: int, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.xls"
    path.write_bytes(WORKBOOK[:size])
    with pytest.raises(UsageError, match="it may be damaged or cut off") as caught:
        open_list(str(path))
    assert caught.value.hint
    assert capfd.readouterr().err == ""


def test_numbers_and_dates_come_back_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "list.xls"
    path.write_bytes(WORKBOOK)
    (sheet,) = read_old_excel(path)
    assert (sheet.name, sheet.height) == ("A", 3)
    assert list(sheet.iter_rows())[1:] == [["Acme GmbH", 120.0, "02134"], ["Müller", 1.5, ""]]
