"""Families: the vendor resells four makers of music, and their clips and tasks do not mix.

Their ids look alike, so the studio keeps those of all but the first with the family's name before
them: `3f2a…` is Sonic's, `producer/3f2a…` is Producer's. What a person types may have it or not.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from studio.errors import RequestUnfit
from studio.providers.materials import Material, Materials
from studio.songs import Attached


class Family(StrEnum):
    """One of the makers of music; the value is how it is shown."""

    SONIC = "Sonic"
    PRODUCER = "Producer"
    NURO = "Nuro"
    RIFFUSION = "Riffusion"

    @property
    def path(self) -> str:
        """Its part of every address, and the mark before its ids."""
        return self.value.lower()


@dataclass(frozen=True, slots=True)
class Clip:
    """A sound as the vendor knows it."""

    id: str
    """Without the mark of its family."""
    is_upload: bool = False
    since: datetime | None = None


def marked(family: Family, id_: str) -> str:
    """Return `id_` as the studio keeps it."""
    return id_ if family is Family.SONIC else f"{family.path}/{id_}"


def family_of(remote: str, *, unmarked: Family = Family.SONIC) -> Family:
    """Return whose id this is; one without a mark is of `unmarked`."""
    return next((one for one in Family if remote.startswith(f"{one.path}/")), unmarked)


def bare(remote: str) -> str:
    """Return the id as the vendor knows it."""
    remote = remote.strip()
    return remote.removeprefix(f"{family_of(remote).path}/")


def find_clip(material: Material, family: Family, *, uploaded: bool = False) -> Clip | None:
    """Return under which id `family` has this song, if it has.

    What was made there goes before what was uploaded, unless it has to be `uploaded`; of several
    uploads the newest is taken.
    """
    known = [] if material.remote is None else [_clip_of(material, material.remote)]
    known += [
        (one.remote, Clip(bare(one.remote), is_upload=True, since=one.made_at))
        for one in material.attachments
        if one.kind is Attached.UPLOAD and one.remote
    ]
    here = [clip for remote, clip in known if family_of(remote) is family]
    made = [] if uploaded else [clip for clip in here if not clip.is_upload]
    uploads = [clip for clip in here if clip.is_upload]
    newest = sorted(uploads, key=lambda clip: clip.since.timestamp() if clip.since else 0.0)
    return next(iter(made or newest[::-1]), None)


def clip_id(
    materials: Materials, family: Family, *, number: int = 0, uploaded: bool = False
) -> str:
    """Return the id under which `family` has one of the songs.

    Raises
    ------
    RequestUnfit
        If it has not; `before` should have had it brought there.
    """
    clip = find_clip(materials.songs[number], family, uploaded=uploaded)
    if clip is None:
        title = materials.songs[number].song.title
        raise RequestUnfit(
            f"AI Music API ({family}) does not have “{title}”. Upload it there, then ask again."
        )
    return clip.id


def _clip_of(material: Material, remote: str) -> tuple[str, Clip]:
    return remote, Clip(bare(remote), is_upload=material.is_upload, since=material.there_since)
