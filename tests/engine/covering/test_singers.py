"""Laws of other singers: of a cover, of a new tune, and over music that stays as it is."""

from dataclasses import replace

import pytest

from studio.engine.brief import Brief
from studio.engine.covering.covering import cover, resung
from studio.engine.covering.order import Order
from studio.engine.covering.retold import tags_now
from studio.engine.covering.topline import Singer, topline_of
from studio.engine.covering.weighing import KEPT, SILENT_DB
from studio.engine.covering.wording import worded_for
from studio.engine.persona import BAND_HZ, Persona, Vibrato, read_persona, to_json
from studio.engine.writing.lyrics import parse_lyrics
from studio.engine.writing.reading import read_brief
from studio.errors import ToolUnfit

DEEP = Persona(
    name="Deep",
    voice="male",
    formants=0.9,
    balance_db=(0.0,) * len(BAND_HZ),
    breath=0.1,
    vibrato=Vibrato(),
    attack_seconds=0.05,
    low=40.0,
    median=47.0,
    high=54.0,
)


def order(style="bossa nova", **wishes):
    return Order(read_brief(Brief(style=style)), **wishes)


def middle(vocal):
    return sum(note.pitch for note in vocal.notes) / len(vocal.notes)


def test_a_persona_sings_a_cover_where_its_voice_lies(songs, syllables):
    made = cover(songs("pop"), order(persona=DEEP), 7, syllables=syllables)
    assert (made.score.vocal.persona, made.score.vocal.voice) == (DEEP, "male")
    assert abs(middle(made.score.vocal) - DEEP.median) < 7


def test_a_voice_that_is_asked_for_takes_the_place_of_a_persona(songs, syllables):
    song = songs("pop")
    song = replace(song, vocal=replace(song.vocal, persona=DEEP))
    kept = cover(song, order(), 7, syllables=syllables).score.vocal
    other = cover(song, order(voice="female"), 7, syllables=syllables).score.vocal
    assert (kept.persona, other.persona, other.voice) == (DEEP, None, "female")


def test_a_persona_sings_a_new_tune_where_its_voice_lies(songs):
    song = songs("rock", instrumental=True)
    words = worded_for(song.sections, "[Verse]\nThe harbour sleeps", "", "rock", 1)
    made = topline_of(song, words, Singer("male", DEEP), style="rock", seed=1)
    assert made.vocal.persona == DEEP
    assert abs(middle(made.vocal) - DEEP.median) < 7


def test_another_singer_leaves_the_music_as_it_is(songs, syllables):
    song = songs("pop")
    made = resung(song, order(persona=DEEP), syllables=syllables)
    assert (made.score.parts, made.score.key) == (song.parts, song.key)
    assert made.octaves % 12 == 0
    assert made.score.vocal.persona == DEEP


def test_other_words_leave_the_tune_as_it_is(songs, syllables):
    song = songs("pop")
    stanzas = parse_lyrics("[Verse]\nNobody knows it\n[Chorus]\nNobody knows")
    made = resung(song, order(stanzas=stanzas), syllables=syllables)
    assert "Nobody knows" in made.score.lyrics
    assert {note.pitch for note in made.score.vocal.notes} <= {n.pitch for n in song.vocal.notes}


def test_what_is_kept_of_a_stranger_is_one_half_of_it():
    assert KEPT["music"].rest == KEPT["voice"].voice == 0
    assert max(KEPT["music"].voice, KEPT["voice"].rest, KEPT["voice"].tune) < SILENT_DB


def test_tags_tell_who_sings_now_and_how_fast(songs):
    song = songs("pop")
    named = replace(song, tags="pop, 99 bpm, C major, instrumental", tempo_bpm=120.4)
    assert tags_now(named) == f"pop, 120 bpm, C major, {song.vocal.voice} voice"
    assert tags_now(replace(named, vocal=None)) == "pop, 120 bpm, C major, instrumental"


@pytest.mark.parametrize("text", [None, "{}", "no persona"])
def test_a_file_that_is_no_persona_is_refused_in_a_sentence(tmp_path, text):
    path = tmp_path / "anna.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(ToolUnfit, match=r"anna\.json"):
        read_persona(path)
    path.write_text(to_json(DEEP))
    assert read_persona(path) == DEEP
