"""Names of files, as like the title as can be."""

import pytest

from studio.gallery.names import LONGEST_NAME, name_in, readable_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Blue Train", "Blue Train"),
        ("../../etc/passwd", "etc passwd"),
        ("AC/DC: live?", "AC DC live"),
        ("", "song"),
        ("...", "song"),
        (" . ", "song"),
        ("夜の歌", "夜の歌"),
        ("a\x00b\nc\u202ed", "a b c d"),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("Console", "Console"),
        ("--help", "--help"),
    ],
)
def test_names_are_like_the_title_and_safe_everywhere(title, name):
    assert readable_name(title) == name


def test_long_titles_are_cut_between_letters():
    name = readable_name("ü" * 500)
    assert set(name) == {"ü"}
    assert LONGEST_NAME - 1 <= len(name.encode()) <= LONGEST_NAME


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ("https://x.example/a/My%20Song.mp3?key=1", "My Song.mp3"),
        ("https://x.example/", "x.example"),
        ("nonsense", "nonsense"),
    ],
)
def test_a_link_says_what_its_file_is_called(link, name):
    assert name_in(link) == name
