"""Editions: what the generations of the vendor's documents accept, endpoint by endpoint.

Nothing in a request names its generation. Unless a switch holds to one of them, a request is taken
when any of them takes it, and refused in the words of the oldest that knows its model.
"""

from collections.abc import Iterator, Mapping

from studio.songs import Value

G3 = ("V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5")
G4 = (*G3, "V5_5")
V6 = ("V6", "V6_WILD", "V6_MINI")
G5 = (*V6, *G4)
_ADD_3, _ADD_4 = ("V4_5PLUS", "V5"), ("V4_5PLUS", "V5", "V5_5")
SINGERS = ("V5", "V5_5", *V6)
"""Models that take a voice as a persona."""
TIMED = ("V5_5", *V6)
"""Models that can be asked for a length."""
CHIRPS: Mapping[str, str] = {
    "V3_5": "chirp-v3-5",
    "V4": "chirp-v4",
    "V4_5": "chirp-auk",
    "V4_5PLUS": "chirp-bluejay",
    "V4_5ALL": "chirp-auk-turbo",
    "V5": "chirp-crow",
    "V5_5": "chirp-fenix",
}
"""What models are called in answers; nobody has seen what V6 is called."""
_LONG_TITLES = frozenset({"V4_5", "V4_5PLUS", "V5", "V5_5"})
_SMALL = frozenset({"V3_5", "V4"})


class Form(Value):
    """What one endpoint asks for in one edition."""

    needs: tuple[str, ...]
    """Fields that have to be there, in the order in which they are missed; of `a|b`, one."""
    flag: str = ""
    """The field that chooses between custom and plain; without one it is always custom."""
    custom: tuple[str, ...] = ()
    """Needed besides when it is custom."""
    sung: tuple[str, ...] = ()
    """Needed besides when it is custom and somebody sings."""
    plain: tuple[str, ...] = ()
    """Needed besides when it is plain."""
    only_custom: tuple[str, ...] = ()
    """What a plain request must not send."""
    models: tuple[str, ...] = ()
    usual_model: str = ""
    has_long_titles: bool = False
    longest_tags: int = 0
    """Characters of style and tags; 0 is as the model has it."""
    longest_about: int = 500
    """Characters of a prompt that is no lyrics."""
    shortest_window: float = 6.0
    longest_window: float = 60.0


class Edition(Value):
    """One generation of the documents."""

    name: str
    forms: Mapping[str, Form]
    """By endpoint, the end of its path; an endpoint without a form is not there yet."""


def longest_lyrics(model: str) -> int:
    """Return how many characters a model sings."""
    return 3000 if model in _SMALL else 5000


def longest_style(model: str) -> int:
    """Return how many characters a model reads of a style."""
    return 200 if model in _SMALL else 1000


def longest_title(form: Form, model: str) -> int:
    """Return how many characters a title has."""
    return 100 if form.has_long_titles and model in _LONG_TITLES else 80


def longest_upload(model: str) -> float:
    """Return how long a sound may be that is brought, in seconds."""
    return 60.0 if model == "V4_5ALL" else 480.0


_CALL = "callBackUrl"
_AND = ("style", "title")
_PLAIN_OF_5 = "prompt|lyrics|style|imageUrls|videoUrls|audioUrls"
_ONLY_CUSTOM = (
    "title",
    "negativeTags",
    "duration",
    "vocalGender",
    "styleWeight",
    "weirdnessConstraint",
    "audioWeight",
    "variety",
)


def _generate(models: tuple[str, ...]) -> Form:
    needs = ("customMode", "instrumental", "model", _CALL)
    return Form(
        needs=needs,
        flag="customMode",
        custom=_AND,
        sung=("prompt",),
        plain=("prompt",),
        models=models,
    )


def _extend(source: str, models: tuple[str, ...], *, prompt: str = "prompt") -> Form:
    return Form(
        needs=(source, "defaultParamFlag", "model", _CALL),
        flag="defaultParamFlag",
        custom=(*_AND, "continueAt"),
        sung=(prompt,),
        models=models,
        has_long_titles=True,
    )


def _cover(models: tuple[str, ...]) -> Form:
    needs = ("uploadUrl", "customMode", "instrumental", "model", _CALL)
    return _generate(models).model_copy(update={"needs": needs, "has_long_titles": True})


def _add_band(models: tuple[str, ...], usual: str = "V4_5PLUS") -> Form:
    needs = ("uploadUrl", "title", "negativeTags", "tags", _CALL)
    return Form(needs=needs, models=models, usual_model=usual, longest_tags=1000)


def _add_voice(models: tuple[str, ...], usual: str = "V4_5PLUS") -> Form:
    words = () if usual == "V6" else ("prompt",)
    needs = ("uploadUrl", "title", "negativeTags", "style", *words, _CALL)
    return Form(needs=needs, models=models, usual_model=usual, longest_tags=1000)


_SECTION = ("prompt", "tags", "title", "infillStartS", "infillEndS", "fullLyrics")
_SONG = ("taskId", "audioId")
_OF_A_SONG = Form(needs=(*_SONG, _CALL))
_EVERYWHERE: Mapping[str, Form] = {
    "generate/get-timestamped-lyrics": Form(needs=_SONG),
    "style/generate": Form(needs=("content",)),
    "generate/generate-persona": Form(needs=(*_SONG, "name", "description")),
    "suno/cover/generate": Form(needs=("taskId", _CALL)),
    "lyrics": Form(needs=("prompt", _CALL), longest_about=200),
    "wav/generate": _OF_A_SONG,
    "vocal-removal/generate": _OF_A_SONG,
    "mp4/generate": _OF_A_SONG,
}
_SINCE_4: Mapping[str, Form] = {
    "midi/generate": Form(needs=("taskId", _CALL)),
    "voice/validate": Form(needs=("voiceUrl", "vocalStartS", "vocalEndS", "language")),
    "voice/regenerate": Form(needs=("taskId",)),
    "voice/generate": Form(needs=("taskId", "verifyUrl")),
    "voice/check-voice": Form(needs=("task_id",)),
}


def _edition(name: str, models: tuple[str, ...], adding: tuple[str, ...]) -> dict[str, Form]:
    return {
        **_EVERYWHERE,
        "generate": _generate(models),
        "generate/extend": _extend("audioId", models),
        "generate/upload-extend": _extend("uploadUrl", models),
        "generate/upload-cover": _cover(models),
        "generate/add-instrumental": _add_band(adding),
        "generate/add-vocals": _add_voice(adding),
        **({} if name == "3" else _SINCE_4),
    }


_THIRD = Edition(name="3", forms=_edition("3", G3, _ADD_3))
_FOURTH = Edition(
    name="4",
    forms=_edition("4", G4, _ADD_4)
    | {
        "generate/mashup": Form(
            needs=("uploadUrlList", "customMode", "model", _CALL),
            flag="customMode",
            custom=_AND,
            sung=("prompt",),
            models=G4,
        ),
        "generate/replace-section": Form(needs=(*_SONG, *_SECTION)),
        "generate/sounds": Form(needs=("prompt",), models=("V5", "V5_5"), usual_model="V5"),
    },
)
_FIFTH = Edition(
    name="5",
    forms={
        **_FOURTH.forms,
        "generate": Form(
            needs=("customMode", "instrumental", "model", _CALL),
            flag="customMode",
            custom=("style|lyrics|negativeTags|prompt",),
            plain=(_PLAIN_OF_5,),
            only_custom=_ONLY_CUSTOM,
            models=G5,
            longest_about=3000,
        ),
        # Nobody has seen the pages of V6 for these two: guessed after the others.
        "generate/extend": _extend("audioId", G5, prompt="prompt|lyrics"),
        "generate/upload-extend": _extend("uploadUrl", G5, prompt="prompt|lyrics"),
        "generate/upload-cover": Form(
            needs=("uploadUrl", "model", _CALL), models=G5, has_long_titles=True
        ),
        "generate/add-instrumental": _add_band(G5, "V6"),
        "generate/add-vocals": _add_voice(G5, "V6"),
        "generate/mashup": Form(needs=("uploadUrlList", "model", _CALL), models=G5),
        "generate/replace-section": Form(
            needs=("taskId|uploadUrl", *_SECTION),
            models=G5,
            usual_model="V6",
            shortest_window=10.0,
            longest_window=float("inf"),
        ),
        "generate/sounds": Form(needs=("prompt",), models=("V5", "V5_5", *V6), usual_model="V6"),
        "vocal-removal/generate": Form(needs=("taskId|audioUrl", _CALL)),
        "suno/recovery": Form(needs=("sunoTaskId|task_id",)),
    },
)
EDITIONS: Mapping[str, Edition] = {each.name: each for each in (_THIRD, _FOURTH, _FIFTH)}


def forms_for(endpoint: str, model: str, held: str) -> Iterator[Form]:
    """Give the forms on which a request may be, those first that know its model.

    Parameters
    ----------
    held
        The edition to which a switch holds; `any` for all of them.
    """
    editions = EDITIONS.values() if held == "any" else (EDITIONS[held],)
    forms = [each.forms[endpoint] for each in editions if endpoint in each.forms]
    knowing = [form for form in forms if not form.models or not model or model in form.models]
    yield from knowing or forms[-1:]
