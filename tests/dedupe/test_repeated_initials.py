"""Initials beside the full name are dropped where a dash or another row shows that they are."""

import pytest

from dedupe.repeated_initials import may_repeat_initials, without_own_initials

# The core, the name as written, the cores of the list, the core without the initials.
CASES = [
    (
        "mra mogara research associates",
        "MRA - Mogara Research Associates",
        (),
        "mogara research associates",
    ),
    (
        "mogara research associates mra",
        "Mogara Research Associates – MRA",
        (),
        "mogara research associates",
    ),
    ("kb kormin bank", "KB Kormin Bank", ("kormin bank",), "kormin bank"),
    ("kb kormin bank", "KB Kormin Bank", (), "kb kormin bank"),
    ("mbt mogara de brandix tarn", "MBT - Mogara de Brandix Tarn", (), "mogara de brandix tarn"),
    (
        "mrx mogara research associates",
        "MRX - Mogara Research Associates",
        (),
        "mrx mogara research associates",
    ),
    ("mogara bank", "Mogara Bank", ("bank",), "mogara bank"),
]


@pytest.mark.parametrize(("core", "text", "cores", "left"), CASES)
def test_only_initials_of_the_rest_are_dropped(
    core: str, text: str, cores: tuple[str, ...], left: str
) -> None:
    assert without_own_initials(core, text, cores) == left
    if left != core:
        assert may_repeat_initials(["other name", core, "third one here"]) == {core}
