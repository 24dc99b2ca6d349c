"""Lettering: words stay inside their area, in any script, and colour as they are sung."""

from itertools import pairwise

import numpy as np
import pytest

from studio.engine.filming.canvas import FULL, Box, Canvas, packed, planes, tint_of
from studio.engine.filming.fonts import missing
from studio.engine.filming.karaoke import block_of, pieces, shown, sung_part, sung_shares
from studio.engine.filming.lettering import Area, lettered
from studio.engine.timeline import TimedLine, TimedWord

LONG = "And every unbelievably extraordinary morning we were walking down along the endless river"


def line(text, words, *, start=10.0, each=1.0):
    timed = tuple(
        TimedWord(word, start + at * each, start + (at + 1) * each, ())
        for at, word in enumerate(words)
    )
    return TimedLine(text, start, start + len(words) * each, "Verse", timed)


@pytest.mark.parametrize(
    "text", [LONG, "Hi", "Donaudampfschifffahrtsgesellschaft" * 3, "مرحبا بالعالم", ""]
)
@pytest.mark.parametrize(("width", "height"), [(684, 172), (200, 60)])
def test_no_word_leaves_its_area(text, width, height):
    block = lettered(text.split(), Area(width, height, 50))
    assert block.mask.shape[1] == width
    assert block.mask.shape[0] <= height + 20
    assert not block.mask[:, -1].any() or len(text) > 60
    assert all(place.right <= width for place in block.places)


def test_a_long_line_is_set_in_smaller_letters_and_all_of_it_is_there():
    block = lettered(LONG.split(), Area(684, 172, 50))
    assert all(place.right > place.left for place in block.places)
    rows = {place.top for place in block.places}
    assert 1 < len(rows) <= 4


def test_latin_greek_and_cyrillic_are_always_there():
    assert missing("Élan Ωmega Привет ♪ naïve") == ""
    assert missing("a\ue123b\ue123") == "\ue123"


def test_words_that_are_read_leftwards_begin_at_the_right():
    first, second = lettered(["مرحبا", "بالعالم"], Area(600, 80, 40)).places
    assert first.left > second.left
    assert first.right == pytest.approx(600, abs=4)


def test_a_line_is_coloured_word_by_word():
    sung = line("Hold on", ["Hold", "on"])
    block = block_of(sung, Area(600, 80, 40), weight=700)
    shares = [
        float((sung_part(block, sung_shares(sung, at)) / FULL).sum())
        for at in (9.9, 10.5, 11.0, 12.0)
    ]
    assert shares[0] == 0
    assert shares == sorted(shares)
    first = block.places[0]
    assert (
        sung_part(block, sung_shares(sung, 11.0))[first.top + 5, first.left : first.right].min()
        == FULL
    )


def test_marks_between_words_are_shown_though_nobody_sings_them():
    assert pieces(line("你好。世界。", list("你好世界"))) == ["你", "好。", "世", "界。"]
    assert pieces(line("Oh - my", ["Oh", "my"])) == ["Oh -", "my"]


def test_no_two_lines_are_shown_at_once():
    lines = (line("a", ["a"], start=1), line("b", ["b"], start=2.1), line("c", ["c"], start=9))
    found = shown(lines)
    assert all(a.end_seconds <= b.start_seconds for a, b in pairwise(found))
    assert all(s.start_seconds <= s.line.start_seconds for s in found)
    assert found[2].start_seconds == pytest.approx(8)


def test_a_colour_laid_down_fully_is_that_colour_and_clears_away():
    canvas = Canvas(
        packed(np.full((8, 8, 3), 30, np.uint8)), packed(np.full((8, 8, 3), 30, np.uint8))
    )
    red = tint_of((255, 0, 0))
    canvas.lay(Box(2, 2, 4, 4), np.full((4, 4), FULL, np.uint16), red)
    assert [
        int(plane[plane.shape[0] // 2, plane.shape[0] // 2]) for plane in planes(canvas.drawn)
    ] == list(red)
    canvas.clear(Box(0, 0, 8, 8))
    assert np.array_equal(canvas.drawn, canvas.ground)
