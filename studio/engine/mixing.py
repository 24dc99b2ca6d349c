"""Mixing: from stems to one sound, before it is mastered.

A mix is by definition the sum of its treated stems, one of which is the room they all play in; the
only gain that depends on all of them, the glue, is one curve on every stem. So stems taken out
later add up to the record.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from studio.audio.levels import SILENCE_DB, loudness
from studio.audio.samples import RATE, Samples, checked
from studio.audio.shaping import reverb
from studio.audio.shaping.dynamics import Curve, compression
from studio.audio.shaping.eq import equalise, high_pass, low_pass
from studio.audio.shaping.filters import Section
from studio.audio.work import UNWATCHED, Work
from studio.engine.balance import (
    BACKING,
    INSTRUMENTAL_LEAD_DB,
    LEAD,
    PRESENCE_CUT,
    VOCALS,
    Role,
    role_of,
)
from studio.engine.playing.cues import seeded
from studio.engine.riding import fading, lifting, ridden
from studio.engine.score import Part, Score

ROOM, VINYL = "room", "vinyl"
"""The stems that nobody plays."""

_NOTHING: Samples = np.zeros((2, 1), np.float32)
_TWO_CHANNELS_DB = 3.01
_VOCAL_REVERB = {VOCALS: 0.17, BACKING: 0.28}
_GLUE_THRESHOLD_DB, _GLUE_RATIO = -15.0, 1.7


def mix(stems: Mapping[str, Samples], score: Score) -> Samples:
    """Balance, colour and place stems, and sum them.

    Parameters
    ----------
    stems
        By name, each `float32 (1 or 2, frames)` of one length: the score's parts, and `vocals` and
        `backing` where there is singing.
    score
        What they play.

    Returns
    -------
    `float32 (2, frames)`, not yet at the loudness of a record.
    """
    return summed(((name, treat(name, stem, score)) for name, stem in stems.items()), score)


def separate(stems: Mapping[str, Samples], score: Score) -> dict[str, Samples]:
    """Return the treated stems, with the room and the vinyl as stems of their own.

    Their sum is what `mix` returns (to rounding).
    """
    treated = {name: treat(name, stem, score) for name, stem in stems.items()}
    sends = (sent(name, stem, score) for name, stem in treated.items())
    whole = treated | _surroundings(sum(sends, start=_NOTHING), score)
    gain = gain_of(sum(whole.values(), start=_NOTHING), score)
    return {name: stem * gain for name, stem in whole.items()}


def summed(
    treated: Iterable[tuple[str, Samples]], score: Score, *, work: Work = UNWATCHED
) -> Samples:
    """Sum stems that were treated already, with the room that they play in.

    Parameters
    ----------
    treated
        Names, and what `treat` returned for them; one at a time is enough.
    score
        What they play.
    work
        Asked after each stem.
    """
    total = send = _NOTHING
    for number, (name, stem) in enumerate(treated):
        work.at(0.7 * number / (len(score.parts) + len(_VOCAL_REVERB)))
        total = _plus(total, stem)
        send = _plus(send, sent(name, stem, score))
    work.at(0.7)
    for stem in _surroundings(send, score).values():
        total = _plus(total, stem)
    # A long song fills the memory with what is still called by a name.
    del send, stem
    work.at(0.9)
    total *= gain_of(total, score)
    return total


def treat(name: str, stem: Samples, score: Score) -> Samples:
    """Return one stem as it goes into the sum: at its level, place, colour and width.

    It hears no other stem, so that every stem can be treated by whoever played it.
    """
    role = role_of(name)
    part = _part_of(name, score)
    sound = equalise(_narrowed(checked(stem)), *_sections(name, role, score))
    del stem
    if role.ratio > 1:
        sound = _levelled(sound, role.lufs)
        sound *= compression(sound, threshold_db=role.lufs - 2.0, ratio=role.ratio)
    sound = _saturated(_levelled(sound, _lufs_of(name, role, score)), role, score)
    sound = _placed(sound, part.pan if part else 0.0, role, score.room.width)
    sound *= ridden(role, score, sound.shape[1])
    sound *= np.float32(10 ** ((part.gain_db if part else 0.0) / 20))
    return sound


def _plus(total: Samples, stem: Samples) -> Samples:
    """Add to a total that is nobody else's."""
    if total is _NOTHING:
        return np.array(stem)
    total += stem
    return total


def _part_of(name: str, score: Score) -> Part | None:
    return next((part for part in score.parts if part.name == name), None)


def _narrowed(stem: Samples) -> Samples:
    """Return one channel where both are alike: half the work, and most players are mono."""
    return stem[:1] if np.array_equal(stem[:1], stem[-1:]) else stem


def _sections(name: str, role: Role, score: Score) -> tuple[Section, ...]:
    sections = role.sections
    if score.vocal is not None and role.makes_way:
        sections = (*sections, PRESENCE_CUT)
    if score.room.lowpass_hz is not None:
        # The voice keeps an octave more than the band, or its words drown in the dust.
        edge = score.room.lowpass_hz * (2 if name in _VOCAL_REVERB else 1)
        sections = (*sections, low_pass(edge))
    return sections


def _lufs_of(name: str, role: Role, score: Score) -> float:
    return role.lufs + (INSTRUMENTAL_LEAD_DB if name == LEAD and score.vocal is None else 0.0)


def _levelled(sound: Samples, lufs: float) -> Samples:
    # Every second frame averaged with its neighbour: within 0.1 LU, for half the time.
    even = sound.shape[1] // 2 * 2
    halved = (sound[:, 0:even:2] + sound[:, 1:even:2]) * np.float32(0.5)
    measured = loudness(halved, RATE // 2)
    if measured <= SILENCE_DB:
        return sound
    if sound.shape[0] == 1:
        measured += _TWO_CHANNELS_DB
    return sound * np.float32(10 ** ((lufs - measured) / 20))


def _saturated(sound: Samples, role: Role, score: Score) -> Samples:
    """Round the peaks off, like tape, at a level that follows the stem's own."""
    drive = score.room.drive + role.drive
    if drive <= 0:
        return sound
    knee = np.float32(10 ** ((role.lufs + 17.0 - 11.0 * min(drive, 1.0)) / 20))
    rounded = sound / knee
    np.tanh(rounded, out=rounded)
    rounded *= knee
    return rounded


def _placed(sound: Samples, pan: float, role: Role, width: float) -> Samples:
    """Set width and place. What is added to the sides cancels in mono."""
    middle, side = sound[0], np.zeros_like(sound[0])
    if sound.shape[0] > 1:
        middle = (sound[0] + sound[1]) / 2
        side = (sound[0] - sound[1]) * np.float32(role.width * width / 2)
    if role.spread:
        late = round(0.013 * RATE)
        echo = equalise(middle[None], high_pass(350.0))[0] * np.float32(role.spread * width)
        side[late:] += echo[: max(0, len(echo) - late)]
    angle = (min(max(pan, -1.0), 1.0) + 1) * np.pi / 4
    gains = np.float32(np.sqrt(2)) * np.array([np.cos(angle), np.sin(angle)], dtype=np.float32)
    placed = np.empty((2, middle.size), np.float32)
    np.add(middle, side, out=placed[0])
    np.subtract(middle, side, out=placed[1])
    placed *= gains[:, None]
    return placed


def sent(name: str, stem: Samples, score: Score) -> Samples:
    """Return what of a stem is heard by the room."""
    part = _part_of(name, score)
    return stem * np.float32(part.reverb if part else _VOCAL_REVERB.get(name, 0.15))


def _surroundings(send: Samples, score: Score) -> dict[str, Samples]:
    """Return the stems that nobody plays: the answer of the room, and the record's own dust.

    What was sent is gone after that: the answer takes its place.
    """
    found = {ROOM: reverb.convolve(send, answer_of(score), into=send)}
    if score.room.vinyl > 0:
        found[VINYL] = vinyl_of(score, send.shape[1])
    return found


def answer_of(score: Score) -> Samples:
    """Return the impulse response of the room, `float32 (2, frames)`."""
    return reverb.room(max(0.2, score.room.reverb_seconds), seed=score.seed % 1_000)


def vinyl_of(score: Score, frames: int) -> Samples:
    """Return hiss and crackle; 1 is a record that was loved too much."""
    rng = seeded(score, VINYL)
    hiss = rng.standard_normal((2, frames), dtype=np.float32) * np.float32(0.0032)
    crackle = np.zeros((2, frames), dtype=np.float32)
    count = round(frames / RATE * 14)
    places = rng.integers(frames, size=count)
    crackle[rng.integers(2, size=count), places] = rng.exponential(0.1, size=count) * rng.choice(
        [-1, 1], size=count
    )
    dust = equalise(hiss, low_pass(6_000.0)) + equalise(
        crackle, high_pass(900.0), low_pass(5_500.0)
    )
    return np.asarray(dust * min(score.room.vinyl, 1.0), np.float32)


def gain_of(total: Samples, score: Score) -> Curve:
    """Return the gain of the whole: the compressor's, the engineer's in choruses, the last fade."""
    glue = compression(
        total,
        threshold_db=_GLUE_THRESHOLD_DB,
        ratio=_GLUE_RATIO,
        attack_seconds=0.02,
        release_db_per_second=24.0,
    )
    return glue * lifting(total, glue, score) * fading(score, total.shape[1])
