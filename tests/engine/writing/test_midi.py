"""Laws of the MIDI file."""

import io

import mido
import pytest

from studio.engine.brief import Brief
from studio.engine.writing import STYLES, arrange, to_midi
from tests.engine.writing.conftest import count_vowels


def song(style="pop", **brief):
    return arrange(Brief(style=style, length_seconds=30, **brief), 6, syllables=count_vowels)


def read(score):
    return mido.MidiFile(file=io.BytesIO(to_midi(score)))


def meta(file, kind):
    return [message for track in file.tracks for message in track if message.type == kind]


@pytest.mark.parametrize("style", STYLES)
def test_every_note_survives_the_round_trip(style):
    score = song(style)
    file = read(score)
    written = sum(len(part.notes) for part in score.parts) + len(score.vocal.notes)
    assert sum(m.type == "note_on" for track in file.tracks for m in track) == written
    assert file.length == pytest.approx(score.whole_seconds, abs=0.2)


def test_tempo_metre_and_key_are_told():
    score = song("waltz, G minor")
    file = read(score)
    assert mido.tempo2bpm(meta(file, "set_tempo")[0].tempo) == pytest.approx(score.tempo_bpm, 1e-4)
    assert meta(file, "time_signature")[0].numerator == 3
    assert meta(file, "key_signature")[0].key == "Gm"


@pytest.mark.parametrize(
    "key", ["C# minor", "Db major", "Ab minor", "Ab major", "F# major", "Eb minor"]
)
def test_every_key_has_a_signature(key):
    assert meta(read(song(key=key)), "key_signature")


def test_sections_and_words_stand_in_the_file():
    score = song(lyrics="[Verse]\nHello my lonely river\n[Chorus]\nSing to me", title="Für Élise ♥")
    file = read(score)
    assert [m.text for m in meta(file, "marker")] == [s.name for s in score.sections]
    assert "".join(m.text for m in meta(file, "lyrics")).startswith("Hello my lonely river")


def test_titles_in_any_script_are_carried():
    score = song(title="月光 🎵")
    name = meta(read(score), "track_name")[0].name
    assert name.encode("latin-1").decode("utf-8") == "月光 🎵"


def test_drums_have_their_channel():
    file = read(song())
    drums = next(track for track in file.tracks if track.name == "drums")
    assert {m.channel for m in drums if m.type == "note_on"} == {9}
