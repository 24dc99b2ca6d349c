"""Laws of reading what a person wants to hear."""

import pytest

from studio.engine.brief import Brief
from studio.engine.score import Key
from studio.engine.writing import STYLES, understand
from studio.engine.writing.reading import decide, read_brief
from studio.engine.writing.style import styles


def read(style="", **brief):
    return read_brief(Brief(style=style, **brief))


@pytest.mark.parametrize(
    ("words", "style"),
    [
        ("pop, upbeat", "pop"),
        ("ein langsamer Walzer", "waltz"),
        ("deutschrap mit viel bass", "hip-hop"),
        ("爵士乐", "jazz"),
        ("Lo Fi hip hop beats to study to", "lo-fi"),
        ("something with neon and synths", "synthwave"),
        ("heavy metal", "metal"),
        ("bossa nova", "bossa"),
        ("indie rock with jazz chords", "rock"),
        ("", "pop"),
    ],
)
def test_words_name_a_style_in_several_languages(words, style):
    assert read(words).style.name == style


def test_every_style_is_found_by_each_of_its_own_words():
    for style in styles():
        for word in style.words:
            assert read(word).style.name == style.name, word


def test_no_word_belongs_to_two_styles():
    words = [word for style in styles() for word in style.words]
    assert sorted(words) == sorted(set(words))


def test_the_style_box_weighs_more_than_the_description():
    assert read("folk", description="a jazz club at night").style.name == "folk"
    assert read("", description="a slow soul song about leaving").style.name == "soul"


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("C minor", Key(0, "minor")),
        ("in F# major please", Key(6, "major")),
        ("Bbm", Key(10, "minor")),
        ("d-moll", Key(2, "minor")),
        ("Es-Dur", Key(3, "major")),
        ("E flat major", Key(3, "major")),
        ("C大调", Key(0, "major")),
        ("I am a minor poet", None),
        ("a major hit", None),
    ],
)
def test_keys_are_read(words, key):
    assert read(words).key == key


def test_a_key_in_its_own_field_wins():
    assert read("C minor", key="A major").key == Key(9, "major")


@pytest.mark.parametrize(("words", "tempo"), [("90 bpm", 90), ("at 174BPM", 174), ("999 bpm", 200)])
def test_a_tempo_is_read_and_kept_playable(words, tempo):
    assert read(words).tempo_bpm == tempo


def test_a_tempo_in_its_own_field_wins():
    assert read("90 bpm", tempo_bpm=100).tempo_bpm == 100


def test_slow_is_slower_than_fast_in_every_style():
    for name in STYLES:
        slow, fast = (
            decide(wish, Brief(), 3).tempo_bpm
            for wish in (read(f"{name}, slow"), read(f"{name}, fast"))
        )
        assert slow < fast, name


@pytest.mark.parametrize(
    ("words", "voice"),
    [("female vocal", "female"), ("male vocals", "male"), ("女声", "female"), ("jazz", None)],
)
def test_voices_are_read(words, voice):
    assert read(words).voice == voice


def test_instruments_join_unless_they_are_refused():
    wish = read("pop with brass and saxophone, no drums", exclude="guitar")
    assert set(wish.wanted) == {"brass", "saxophone"}
    assert set(wish.unwanted) == {"drums", "guitar"}


@pytest.mark.parametrize(
    "brief",
    [
        Brief(instrumental=True),
        Brief(style="instrumental jazz"),
        Brief(style="jazz", exclude="vocals"),
        Brief(description="a quiet piece without singing"),
        Brief(style="纯音乐"),
    ],
)
def test_no_singing_is_understood(brief):
    assert read_brief(brief).instrumental


def test_moods_choose_the_mode_and_what_is_excluded_counts_for_its_opposite():
    assert read("sad pop").mode == "minor"
    assert read("happy pop").mode == "major"
    assert read("pop", exclude="sad").mode == "major"


def test_understanding_is_said_in_a_short_line():
    brief = Brief(style="soul, 72 bpm, C minor, brass, female vocal, no drums")
    assert understand(brief) == "soul · 72 bpm · C minor · brass · no drums · female voice"


def test_what_is_understood_is_what_is_decided():
    wish = read("reggae, 80 bpm, G minor, male voice")
    decision = decide(wish, Brief(), 99)
    assert (decision.style.name, decision.tempo_bpm, decision.voice) == ("reggae", 80, "male")
    assert decision.key == Key(7, "minor")


def test_weirdness_bends_the_unusual_both_ways():
    def leaps(weirdness):
        brief = Brief(style="pop", weirdness=weirdness)
        return decide(read_brief(brief), brief, 1).style.melody.leaps

    assert leaps(0.0) < leaps(0.5) == leaps(None) < leaps(1.0) <= 1


def test_a_heavy_style_weight_keeps_to_the_middle_of_the_style():
    def spread(weight):
        brief = Brief(style="pop", style_weight=weight)
        tempos = [decide(read_brief(brief), brief, seed).tempo_bpm for seed in range(16)]
        return max(tempos) - min(tempos)

    assert spread(1.0) < spread(0.0)
