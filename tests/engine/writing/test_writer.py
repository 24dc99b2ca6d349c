"""Laws of the words that the band writes."""

import pytest

from studio.engine.brief import Brief
from studio.engine.writing.lyrics import Stanza
from studio.engine.writing.style import STYLES
from studio.engine.writing.writer import find_subject, name_tune, open_book, write_song

FORM = tuple(
    Stanza(kind, kind)
    for kind in (
        "intro",
        "verse",
        "pre-chorus",
        "chorus",
        "verse",
        "pre-chorus",
        "chorus",
        "bridge",
        "chorus",
        "outro",
    )
)


def write(seed, style="pop", **brief):
    return write_song(Brief(style=style, **brief), style, FORM, seed)


def test_other_seeds_have_other_words():
    songs = {str(write(seed)[2]) for seed in range(12)}
    assert len(songs) == 12


def test_same_seed_has_the_same_words():
    assert write(5) == write(5)


@pytest.mark.parametrize("style", STYLES)
def test_nothing_is_said_twice_but_the_chorus(style):
    _, _, stanzas = write(8, style)
    lines = [line for s in stanzas if s.kind != "chorus" for line in s.lines]
    assert len(lines) == len(set(lines))
    assert len({s.lines for s in stanzas if s.kind == "chorus"}) == 1


def test_instruments_play_without_words():
    _, _, stanzas = write(3)
    assert all(not s.lines for s in stanzas if s.kind in {"intro", "outro"})
    assert all(s.lines for s in stanzas if s.kind not in {"intro", "outro"})


def test_every_second_line_of_a_verse_rhymes():
    endings = {e: group for group, ends in open_book("en").rhymes.items() for e in ends}
    _, _, stanzas = write(3)
    verse = next(s for s in stanzas if s.kind == "verse")
    groups = [next(g for e, g in endings.items() if verse.lines[i].endswith(e)) for i in (1, 3)]
    assert groups[0] == groups[1]


@pytest.mark.parametrize(
    ("description", "subject"),
    [
        ("a slow soul song about leaving the city, with brass", "leaving the city"),
        ("a song about my cat Miso", "my cat Miso"),
        ("ein Lied über den Regen", "den Regen"),
        ("一首关于离开城市的慢歌", "离开城市"),
        ("something happy", ""),
        ("a song about how I once went to the shop and met nobody at all", ""),
    ],
)
def test_the_subject_is_found_in_the_description(description, subject):
    assert find_subject(Brief(description=description)) == subject


def test_the_subject_is_sung_and_names_the_song():
    title, _, stanzas = write(4, description="a song about my cat Miso")
    chorus = next(s for s in stanzas if s.kind == "chorus")
    assert title == "My Cat Miso"
    assert "my cat Miso" in chorus.lines[0]


def test_topics_are_taken_from_the_description():
    book = open_book("en")
    _, _, stanzas = write(2, description="waiting for the first snow in winter")
    sung = {line for s in stanzas for line in s.lines}
    assert sung & set(book.topics["winter"]["lines"])


def test_a_chinese_wish_is_answered_in_chinese():
    _, language, stanzas = write(1, description="一首关于故乡的歌")
    assert language == "zh"
    assert all("\u4e00" <= line[0] <= "\u9fff" for s in stanzas for line in s.lines)


def test_a_piece_without_words_has_a_name():
    assert name_tune(Brief(style="jazz"), "jazz", 3)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_rhyme_and_topic_has_enough_to_say(language):
    book = open_book(language)
    assert all(len(set(ends)) == len(ends) >= 5 for ends in book.rhymes.values())
    assert all(topic["hooks"] and len(topic["lines"]) >= 4 for topic in book.topics.values())
