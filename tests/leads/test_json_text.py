"""Values are written as JSON by hand; the text is the one that the library writes."""

import json

from leads.codec import from_json, json_text, to_json
from leads.values import IndustryCode, MoneyRange, Range, TechnologyUse, Value


def test_a_value_is_written_as_the_library_writes_it() -> None:
    values: dict[str, tuple[Value, ...]] = {
        "name": ("Acme", 'Sö"hne\n\\ \x7f \u2028 😀', ""),
        "employees": (Range(1, 5), Range(None, 5), Range(5, None), Range(None, None)),
        "turnover": (MoneyRange(Range(1, None), "EUR"), MoneyRange(Range(0, 10**15), 'X"')),
        "industry": (IndustryCode("text", 'Säge"werk'), IndustryCode("nace2.0", "62.01")),
        "technology": (TechnologyUse("wordpress"), TechnologyUse("wordpress", uses=False)),
    }
    for attribute, some in values.items():
        for value in some:
            written = json_text(value)
            assert written == json.dumps(to_json(value)), value
            assert from_json(attribute, json.loads(written)) == value
