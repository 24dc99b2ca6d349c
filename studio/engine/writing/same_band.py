"""Same band: the players of a song, called back to play more of it.

A score names instruments, not players. Whoever of its style is in it comes back with what was
played; guests that were asked for are found by their place. A band of another style that played
for some bars, whose parts are numbered, has gone home.
"""

from studio.engine.score import Part, Score
from studio.engine.writing.metre import fitted_patterns, in_metre
from studio.engine.writing.musicians import Lineup, guests
from studio.engine.writing.steps import STEPS_PER_BEAT
from studio.engine.writing.style import Comper, Player, Style, load_style

TUNES, DRUMS, BASS = "lead", "drums", "bass"


def lineup_of(score: Score) -> Lineup:
    """Return those who play `score`, each on the same instrument, as loud and in the same place."""
    style = in_metre(load_style(score.style), score.beats_per_bar)
    parts = {part.name: part for part in score.parts}
    drums, bass = parts.get(DRUMS), parts.get(BASS)
    lead = parts.get(TUNES)
    return Lineup(
        drums=style.drums.model_copy(update=_seat(drums)) if style.drums and drums else None,
        bass=style.bass.model_copy(update=_seat(bass)) if style.bass and bass else None,
        chords=tuple(_comper(part, style) for part in score.parts if _comps(part, style)),
        lead=style.lead.model_copy(update=_seat(lead)) if lead else style.lead,
    )


def _comps(part: Part, style: Style) -> bool:
    """Tell whether a part is a chord player of this band, not of one that played some bars only."""
    if part.name in {player.name for player in style.chords}:
        return True
    return part.name not in {TUNES, DRUMS, BASS} and not part.name[-1].isdigit()


def _seat(part: Part | None) -> dict[str, object]:
    if part is None:
        return {}
    return {
        "name": part.name,
        "instruments": (part.instrument,),
        "gain_db": part.gain_db,
        "pan": part.pan,
        "reverb": part.reverb,
    }


def _comper(part: Part, style: Style) -> Comper:
    own = next((c for c in style.chords if c.name == part.name), None)
    return (own or _guest(part, style)).model_copy(update=_seat(part))


def _guest(part: Part, style: Style) -> Comper:
    """Return a player of chords for a part that the style does not have."""
    name = part.name.rstrip("0123456789 ")
    guest = next((g for g in guests().values() if name in g.family and g.patterns), None)
    if guest is None:
        return style.chords[0]
    seat = Player(name=part.name, instruments=(part.instrument,))
    return Comper(
        **seat.model_dump(exclude={"reach"}),
        reach=guest.reach,
        voices=guest.voices,
        patterns=fitted_patterns(guest.patterns, style.beats_per_bar * STEPS_PER_BEAT),
    )
