"""Laws of personas that are measured and sung with."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
import soxr

from bench.timbre import distance, timbre
from studio.audio.samples import RATE, checked
from studio.engine.singing import persona_of, sing
from studio.engine.singing.espeak import Espeak
from studio.engine.singing.speech import SPOKEN_RATE
from studio.errors import ToolUnfit

SONGS = (
    ("Hold me closer in the morning light", "Take my hand and say that you will stay"),
    ("Rivers run below the empty town", "Nobody is going to carry me home"),
)
KEYS = (0, 3)
GERMAN = (
    "Am Morgen geht der alte Bauer über das Feld und sucht seinen Hund, der in der Nacht "
    "davongelaufen ist; am Abend sitzen beide wieder müde vor dem Ofen und schlafen ein."
)


@pytest.fixture(scope="module")
def song(score_of):
    """Return the score of a song, for a persona if there is one."""

    def written(which, persona=None, voice="female"):
        score = score_of(SONGS[which], voice=persona.voice if persona else voice, tempo_bpm=138.0)
        by = KEYS[which] - (12 if score.vocal.voice == "male" else 0)
        notes = tuple(replace(note, pitch=note.pitch + by) for note in score.vocal.notes)
        return replace(score, vocal=replace(score.vocal, notes=notes, persona=persona))

    return written


def sung(score):
    return sing(score, voice_source=Espeak())["vocals"]


@pytest.fixture(scope="module")
def woman(song):
    return sung(song(0))


@pytest.fixture(scope="module")
def personas(song, woman):
    """Return the two usual voices, one that is played faster, and one that speaks German."""
    spoken = Espeak().speak(GERMAN.split(), language="de", voice="male").samples
    sounds = {
        "woman": woman,
        "man": sung(song(0, voice="male")),
        "child": soxr.resample(woman[0], RATE, RATE / 1.18)[None].astype(np.float32),
        "German": soxr.resample(spoken, SPOKEN_RATE, RATE * 1.12)[None].astype(np.float32),
    }
    return {name: persona_of(sound, name=name) for name, sound in sounds.items()}


@pytest.fixture(scope="module")
def sung_by(song, personas):
    return {
        (name, which): sung(song(which, persona))
        for name, persona in personas.items()
        for which in (0, 1)
    }


def test_two_songs_of_one_persona_are_nearer_than_songs_of_two(personas, sung_by):
    timbres = {key: timbre(sound) for key, sound in sung_by.items()}
    apart = {
        (name, which, other): distance(timbres[name, which], timbres[other, 1 - which])
        for name, which, other in product(personas, (0, 1), personas)
    }
    for name, which in timbres:
        assert apart[name, which, name] == min(apart[name, which, other] for other in personas)
    own = [far for (name, _, other), far in apart.items() if name == other]
    assert 1.7 * np.mean(own) < np.mean(list(apart.values()))


@pytest.mark.parametrize("name", ["woman", "man", "child", "German"])
def test_a_persona_is_known_again_by_what_it_sings(personas, sung_by, name):
    heard = persona_of(sung_by[name, 1])
    away = {other: abs(np.log(heard.formants / p.formants)) for other, p in personas.items()}
    assert min(away, key=away.get) == name
    assert heard.voice == personas[name].voice


def test_formants_grow_as_the_head_shrinks(personas):
    assert personas["child"].formants / personas["woman"].formants == pytest.approx(1.18, abs=0.03)


def test_the_usual_voice_sings_as_itself_when_it_is_its_own_persona(woman, sung_by):
    other = timbre(sung_by["German", 0])
    assert distance(timbre(woman), timbre(sung_by["woman", 0])) < 0.35 * distance(
        timbre(woman), other
    )


@pytest.mark.parametrize("name", ["child", "German"])
def test_a_persona_is_as_loud_as_the_usual_voice(song, personas, sung_by, name):
    usual = sung(song(1, voice=personas[name].voice))
    level, worn = (np.sqrt(np.square(x).mean()) for x in (usual, checked(sung_by[name, 1])))
    assert abs(20 * np.log10(worn / level)) < 2.5
    assert np.abs(sung_by[name, 1]).max() < 1.0


def test_vibrato_is_sung_as_it_was_heard(song, personas):
    wide = replace(personas["woman"].vibrato, hertz=6.5, cents=80.0)
    heard = persona_of(sung(song(1, replace(personas["woman"], vibrato=wide)))).vibrato
    assert heard.hertz == pytest.approx(6.5, abs=0.5)
    assert heard.cents == pytest.approx(80.0, rel=0.3)


def test_the_range_is_that_of_the_notes(song, personas):
    pitches = [note.pitch for note in song(0).vocal.notes]
    assert personas["woman"].low == pytest.approx(min(pitches), abs=1)
    assert personas["woman"].high == pytest.approx(max(pitches), abs=1)


@pytest.mark.parametrize("seconds", [0.05, 2.0, 12.0])
def test_where_nobody_sings_there_is_no_persona(seconds):
    noise = np.random.default_rng(1).normal(0, 0.1, (2, round(seconds * RATE)))
    with pytest.raises(ToolUnfit, match=r"\d\.\d s of singing"):
        persona_of(noise.astype(np.float32))
