"""Writing: what the server's language model does: better words for what somebody wrote.

Without that model both routes answer 200, and say 500 in the body.
"""

from collections.abc import Mapping
from itertools import cycle
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from studio.emulator.dialects.acestep.answers import NO_LM, fail, wrap
from studio.emulator.dialects.acestep.asking.asked import Asked, read_asked
from studio.emulator.dialects.acestep.asking.reading import read_fields
from studio.emulator.dialects.acestep.desk import Desk
from studio.emulator.orders import TakeState
from studio.emulator.waiting import made
from studio.emulator.works import Use

NAME = "format"
SPOILED = "The language model returned nothing."
SAMPLES: tuple[Mapping[str, Any], ...] = (
    {
        "caption": "slow folk, fingerpicked guitar, a warm voice close to the microphone",
        "lyrics": "[Verse]\nThe kettle hums a note it knows\nThe window wears the early snow",
        "bpm": 84,
        "key_scale": "G major",
    },
    {
        "caption": "funk, slapped bass, tight drums, short brass",
        "lyrics": "[Verse]\nTwo left shoes and one good plan\nDance it wrong as best you can",
        "bpm": 108,
        "key_scale": "E minor",
    },
    {
        "caption": "ambient, wide pads, no drums, very slow",
        "lyrics": "[Instrumental]",
        "bpm": 62,
        "key_scale": "D major",
    },
)
_REST = {"time_signature": "4", "duration": 90.0, "vocal_language": "en"}


class Writing:
    """Where words are asked for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._samples = cycle(SAMPLES)

    async def format(self, request: Request) -> Response:
        """Write a richer caption, and words where there are none."""
        self._check_lm()
        asked = read_asked(await read_fields(request), self._desk.choices["build"])
        if self._desk.house.faults.take(self._desk.name, NAME, at_work=True):
            raise fail(SPOILED, self._desk.now)
        told = {
            "caption": await self._caption(asked),
            "lyrics": asked.lyrics or await self._lyrics(asked),
            "bpm": asked.bpm,
            "key_scale": asked.key_scale,
            "time_signature": asked.time_signature,
            "duration": asked.seconds,
            "vocal_language": "en",
        }
        return wrap(told, self._desk.now)

    async def sample(self, _: Request) -> Response:
        """Tell one of a few examples."""
        self._check_lm()
        return wrap({**next(self._samples), **_REST}, self._desk.now)

    def _check_lm(self) -> None:
        if not self._desk.has_lm:
            raise fail(NO_LM, self._desk.now)

    async def _caption(self, asked: Asked) -> str:
        if not asked.prompt:
            return ""
        limit = max(400, len(asked.prompt))
        options = {"tags": asked.prompt[:1000], "limit": min(1000, limit)}
        return await self._written(Use("upsample-tags", options=options), "tags")

    async def _lyrics(self, asked: Asked) -> str:
        options = {"about": asked.prompt[:2000]}
        return await self._written(Use("make-lyrics", options=options), "lyrics")

    async def _written(self, work: Use, fact: str) -> str:
        done = await made(self._desk.house.band, work)
        if done is None or done[1].state is not TakeState.FINISHED:
            raise fail((done and done[1].reason) or SPOILED, self._desk.now)
        return str(done[1].facts["versions"][0][fact])
