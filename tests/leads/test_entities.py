"""HTML entities that exports leave in their cells."""

import pytest

from leads.lexicon.entities import decoded


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("O&#039;Kestrel Ltd", "O'Kestrel Ltd"),
        ("O&#x27;Kestrel Ltd", "O'Kestrel Ltd"),
        ("Falke &amp; S&ouml;hne GmbH", "Falke & Söhne GmbH"),
        ("Falke &amp;amp; Sohn", "Falke & Sohn"),
        ("Caf&eacute; Merle", "Café Merle"),
        ("&quot;Zorgvlam&quot; BV", '"Zorgvlam" BV'),
        ("Merle&nbsp;SARL", "Merle SARL"),
        ("A&B; C", "A&B; C"),
        ("R&D Kestrel", "R&D Kestrel"),
        ("Kestrel &copy Falke", "Kestrel &copy Falke"),
        ("&#xffffffff;", "&#xffffffff;"),
    ],
)
def test_only_whole_entities_are_decoded(text: str, meant: str) -> None:
    assert decoded(text) == meant
