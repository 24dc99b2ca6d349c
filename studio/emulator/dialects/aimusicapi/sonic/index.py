"""Sonic: all that it can be asked, in the order of the vendor's index, and how sure each is."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from studio.emulator.dialects.aimusicapi.desk import NAME, Desk
from studio.emulator.dialects.aimusicapi.sonic.asking import Asking
from studio.emulator.dialects.aimusicapi.sonic.bringing import Bringing
from studio.emulator.dialects.aimusicapi.sonic.finding import Finding
from studio.emulator.dialects.aimusicapi.sonic.looking import Looking
from studio.emulator.dialects.aimusicapi.sonic.making import Making
from studio.emulator.dialects.aimusicapi.sonic.media import Media
from studio.emulator.dialects.aimusicapi.sonic.parting import Parting
from studio.emulator.dialects.aimusicapi.sonic.receipts import Receipts
from studio.emulator.dialects.aimusicapi.sonic.voices import Voices
from studio.emulator.door import Answer, Fidelity, Operation


def sonic_operations(desk: Desk, bringing: Bringing) -> tuple[Operation, ...]:
    """Return what sonic can be asked."""
    folder = desk.house.data / NAME
    voices = Voices(desk, bringing, folder)
    making, parting, asking = Making(desk, bringing, voices), Parting(desk), Asking(desk)
    finding = Finding(desk, Receipts(folder / "receipts", desk.ledger))
    looking, media = Looking(desk, bringing, voices), Media(desk, finding, folder / "media")
    post = partial(_post, desk)
    return (
        Operation("create", "POST", "/api/v1/sonic/create", making.create, note=CREATE),
        post("upload", bringing.upload, takes=1, note="the body of its callback is guessed"),
        post("upload-extend", making.upload_extend, note="its price is guessed"),
        post("upload-cover", making.upload_cover, note="its price is guessed"),
        post("persona", voices.persona, takes=1, note="its texts are those of its older body"),
        post("sample", making.sample, note=SAMPLE),
        post("mashup", making.mashup, note="its smaller limits are recorded"),
        post("replace-section", making.replace_section, note="which words it needs is guessed"),
        post("bpm", asking.bpm, takes=1, note="that it fails without a beat is guessed"),
        post("vox", voices.vox, takes=1, note="wave_response is guessed"),
        post("wav", finding.wav, takes=1, note="that it is paid once is guessed"),
        post("midi", finding.midi, "recorded", takes=1, note="that it is paid once is guessed"),
        post("aligned-lyrics", finding.aligned_lyrics, "recorded", takes=1),
        post("upsample-tags", asking.upsample_tags, takes=1),
        post("stems/basic", parting.basic, "recorded", takes=1),
        post("stems/full", parting.full, "recorded", takes=1, note=STEMS),
        post("create-voice", voices.create_voice, "recorded", takes=1),
        post("download", finding.download, "recorded", takes=1),
        post("lyrics", asking.lyrics, takes=1, note="of two documented limits the smaller"),
        Operation("task", "GET", "/api/v1/sonic/task/{task:path}", looking.task, note=TASK),
        Operation("get-credits", "GET", "/api/v1/get-credits", looking.credits),
        _media("audio", "/media/{clip}.mp3", media.audio),
        _media("wav", "/media/{clip}.wav", media.wav),
        _media("m4a", "/media/{clip}.m4a", media.m4a),
        _media("notes", "/media/{clip}.mid", media.midi),
        _media("image", "/media/{clip}.png", media.image),
        _media("stream", "/media/stream/{clip}", media.stream),
        Operation("top-up", "POST", "/top-up", looking.top_up, fidelity="ours"),
    )


CREATE = "refusals of the wrong kind of clip, and what a clip must be, are guessed"
SAMPLE = "the defaults of the window are guessed; 30 s of it are looped at most"
STEMS = "only what can be told apart in a sound that is not the band's; 24 are the twelve twice"
TASK = "the status of a failed task (500) is guessed"


def _post(
    desk: Desk,
    path: str,
    answer: Answer,
    fidelity: Fidelity = "documented",
    *,
    takes: int | None = None,
    note: str = "",
) -> Operation:
    """Return an operation that answers as long as the profile has it."""
    name = f"sonic/{path}"

    async def answer_now(request: Request) -> Response:
        desk.profile.turn_away(name)
        return await answer(request)

    return Operation(name, "POST", f"/api/v1/{name}", answer_now, fidelity, takes=takes, note=note)


def _media(name: str, path: str, answer: Answer) -> Operation:
    return Operation(name, "GET", path, answer, "guessed", needs_key=False)
