"""Laws of how a song is counted anew for another band."""

import pytest

from studio.engine.covering.feel import FASTER, SLOWER, choose_pace, counted_anew
from studio.engine.writing.style import styles


@pytest.mark.parametrize("style", styles(), ids=lambda style: style.name)
def test_a_tune_keeps_about_its_speed_in_every_style(songs, style):
    song = songs("pop", tempo_bpm=96.0)
    pace = choose_pace(song, style.tempo, beats_per_bar=style.beats_per_bar)
    assert SLOWER <= pace.faster <= FASTER
    assert pace.tempo_bpm == pytest.approx(song.tempo_bpm * pace.feel.growth * pace.faster)


def test_a_slow_song_is_counted_twice_as_fast_for_a_fast_band(songs):
    pace = choose_pace(songs("ballad", tempo_bpm=66.0), (118.0, 128.0), beats_per_bar=4)
    assert pace.feel.growth == 2.0
    assert 118.0 <= pace.tempo_bpm <= 132.0


def test_time_stands_still_where_the_original_is_heard_too(songs):
    song = songs("ballad", tempo_bpm=66.0)
    pace = choose_pace(song, (118.0, 128.0), beats_per_bar=3, keep_time=True)
    anew = counted_anew(song, pace)
    assert anew.length_seconds == pytest.approx(song.length_seconds)
    ends = [(n.start * s.seconds_per_beat) for s in (song, anew) for n in s.vocal.notes[-1:]]
    assert ends[0] == pytest.approx(ends[1])


@pytest.mark.parametrize(("style", "beats"), [("pop", 3), ("waltz", 4), ("pop", 4)])
def test_sections_begin_at_bar_lines_however_bars_are_counted(songs, style, beats):
    song = songs(style)
    anew = counted_anew(song, choose_pace(song, (100.0, 140.0), beats_per_bar=beats))
    assert anew.beats_per_bar == beats
    assert all(section.start % beats == pytest.approx(0.0) for section in anew.sections)
