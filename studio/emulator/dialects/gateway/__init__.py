"""The gateway API (FoxAI, sunoaiapi.com), with the house band behind it.

Written from one page of the vendor, whose printed answers come out member by member, and from what
callers report; what neither says is guessed, and marked so. The prefix stands for
`https://api.sunoaiapi.com/api/v1`.
"""

from functools import partial

from studio.emulator.dialects.gateway.answers import admit, say_fault, stray
from studio.emulator.dialects.gateway.console import Console
from studio.emulator.dialects.gateway.desk import NAME, Desk, open_desk
from studio.emulator.dialects.gateway.looking import Looking
from studio.emulator.dialects.gateway.making import CLIPS, Making
from studio.emulator.dialects.gateway.media import Media
from studio.emulator.dialects.gateway.writing import Writing
from studio.emulator.door import Dialect, Operation
from studio.emulator.house import House

GENERATE = "/gateway/generate"
_post = partial(Operation, method="POST")
_get = partial(Operation, method="GET")
_file = partial(_get, fidelity="guessed", needs_key=False)


def open_gateway(house: House) -> Dialect:
    """Open the counters of the gateway."""
    desk = open_desk(house)
    return Dialect(
        name=NAME,
        operations=(
            *_songs(desk),
            *_words(desk),
            *_files(desk),
            *_by_hand(desk),
            *desk.choices.operations,
        ),
        admit=partial(admit, key=house.key),
        say=say_fault,
        stray=stray,
        merges_slashes=True,
    )


def _songs(desk: Desk) -> tuple[Operation, ...]:
    making, looking = Making(desk), Looking(desk)
    return (
        _post(
            "music",
            path=f"{GENERATE}/music",
            answer=making.music,
            takes=CLIPS,
            note="refusals, which prompts are ideas, and that a continuation is the new part "
            "alone are guessed",
        ),
        _post("gpt_desc", path=f"{GENERATE}/gpt_desc", answer=making.describe, takes=CLIPS),
        _post(
            "concat",
            path=f"{GENERATE}/concat",
            answer=making.concat,
            fidelity="guessed",
            takes=1,
            note="path and request are recorded",
        ),
        _get(
            "query",
            path="/gateway/query",
            answer=looking.query,
            note="what becomes of ids that do not belong together, histories, refunds and all "
            "errors but the printed one are guessed",
        ),
        _get("feed", path="/gateway/feed/{clip}", answer=looking.feed, fidelity="recorded"),
        _get(
            "limit",
            path="/gateway/limit",
            answer=looking.limit,
            fidelity="recorded",
            note="that a request counts as one song, and which are given back, is guessed",
        ),
    )


def _words(desk: Desk) -> tuple[Operation, ...]:
    writing = Writing(desk)
    return (
        _post(
            "lyrics",
            path=f"{GENERATE}/lyrics",
            answer=writing.ask,
            fidelity="recorded",
            takes=1,
            note="that it is free is guessed",
        ),
        _get(
            "lyrics-result",
            path="/gateway/lyrics/{lyrics}",
            answer=writing.look,
            fidelity="recorded",
            note="that words are empty until they are there is guessed",
        ),
        _post(
            "lyrics_v2",
            path=f"{GENERATE}/lyrics_v2",
            answer=writing.at_once,
            fidelity="guessed",
            takes=1,
        ),
        _post(
            "aligned_lyrics",
            path="/gateway/aligned_lyrics",
            answer=writing.aligned,
            fidelity="guessed",
            takes=1,
            note="path and request are documented",
        ),
    )


def _files(desk: Desk) -> tuple[Operation, ...]:
    media = Media(desk)
    return (
        _file("audio", path="/media/{clip}.mp3", answer=media.audio),
        _file("stream", path="/media/stream/{clip}", answer=media.stream),
        _file("image-large", path="/media/image_large_{clip}.png", answer=media.image),
        _file("image", path="/media/image_{clip}.png", answer=media.image),
        _file("video", path="/media/{clip}.mp4", answer=media.video),
    )


def _by_hand(desk: Desk) -> tuple[Operation, ...]:
    console = Console(desk)
    return (
        _post("upload", path="/console/upload", answer=console.upload, fidelity="ours"),
        _post("top-up", path="/console/top-up", answer=console.top_up, fidelity="ours"),
    )
