"""Personas: how far apart voices sound, and how well a voice is known again.

Timbres are compared as `timbre` hears them, which knows nothing of how personas are measured.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import soxr
from timbre import distance, timbre

from bench.ground import machine, report
from studio.audio.files import write
from studio.audio.samples import RATE, Samples
from studio.audio.work import UNWATCHED
from studio.engine.brief import Brief
from studio.engine.persona import Persona, from_json
from studio.engine.recording import perform
from studio.engine.score import Score
from studio.engine.singing import count_syllables, persona_of, sing
from studio.engine.singing.espeak import Espeak
from studio.engine.singing.speakers import source_for
from studio.engine.singing.speech import SPOKEN_RATE, Sex, Speech
from studio.engine.tools.persona import PersonaOptions, keep_voice
from studio.engine.writing import arrange

SECONDS = 25.0
SONGS = (
    ("pop", "rain", "C major", 61),
    ("folk", "my dog", "E minor", 62),
    ("house", "a party", "Ab major", 63),
)
GERMAN = (
    "Am Morgen geht der alte Bauer über das Feld und sucht seinen Hund, der in der Nacht "
    "davongelaufen ist; am Abend sitzen beide wieder müde vor dem Ofen und schlafen ein."
)


def main() -> None:
    """Measure, and print the tables."""
    print(machine())
    personas = voices()
    for source in dict.fromkeys((source_for("en"), Espeak())):
        sung = {
            (name, number): sing(song(number, persona), voice_source=source)["vocals"]
            for name, persona in personas.items()
            for number in range(len(SONGS))
        }
        compare(source, sung, list(personas))
        known_again(source, sung, personas)
    through_a_mix(personas)


def song(number: int, persona: Persona | None = None, voice: Sex | None = None) -> Score:
    """Write a song without backing voices."""
    style, about, key, seed = SONGS[number]
    brief = Brief(
        style=style, description=f"a song about {about}", key=key, length_seconds=SECONDS,
        voice=voice, persona=persona,
    )  # fmt: skip
    score = arrange(brief, seed, syllables=count_syllables)
    assert score.vocal is not None
    return replace(score, vocal=replace(score.vocal, harmony=()))


def voices() -> Mapping[str, Persona]:
    """Return personas of the usual voices, of moved ones, and of a voice that only speaks."""
    usual = {
        (source.name, sex): sing(song(0, voice=sex), voice_source=source)["vocals"]
        for source in dict.fromkeys((source_for("en"), Espeak()))
        for sex in ("female", "male")
    }
    spoken = Espeak().speak(GERMAN.split(), language="de", voice="male").samples
    sounds = {f"{name}, {sex}": sound for (name, sex), sound in usual.items()}
    woman, man = (usual["espeak-ng", sex] for sex in ("female", "male"))
    sounds |= {
        "woman, 1.18 x": faster(woman, 1.18),
        "woman, 0.9 x": faster(woman, 0.9),
        "man, 0.88 x": faster(man, 0.88),
        "speaks German": faster(soxr.resample(spoken, SPOKEN_RATE, RATE)[None], 0.9),
    }
    return {name: persona_of(sound.astype(np.float32), name=name) for name, sound in sounds.items()}


def faster(sound: Samples, factor: float) -> Samples:
    """Play a sound faster, which moves pitch and formants alike."""
    return np.asarray(soxr.resample(sound.mean(axis=0), RATE, RATE / factor))[None]


def compare(source: Speech, sung: Mapping[tuple[str, int], Samples], names: Sequence[str]) -> None:
    """Print how far songs of each persona lie from each other, and from the nearest other one."""
    timbres = {key: timbre(sound) for key, sound in sung.items()}
    rows, right = [], 0
    for name in names:
        own = [
            distance(timbres[name, a], timbres[name, b])
            for a, b in product(range(3), repeat=2)
            if a < b
        ]
        others = {
            other: np.mean([distance(timbres[name, a], timbres[other, b]) for a, b in _apart()])
            for other in names
            if other != name
        }
        right += sum(_nearest(timbres, name, number) == name for number in range(3))
        near = min(others, key=lambda other: others[other])
        rows.append([name, f"{np.mean(own):.1f}", f"{others[near]:.1f}", near])
    report(
        f"Timbre distance, sung by {source.name}: nearest song is of the same persona "
        f"{right} of {3 * len(names)} times",
        ("persona", "within", "to the nearest other", "which is"),
        rows,
    )


def _apart() -> list[tuple[int, int]]:
    return [(a, b) for a, b in product(range(3), repeat=2) if a != b]


def _nearest(timbres: Mapping[tuple[str, int], Samples], name: str, number: int) -> str:
    """Return who sings the song that is nearest to one, of all with other words."""
    others = [key for key in timbres if key[1] != number]
    return min(others, key=lambda key: distance(timbres[name, number], timbres[key]))[0]


def known_again(
    source: Speech, sung: Mapping[tuple[str, int], Samples], personas: Mapping[str, Persona]
) -> None:
    """Print what is measured of songs that a persona sings, beside the persona."""
    rows = []
    for name, persona in personas.items():
        heard = [persona_of(sung[name, number]) for number in range(3)]
        rows.append([name, *_beside(persona, heard)])
    report(
        f"Measured again from what it sings, by {source.name}",
        ("persona", "formants", "balance dB rms", "breath", "vibrato Hz", "vibrato cents"),
        rows,
    )


def _beside(persona: Persona, heard: Sequence[Persona]) -> list[str]:
    def pair(wanted: float, found: Sequence[float], digits: int) -> str:
        return f"{wanted:.{digits}f} > {np.mean(found):.{digits}f}"

    off = [np.array(one.balance_db[1:11]) - persona.balance_db[1:11] for one in heard]
    return [
        pair(persona.formants, [one.formants for one in heard], 2),
        f"{np.mean([np.sqrt(np.square(one).mean()) for one in off]):.1f}",
        pair(persona.breath, [one.breath for one in heard], 2),
        pair(persona.vibrato.hertz, [one.vibrato.hertz for one in heard], 1),
        pair(persona.vibrato.cents, [one.vibrato.cents for one in heard], 0),
    ]


def through_a_mix(personas: Mapping[str, Persona]) -> None:
    """Print what is measured of a voice that was taken out of a record again."""
    rows = []
    with TemporaryDirectory() as folder:
        for name in list(personas)[:4]:
            record = Path(folder, "record.wav")
            write(record, perform(song(1, personas[name])).mix, RATE)
            keep_voice([record], PersonaOptions(), Path(folder, "persona.json"), UNWATCHED)
            heard = from_json(Path(folder, "persona.json").read_bytes())
            rows.append([name, *_beside(personas[name], [heard]), heard.voice])
    report(
        "Measured from the separated voice of a whole record",
        ("persona", "formants", "balance dB rms", "breath", "vibrato Hz", "cents", "voice"),
        rows,
    )


if __name__ == "__main__":
    main()
