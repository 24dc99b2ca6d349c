"""Asked: a request for music, read and checked as far as it can be without looking at any sound."""

from collections.abc import Mapping
from typing import Any, Literal

from studio.emulator.dialects.sunoapi.body import Body
from studio.emulator.dialects.sunoapi.editions import (
    CHIRPS,
    SINGERS,
    TIMED,
    Form,
    forms_for,
    longest_lyrics,
    longest_style,
    longest_title,
)
from studio.emulator.dialects.sunoapi.speech import INVALID, NOT_FOUND, TOO_LONG
from studio.emulator.door import TurnedAway
from studio.songs import Value

MASHUP, SECTION, SOUNDS = "generate/mashup", "generate/replace-section", "generate/sounds"
ADD_VOCALS, ADD_INSTRUMENTAL = "generate/add-vocals", "generate/add-instrumental"
TWO = 2
MOST_LINKS: Mapping[str, int] = {"imageUrls": 5, "videoUrls": 1, "audioUrls": 10}
MOST_ATTACHED = 10
KEYS = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
ANY_KEY = "Any"


class Asked(Value):
    """What music is wanted."""

    endpoint: str
    """The end of the path."""
    model: str = ""
    is_custom: bool = True
    is_instrumental: bool = False
    lyrics: str = ""
    """To be sung as they are."""
    about: str = ""
    """What it is to be about, where the words are left to the vendor."""
    style: str = ""
    title: str = ""
    exclude: str = ""
    gender: Literal["female", "male"] | None = None
    style_weight: float | None = None
    weirdness: float | None = None
    audio_weight: float | None = None
    variety: int | None = None
    seconds: float | None = None
    persona: str = ""
    task: str = ""
    song: str = ""
    """Id of the song that it is made of."""
    links: tuple[str, ...] = ()
    """To sounds that it is made of."""
    start: float | None = None
    """Where it goes on, or where a section begins, in seconds."""
    end: float | None = None
    loops: bool = False
    tempo: int | None = None
    key: str = ""

    @property
    def chirp(self) -> str:
        """What its model is called in answers."""
        return CHIRPS.get(self.model, f"chirp-{self.model.lower().replace('_', '-')}")


def read_asked(body: Body, endpoint: str, held: str) -> Asked:
    """Read a request for music.

    Parameters
    ----------
    held
        The edition to which a switch holds, or `any`.

    Raises
    ------
    TurnedAway
        In the words of the oldest edition that knows the model, if none would take it.
    """
    refusals = []
    for form in forms_of(body, endpoint, held):
        try:
            return _read(body, endpoint, form)
        except TurnedAway as turned:
            refusals.append(turned)
    raise refusals[0]


def forms_of(body: Body, endpoint: str, held: str) -> tuple[Form, ...]:
    """Return the forms on which a request may be.

    Raises
    ------
    TurnedAway
        If the edition has no such endpoint.
    """
    forms = tuple(forms_for(endpoint, str(body.sent.get("model") or ""), held))
    if not forms:
        raise body.speech.refused(NOT_FOUND)
    return forms


def _read(body: Body, endpoint: str, form: Form) -> Asked:
    body.need(form.needs)
    is_custom = body.flag(form.flag) if body.has(form.flag) else True
    is_instrumental = body.flag("instrumental") or endpoint == ADD_INSTRUMENTAL
    _check_mode(body, form, is_custom=is_custom, sings=not is_instrumental)
    model = _model(body, form)
    prompt, lyrics = body.text("prompt"), body.text("lyrics")
    sung = lyrics or (prompt if is_custom and _is_words(endpoint, prompt) else "")
    asked = Asked(
        endpoint=endpoint,
        model=model,
        is_custom=is_custom,
        is_instrumental=is_instrumental,
        lyrics="" if is_instrumental else sung,
        about=prompt if sung != prompt else "",
        style=body.text("style") or body.text("tags"),
        title=body.text("title"),
        exclude=body.text("negativeTags"),
        gender=body.gender(),
        style_weight=body.weight("styleWeight"),
        weirdness=body.weight("weirdnessConstraint"),
        audio_weight=body.weight("audioWeight"),
        variety=_whole(body.number("variety", 0, 4, whole=True)),
        persona=_persona(body, model),
        seconds=_seconds(body, model),
        task=body.text("taskId"),
        song=body.text("audioId"),
        links=_links(body, endpoint),
        start=body.number("continueAt"),
        **_sound(body, endpoint),
    )
    _check_lengths(body, form, asked)
    return _with_section(body, form, asked) if endpoint == SECTION else asked


def _check_mode(body: Body, form: Form, *, is_custom: bool, sings: bool) -> None:
    if is_custom:
        body.need(form.custom)
        body.need(form.sung if sings else ())
        return
    body.need(form.plain)
    for name in form.only_custom:
        if body.has(name):
            raise body.speech.unfit(f"{name} is only supported in custom mode")
    for name, most in MOST_LINKS.items():
        if len(body.links(name)) > most:
            raise body.speech.unfit(f"{name} cannot exceed {most}")
    if sum(len(body.links(name)) for name in MOST_LINKS) > MOST_ATTACHED:
        raise body.speech.unfit(f"The number of attachments cannot exceed {MOST_ATTACHED}")


def _model(body: Body, form: Form) -> str:
    model = body.text("model") or form.usual_model
    if form.models and model not in form.models:
        raise body.speech.unfit(f"model must be one of {', '.join(form.models)}")
    return model


def _is_words(endpoint: str, prompt: str) -> bool:
    """Whether a prompt is to be sung: for a voice that is added, if it looks like words."""
    return endpoint != SOUNDS and (endpoint != ADD_VOCALS or "\n" in prompt or "[" in prompt)


def _persona(body: Body, model: str) -> str:
    kind = body.choice("personaModel", "style_persona", "voice_persona")
    if kind == "voice_persona" and model not in SINGERS:
        raise body.speech.unfit(f"personaModel voice_persona is not supported by {model}")
    return body.text("personaId")


def _seconds(body: Body, model: str) -> float | None:
    seconds = body.number("duration", 10, 360, whole=True)
    return seconds if model in TIMED else None


def _links(body: Body, endpoint: str) -> tuple[str, ...]:
    if endpoint != MASHUP:
        return body.links("uploadUrl")
    links = body.links("uploadUrlList")
    if len(links) != TWO:
        raise body.speech.unfit("uploadUrlList must contain exactly 2 items")
    return links


def _sound(body: Body, endpoint: str) -> dict[str, Any]:
    """Return what is asked of a sound that is no song."""
    if endpoint != SOUNDS:
        return {}
    body.flag("grabLyrics")
    minors = tuple(f"{key}m" for key in KEYS)
    key = body.choice("soundKey", ANY_KEY, *KEYS, *minors)
    tempo = _whole(body.number("soundTempo", 1, 300, whole=True))
    return {"loops": body.flag("soundLoop"), "tempo": tempo, "key": _named(key)}


def _named(key: str) -> str:
    """Return a key as the band calls it: `C minor` of `Cm`."""
    if key in {"", ANY_KEY}:
        return ""
    return f"{key.removesuffix('m')} minor" if key.endswith("m") else f"{key} major"


def _check_lengths(body: Body, form: Form, asked: Asked) -> None:
    words, tags = longest_lyrics(asked.model), form.longest_tags or longest_style(asked.model)
    for what, text, most in (
        ("prompt", asked.lyrics, words),
        ("prompt", asked.about, form.longest_about),
        ("music style", asked.style, tags),
        ("title", asked.title, longest_title(form, asked.model)),
        ("negativeTags", asked.exclude, 1000),
    ):
        if len(text) > most:
            refusal = TOO_LONG if what == "prompt" else INVALID
            raise body.speech.refused(refusal.saying(f"The {what} cannot exceed {most} characters"))


def _with_section(body: Body, form: Form, asked: Asked) -> Asked:
    """Return a request with the section that it names: two places behind the point."""
    start, end = (round(body.number(name) or 0.0, 2) for name in ("infillStartS", "infillEndS"))
    if not form.shortest_window <= end - start <= form.longest_window:
        raise body.speech.unfit(
            f"The replacement duration must be at least {form.shortest_window:g} seconds"
            + (f" and at most {form.longest_window:g}" if form.longest_window < end else "")
        )
    if not asked.links:
        body.need(("taskId", "audioId"))
    return asked.model_copy(update={"start": start, "end": end})


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
