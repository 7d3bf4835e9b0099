"""Profiles of the company, and never of a person."""

import pytest

from tests.made_pages import found, values

URL = "https://www.grindel-app.de/"


def profiles(html: str, kind: str = "home") -> list[str]:
    return values(found(html, "social", URL, kind))


@pytest.mark.parametrize(
    "person",
    [
        '<a href="https://www.facebook.com/jo.bloggs.14">Jo</a>',
        '<a href="https://www.facebook.com/jo.bloggs"><i class="icon"></i></a>',
        '<a href="https://twitter.com/FridayJo">Jo Bloggs</a>',
        '<a href="https://x.com/jobloggs">Jo auf X</a>',
        '<a href="https://instagram.com/jo.bloggs">Instagram</a>',
        '<a href="https://github.com/jbloggs99">Jo Bloggs</a>',
    ],
)
def test_a_persons_profile_is_not_kept(person: str) -> None:
    assert profiles(f"<p>Grindel AG</p>{person}") == []
    assert profiles(f"<p>Grindel AG</p>{person}", "about") == []


def test_beside_the_companys_own_profile_another_is_a_persons() -> None:
    html = (
        '<a href="https://twitter.com/FridayJo"><i></i></a>'
        '<a href="https://twitter.com/GrindelApp"><i></i></a>'
        '<a href="https://facebook.com/jobloggs">f</a>'
        '<a href="https://www.facebook.com/grindelapp/">f</a>'
    )
    assert sorted(profiles(html)) == [
        "https://facebook.com/grindelapp",
        "https://twitter.com/GrindelApp",
    ]


def test_on_an_about_page_only_profiles_named_like_the_site_are_kept() -> None:
    html = '<a href="https://twitter.com/FridayJo"></a><a href="https://x.com/grindel_app"></a>'
    assert profiles(html, "about") == ["https://x.com/grindel_app"]


@pytest.mark.parametrize(
    "own",
    [
        '<a href="https://twitter.com/valvemakers">Follow us on Twitter</a>',
        '<a href="https://facebook.com/valvemakers"><img src="f.png"></a>',
        '<a href="https://www.instagram.com/grindel.app">Instagram</a>',
        '<a href="https://linkedin.com/company/valvemakers">Valve Makers</a>',
        '<a href="https://youtube.com/@valvemakers">Unser YouTube Kanal</a>',
    ],
)
def test_the_companys_profile_is_kept(own: str) -> None:
    assert len(profiles(own)) == 1
