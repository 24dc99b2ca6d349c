"""Laws of personas as data."""

import json
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.engine.brief import Brief
from studio.engine.papers import from_json as score_from_json
from studio.engine.papers import to_json as score_to_json
from studio.engine.persona import BAND_HZ, Persona, Vibrato, from_json, to_json
from studio.engine.singing import count_syllables
from studio.engine.writing import arrange

LOW_VOICE = Persona(
    name="Miso",
    voice="male",
    formants=0.85,
    balance_db=(0.0,) * len(BAND_HZ),
    breath=0.1,
    vibrato=Vibrato(),
    attack_seconds=0.02,
    low=40.0,
    median=46.0,
    high=55.0,
)


def test_what_is_written_down_is_read_again():
    assert from_json(to_json(LOW_VOICE)) == LOW_VOICE


@pytest.mark.parametrize(
    ("field", "value"),
    [("formants", 1e9), ("formants", None), ("breath", -1), ("median", "high"),
     ("balance_db", [0.0]), ("vibrato", {"hertz": 0})],
)  # fmt: skip
def test_what_no_voice_can_be_is_no_persona(field, value):
    with pytest.raises(ValueError, match="not a persona"):
        from_json(json.dumps(asdict(LOW_VOICE) | {field: value}))


@given(st.text(max_size=80))
def test_no_text_is_taken_for_a_persona(text):
    with pytest.raises(ValueError, match="not a persona"):
        from_json(text)


@pytest.fixture(scope="module")
def score():
    brief = Brief(style="folk, female voice", description="the sea", length_seconds=40)
    return arrange(brief, 3, syllables=count_syllables)


def test_a_score_without_persona_still_loads(score):
    plain = json.loads(score_to_json(score))
    del plain["vocal"]["persona"]
    assert score_from_json(json.dumps(plain)) == score


def test_a_song_for_a_persona_lies_in_its_range_and_names_it():
    brief = Brief(style="folk, female voice", length_seconds=40, persona=LOW_VOICE)
    vocal = arrange(brief, 3, syllables=count_syllables).vocal
    pitches = [note.pitch for note in vocal.notes]
    assert LOW_VOICE.low - 3 <= min(pitches) <= max(pitches) <= LOW_VOICE.high + 3
    assert (vocal.persona, vocal.voice) == (LOW_VOICE, "male")


def test_a_score_with_a_persona_is_kept_with_the_song(score):
    brief = Brief(style="folk", length_seconds=20, persona=LOW_VOICE)
    sung = arrange(brief, 3, syllables=count_syllables)
    assert score_from_json(score_to_json(sung)).vocal.persona == LOW_VOICE
