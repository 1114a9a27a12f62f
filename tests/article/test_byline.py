"""Authors and what is none."""

from __future__ import annotations

import pytest

from dateline.article import byline


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("By Antonia Mauban", ("Antonia Mauban",)),
        ("By ANTONIA MAUBAN and FRITZ VON TARLEN", ("Antonia Mauban", "Fritz Von Tarlen")),
        ("Antonia Mauban, Diplomatic Correspondent", ("Antonia Mauban",)),
        ("ANTONIA MAUBAN, AP Auto Writer", ("Antonia Mauban",)),
        ("Antonia Mauban Associated Press", ("Antonia Mauban",)),
        ("Antonia Mauban; Rupert Hentzau", ("Antonia Mauban", "Rupert Hentzau")),
        ("Antonia Mauban (amauban@courier.example)", ("Antonia Mauban",)),
        ("Reuters", ()),
        ("The Strelsau Times", ()),
        ("DH News Service", ()),
        ("admin", ()),
        ("https://www.facebook.com/courier", ()),
        ("By Courier Staff", ()),
        ("Web Desk", ()),
        ("4 March 2031", ()),
        ("View all posts", ()),
        ("Agence France-Presse", ()),
    ],
)
def test_authors(field: str, names: tuple[str, ...]) -> None:
    assert byline.authors([field]) == names


def test_the_publisher_is_no_author() -> None:
    assert byline.authors(["Zenda Valley", "Antonia Mauban"], "Zenda Valley") == ("Antonia Mauban",)


def test_each_once() -> None:
    assert byline.authors(["Antonia Mauban", "By Antonia Mauban", "ANTONIA MAUBAN"]) == ("Antonia Mauban",)


def test_bylines() -> None:
    assert byline.is_byline("By Antonia Mauban")
    assert byline.is_byline("By The South Asia Times")
    assert not byline.is_byline("By the river they met the mediators of the talks, who had waited there since dawn.")
    assert not byline.is_byline("By Monday evening, the talks had failed.")


def test_outlets() -> None:
    assert byline.outlet("By The South Asia Times") == "The South Asia Times"
    assert byline.outlet("By Reuters") == "Reuters"
    assert byline.outlet("By Antonia Mauban") is None
    assert byline.outlet("By Times Staff") is None
