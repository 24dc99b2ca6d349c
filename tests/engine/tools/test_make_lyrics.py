"""Laws of the words that are written on request."""

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.audio.work import UNWATCHED
from studio.engine.singing.rhyming import rhyme_of
from studio.engine.tools.make_lyrics import (
    TOOL,
    LyricsOptions,
    make_lyrics,
    read_form,
    syllables_of,
)
from studio.errors import ToolUnfit

WISHES = [
    LyricsOptions(about=about, style=style, seed=seed)
    for seed, (about, style) in enumerate(
        [
            ("my cat Miso", "pop"),
            ("leaving the city", "slow soul"),
            ("quantum tunnelling", "metal"),
            ("the last bus", "waltz"),
            ("Berlin in the rain", "hip-hop"),
            ("a birthday for my grandmother", "bossa nova"),
            ("我的猫", "pop"),
            ("离开城市", "jazz"),
            ("", ""),
        ]
    )
]


@pytest.fixture(scope="module", params=WISHES, ids=lambda wish: wish.about or "nothing")
def written(request):
    versions, room = make_lyrics(request.param)
    return request.param, versions, room


def sung(version):
    return [line for stanza in version.stanzas for line in stanza.lines]


def test_two_versions_share_few_lines(written):
    _, (one, other), _ = written
    assert len(set(sung(one)) & set(sung(other))) < 0.3 * len(set(sung(one)))
    assert one.title != other.title


def test_every_line_can_be_sung_at_the_pace_of_the_style(written):
    _, versions, room = written
    assert all(
        syllables_of(line, version.language) <= room
        for version in versions
        for line in sung(version)
    )


def test_neighbours_rhyme(written):
    """The last two lines of a quatrain, or both couplets of it, in four of five at least."""
    _, versions, _ = written
    pairs = [
        (version.language, stanza.lines[at : at + 2])
        for version in versions
        for stanza in version.stanzas
        if stanza.kind != "chorus"
        for at in range(2, len(stanza.lines), 4)
    ]
    hits = [rhyme_of(one, language) == rhyme_of(two, language) for language, (one, two) in pairs]
    assert sum(hits) >= 0.8 * len(pairs) > 0


def test_nothing_is_said_twice_but_the_chorus(written):
    _, versions, _ = written
    for version in versions:
        lines = [line for s in version.stanzas if s.kind != "chorus" for line in s.lines]
        assert len(lines) == len(set(lines))


def test_the_title_is_in_the_chorus(written):
    _, versions, _ = written
    for version in versions:
        chorus = next(s for s in version.stanzas if s.kind == "chorus")
        assert version.title.casefold() in " ".join(chorus.lines).casefold()


@pytest.mark.parametrize(
    ("about", "word"),
    [("my cat Miso", "my cat Miso"), ("quantum tunnelling", "quantum tunnelling"),
     ("I miss my grandmother who taught me to bake", "my grandmother"), ("我的猫", "我的猫")],
)  # fmt: skip
def test_what_it_is_about_is_sung(about, word):
    versions, _ = make_lyrics(LyricsOptions(about=about))
    assert all(word in "\n".join(sung(version)) for version in versions)


def test_same_seed_has_the_same_words_and_another_has_others():
    one, same, other = (make_lyrics(LyricsOptions(about="the sea", seed=s)) for s in (3, 3, 4))
    assert one == same != other


def test_a_language_can_be_wished():
    (version, _), _ = make_lyrics(LyricsOptions(about="rain", language="zh"))
    assert version.language == "zh"
    assert any("雨" in line for line in sung(version))


def test_other_languages_are_answered_in_english_which_is_said(tmp_path):
    wish = LyricsOptions(about="Ein Lied über den Regen und die Nacht")
    facts = TOOL.run([], wish, tmp_path / "words.txt", UNWATCHED)
    assert "in English" in facts["note"]
    assert facts["versions"][0]["language"] == "en"


def test_sections_are_written_as_they_are_asked_for():
    wish = LyricsOptions(about="the sea", sections="Verse, [Pre-Chorus] chorus; VERSE chorus outro")
    (version, _), _ = make_lyrics(wish)
    names = ["Verse 1", "Pre-chorus", "Chorus", "Verse 2", "Chorus", "Outro"]
    assert [stanza.name for stanza in version.stanzas] == names


@pytest.mark.parametrize("sections", ["...", "intro outro", "verse banana", "verse " * 17])
def test_an_order_that_no_song_has_is_told_in_a_sentence(sections):
    with pytest.raises(ToolUnfit, match="Write them as"):
        read_form(sections)


def test_the_file_is_text_or_json_by_its_ending(tmp_path):
    text, data = tmp_path / "words.txt", tmp_path / "words.json"
    for path in (text, data):
        facts = TOOL.run([], WISHES[0], path, UNWATCHED)
    assert facts["versions"][1]["lyrics"] in text.read_text(encoding="utf-8")
    assert json.loads(data.read_text(encoding="utf-8")) == facts


@settings(max_examples=20, deadline=None)
@given(about=st.text(max_size=120), style=st.text(max_size=40))
def test_words_are_found_for_any_text(about, style):
    versions, room = make_lyrics(LyricsOptions(about=about, style=style))
    for version in versions:
        assert all(syllables_of(line, version.language) <= room for line in sung(version))


def test_the_two_lines_of_a_couplet_stay_together():
    (version, other), _ = make_lyrics(LyricsOptions(about="the sea", sections="verse verse"))
    for one in (version, other):
        assert any(
            rhyme_of(a, "en") == rhyme_of(b, "en")
            for stanza in one.stanzas
            for a, b in pairwise(stanza.lines)
        )
