"""Wishes: what stands in a form is what is asked for, and the other way round."""

from datetime import UTC, datetime

import pytest

from studio.errors import RequestUnfit
from studio.providers.limits import Choice, Limits
from studio.songs import (
    Ability,
    AddVocals,
    CoverSong,
    CreateSong,
    EnrichTags,
    ExtendSong,
    MakeSound,
    MashUp,
    Remaster,
    ReplaceSection,
    SampleSong,
    Section,
    Song,
    SwapSound,
    SwapVocals,
    VarySong,
    Voice,
    Window,
    WriteLyrics,
)
from studio.ui.form.blanks import DESCRIBE, KEPT_WORDS, NEW_WORDS, WRITE, WRITTEN_WORDS
from studio.ui.form.recall import fields_of
from studio.ui.form.said import Said
from studio.ui.form.wishes import request_of
from studio.ui.form.workflows import BLANKS, PAGES

EVERYTHING = Limits(
    longest=240,
    seed=True,
    persona=True,
    lyrics_weight=True,
    audio_weight=True,
    variations=("subtle", "high"),
    choices={"mood": Choice(options=("calm", "bright"), most=2)},
    sections=("verse", "chorus"),
    variety=4,
    tempos=(40, 200),
    keys=("C major", "A minor"),
)
RAIN = Song(
    id="rain",
    title="Rain",
    lyrics="[Verse]\nrain on glass",
    made_at=datetime(2026, 1, 1, tzinfo=UTC),
    connection="here",
    kind="any",
    job="job",
)
FULL = {
    "style": "soul",
    "lyrics": "[Verse]\nlights",
    "title": "Lights",
    "exclude": "drums",
    "style_weight": 0.2,
    "lyrics_weight": 0.3,
    "weirdness": 0.4,
    "seed": 7,
    "variety": 3,
    "model": "best",
}


def ask(ability, limits=EVERYTHING, source=RAIN, **fields):
    blank = BLANKS[PAGES[ability]]
    assert set(fields) <= set(blank), set(fields) - set(blank)
    return request_of(ability, Said({**blank, **fields}, limits, source))


@pytest.mark.parametrize(
    "request_",
    [
        CreateSong(**FULL, voice="male", length=60),
        CreateSong(description="about rain"),
        CreateSong(description="about rain", style="soul", title="Rain"),
        CreateSong(style="soul", instrumental=True, choices={"mood": ("calm",)}),
        CreateSong(style="soul", sections=(Section(name="verse", seconds=20),)),
        ExtendSong(**FULL, source="rain", at=12.5, persona="anna"),
        ExtendSong(source="rain", joined=False),
        CoverSong(**FULL, source="rain", audio_weight=0.5),
        ReplaceSection(
            source="rain", window=Window(start=3, end=9), lyrics="new words", style="soul"
        ),
        MashUp(songs=("rain", "sun"), style="soul", audio_weight=0.5),
        SampleSong(source="rain", window=Window(start=0, end=8), style="soul"),
        AddVocals(source="rain", lyrics="words", window=Window(start=1, end=4)),
        AddVocals(source="rain", lyrics="words"),
        Remaster(source="rain", variation="high", model="best"),
        SwapVocals(source="rain", style="soul", lyrics="other words"),
        MakeSound(description="rain on a roof", title="Roof", tempo_bpm=90, key="A minor"),
        MakeSound(description="a beat", loop=True, model="best"),
        WriteLyrics(description="rain"),
        EnrichTags(style="soul"),
    ],
)
def test_request_that_fills_a_form_is_asked_by_it_again(request_):
    fields = {**BLANKS[PAGES[request_.ability]], **fields_of(request_)}
    assert request_of(request_.ability, Said(fields, EVERYTHING, RAIN)) == request_


def test_what_a_model_needs_is_asked_for_before_anything_is_sent():
    needy = Limits(needs=frozenset({"lyrics"}))
    with pytest.raises(RequestUnfit, match="Write the words"):
        ask(Ability.ADD_VOCALS, needy)
    assert ask(Ability.ADD_VOCALS, needy, lyrics="la").lyrics == "la"


def test_model_that_only_plays_is_asked_by_a_description():
    plays = Limits(style=0, lyrics=0)
    asked = ask(Ability.CREATE, plays, way=WRITE, description="rain", style="soul", styles=["pop"])
    assert asked == CreateSong(description="rain, pop")


def test_what_a_model_does_not_take_stays_unsaid():
    poor = Limits(
        voice=False, weights=False, instrumental=False, exclude=0, title=0, style=0, lyrics=200
    )
    asked = ask(Ability.EXTEND, poor, **{**FULL, "singer": "male", "instrumental": True})
    assert asked == ExtendSong(source="rain", model="best", lyrics="[Verse]\nlights")


def test_voice_and_persona_are_one_choice():
    assert ask(Ability.COVER, singer="female").voice is Voice.FEMALE
    assert ask(Ability.COVER, singer="persona:anna").persona == "anna"
    assert ask(Ability.COVER, Limits(), singer="persona:anna").persona is None


def test_voice_nobody_knows_is_left_to_the_provider():
    assert ask(Ability.COVER, singer="robot").voice is None


def test_description_says_everything_while_a_song_is_described():
    asked = ask(Ability.CREATE, way=DESCRIBE, description="rain", styles=["soul"], lyrics="unused")
    assert asked == CreateSong(description="rain, soul")


def test_words_that_are_to_be_written_are_described():
    asked = ask(
        Ability.CREATE, way=WRITE, words=WRITTEN_WORDS, about="rain", style="soul", lyrics="unused"
    )
    assert (asked.description, asked.style, asked.lyrics) == ("rain", "soul", "")


def test_lists_of_another_model_are_not_sent():
    chosen = {"mood": ["calm", "unknown"], "theme": ["love"]}
    asked = ask(Ability.CREATE, style="soul", way=WRITE, choices=chosen)
    assert asked.choices == {"mood": ("calm",)}


def test_kept_words_are_those_of_the_song():
    assert ask(Ability.COVER, words=KEPT_WORDS, lyrics="others").lyrics == RAIN.lyrics
    assert ask(Ability.COVER, words=NEW_WORDS, lyrics="others").lyrics == "others"


def test_song_without_words_is_covered_with_those_in_the_box():
    silent = RAIN.model_copy(update={"lyrics": ""})
    assert ask(Ability.COVER, source=silent, words=KEPT_WORDS, lyrics="others").lyrics == "others"


def test_swapped_sound_and_variation_keep_the_words():
    assert ask(Ability.SWAP_SOUND, style="jazz") == SwapSound(
        source="rain", style="jazz", lyrics=RAIN.lyrics
    )
    assert ask(Ability.VARY) == VarySong(source="rain", lyrics=RAIN.lyrics)


@pytest.mark.parametrize(
    ("ability", "fields", "said"),
    [
        (Ability.CREATE, {}, "pick a style"),
        (Ability.EXTEND, {"source": None}, "Choose a song"),
        (Ability.REPLACE, {}, "on the waveform"),
        (Ability.REPLACE, {"start": 9, "end": 3}, "ends before it begins"),
        (Ability.SAMPLE, {}, "on the waveform"),
        (Ability.ADD_VOCALS, {"everywhere": False}, "on the waveform"),
        (Ability.MASHUP, {}, "second song"),
        (Ability.MASHUP, {"second": "rain"}, "two different songs"),
        (Ability.SOUNDS, {}, "what is to be heard"),
        (Ability.LYRICS, {}, "about"),
        (Ability.TAGS, {}, "a few words"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(ability, fields, said):
    source = None if fields.pop("source", RAIN) is None else RAIN
    with pytest.raises(RequestUnfit, match=said):
        ask(ability, source=source, **fields)


def test_everything_that_can_be_asked_for_has_a_page_where_it_is_asked():
    assert set(PAGES) == set(Ability)
    assert set(PAGES.values()) == set(BLANKS)
