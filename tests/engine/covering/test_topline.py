"""Laws of a new tune over music that stands, and of music that makes way for it."""

import numpy as np
import pytest

from studio.audio.samples import RATE
from studio.engine.covering.makingway import made_way
from studio.engine.covering.topline import Singer, topline_of
from studio.engine.covering.weighing import SILENT_DB, blend, blend_of_the_band
from studio.engine.covering.wording import worded_for
from studio.engine.writing.theory import scale

WORDS = "[Verse]\nThe harbour sleeps beneath the snow\n[Chorus]\nSing me back to land"


@pytest.fixture(scope="module")
def topline(songs):
    song = songs("rock", instrumental=True)
    words = worded_for(song.sections, WORDS, "", "rock", 1)
    return song, topline_of(song, words, Singer("male"), style="rock", seed=1)


def test_the_words_are_sung_in_key_over_an_unchanged_band(topline):
    song, made = topline
    sung = [note.pitch % 12 in scale(song.key) for note in made.vocal.notes]
    others = [[p for p in s.parts if p.name != "lead"] for s in (song, made.score)]
    assert np.mean(sung) >= 0.9
    assert others[0] == others[1]


def test_the_lead_is_silent_while_somebody_sings(topline):
    _, made = topline
    lead = [n for p in made.score.parts if p.name == "lead" for n in p.notes]
    assert not [
        (n, s)
        for n in lead
        for s in made.vocal.notes
        if n.start < s.start + s.beats and s.start < n.start + n.beats
    ]


def test_words_are_written_for_every_section_when_none_are_given(songs):
    song = songs("rock", instrumental=True)
    words = worded_for(song.sections, "", "about the harbour", "rock", 1)
    again = worded_for(song.sections, "", "about the harbour", "rock", 2)
    assert "harbour" in " ".join(line for s in words.stanzas for line in s.lines).casefold()
    assert words.stanzas != again.stanzas


def test_music_makes_way_only_while_somebody_sings():
    rng = np.random.default_rng(0)
    music = (rng.standard_normal((2, 6 * RATE)) * 0.1).astype(np.float32)
    after = made_way(music.copy(), [(2.0, 3.0)])
    assert np.array_equal(after[:, : round(1.5 * RATE)], music[:, : round(1.5 * RATE)])
    middle = slice(round(2.3 * RATE), round(2.9 * RATE))
    softer = 10 * np.log10(np.mean(after[:, middle] ** 2) / np.mean(music[:, middle] ** 2))
    assert -4.0 <= softer <= -1.5


def test_the_more_an_original_weighs_the_more_of_it_is_heard():
    for way in (blend_of_the_band, lambda weight: blend(weight, new_words=False)):
        ways = [way(weight) for weight in np.linspace(0, 1, 21)]
        for louder in ("voice", "rest"):
            assert np.all(np.diff([getattr(found, louder) for found in ways]) >= 0)
        assert np.all(np.diff([found.band for found in ways]) <= 0)
        assert max(ways[0].voice, ways[0].rest) < SILENT_DB
