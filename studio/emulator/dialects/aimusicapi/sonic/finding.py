"""Finding: what is found out about a clip, or made of it, while the caller asks again and again.

The first call pays and begins the work; the same call again looks how far it is. Whether the vendor
charges for midi and wav again is not known: here it does not.
"""

import json
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from studio.emulator.dialects.aimusicapi.answers import data, data_without_code, not_ready
from studio.emulator.dialects.aimusicapi.body import Body, read_body
from studio.emulator.dialects.aimusicapi.clips import INSTRUMENTAL
from studio.emulator.dialects.aimusicapi.desk import Desk
from studio.emulator.dialects.aimusicapi.errors import say, unfit
from studio.emulator.dialects.aimusicapi.sonic.minting import PLATFORM
from studio.emulator.dialects.aimusicapi.sonic.receipts import Receipt, Receipts
from studio.emulator.dialects.aimusicapi.source import Source, find_source
from studio.emulator.door import TurnedAway, home_of
from studio.emulator.orders import BandTake, TakeState
from studio.emulator.recipes.alignment import words_in_time
from studio.emulator.recipes.notes import instruments_of
from studio.emulator.works import Use

MIDI, LYRICS, DOWNLOAD, WAV = "sonic/midi", "sonic/aligned-lyrics", "sonic/download", "sonic/wav"
GENERATING, NO_MIDI = "generating midi…", "Failed to generate midi. Please try again."
FORMATS = ("mp3", "m4a", "wav")
USUAL_SECONDS = 10.0
NO_LYRICS = "The lyrics of this clip were not found."


class Failed(TurnedAway):
    """The band could not find it out; what was paid is given back."""


class Finding:
    """Where such questions are asked."""

    def __init__(self, desk: Desk, receipts: Receipts) -> None:
        self._desk = desk
        self._receipts = receipts

    async def wav(self, request: Request) -> Response:
        """Give a clip without loss."""
        body = await read_body(request)
        source = find_source(self._desk.clips, body.needed("clip_id"), PLATFORM)
        self._paid(WAV, source)
        await self._desk.until_due(USUAL_SECONDS)
        return data_without_code({"wav_url": f"{home_of(request)}/media/{source.clip.id}.wav"})

    async def midi(self, request: Request) -> Response:
        """Write a clip as notes; until they are there, a text stands where their link will be."""
        body = await read_body(request)
        source = find_source(self._desk.clips, body.needed("clip_id"), PLATFORM)
        work = Use("midi", (source.sound,), _midi_options(source))
        try:
            take = self._found(MIDI, source, work)
        except Failed:
            return data({"midi_url": NO_MIDI, "instruments": []})
        if take is None:
            return data({"midi_url": GENERATING, "instruments": []})
        path = self._file(take, MIDI, source)
        instruments = await run_in_threadpool(instruments_of, path)
        url = f"{home_of(request)}/media/{source.clip.id}.mid"
        return data({"midi_url": url, "instruments": instruments})

    async def aligned_lyrics(self, request: Request) -> Response:
        """Tell when each word of a clip is sung."""
        body = await read_body(request)
        source = find_source(self._desk.clips, body.needed("clip_id"), PLATFORM)
        if source.lyrics.strip() in {"", INSTRUMENTAL}:
            raise TurnedAway(say(404, "not_found", NO_LYRICS))  # guessed
        is_voice = source.clip.origin == "stem"
        options = {"lyrics": source.lyrics, "alone": is_voice}
        work = Use("timeline", (source.sound,), options)
        take = self._found(LYRICS, source, work)
        if take is None:
            return not_ready()
        lines = json.loads(self._file(take, LYRICS, source).read_bytes())
        return data({"alignment": alignment_of(lines)})

    async def download(self, request: Request) -> Response:
        """Give the files of a clip in other formats."""
        body = await read_body(request)
        source = find_source(self._desk.clips, body.needed("clip_id"), PLATFORM)
        formats = _formats(body)
        ending = "m4a" if "m4a" in formats else formats[0]
        work = Use("convert", (source.sound,), ending=ending)
        take = self._found(DOWNLOAD, source, work, detail=",".join(formats))
        if take is None:
            return not_ready()
        place = f"{home_of(request)}/media/{source.clip.id}"
        return data({"files": [{"format": name, "url": f"{place}.{name}"} for name in formats]})

    def file(self, operation: str, clip: str, ending: str) -> Path | None:
        """Return what was found for a clip as a file, or `None`."""
        for receipt in self._receipts.of(operation, clip):
            take = self._take(receipt)
            name = take.files.get(ending) if take else None
            if name is not None:
                return self._desk.house.band.file(receipt.order, 1, name)
        return None

    def _paid(self, operation: str, source: Source, detail: str = "") -> Receipt:
        """Return the receipt of a question, which is paid if there is none.

        Raises
        ------
        TurnedAway
            If there are too few credits, or something is to go wrong.
        """
        known = self._receipts.find(operation, source.clip.id, detail)
        if known is not None:
            return known
        self._receipts.clear(lambda clip: self._desk.clips.find(clip) is not None)
        with self._desk.ledger.charging(self._desk.profile.price(operation)) as paid:
            self._desk.spoil(operation)
        receipt = Receipt(
            id=str(uuid.uuid4()),
            operation=operation,
            clip=source.clip.id,
            detail=detail,
            paid=paid,
            made_at=self._desk.house.clock(),
        )
        self._receipts.keep(receipt)
        return receipt

    def _found(
        self, operation: str, source: Source, work: Use, *, detail: str = ""
    ) -> BandTake | None:
        """Return what the band found, or `None` while it is at it or the pace holds it back.

        Raises
        ------
        Failed
            If it came to nothing, which is refunded.
        """
        receipt = self._paid(operation, source, detail)
        if not receipt.order or self._desk.house.band.find(receipt.order) is None:
            order = self._desk.house.band.order((work,))
            receipt = receipt.model_copy(update={"order": order.id})
        take = self._take(receipt)
        if take is not None and take.state is TakeState.FAILED:
            self._receipts.tear_up(receipt)
            raise Failed(say(502, "upstream_error", take.reason or "Upstream failed."))
        is_made = take is not None and take.state is TakeState.FINISHED
        seen = self._desk.house.pace.look(
            receipt.seen,
            int(is_made),
            age=self._desk.house.clock() - receipt.made_at,
            schedule=(USUAL_SECONDS,),
        )
        self._receipts.keep(receipt.model_copy(update={"seen": seen}))
        return take if seen.step else None

    def _take(self, receipt: Receipt) -> BandTake | None:
        order = self._desk.house.band.find(receipt.order) if receipt.order else None
        return order.take(1) if order else None

    def _file(self, take: BandTake, operation: str, source: Source) -> Path:
        (ending,) = take.files
        path = self.file(operation, source.clip.id, ending)
        assert path is not None
        return path


def alignment_of(lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return words in time as the vendor tells them."""
    return [
        {
            "word": word.text,
            "start_s": word.start_seconds,
            "end_s": word.end_seconds,
            "p_align": word.sure,
            "success": True,
        }
        for word in words_in_time(lines)
    ]


def _midi_options(source: Source) -> dict[str, Any]:
    """Return how a clip is listened to: a stem is one voice already."""
    if source.clip.origin != "stem":
        return {}
    voice = {"vocals": "melody", "backing vocals": "melody", "bass": "bass", "drums": "drums"}
    return {"alone": True, "voices": voice.get(str(source.clip.echo.get("stem_type")), "mix")}


def _formats(body: Body) -> tuple[str, ...]:
    formats = body.texts("formats") or ("mp3",)
    if not set(formats) <= set(FORMATS):
        raise unfit("The 'formats' field should hold 'mp3', 'm4a' or 'wav'.")  # guessed
    return tuple(dict.fromkeys(formats))
