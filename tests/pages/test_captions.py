"""Captions: timed words become lines, and lines become files that players read."""

from inline_snapshot import snapshot

from studio.ui.song.captions import TimedWord, lines_of, to_lrc, to_srt, words_of


def sung(text, *, start=1.0, each=0.4, gap=0.1):
    words = text.split(" ")
    begins = [start + number * (each + gap) for number in range(len(words))]
    return [TimedWord(word, at, at + each) for word, at in zip(words, begins, strict=True)]


def test_lines_end_where_they_were_written_to_end():
    lyrics = "[Verse]\nThe platform lights\nare thinning out\n\n[Outro]\n"
    lines = lines_of(sung("The platform lights are thinning out"), lyrics)
    assert [line.text for line in lines] == ["The platform lights", "are thinning out"]
    assert (lines[0].start, round(lines[1].end, 1)) == (1.0, 3.9)


def test_words_that_are_sung_again_fall_into_the_same_lines():
    lines = lines_of(sung("one two three one two three"), "one two\nthree")
    assert [line.text for line in lines] == ["one two", "three", "one two", "three"]


def test_break_in_a_word_ends_its_line_on_either_side():
    assert [line.text for line in lines_of(sung("one two\n three four"))] == [
        "one two",
        "three four",
    ]
    assert [line.text for line in lines_of(sung("one two \nthree four"))] == [
        "one two",
        "three four",
    ]


def test_without_a_sign_a_line_ends_where_the_singer_rests():
    words = [*sung("one two"), *sung("three four", start=8.0)]
    assert [line.text for line in lines_of(words, "other words than these ones")] == [
        "one two",
        "three four",
    ]


def test_endless_words_are_laid_into_lines_all_the_same():
    assert max(len(line.text.split()) for line in lines_of(sung("la " * 40 + "la"))) == 10


def test_what_is_not_a_word_with_its_times_is_left_out():
    told = [
        {"word": "one", "start": 1, "end": 2},
        {"word": " "},
        "two",
        {"word": "x", "start": "1"},
    ]
    assert words_of({"words": told}) == [TimedWord("one", 1.0, 2.0)]
    assert lines_of([]) == []


def test_lrc_and_srt_are_as_players_expect_them():
    lines = lines_of([TimedWord("late", 3599.996, 3601.5)])
    assert to_lrc(lines_of(sung("one two")), "A\nsong") == snapshot(
        "[ti:A song]\n[00:01.00]one two\n"
    )
    assert to_srt(lines) == snapshot("1\n00:59:59,996 --> 01:00:01,500\nlate\n")
    assert to_lrc(lines, "x").splitlines()[1] == "[60:00.00]late"
