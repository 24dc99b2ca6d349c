"""Laws of reading lyrics."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.engine.writing.language import language_of
from studio.engine.writing.lyrics import is_sayable, parse_lyrics, words_of


def kinds(text):
    return [stanza.kind for stanza in parse_lyrics(text)]


@pytest.mark.parametrize(
    ("mark", "kind"),
    [
        ("[Verse 2]", "verse"),
        ("[CHORUS: soft, with choir]", "chorus"),
        ("[pre chorus]", "pre-chorus"),
        ("【副歌】", "chorus"),
        ("[主歌2]", "verse"),
        ("[Strophe 1]", "verse"),
        ("[Guitar Solo]", "solo"),
        ("[Verse II]", "verse"),
        ("(Chorus)", "chorus"),
        ("Bridge:", "bridge"),
        ("**Outro**", "outro"),
        ("# Intro", "intro"),
    ],
)
def test_marks_are_known_in_any_dress(mark, kind):
    stanzas = parse_lyrics(f"{mark}\nla la la")
    assert [(s.kind, s.lines) for s in stanzas] == [(kind, ("la la la",))]


def test_a_mark_is_never_sung():
    for stanza in parse_lyrics("[Quux]\nhello\n[whispered]\nworld\n\n[Zapp 2]\nmore [loud] words"):
        assert not any("[" in line or "Quux" in line for line in stanza.lines)


def test_an_unknown_mark_opens_a_section_after_a_blank_line_and_is_a_direction_elsewhere():
    stanzas = parse_lyrics("[Verse]\nhello\n[whispered]\nworld\n\n[Zapp]\nmore")
    assert [(s.name, s.lines) for s in stanzas] == [
        ("Verse", ("hello", "world")),
        ("Zapp", ("more",)),
    ]


def test_a_chorus_that_is_only_named_is_the_one_before():
    stanzas = parse_lyrics("[Chorus]\nla la\n[Verse]\nhm\n[Chorus]")
    assert stanzas[2].lines == ("la la",)


def test_without_marks_what_returns_is_the_chorus():
    assert kinds("one a\n\nboth\n\ntwo b\n\nBoth") == ["verse", "chorus", "verse", "chorus"]


def test_without_marks_or_repetition_sections_take_turns():
    assert kinds("a\n\nb\n\nc") == ["verse", "chorus", "verse"]


def test_one_long_block_is_cut_into_stanzas():
    assert [len(s.lines) for s in parse_lyrics("\n".join(f"line {i}" for i in range(10)))] == [
        4,
        4,
        2,
    ]


def test_prose_is_cut_into_lines_that_can_be_sung():
    lines = [
        line for s in parse_lyrics("I walk along the river, and count. " * 40) for line in s.lines
    ]
    assert max(len(words_of(line)) for line in lines) <= 16


@pytest.mark.parametrize("text", ["", "   \n\n", "...!?", "🎸🔥", "[]", "\x00\u202e"])
def test_what_nobody_can_say_is_no_lyrics(text):
    assert parse_lyrics(text) == ()


def test_chinese_characters_are_words_and_signs_stay_with_them():
    assert words_of("你好\uff0cworld 99!") == ("你", "好\uff0c", "world", "99!")


def test_emoji_are_left_out_of_words():
    assert words_of("I love 🍕 so much ❤️") == ("I", "love", "so", "much")


@given(st.text(max_size=400))
def test_every_word_can_be_said(text):
    for stanza in parse_lyrics(text):
        for line in stanza.lines:
            assert all(is_sayable(word) and len(word) <= 24 for word in words_of(line))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I walk through the night", "en"),
        ("Ich geh allein durch diese Nacht", "de"),
        ("je marche dans la nuit et tu n'es pas là", "fr"),
        ("yo camino por la noche y tú no estás", "es"),
        ("我走在街上", "zh"),
        ("夜をあるく", "ja"),
        ("يا ليل يا عين", "ar"),
        ("Я иду домой", "ru"),
        ("나는 집에 간다", "ko"),
        ("la la la", "en"),
        ("", "en"),
    ],
)
def test_languages_are_told_by_letters_and_small_words(text, language):
    assert language_of(text) == language
