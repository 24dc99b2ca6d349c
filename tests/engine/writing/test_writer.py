"""Laws of the words that the band writes."""

import pytest

from studio.engine.brief import Brief
from studio.engine.singing import count_syllables
from studio.engine.singing.rhyming import rhyme_of
from studio.engine.writing.book import WRITTEN_LANGUAGES, open_book
from studio.engine.writing.lyrics import Stanza, words_of
from studio.engine.writing.style import STYLES
from studio.engine.writing.subject import Subject, condensed, find_subject, sayable
from studio.engine.writing.writer import name_tune, write_song

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
    told = {line for pair in book.topics["winter"].verse for line in pair}
    assert sung & (told | set(book.topics["winter"].lines))


def test_a_chinese_wish_is_answered_in_chinese():
    _, language, stanzas = write(1, description="一首关于故乡的歌")
    assert language == "zh"
    assert all("\u4e00" <= line[0] <= "\u9fff" for s in stanzas for line in s.lines)


def test_a_piece_without_words_has_a_name():
    assert name_tune(Brief(style="jazz"), "jazz", 3)


COUPLETS = {
    language: [
        (topic, pair)
        for topic, book in (
            ("anywhere", open_book(language)),
            *open_book(language).topics.items(),
        )
        for pair in (*book.verse, *book.chorus)
    ]
    + [("between", pair) for pair in (*open_book(language).lift, *open_book(language).bridge)]
    for language in WRITTEN_LANGUAGES
}


@pytest.mark.parametrize("language", WRITTEN_LANGUAGES)
def test_couplets_rhyme_by_their_sound(language):
    plain = [
        (topic, pair)
        for topic, pair in COUPLETS[language]
        if rhyme_of(pair[0], language) != rhyme_of(pair[1], language)
    ]
    assert not plain


@pytest.mark.parametrize(("language", "most"), [("en", 9), ("zh", 10)])
def test_no_line_is_longer_than_a_breath(language, most):
    book = open_book(language)
    lines = [line for _, pair in COUPLETS[language] for line in pair]
    lines += [line for topic in book.topics.values() for line in (*topic.hooks, *topic.lines)]
    assert not [line for line in lines if sum(count_syllables(words_of(line), language)) > most]


@pytest.mark.parametrize("language", WRITTEN_LANGUAGES)
def test_no_line_stands_in_the_book_twice(language):
    lines = [line for _, pair in COUPLETS[language] for line in pair]
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize("language", WRITTEN_LANGUAGES)
def test_every_topic_has_enough_to_say_for_two_songs(language):
    topics = open_book(language).topics.values()
    assert all(len(topic.verse) >= 7 and len(topic.chorus) >= 2 for topic in topics)
    assert all(len(topic.hooks) >= 3 and len(topic.lines) >= 5 for topic in topics)


@pytest.mark.parametrize(
    ("said", "sung", "kind"),
    [
        ("my cat Miso", "my cat Miso", "noun"),
        ("The Sea", "the Sea", "noun"),
        ("cat", "the cat", "noun"),
        ("old dog", "the old dog", "noun"),
        ("trains", "trains", "noun"),
        ("loneliness", "loneliness", "noun"),
        ("Berlin", "Berlin", "noun"),
        ("leaving the city", "leaving the city", "gerund"),
        ("Spring", "Spring", "noun"),
        ("to leave home", "leaving home", "gerund"),
        ("to run away", "running away", "gerund"),
        ("", "", "noun"),
    ],
)
def test_a_subject_gets_the_form_that_a_sentence_needs(said, sung, kind):
    assert sayable(said, "en") == Subject(sung, kind)


@pytest.mark.parametrize(
    ("text", "few"),
    [
        ("my grandmother who taught me to fish in a cold lake", "my grandmother"),
        ("I love my dog Rex more than anything in the world", "my dog Rex"),
        ("rain", "rain"),
        ("a song about the last bus, slow and sad", "the last bus"),
        ("我的猫", "我的猫"),
        ("🎸🔥", ""),
        ("https://example.com/song", ""),
    ],
)
def test_a_long_description_is_condensed_to_what_it_is_about(text, few):
    assert condensed(text) == few
