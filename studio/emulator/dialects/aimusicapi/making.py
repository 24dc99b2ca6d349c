"""Making: every call that ends in new music."""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from studio.emulator.dialects.aimusicapi.body import Body, read_body
from studio.emulator.dialects.aimusicapi.bringing import Bringing
from studio.emulator.dialects.aimusicapi.create import Creation, check_origin, read_creation
from studio.emulator.dialects.aimusicapi.desk import Desk
from studio.emulator.dialects.aimusicapi.errors import unfit
from studio.emulator.dialects.aimusicapi.minting import PLATFORM, mint
from studio.emulator.dialects.aimusicapi.moderation import moderate
from studio.emulator.dialects.aimusicapi.remixing import mashed_up, replaced, sampled
from studio.emulator.dialects.aimusicapi.section import Section, read_section
from studio.emulator.dialects.aimusicapi.source import Source, find_source
from studio.emulator.dialects.aimusicapi.task import Commission
from studio.emulator.dialects.aimusicapi.voices import Voices
from studio.emulator.dialects.aimusicapi.webhooks import read_address
from studio.emulator.dialects.aimusicapi.wish import SMALL, Wish, read_wish
from studio.emulator.dialects.aimusicapi.works import (
    Plan,
    cover,
    extension,
    plan_of,
    rejoined,
)

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
        body = await read_body(request)
        creation = read_creation(body, self._desk.profile)
        wish = creation.wish
        _moderate(wish)
        source = self._source(creation)
        if creation.task_type == "concat_music":
            assert source is not None
            plan = self._rejoined(source)
        else:
            persona = self._voices.singer(creation.persona) if creation.persona else None
            plan = await run_in_threadpool(plan_of, creation, source, persona)
        echo = {"mv": f"chirp-{creation.model}"} if creation.model else _echo_of(source)
        commission = self._commission(
            creation.task_type, plan, wish, [source] if source else [], echo
        )
        return self._submit(request, body, commission, "create")

    async def upload_extend(self, request: Request) -> Response:
        """Bring a sound and let it go on, in one go."""
        body, operation = await read_body(request), "sonic/upload-extend"
        wish = read_wish(body, self._desk.profile, operation)
        at, is_joined = body.seconds("continue_at"), body.flag("auto_concat")
        _moderate(wish)
        source = await self._bringing.bring(body.link("url"), operation)
        _check_at(at, source)
        plan = await run_in_threadpool(
            extension, source, wish, at or source.length_seconds, is_joined=is_joined
        )
        return self._submit(
            request, body, self._commission(operation, plan, wish, [source]), operation
        )

    async def upload_cover(self, request: Request) -> Response:
        """Bring a sound and play it in another style, in one go."""
        body, operation = await read_body(request), "sonic/upload-cover"
        wish = read_wish(body, self._desk.profile, operation)
        _moderate(wish)
        source = await self._bringing.bring(body.link("url"), operation)
        plan = cover(source, wish)
        return self._submit(
            request, body, self._commission(operation, plan, wish, [source]), operation
        )

    async def sample(self, request: Request) -> Response:
        """Make a song on a loop out of a clip, or out of a sound behind a link."""
        body, operation = await read_body(request), "sonic/sample"
        wish = read_wish(body, self._desk.profile, operation, limits=SMALL)
        window = body.window("chop_sample_start_s", "chop_sample_end_s")
        clip = body.text("sample_clip_id")
        if not clip and not body.has("url"):
            raise unfit("The 'url' or 'sample_clip_id' field is required.")  # guessed
        _moderate(wish)
        if clip:
            source = find_source(self._desk.clips, clip)
        else:
            source = await self._bringing.bring(body.link("url"), operation)
        plan = await run_in_threadpool(sampled, source, wish, *window)
        return self._submit(
            request, body, self._commission(operation, plan, wish, [source]), operation
        )

    async def mashup(self, request: Request) -> Response:
        """Make one song of two clips."""
        body, operation = await read_body(request), "sonic/mashup"
        clips = body.texts("mashup_clip_ids")
        if len(set(clips)) != SONGS or len(clips) != SONGS:
            # Guessed.
            raise unfit("The 'mashup_clip_ids' field should be an array of exactly two clip ids.")
        wish = read_wish(body, self._desk.profile, operation, limits=SMALL)
        _moderate(wish)
        first, second = (find_source(self._desk.clips, clip) for clip in clips)
        plan = mashed_up(first, second, wish)
        return self._submit(
            request, body, self._commission(operation, plan, wish, [first, second]), operation
        )

    async def replace_section(self, request: Request) -> Response:
        """Make a section of a clip anew."""
        body, operation = await read_body(request), "sonic/replace-section"
        section = read_section(body, self._desk.profile)
        moderate(tags=section.tags, lyrics=f"{section.context}\n{section.lyrics}")
        source = find_source(self._desk.clips, section.clip)
        if section.start >= source.length_seconds:
            raise unfit("The 'infill_start_s' field should be within the clip.")  # guessed
        plan = replaced(source, section)
        commission = self._commission(operation, plan, None, [source], _echo_of_section(section))
        return self._submit(request, body, commission, operation)

    def _commission(
        self,
        operation: str,
        plan: Plan,
        wish: Wish | None,
        sources: list[Source],
        echo: dict[str, Any] | None = None,
    ) -> Commission:
        price = self._desk.profile.price(
            operation,
            model=wish.model if wish else "",
            description=bool(wish and wish.mode == "description"),
        )
        now = self._desk.house.clock()
        clips = mint(plan, operation, now, sources=sources, wish=wish, echo=echo)
        return Commission(
            platform=PLATFORM,
            operation=operation,
            price=price,
            works=plan.works,
            clips=clips,
            is_pairs=plan.is_pairs,
        )

    def _submit(
        self, request: Request, body: Body, commission: Commission, operation: str
    ) -> Response:
        address = read_address(body.sent)
        return self._desk.submit(request, commission, address, operation=operation)

    def _source(self, creation: Creation) -> Source | None:
        """Return the clip that a `create` works on, if it is one that it can work on."""
        if not creation.clip:
            return None
        clip = self._desk.clips.find(creation.clip)
        if clip is not None:
            check_origin(creation, clip)
        source = find_source(self._desk.clips, creation.clip)
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


def _moderate(wish: Wish | None) -> None:
    if wish is not None:
        moderate(description=wish.about, tags=wish.tags, lyrics=wish.lyrics)


def _check_at(at: float | None, source: Source) -> None:
    if at is not None and not 0 < at <= source.length_seconds:
        # Guessed.
        raise unfit("The 'continue_at' field should be within the length of the clip.")


def _echo_of(source: Source | None) -> dict[str, Any]:
    return {"mv": source.clip.echo.get("mv")} if source else {}


def _echo_of_section(section: Section) -> dict[str, Any]:
    return {
        "mv": f"chirp-{section.model}",
        "negative_tags": section.negative_tags,
        "style_weight": section.style_weight,
        "weirdness_constraint": section.weirdness_constraint,
    }
