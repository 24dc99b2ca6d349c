"""Songs of the band to work on: some only written, two also recorded."""

import re
from functools import cache

import pytest

from studio.audio.files import write_wav
from studio.audio.samples import RATE
from studio.engine.brief import Brief
from studio.engine.mastering import master
from studio.engine.mixing import summed
from studio.engine.papers import keep_score
from studio.engine.played import played
from studio.engine.writing import arrange

WORDS = "[Verse]\nLow light falls over the river\nI am on my way to you\n[Chorus]\nCarry me home"


def count_vowels(words, _language):
    """Count syllables as groups of vowels."""
    groups = (re.findall(r"[aeiouy]+", re.sub(r"[^\w]", "", word.casefold())) for word in words)
    return tuple(max(1, len(found)) for found in groups)


@cache
def written(style, seed=1, seconds=40.0, **wishes):
    """Return a song that nobody has played yet."""
    return arrange(
        Brief(style=style, length_seconds=seconds, **wishes), seed, syllables=count_vowels
    )


@pytest.fixture(scope="session")
def syllables():
    return count_vowels


@pytest.fixture(scope="session")
def recorded(tmp_path_factory):
    """Return the folder of two short songs, each with its score and without, and a voice alone."""
    folder = tmp_path_factory.mktemp("recorded")
    for name, style, instrumental in (("sung", "folk", False), ("played", "rock", True)):
        score = written(
            style,
            seed=4,
            seconds=16.0,
            lyrics="" if instrumental else WORDS,
            instrumental=instrumental,
            voice="female",
            key="D major",
            tempo_bpm=112.0,
        )
        stems = played(score)
        record = master(summed(stems.items(), score))
        write_wav(folder / f"{name}.wav", record, RATE)
        write_wav(folder / f"{name}-unknown.wav", record, RATE)
        keep_score(folder / f"{name}.wav", score)
        if not instrumental:
            write_wav(folder / "voice.wav", stems["vocals"], RATE)
    return folder


@pytest.fixture(scope="session")
def songs():
    return written
