import numpy as np
import pytest

from studio.audio.ear.sections import Bars, find_sections

RNG = np.random.default_rng(3)
# Four bars each, which have more in common with each other than with those of another.
VERSE, CHORUS, BRIDGE = RNG.normal(0, 1, (3, 1, 24)) + RNG.normal(0, 0.5, (3, 4, 24))


def song(*stretches, noise=0.15):
    """Return bars of 2 s, each stretch so many times."""
    rows = np.concatenate([np.tile(one, (times, 1)) for one, times in stretches])
    rows = rows + np.random.default_rng(1).normal(0, noise, rows.shape)
    energy = np.ones(len(rows))
    edges = np.arange(len(rows) + 1) * 2.0
    return Bars(edges, rows, rows / np.linalg.norm(rows, axis=1, keepdims=True), energy)


FORM = ((VERSE, 2), (CHORUS, 2), (VERSE, 2), (CHORUS, 2), (BRIDGE, 1), (CHORUS, 2))


def test_sections_begin_where_the_music_turns():
    sections = find_sections(song(*FORM))

    starts = {section.start_seconds for section in sections}
    assert {0.0, 16.0, 32.0, 48.0, 64.0, 72.0} <= starts | {
        start + step for start in starts for step in (-2.0, 2.0)
    }


def test_what_returns_has_the_letter_it_had():
    sections = find_sections(song(*FORM))

    def letter(seconds):
        return next(
            s.letter for s in sections if s.start_seconds <= seconds < s.start_seconds + s.seconds
        )

    assert letter(8) == letter(40) == "A"
    assert letter(24) == letter(56) == letter(80) != letter(68)


def test_sections_cover_the_song_without_gaps():
    sections = find_sections(song(*FORM))

    ends = [section.start_seconds + section.seconds for section in sections]
    assert [section.start_seconds for section in sections] == pytest.approx([0.0, *ends[:-1]])
    assert ends[-1] == pytest.approx(88.0)


def test_energy_is_told_relative_to_the_loudest():
    bars = song((VERSE, 2), (CHORUS, 2))
    bars.energy[8:] *= 4

    sections = find_sections(bars)

    assert sections[-1].energy == 1.0
    assert sections[0].energy == pytest.approx(0.25, abs=0.05)


def test_music_that_never_turns_is_one_section():
    assert len(find_sections(song((VERSE[:1], 24)))) == 1


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_a_few_bars_are_sections_too(count):
    ones = np.ones((count, 4))

    sections = find_sections(Bars(np.arange(count + 1) * 2.0, ones, ones / 2, np.ones(count)))

    assert sum(section.seconds for section in sections) == pytest.approx(2.0 * count)
