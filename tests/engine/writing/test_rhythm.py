"""Laws of how words fall on beats."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.engine.brief import Brief
from studio.engine.writing import arrange
from studio.engine.writing.rhythm import Window, draw_taste, place, stresses_of_word
from tests.engine.writing.conftest import count_vowels

WINDOW = Window(first=-2, last=10, end=6.0, slot_beats=0.5, beats_per_bar=4)


@pytest.mark.parametrize(
    ("word", "stresses"),
    [
        ("river", (1.0, 0.1)),
        ("again", (0.1, 1.0)),
        ("the", (0.15,)),
        ("Fire,", (0.8,)),
        ("situation", (0.45, 0.1, 1.0, 0.1)),
        ("avenue", (1.0, 0.1, 0.45)),
    ],
)
def test_stress_is_guessed_from_how_words_look(word, stresses):
    assert stresses_of_word(word, len(stresses)) == stresses


@given(
    stresses=st.lists(st.floats(0, 1), min_size=1, max_size=10),
    seed=st.integers(0, 99),
    ending=st.sampled_from([1.0, 2.0]),
)
def test_syllables_are_placed_in_order_inside_the_window(stresses, seed, ending):
    taste = draw_taste(WINDOW, 0.3, np.random.default_rng(seed))
    slots = place(stresses, [False] * len(stresses), WINDOW, taste, ending=ending)
    assert all(a < b for a, b in pairwise(slots))
    assert slots[0] >= WINDOW.first
    assert slots[-1] <= WINDOW.last


def test_a_comma_takes_time():
    taste = np.zeros(WINDOW.slots)
    stresses, pauses = [0.5] * 6, [False, False, True, False, False, False]
    slots = place(stresses, pauses, WINDOW, taste, ending=1.0)
    gaps = np.diff(slots)
    assert gaps[2] == gaps.max() >= 3


def test_stressed_syllables_fall_on_stronger_beats():
    strong, weak = [], []
    for seed in range(4):
        vocal = arrange(Brief(style="ballad"), seed, syllables=count_vowels).vocal
        for note in vocal.notes:
            line = vocal.lines[note.line]
            stress = stresses_of_word(line.words[note.word], line.syllables[note.word])
            on_beat = note.start % 1 == 0
            (strong if stress[note.syllable] > 0.7 else weak).append(on_beat)
    assert np.mean(strong) > np.mean(weak) + 0.15


def test_lines_of_a_section_share_their_rhythm():
    shared = []
    for seed in range(6):
        score = arrange(Brief(style="folk"), seed, syllables=count_vowels)
        starts = {}
        for note in score.vocal.notes:
            line = score.vocal.lines[note.line]
            place_in_line = (note.start - score.sections[line.section].start) % 8
            starts.setdefault((line.section, note.line), set()).add(place_in_line)
        for (one, a), (other, b) in pairwise(starts.items()):
            if one[0] == other[0]:
                shared.append(len(a & b) / len(a | b))
    assert np.mean(shared) > 0.5
