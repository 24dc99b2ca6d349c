"""Listings for people and for programs."""

import json

from studio.commands.listing import listing, table

ROWS = [{"title": "Blue Train", "length": 15.0, "more": "x"}, {"title": "夜", "length": None}]


def test_people_get_the_columns_lined_up():
    assert listing(ROWS, ("title", "length"), as_json=False).splitlines() == [
        "title       length",
        "Blue Train  15.0",
        "夜",
    ]


def test_programs_get_everything_on_one_line_of_json():
    text = listing(ROWS, ("title",), as_json=True)
    assert json.loads(text) == ROWS
    assert "\n" not in text


def test_nothing_to_list_is_an_empty_list():
    assert listing([], ("title",), as_json=True) == "[]"
    assert table([], ("title",)) == "title"


def test_wide_letters_take_two_columns():
    rows = [{"a": "夜の歌", "b": 1}, {"a": "abcdef", "b": 2}]
    lines = table(rows, ("a", "b")).splitlines()
    assert lines[1:] == ["夜の歌  1", "abcdef  2"]


def test_a_cell_can_neither_break_the_line_nor_command_the_terminal():
    assert table([{"a": "one\ntwo\x1b[2Jthree"}], ("a",)).splitlines()[1] == "one two [2Jthree"
