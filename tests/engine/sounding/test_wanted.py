"""Wanted: words are understood as the noises and players they name, and no others."""

from itertools import chain

import pytest

from studio.engine.sounding.catalogue import MAKERS, noises
from studio.engine.sounding.wanted import NOBODY_KNOWS, wanted_in


@pytest.mark.parametrize(
    ("words", "found", "players"),
    [
        ("rain with thunder", {"rain", "thunder"}, set()),
        ("a thunderstorm, without rain", {"rain", "thunder"}, set()),
        ("Waves on a beach, no birds", {"waves"}, set()),
        ("a crackling fire", {"fire"}, set()),
        ("vinyl crackle under piano chords", {"vinyl"}, {"piano"}),
        ("forest ambience at night", {"birds"}, set()),
        ("night", {"crickets"}, set()),
        ("a steady heart beat", {"heartbeat"}, set()),
        ("wind chimes", {"chimes"}, set()),
        ("cinematic boom", {"impact"}, set()),
        ("church bells in the rain", {"bell", "rain"}, set()),
        ("boom bap drum loop", set(), {"drums"}),
        ("new wave bassline", set(), {"bass"}),
        ("synthwave arpeggio", set(), {"arpeggio"}),
        ("drum and bass", set(), {"drums", "bass"}),
        ("saxophone riff", set(), {"lead"}),
        ("lo-fi hip hop", set(), {"band"}),
        ("a groove", set(), {"band"}),
        ("雨声和雷声", {"rain", "thunder"}, set()),
    ],
)
def test_words_name_noises_and_players(words, found, players):
    wanted = wanted_in(words)
    assert (set(wanted.noises), set(wanted.players)) == (found, players)
    assert not wanted.note


def test_what_nobody_knows_is_a_pad_and_said_so():
    wanted = wanted_in("the colour of regret")
    assert (wanted.noises, wanted.players, wanted.note) == ((), ("pad",), NOBODY_KNOWS)


@pytest.mark.parametrize("name", MAKERS)
def test_every_word_of_a_noise_asks_for_it(name):
    words = noises()[name].words
    assert [word for word in words if name not in wanted_in(f"some {word} please").noises] == []


def test_every_noise_has_its_words_in_small_letters():
    assert MAKERS.keys() == noises().keys()
    assert all(word == word.casefold() for word in chain(*(n.words for n in noises().values())))
