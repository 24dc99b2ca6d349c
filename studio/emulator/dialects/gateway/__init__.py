"""The gateway API (FoxAI, sunoaiapi.com), with the house band behind it.

Written from one page of the vendor, whose printed answers come out member by member, and from what
callers report; what neither says is guessed, and marked so. The prefix stands for
`https://api.sunoaiapi.com/api/v1`.
"""

from functools import partial

from studio.emulator.dialects.gateway.answers import admit, say_fault, stray
from studio.emulator.dialects.gateway.console import Console
from studio.emulator.dialects.gateway.desk import NAME, open_desk
from studio.emulator.dialects.gateway.looking import Looking
from studio.emulator.dialects.gateway.making import CLIPS, Making
from studio.emulator.dialects.gateway.media import Media
from studio.emulator.dialects.gateway.writing import Writing
from studio.emulator.door import Dialect, Operation
from studio.emulator.house import House

GENERATE = "/gateway/generate"
_file = partial(Operation, method="GET", fidelity="guessed", needs_key=False)


def open_gateway(house: House) -> Dialect:
    """Open the counters of the gateway."""
    desk = open_desk(house)
    making, looking, writing = Making(desk), Looking(desk), Writing(desk)
    media, console = Media(desk), Console(desk)
    return Dialect(
        name=NAME,
        operations=(
            Operation(
                "music",
                "POST",
                f"{GENERATE}/music",
                making.music,
                takes=CLIPS,
                note="refusals, which prompts are ideas, and that a continuation is the new part "
                "alone are guessed",
            ),
            Operation("gpt_desc", "POST", f"{GENERATE}/gpt_desc", making.describe, takes=CLIPS),
            Operation(
                "query",
                "GET",
                "/gateway/query",
                looking.query,
                note="what becomes of ids that do not belong together, histories, refunds and all "
                "errors but the printed one are guessed",
            ),
            Operation(
                "lyrics",
                "POST",
                f"{GENERATE}/lyrics",
                writing.ask,
                fidelity="recorded",
                takes=1,
                note="that it is free is guessed",
            ),
            Operation(
                "lyrics-result",
                "GET",
                "/gateway/lyrics/{lyrics}",
                writing.look,
                fidelity="recorded",
                note="that words are empty until they are there is guessed",
            ),
            Operation(
                "lyrics_v2",
                "POST",
                f"{GENERATE}/lyrics_v2",
                writing.at_once,
                fidelity="guessed",
                takes=1,
            ),
            Operation(
                "concat",
                "POST",
                f"{GENERATE}/concat",
                making.concat,
                fidelity="guessed",
                takes=1,
                note="path and request are recorded",
            ),
            Operation(
                "aligned_lyrics",
                "POST",
                "/gateway/aligned_lyrics",
                writing.aligned,
                fidelity="guessed",
                takes=1,
                note="path and request are documented",
            ),
            Operation("feed", "GET", "/gateway/feed/{clip}", looking.feed, fidelity="recorded"),
            Operation(
                "limit",
                "GET",
                "/gateway/limit",
                looking.limit,
                fidelity="recorded",
                note="that a request counts as one song, and which are given back, is guessed",
            ),
            _file("audio", path="/media/{clip}.mp3", answer=media.audio),
            _file("stream", path="/media/stream/{clip}", answer=media.stream),
            _file("image-large", path="/media/image_large_{clip}.png", answer=media.image),
            _file("image", path="/media/image_{clip}.png", answer=media.image),
            _file("video", path="/media/{clip}.mp4", answer=media.video),
            Operation("upload", "POST", "/console/upload", console.upload, fidelity="ours"),
            Operation("top-up", "POST", "/console/top-up", console.top_up, fidelity="ours"),
            *desk.choices.operations,
        ),
        admit=partial(admit, key=house.key),
        say=say_fault,
        stray=stray,
        merges_slashes=True,
    )
