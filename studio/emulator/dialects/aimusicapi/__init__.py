"""The AI Music API as it was in January 2026, and with a switch as in September.

Documentation: https://docs.aimusicapi.ai. The operations of sonic stand here in the order of its
index; those of the other families stand in their files.
"""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import Response

from studio.emulator.dialects.aimusicapi.asking import Asking
from studio.emulator.dialects.aimusicapi.bringing import Bringing
from studio.emulator.dialects.aimusicapi.desk import NAME, Desk, open_desk
from studio.emulator.dialects.aimusicapi.errors import REFUSALS, admit, say_fault, stray
from studio.emulator.dialects.aimusicapi.finding import Finding
from studio.emulator.dialects.aimusicapi.looking import Looking
from studio.emulator.dialects.aimusicapi.making import Making
from studio.emulator.dialects.aimusicapi.media import Media
from studio.emulator.dialects.aimusicapi.nuro import Nuro
from studio.emulator.dialects.aimusicapi.parting import Parting
from studio.emulator.dialects.aimusicapi.producer import Producer
from studio.emulator.dialects.aimusicapi.receipts import Receipts
from studio.emulator.dialects.aimusicapi.riffusion import Riffusion
from studio.emulator.dialects.aimusicapi.voices import Voices
from studio.emulator.dialects.aimusicapi.webhooks import OPERATION as WEBHOOK
from studio.emulator.door import Dialect, Fidelity, Operation, Telling
from studio.emulator.house import House

Answer: TypeAlias = Callable[[Request], Awaitable[Response]]


def open_aimusicapi(house: House) -> Dialect:
    """Open the counters of the AI Music API."""
    desk = open_desk(house)
    bringing = Bringing(desk, house.data / NAME / "uploads")
    return Dialect(
        name=NAME,
        operations=(
            *sonic_operations(desk, bringing),
            *Producer(desk).operations,
            *Riffusion(desk, bringing).operations,
            *Nuro(desk).operations,
            *desk.calendar.operations,
        ),
        admit=partial(admit, key=house.key),
        say=say_fault,
        stray=stray,
        tellings=(Telling(WEBHOOK, "webhook_url", note="when it is tried again is guessed"),),
        reasons=tuple(REFUSALS),
    )


def sonic_operations(desk: Desk, bringing: Bringing) -> tuple[Operation, ...]:
    """Return what sonic can be asked."""
    folder = desk.house.data / NAME
    voices = Voices(desk, bringing, folder)
    making, parting, asking = Making(desk, bringing, voices), Parting(desk), Asking(desk)
    finding = Finding(desk, Receipts(folder / "receipts", desk.ledger))
    looking, media = Looking(desk, bringing, voices), Media(desk, finding, folder / "media")
    return (
        Operation("create", "POST", "/api/v1/sonic/create", making.create),
        _post("upload", bringing.upload),
        _post("upload-extend", making.upload_extend),
        _post("upload-cover", making.upload_cover),
        _post("persona", voices.persona),
        _post("sample", making.sample),
        _post("mashup", making.mashup),
        _post("replace-section", making.replace_section),
        _post("bpm", asking.bpm),
        _post("vox", voices.vox, "guessed"),
        _post("wav", finding.wav),
        _post("midi", finding.midi, "recorded"),
        _post("aligned-lyrics", finding.aligned_lyrics, "recorded"),
        _post("upsample-tags", asking.upsample_tags),
        _post("stems/basic", parting.basic, "recorded"),
        _post("stems/full", parting.full, "recorded"),
        _post("create-voice", voices.create_voice, "recorded"),
        _post("download", finding.download, "recorded"),
        _post("lyrics", asking.lyrics),
        Operation("task", "GET", "/api/v1/sonic/task/{task:path}", looking.task),
        Operation("get-credits", "GET", "/api/v1/get-credits", looking.credits),
        _media("audio", "/media/{clip}.mp3", media.audio),
        _media("wav", "/media/{clip}.wav", media.wav),
        _media("m4a", "/media/{clip}.m4a", media.m4a),
        _media("notes", "/media/{clip}.mid", media.midi),
        _media("image", "/media/{clip}.png", media.image),
        _media("stream", "/media/stream/{clip}", media.stream),
        Operation("top-up", "POST", "/top-up", looking.top_up, fidelity="ours"),
    )


def _post(path: str, answer: Answer, fidelity: Fidelity = "documented") -> Operation:
    return Operation(f"sonic/{path}", "POST", f"/api/v1/sonic/{path}", answer, fidelity)


def _media(name: str, path: str, answer: Answer) -> Operation:
    return Operation(name, "GET", path, answer, "guessed", needs_key=False)
