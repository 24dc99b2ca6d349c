"""Making: every call that ends in new music."""

from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from studio.emulator.account.letters import Address
from studio.emulator.dialects.aimusicapi.body import Body, read_body
from studio.emulator.dialects.aimusicapi.desk import Desk
from studio.emulator.dialects.aimusicapi.errors import unfit
from studio.emulator.dialects.aimusicapi.moderation import moderate
from studio.emulator.dialects.aimusicapi.sonic.bringing import Bringing
from studio.emulator.dialects.aimusicapi.sonic.create import (
    Creation,
    check_origin,
    read_creation,
)
from studio.emulator.dialects.aimusicapi.sonic.minting import PLATFORM, mint
from studio.emulator.dialects.aimusicapi.sonic.remixing import mashed_up, replaced, sampled
from studio.emulator.dialects.aimusicapi.sonic.section import read_section
from studio.emulator.dialects.aimusicapi.sonic.voices import Voices
from studio.emulator.dialects.aimusicapi.sonic.wish import SMALL, Wish, read_wish
from studio.emulator.dialects.aimusicapi.sonic.works import (
    Plan,
    cover,
    extension,
    plan_of,
    rejoined,
)
from studio.emulator.dialects.aimusicapi.source import Source, find_source
from studio.emulator.dialects.aimusicapi.task import Commission
from studio.emulator.dialects.aimusicapi.webhooks import read_address

UPLOAD_EXTEND, UPLOAD_COVER = "sonic/upload-extend", "sonic/upload-cover"
SAMPLE, MASHUP, REPLACE = "sonic/sample", "sonic/mashup", "sonic/replace-section"
SONGS = 2
"""How many clips a mashup is of."""


class Making:
    """Where new music is asked for."""

    def __init__(self, desk: Desk, bringing: Bringing, voices: Voices) -> None:
        self._desk = desk
        self._bringing = bringing
        self._voices = voices

    async def create(self, request: Request) -> Response:
        """Make music, in one of ten ways."""
        body, address = await _read(request)
        creation = read_creation(body, self._desk.profile)
        _moderate(creation.wish)
        source = self._source(creation)
        plan = await self._plan(creation, source)
        commission = self._commission(
            creation.task_type,
            plan,
            creation.wish,
            [source] if source else [],
            _told(creation, source),
        )
        return self._desk.submit(request, commission, address, operation="create")

    async def upload_extend(self, request: Request) -> Response:
        """Bring a sound and let it go on, in one go."""
        body, address = await _read(request)
        wish = read_wish(body, self._desk.profile, UPLOAD_EXTEND)
        at, is_joined = body.seconds("continue_at"), body.flag("auto_concat")
        _moderate(wish)
        source = await self._bringing.bring(body.link("url"), UPLOAD_EXTEND)
        _check_at(at, source)
        at = source.length_seconds if at is None else at
        plan = await run_in_threadpool(extension, source, wish, at, is_joined=is_joined)
        commission = self._commission(UPLOAD_EXTEND, plan, wish, [source])
        return self._desk.submit(request, commission, address, operation=UPLOAD_EXTEND)

    async def upload_cover(self, request: Request) -> Response:
        """Bring a sound and play it in another style, in one go."""
        body, address = await _read(request)
        wish = read_wish(body, self._desk.profile, UPLOAD_COVER)
        _moderate(wish)
        source = await self._bringing.bring(body.link("url"), UPLOAD_COVER)
        commission = self._commission(UPLOAD_COVER, cover(source, wish), wish, [source])
        return self._desk.submit(request, commission, address, operation=UPLOAD_COVER)

    async def sample(self, request: Request) -> Response:
        """Make a song on a loop out of a clip, or out of a sound behind a link."""
        body, address = await _read(request)
        wish = read_wish(body, self._desk.profile, SAMPLE, limits=SMALL)
        window = body.window("chop_sample_start_s", "chop_sample_end_s")
        clip = body.text("sample_clip_id")
        if not clip and not body.has("url"):
            raise unfit("The 'url' or 'sample_clip_id' field is required.")  # guessed
        _moderate(wish)
        if clip:
            source = find_source(self._desk.clips, clip, PLATFORM)
        else:
            source = await self._bringing.bring(body.link("url"), SAMPLE)
        plan = await run_in_threadpool(sampled, source, wish, *window)
        commission = self._commission(SAMPLE, plan, wish, [source])
        return self._desk.submit(request, commission, address, operation=SAMPLE)

    async def mashup(self, request: Request) -> Response:
        """Make one song of two clips."""
        body, address = await _read(request)
        clips = body.texts("mashup_clip_ids")
        if len(clips) != SONGS or len(set(clips)) != SONGS:
            # Guessed.
            raise unfit("The 'mashup_clip_ids' field should be an array of exactly two clip ids.")
        wish = read_wish(body, self._desk.profile, MASHUP, limits=SMALL)
        _moderate(wish)
        first, second = (find_source(self._desk.clips, clip, PLATFORM) for clip in clips)
        plan = mashed_up(first, second, wish)
        commission = self._commission(MASHUP, plan, wish, [first, second])
        return self._desk.submit(request, commission, address, operation=MASHUP)

    async def replace_section(self, request: Request) -> Response:
        """Make a section of a clip anew."""
        body, address = await _read(request)
        section = read_section(body, self._desk.profile)
        moderate(tags=section.tags, lyrics=f"{section.context}\n{section.lyrics}")
        source = find_source(self._desk.clips, section.clip, PLATFORM)
        if section.start >= source.length_seconds:
            raise unfit("The 'infill_start_s' field should be within the clip.")  # guessed
        told = {
            "title": section.title or source.title,
            "tags": section.tags or source.tags,
            "echo": section.echo,
        }
        commission = self._commission(REPLACE, replaced(source, section), None, [source], told)
        return self._desk.submit(request, commission, address, operation=REPLACE)

    async def _plan(self, creation: Creation, source: Source | None) -> Plan:
        """Say what the band has to do for a `create`."""
        if creation.task_type == "concat_music":
            assert source is not None
            return self._rejoined(source)
        persona = self._voices.singer(creation.persona) if creation.persona else None
        return await run_in_threadpool(plan_of, creation, source, persona)

    def _commission(
        self,
        operation: str,
        plan: Plan,
        wish: Wish | None,
        sources: list[Source],
        told: Mapping[str, Any] | None = None,
    ) -> Commission:
        price = self._desk.profile.price(
            operation,
            model=wish.model if wish else "",
            description=bool(wish and wish.mode == "description"),
        )
        now = self._desk.house.clock()
        return Commission(
            platform=PLATFORM,
            operation=operation,
            price=price,
            works=plan.works,
            clips=mint(plan, operation, now, sources=sources, wish=wish, told=told or {}),
            is_pairs=plan.is_pairs,
        )

    def _source(self, creation: Creation) -> Source | None:
        """Return the clip that a `create` works on, if it is one that it can work on."""
        if not creation.clip:
            return None
        clip = self._desk.clips.find(creation.clip)
        if clip is not None and clip.platform == PLATFORM:
            check_origin(creation, clip)
        source = find_source(self._desk.clips, creation.clip, PLATFORM)
        _check_at(creation.at, source)
        return source

    def _rejoined(self, source: Source) -> Plan:
        """Join a tail to what is before it.

        Raises
        ------
        TurnedAway
            If the clip is no tail; the text is guessed.
        """
        clip = source.clip
        taken = self._desk.clips.take(clip)
        if clip.whole is None or taken is None or not clip.is_tail:
            raise unfit("The 'continue_clip_id' field should be the id of an extended clip.")
        return rejoined(taken[0], clip.whole)


async def _read(request: Request) -> tuple[Body, Address | None]:
    """Read a body, and who wants to be told of what comes of it."""
    body = await read_body(request)
    return body, read_address(body.sent)


def _moderate(wish: Wish | None) -> None:
    if wish is not None:
        moderate(description=wish.about, tags=wish.tags, lyrics=wish.lyrics)


def _check_at(at: float | None, source: Source) -> None:
    # As callers are told it, to a hundredth.
    if at is not None and not 0 < at <= round(source.length_seconds + 0.005, 2):
        # Guessed.
        raise unfit("The 'continue_at' field should be within the length of the clip.")


def _told(creation: Creation, source: Source | None) -> Mapping[str, Any]:
    """Return what is told of the clips of a `create` that has no wish of its own."""
    if source is None or creation.wish is not None:
        return {}
    told: dict[str, Any] = {"title": source.title, "tags": source.tags}
    if creation.task_type == "concat_music":
        return told | {"echo": {"mv": source.clip.echo.get("mv")}}
    return told | {"lyrics": source.lyrics, "echo": {"mv": f"chirp-{creation.model}"}}
