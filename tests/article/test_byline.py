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
        ("By Antonia Mauban March 4, 2031, 07:47 PM EST", ("Antonia Mauban",)),
        ("Posted by Antonia Mauban on March 4, 2031, 6:21 AM", ("Antonia Mauban",)),
        ("By Antonia Mauban Business Columnist", ("Antonia Mauban",)),
        ("By Antonia Mauban amauban@courier.example(09) 459-5382", ("Antonia Mauban",)),
        ("By Antonia MaubanCOURIERBusiness", ("Antonia Mauban",)),
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


def test_a_name_in_capitals_ends_with_them() -> None:
    assert byline.authors(["By ANTONIA MAUBAN Lighthouse Reporter"]) == ("Antonia Mauban",)
    assert byline.authors(["Antonia Mauban amauban@strelsau.example Bugle"]) == ("Antonia Mauban",)


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


def test_signature_after_the_day() -> None:
    assert byline.signature("Tuesday March 4, 2031 7:45 am PST by Antonia Mauban") == "by Antonia Mauban"
    assert byline.signature("3/24/2031 by Antonia Mauban") == "by Antonia Mauban"
    assert byline.signature("The bridge was closed on March 4, 2031 by Antonia Mauban") is None


def test_names_with_their_agency_sign_without_by() -> None:
    assert byline.is_bare("Antonia Mauban Associated Press")
    assert byline.is_bare("Antonia Mauban - Mar 4, 2031, 10:31 pm CST")
    assert byline.is_bare("Antonia Mauban, Staff Writer")
    assert not byline.is_bare("Antonia Mauban")
    assert not byline.is_bare("President Mauban at the Economic Club of Strelsau last week")


def test_the_staff_of_an_outlet() -> None:
    assert byline.outlet("By STRELSAU POST STAFF") == "Strelsau Post"
    assert byline.outlet("By Courier Staff") is None
