"""A source: a clip that something is made of, with all that the band has to know of it."""

from starlette.responses import Response

from studio.emulator.dialects.aimusicapi.clips import INSTRUMENTAL, Clip, Clips
from studio.emulator.dialects.aimusicapi.errors import say, unfit
from studio.emulator.door import TurnedAway
from studio.songs import Value

UNKNOWN = "clip not found."
UNFINISHED = "The clip is not finished yet. Please wait and try again."
PURGED = "The audio of this clip is no longer available."


class Source(Value):
    """A finished clip, ready to be worked on."""

    clip: Clip
    sound: str
    """Id at the house."""
    length_seconds: float
    title: str
    tags: str
    lyrics: str
    whole: str
    """Id of the sound that holds it together with what is before it; `sound` where nothing is."""
    whole_at: float = 0.0
    """Where in that whole it begins, in seconds."""


def find_source(clips: Clips, clip_id: str, platform: str | None = None) -> Source:
    """Return a clip as something to work on; of one family, if it is named.

    Raises
    ------
    TurnedAway
        If there is none of this id, if it is not finished, or if the house let go of its sound.
        The texts are guessed.
    """
    clip = clips.find(clip_id)
    if clip is None or platform not in {None, clip.platform}:
        raise unfit(UNKNOWN)
    heard, sound, whole = clips.heard(clip), clips.sound(clip), clips.whole(clip)
    if sound is None or whole is None or heard.length_seconds is None:
        raise TurnedAway(_not_there(clips, clip))
    return Source(
        clip=clip,
        sound=sound,
        length_seconds=heard.length_seconds,
        title=heard.title,
        tags=heard.tags,
        lyrics=heard.lyrics,
        whole=whole,
        whole_at=clips.begins_at(clip),
    )


def is_instrumental(source: Source) -> bool:
    """Whether it is known that nobody sings in it."""
    return source.lyrics.strip() == INSTRUMENTAL


def _not_there(clips: Clips, clip: Clip) -> Response:
    taken = clips.take(clip)
    if taken is not None and not taken[1].state.is_over:
        return say(400, "validation_error", UNFINISHED)
    return say(404, "not_found", PURGED)
