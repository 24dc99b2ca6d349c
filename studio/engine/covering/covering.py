"""Covering: the same tune, words, chords and form, played by another band."""

from dataclasses import dataclass, replace

from studio.engine.continuing.ground import Ground, ground_of
from studio.engine.covering.feel import Pace, choose_pace, counted_anew, swing_notes
from studio.engine.covering.order import Order
from studio.engine.covering.retold import tags_now
from studio.engine.covering.rewording import reword
from studio.engine.covering.singable import (
    NEAR_KEYS,
    lying_well,
    moved_score,
    moved_vocal,
    nearest_way,
)
from studio.engine.score import Note, Part, Room, Score, Vocal
from studio.engine.writing.band import finish
from studio.engine.writing.chance import turn
from studio.engine.writing.ending import rung_out
from studio.engine.writing.given import band_over
from studio.engine.writing.musicians import line_up
from studio.engine.writing.reading import Wish
from studio.engine.writing.scansion import CountSyllables
from studio.engine.writing.style import STYLES, Soloist, Style, load_style
from studio.engine.writing.swing import STRAIGHT, SWUNG_BEATS, drawn_swing, swing_of, swing_vocal
from studio.engine.writing.theory import key_name

LEAD = "lead"
_HELD = 0.95
"""How much of its length a note is held by an instrument."""


@dataclass(frozen=True, slots=True)
class Cover:
    """A song in its new clothes."""

    score: Score
    pace: Pace
    semitones: int
    """How far the chords moved."""
    octaves: int
    """How far the tune moved besides, in semitones."""
    left_out: int = 0
    """Lines of the new words that found no room."""
    cut: int = 0
    """Lines whose last words found no room."""


def cover(score: Score, order: Order, seed: int, *, syllables: CountSyllables) -> Cover:
    """Write a song down for another band.

    Parameters
    ----------
    score
        The song. Its tune is what is sung or, without a voice, what the lead plays.
    order
        What the cover is to be like.
    seed
        Of the new band: same song, order and seed, same cover.
    syllables
        How many syllables the singer makes of each word, in a language.
    """
    style = load_style(style_for(score.style, order.wish, seed))
    pace = _pace(score, order, style)
    straight = counted_anew(score, pace)
    semitones, octaves = _move(straight, order)
    moved = moved_score(straight, semitones, octaves=octaves)
    moved, left_out, cut = _worded(moved, order, syllables)
    swing, unit = _swing(score, style, pace, seed, keep_time=order.keep_time)
    ground = replace(ground_of(moved), swing=swing, swung_beats=unit)
    vocal = None if order.instrumental else moved.vocal
    if vocal is not None:
        vocal = order.sung(swing_vocal(vocal, swing, unit))
    new = replace(
        moved,
        style=style.name,
        tags=_tags(moved, style, order.wish, vocal),
        swing=swing if unit == 1.0 else STRAIGHT,
        parts=_parts(moved, ground, style, seed, wish=order.wish, vocal=vocal),
        vocal=vocal,
        lyrics=moved.lyrics if vocal else "",
        seed=seed,
        room=Room(**style.room.model_dump()),
    )
    return Cover(rung_out(new), pace, semitones, octaves, left_out, cut)


def resung(score: Score, order: Order, *, syllables: CountSyllables) -> Cover:
    """Let somebody else sing a song, or sing other words, over the very same music.

    The score must have a voice; of the order, only singer and words count.
    """
    order = replace(order, keep_time=True, key=None, tempo_bpm=None, instrumental=False)
    pace = choose_pace(
        score, (score.tempo_bpm,) * 2, beats_per_bar=score.beats_per_bar, keep_time=True
    )
    _, octaves = _move(score, order)
    song = replace(score, vocal=score.vocal and moved_vocal(score.vocal, octaves))
    song, left_out, cut = _worded(song, order, syllables)
    vocal = song.vocal and order.sung(song.vocal)
    song = replace(song, vocal=vocal)
    return Cover(
        replace(song, tags=tags_now(song)),
        pace,
        semitones=0,
        octaves=octaves,
        left_out=left_out,
        cut=cut,
    )


def style_for(old: str, wish: Wish, seed: int) -> str:
    """Return the style of a cover: the one that is named, or another than it was."""
    others = [name for name in STYLES if name != old]
    return wish.style.name if wish.named else turn(seed, "cover", others)


def _pace(score: Score, order: Order, style: Style) -> Pace:
    """Choose how to count; a tempo that was asked for is held."""
    tempo = order.tempo_bpm
    wanted = (tempo, tempo) if tempo else style.tempo
    pace = choose_pace(score, wanted, beats_per_bar=style.beats_per_bar, keep_time=order.keep_time)
    if tempo and not order.keep_time:
        pace = Pace(pace.feel, tempo, tempo / (score.tempo_bpm * pace.feel.growth))
    return pace


def _move(song: Score, order: Order) -> tuple[int, int]:
    """Return by how much chords move, and by how much more the tune: where a voice sings well."""
    keys = [nearest_way(song.key, order.key)] if order.key else None
    if song.vocal is None or order.instrumental:
        return (keys or [0])[0], 0
    singer = order.sung(song.vocal)
    if order.keep_time:
        keys = [0]
    same = (singer.voice, singer.persona) == (song.vocal.voice, song.vocal.persona)
    return lying_well(
        [note.pitch for note in song.vocal.notes],
        singer.voice,
        persona=singer.persona,
        keys=keys or ([0] if same else NEAR_KEYS),
        at_home=same,
    )


def _worded(song: Score, order: Order, syllables: CountSyllables) -> tuple[Score, int, int]:
    """Return the song with new words, if there are any, and how many lines were lost and cut."""
    if song.vocal is None or not any(stanza.lines for stanza in order.stanzas):
        return song, 0, 0
    new = reword(song.vocal, song.sections, order.stanzas, language=order.language, count=syllables)
    return replace(song, vocal=new.vocal, lyrics=new.lyrics), new.left_out, new.cut


def _swing(
    score: Score, style: Style, pace: Pace, seed: int, *, keep_time: bool
) -> tuple[float, float]:
    """Return the swing of the new band, or of the old one if it is to be heard too."""
    if not keep_time:
        return drawn_swing(style, seed), SWUNG_BEATS[style.swung]
    ratio, unit = swing_of(score)
    return ratio, unit * pace.feel.growth


def _parts(
    song: Score, ground: Ground, style: Style, seed: int, *, wish: Wish, vocal: Vocal | None
) -> tuple[Part, ...]:
    """Let the new band play; without a singer its lead plays the tune."""
    parts = band_over(
        ground,
        style.name,
        seed,
        wanted=wish.wanted,
        unwanted=wish.unwanted,
        without=() if vocal else (LEAD,),
        vocal=vocal,
    )
    if vocal is None:
        soloist = line_up(style, wish.wanted, wish.unwanted).lead
        assert ground.swing is not None
        notes = swing_notes(tune_for(song, soloist), ground.swing, ground.swung_beats)
        parts = (*parts, finish(soloist, notes, seed))
    return tuple(part for part in parts if part.notes)


def tune_for(song: Score, soloist: Soloist) -> tuple[Note, ...]:
    """Return the tune of a song as an instrument plays it: what is sung, and the lead around it."""
    old = next((part.notes for part in song.parts if part.name == LEAD), ())
    sung = _as_played(song.vocal) if song.vocal else []
    around = [note for note in old if not any(_overlap(note, other) for other in sung)]
    notes = sorted((*sung, *around), key=lambda note: note.start)
    middle = sum(soloist.reach) / 2
    if not notes:
        return ()
    heard = sum(note.pitch for note in sung or notes) / len(sung or notes)
    octaves = round((middle - heard) / 12) * 12
    return tuple(replace(note, pitch=_within(note.pitch + octaves, soloist)) for note in notes)


def _as_played(vocal: Vocal) -> list[Note]:
    return [
        Note(note.start, note.beats * _HELD, note.pitch, min(127, round(note.velocity * 0.95)))
        for note in vocal.notes
    ]


def _overlap(note: Note, other: Note) -> bool:
    return note.start < other.start + other.beats and other.start < note.start + note.beats


def _within(pitch: int, soloist: Soloist) -> int:
    """Bring a note into the reach of an instrument, by octaves."""
    low, high = soloist.reach
    while pitch < low:
        pitch += 12
    while pitch > max(high, low + 11):
        pitch -= 12
    return pitch


def _tags(song: Score, style: Style, wish: Wish, vocal: Vocal | None) -> str:
    said = [
        style.words[0],
        f"{song.tempo_bpm:.0f} bpm",
        key_name(song.key),
        *wish.wanted,
        f"{vocal.voice} voice" if vocal else "instrumental",
    ]
    return ", ".join(said)
