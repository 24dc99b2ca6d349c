"""Plans: what must be done before a request, and what should be known before it costs."""

from collections.abc import Callable
from datetime import datetime, timedelta

from studio.errors import RequestUnfit
from studio.providers.materials import Materials
from studio.providers.sunoapi.offering.editions import Edition
from studio.providers.sunoapi.offering.prices import WITHOUT_PRICE
from studio.providers.sunoapi.places import find_kept, find_made, is_old, split_task, without_upload
from studio.providers.sunoapi.saying.extending import extends_by_id, maker_of
from studio.providers.sunoapi.saying.making import check_section
from studio.providers.sunoapi.saying.modes import check_singer, is_described, told
from studio.songs import (
    Ability,
    AddInstrumental,
    AddVocals,
    ExtendSong,
    MakeMidi,
    MakePersona,
    MakeWav,
    ReplaceSection,
    SongRequest,
    SplitStems,
    UploadSound,
    Wish,
)

A = Ability
FROM_UPLOADS = frozenset({A.COVER, A.ADD_VOCALS, A.ADD_INSTRUMENTAL, A.MASHUP, A.PHRASE, A.VOICE})
"""What works on uploads only, wherever the song was made."""
FROM_EITHER = frozenset({A.STEMS, A.REPLACE})
"""What works on uploads too, since autumn."""
FROM_MADE = frozenset({A.STEMS, A.REPLACE, A.WAV, A.TIMELINE, A.VIDEO, A.PERSONA, A.COVER_IMAGE})


def steps_before(
    request: SongRequest, materials: Materials, edition: Edition
) -> tuple[SongRequest, ...]:
    """Name the uploads, or the stems, without which `request` cannot be sent."""
    if isinstance(request, MakeMidi):
        is_split = not materials.songs or split_task(materials.songs[0], materials.gathered_at)
        return () if is_split else (SplitStems(source=request.source),)
    if not _works_on_uploads(request, materials, edition):
        return ()
    return tuple(UploadSound(source=one.song.id) for one in without_upload(materials))


def advice_for(request: SongRequest, materials: Materials, now: datetime, edition: Edition) -> str:
    """Say what should be known before it costs."""
    said = [_on_price(request), _on_age(request, materials, now)]
    if materials.songs:
        said += [_on_extending(request, materials, edition), _on_section(request, materials)]
        said.append(_on_notes(request, materials))
    said += [_on_repeats(request), _on_window(request)]
    if isinstance(request, Wish):
        said += [_on_mode(request, materials, edition), _on_length(request, materials, edition)]
    return " ".join(sentence for sentence in said if sentence)


def _works_on_uploads(request: SongRequest, materials: Materials, edition: Edition) -> bool:
    if not materials.songs:
        return False
    if isinstance(request, ExtendSong):
        return extends_by_id(request, materials, edition) is None
    if edition.is_autumn and request.ability in FROM_EITHER:
        return find_kept(materials.songs[0], materials.gathered_at) is None
    return request.ability in FROM_UPLOADS


def _on_price(request: SongRequest) -> str:
    if request.ability not in WITHOUT_PRICE:
        return ""
    return (
        "What this costs at sunoapi.org is printed nowhere: as much as a song is set aside for it, "
        "and the balance tells what it was."
    )


def _on_age(request: SongRequest, materials: Materials, now: datetime) -> str:
    if request.ability not in FROM_MADE or not materials.songs:
        return ""
    there = find_made(materials.songs[0])
    if there is None or there.since is None or not is_old(there, now):
        return ""
    days = (now - there.since) // timedelta(days=1)
    return (
        f"sunoapi.org keeps what it made for 14 days and made this {days} days ago: it may be gone "
        "there, and the request refused."
    )


def _on_extending(request: SongRequest, materials: Materials, edition: Edition) -> str:
    """Say what a song of its own is extended by, and that a tail alone is never given."""
    if not isinstance(request, ExtendSong):
        return ""
    song, said = materials.songs[0].song, []
    by, there = maker_of(song, edition), find_made(materials.songs[0])
    if there is not None and by is not None and request.model not in {None, by}:
        said.append(
            f"sunoapi.org extends “{song.title}” where it lies by {by} only, which made it; for "
            f"{request.model} it is uploaded first."
        )
    if not request.joined:
        said.append("sunoapi.org gives the whole song, never the tail alone.")
    if request.at is not None and not (request.lyrics.strip() or request.instrumental):
        said.append(
            "Without words of yours it may go on from its end rather than from where you chose."
        )
    return " ".join(said)


def _on_section(request: SongRequest, materials: Materials) -> str:
    if not isinstance(request, ReplaceSection):
        return ""
    return _problem(lambda: check_section(request, materials.songs[0].song))


def _on_notes(request: SongRequest, materials: Materials) -> str:
    if not isinstance(request, MakeMidi):
        return ""
    if split_task(materials.songs[0], materials.gathered_at):
        return ""
    return (
        "sunoapi.org writes notes down from stems, so the song is split first; that is what it "
        "costs, the notes are free."
    )


def _on_repeats(request: SongRequest) -> str:
    match request:
        case MakePersona():
            return "sunoapi.org makes one persona of a song and no second."
        case MakeWav():
            return "sunoapi.org makes this once for a song and refuses it the second time."
        case SplitStems():
            return "sunoapi.org charges for stems each time, also for the same song again."
        case _:
            return ""


def _on_window(request: SongRequest) -> str:
    if not isinstance(request, AddVocals | AddInstrumental) or request.window is None:
        return ""
    return "sunoapi.org adds to a whole song, not to a window of it. Leave the window out."


def _on_mode(wish: Wish, materials: Materials, edition: Edition) -> str:
    """Say what is not passed on where the vendor writes the words itself."""
    if not is_described(wish, materials, edition):
        return ""
    if problem := _problem(lambda: told(wish, edition)):
        return problem
    if problem := _problem(lambda: check_singer(materials)):
        return problem
    if wish.style_weight is None and wish.weirdness is None:
        return ""
    return "sunoapi.org heeds weights only with words of yours, or with a style and no singing."


def _on_length(wish: Wish, materials: Materials, edition: Edition) -> str:
    """Say that a length is asked for although it was left open."""
    is_open = wish.length is None and edition.limits_for(wish).longest is not None
    if not is_open or is_described(wish, materials, edition):
        return ""
    return "Three minutes are asked for: where the length is left open, sunoapi.org makes 20 s."


def _problem(check: Callable[[], object]) -> str:
    try:
        check()
    except RequestUnfit as problem:
        return str(problem)
    return ""
