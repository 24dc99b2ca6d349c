"""Passages: which words stand in a window of a song, and which around it."""

import pytest

from studio.songs import Attached
from studio.ui.form.source.passage import AROUND, Passage, split

WORDS = [
    {"word": word, "start": number, "end": number + 0.8}
    for number, word in enumerate(["we", "folded", "boats", "from", "sunday", "news"])
]


@pytest.mark.parametrize(
    ("start", "end", "passage"),
    [
        (2, 4, Passage("we folded", "boats from", "sunday news")),
        (0, 10, Passage("", "we folded boats from sunday news", "")),
        (2.9, 3.1, Passage("we folded boats", "", "from sunday news")),
    ],
)
def test_word_belongs_where_its_middle_is(start, end, passage):
    assert split(WORDS, start, end) == passage


def test_no_more_is_shown_around_than_one_reads():
    many = [{"word": str(number), "start": number, "end": number + 1} for number in range(99)]
    passage = split(many, 50, 52)
    assert (len(passage.before.split()), len(passage.after.split())) == (AROUND, AROUND)


def test_words_of_the_window_are_shown_where_they_are_known(anybody, visit):
    anybody.put_song("Rain", 1, length=20)
    anybody.put_found(Attached.TIMELINE, facts={"words": WORDS})
    app = visit("remix", song="song1")
    app.session_state["remix-window-0-song1"] = {"window": {"start": 2, "end": 4}}
    app.run()
    assert ":gray[… we folded] **boats from** :gray[sunday news …]" in [
        each.value for each in app.markdown
    ]
