"""Each ability and each place where its source may be: the exact endpoint and body that go out."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st

from studio.connections import Connection
from studio.errors import RequestUnfit
from studio.fitting import check_fit
from studio.offer import offer_of
from studio.providers.aimusicapi import AIMusicAPI
from studio.songs import Ability, Attached
from tests.contract.far_away import (
    LINK,
    NOW,
    asked,
    attachment,
    callback,
    material,
    materials,
    sent,
    vendor,
)

MADE = {"remote": "clip-1"}
BROUGHT = {"remote": "clip-1", "is_upload": True}
AWAY: dict[str, Any] = {}
AT_PRODUCER = {"remote": "producer/clip-1"}
AT_RIFFUSION = {"remote": "riffusion/clip-1"}

V5 = {"mv": "sonic-v5"}
PLAIN = {"make_instrumental": False}
ON_CREATE = V5 | PLAIN | {"use_suno_cdn": False}
SUNG = {"custom_mode": True, "prompt": "New words", "tags": "pop"}
ASKED_SUNG = {"style": "pop", "lyrics": "New words"}
TITLE = {"title": "Blue Train"}
WINDOW = {"window": {"start": 10, "end": 25}}

MAKING = {
    "extend what was made there": (
        {"ability": "extend", "at": 60, "length": 90.4} | ASKED_SUNG,
        MADE,
        "sonic/create",
        {"task_type": "extend_music", "continue_clip_id": "clip-1", "continue_at": 60}
        | {"duration": 90}
        | SUNG
        | TITLE
        | ON_CREATE,
    ),
    "extend what was uploaded": (
        {"ability": "extend", "at": 0, "length": 90} | ASKED_SUNG,
        BROUGHT,
        "sonic/create",
        {"task_type": "extend_upload_music", "continue_clip_id": "clip-1", "continue_at": 0.1}
        | SUNG
        | TITLE
        | ON_CREATE,
    ),
    "extend what is at a link": (
        {"ability": "extend", "at": 5, "length": 90} | ASKED_SUNG,
        AWAY,
        "sonic/upload-extend",
        {"url": LINK, "continue_at": 5, "auto_concat": True, "duration": 90}
        | SUNG
        | TITLE
        | V5
        | PLAIN,
    ),
    "extend from the end, only the tail": (
        {"ability": "extend", "joined": False} | ASKED_SUNG,
        AWAY,
        "sonic/upload-extend",
        {"url": LINK, "continue_at": 119.9, "auto_concat": False} | SUNG | TITLE | V5 | PLAIN,
    ),
    "extend in the same style, words unsaid": (
        {"ability": "extend", "at": 60, "description": "a storm comes up"},
        MADE,
        "sonic/create",
        {"task_type": "extend_music", "continue_clip_id": "clip-1", "continue_at": 60}
        | {"custom_mode": False, "gpt_description_prompt": "a storm comes up"}
        | {"tags": "slow blues"}
        | TITLE
        | ON_CREATE,
    ),
    "cover what was made there": (
        {"ability": "cover", "audio_weight": 0.3, "title": "Red"} | ASKED_SUNG,
        MADE,
        "sonic/create",
        {"task_type": "cover_music", "continue_clip_id": "clip-1", "audio_weight": 0.3}
        | SUNG
        | {"title": "Red"}
        | ON_CREATE,
    ),
    "cover what was uploaded, with its own words": (
        {"ability": "cover", "style": "pop", "length": 90},
        BROUGHT,
        "sonic/create",
        {"task_type": "cover_upload_music", "continue_clip_id": "clip-1", "custom_mode": True}
        | {"prompt": "[Verse]\nOld words", "tags": "pop"}
        | TITLE
        | ON_CREATE,
    ),
    "cover what is at a link, without singing": (
        {"ability": "cover", "style": "pop", "instrumental": True, "length": 90},
        AWAY,
        "sonic/upload-cover",
        {"url": LINK, "custom_mode": True, "tags": "pop", "make_instrumental": True}
        | {"duration": 90}
        | TITLE
        | V5,
    ),
    "sample a clip": (
        {"ability": "sample", "audio_weight": 0.5} | WINDOW | ASKED_SUNG,
        BROUGHT,
        "sonic/sample",
        {"sample_clip_id": "clip-1", "chop_sample_start_s": 10, "chop_sample_end_s": 25}
        | {"audio_weight": 0.5}
        | SUNG
        | V5
        | PLAIN,
    ),
    "sample a link": (
        {"ability": "sample", "style": "pop"} | WINDOW,
        AWAY,
        "sonic/sample",
        {"url": LINK, "chop_sample_start_s": 10, "chop_sample_end_s": 25}
        | {"custom_mode": False, "gpt_description_prompt": "pop", "tags": "pop"}
        | V5
        | PLAIN,
    ),
    "replace a section": (
        {"ability": "replace", "lyrics": "New words", "voice": "male"} | WINDOW,
        MADE,
        "sonic/replace-section",
        {"clip_id": "clip-1", "infill_start_s": 10, "infill_end_s": 25, "auto_concat": True}
        | {"prompt": "[Verse]\nOld words", "infill_lyrics": "New words", "tags": "slow blues"}
        | {"vocal_gender": "m"}
        | TITLE
        | V5,
    ),
    "replace a section by playing alone": (
        {"ability": "replace", "instrumental": True, "style": "solo", "joined": False} | WINDOW,
        MADE,
        "sonic/replace-section",
        {"clip_id": "clip-1", "infill_start_s": 10, "infill_end_s": 25, "auto_concat": False}
        | {"prompt": "[Verse]\nOld words", "infill_lyrics": "[Instrumental]", "tags": "solo"}
        | TITLE
        | V5,
    ),
    "add vocals": (
        {"ability": "add vocals", "audio_weight": 0.7, "voice": "female"} | ASKED_SUNG | WINDOW,
        BROUGHT,
        "sonic/create",
        {"task_type": "add_vocals", "continue_clip_id": "clip-1", "audio_weight": 0.7}
        | {"overpainting_start_s": 10, "overpainting_end_s": 25, "vocal_gender": "f"}
        | {"use_suno_cdn": False}
        | SUNG
        | TITLE
        | V5,
    ),
    "add instrumental": (
        {"ability": "add instrumental", "style": "pop", "style_weight": 0.5, "weirdness": 0.3},
        BROUGHT,
        "sonic/create",
        {"task_type": "add_instrumental", "continue_clip_id": "clip-1", "custom_mode": True}
        | {"tags": "pop", "style_weight": 0.5, "weirdness_constraint": 0.3, "use_suno_cdn": False}
        | TITLE
        | V5,
    ),
    "remaster": (
        {"ability": "remaster", "variation": "high"},
        MADE,
        "sonic/create",
        {"task_type": "remaster", "continue_clip_id": "clip-1", "variation_category": "high"}
        | {"use_suno_cdn": False}
        | V5,
    ),
    "remaster by a model that knows no variation": (
        {"ability": "remaster", "variation": "high", "model": "sonic-v4"},
        MADE,
        "sonic/create",
        {"task_type": "remaster", "continue_clip_id": "clip-1", "mv": "sonic-v4"}
        | {"use_suno_cdn": False},
    ),
    "concat": (
        {"ability": "concat"},
        MADE,
        "sonic/create",
        {"task_type": "concat_music", "continue_clip_id": "clip-1", "use_suno_cdn": False},
    ),
}
CLIP = {"clip_id": "clip-1"}
ASKING = {
    "stems": ({"ability": "stems"}, MADE, "sonic/stems/basic", CLIP),
    "all stems": ({"ability": "stems", "detail": "full"}, MADE, "sonic/stems/full", CLIP),
    "vox": (
        {"ability": "vox"} | WINDOW,
        MADE,
        "sonic/vox",
        CLIP | {"vocal_start_s": 10, "vocal_end_s": 25},
    ),
    "vox anywhere": ({"ability": "vox"}, BROUGHT, "sonic/vox", CLIP),
    "wav": ({"ability": "wav"}, MADE, "sonic/wav", CLIP),
    "wav of Producer": (
        {"ability": "wav"},
        AT_PRODUCER,
        "producer/download",
        CLIP | {"format": "wav"},
    ),
    "download": (
        {"ability": "download", "formats": ["mp3", "m4a"]},
        MADE,
        "sonic/download",
        CLIP | {"formats": ["mp3", "m4a"]},
    ),
    "download of Producer": (
        {"ability": "download", "formats": ["mp3"]},
        AT_PRODUCER,
        "producer/download",
        CLIP | {"format": "mp3"},
    ),
    "midi": ({"ability": "midi"}, MADE, "sonic/midi", CLIP),
    "bpm": ({"ability": "bpm"}, BROUGHT, "sonic/bpm", CLIP),
    "timeline": ({"ability": "timeline"}, MADE, "sonic/aligned-lyrics", CLIP),
    "voice": ({"ability": "voice", "name": "x"}, AWAY, "sonic/create-voice", {"audio_url": LINK}),
    "upload": ({"ability": "upload"}, AWAY, "sonic/upload", {"url": LINK}),
    "upload to Producer": (
        {"ability": "upload", "model": "FUZZ-2.0"},
        AWAY,
        "producer/upload",
        {"audio_url": LINK},
    ),
    "upload to Riffusion": (
        {"ability": "upload", "model": "Riffusion FUZZ-1.1 Pro"},
        AWAY,
        "riffusion/upload",
        {"url": LINK},
    ),
}
FUZZ = {"mv": "FUZZ-2.0"} | PLAIN
ASK_FUZZ = {"model": "FUZZ-2.0"}
SOUND = {"sound": "pop", "lyrics": "New words"}
PRODUCER = {
    "extend": (
        {"ability": "extend", "at": 30} | ASK_FUZZ | ASKED_SUNG,
        AT_PRODUCER,
        "producer/create",
        {"task_type": "extend_music", "starts_at": 30} | CLIP | SOUND | TITLE | FUZZ,
    ),
    "extend from the end in its own sound": (
        {"ability": "extend"} | ASK_FUZZ,
        AT_PRODUCER,
        "producer/create",
        {"task_type": "extend_music", "starts_at": 119.9, "sound": "slow blues"}
        | CLIP
        | TITLE
        | FUZZ,
    ),
    "cover": (
        {"ability": "cover", "audio_weight": 0.4, "style": "pop"} | ASK_FUZZ,
        AT_PRODUCER,
        "producer/create",
        {"task_type": "cover_music", "cover_strength": 0.4, "sound": "pop"}
        | {"lyrics": "[Verse]\nOld words"}
        | CLIP
        | TITLE
        | TITLE
        | FUZZ,
    ),
    "replace": (
        {"ability": "replace"} | WINDOW | ASK_FUZZ | ASKED_SUNG,
        AT_PRODUCER,
        "producer/create",
        {"task_type": "replace_music", "starts_at": 10, "ends_at": 25}
        | CLIP
        | SOUND
        | TITLE
        | FUZZ,
    ),
    "swap vocals": (
        {"ability": "swap vocals"} | ASK_FUZZ | ASKED_SUNG,
        AT_PRODUCER,
        "producer/create",
        {"task_type": "swap_music_vocals"} | CLIP | SOUND | TITLE | FUZZ,
    ),
    "swap sound": (
        {"ability": "swap sound", "style": "pop", "audio_weight": 0.8} | ASK_FUZZ,
        AT_PRODUCER,
        "producer/create",
        {"task_type": "swap_music_sound", "sound": "pop", "cover_strength": 0.8}
        | {"lyrics": "[Verse]\nOld words"}
        | CLIP
        | TITLE
        | TITLE
        | FUZZ,
    ),
    "vary": (
        {"ability": "vary"} | ASK_FUZZ,
        AT_PRODUCER,
        "producer/create",
        {"task_type": "music_variation", "sound": "slow blues"} | CLIP | TITLE | FUZZ,
    ),
}
OLD_MODEL = {"model": "Riffusion FUZZ-1.0"}
OLD = {"mv": "FUZZ-1.0", "custom_mode": True} | PLAIN
RIFFUSION = {
    "extend": (
        {"ability": "extend", "at": 30} | OLD_MODEL | ASKED_SUNG,
        AT_RIFFUSION,
        "riffusion/create",
        {"task_type": "extend_music", "starts_at": 30} | CLIP | SOUND | TITLE | OLD,
    ),
    "cover": (
        {"ability": "cover"} | OLD_MODEL | ASKED_SUNG,
        AT_RIFFUSION,
        "riffusion/create",
        {"task_type": "cover_music"} | CLIP | SOUND | TITLE | OLD,
    ),
    "replace": (
        {"ability": "replace"} | WINDOW | OLD_MODEL | ASKED_SUNG,
        AT_RIFFUSION,
        "riffusion/create",
        {"task_type": "replace_music", "starts_at": 10, "ends_at": 25} | CLIP | SOUND | TITLE | OLD,
    ),
    "swap vocals": (
        {"ability": "swap vocals"} | OLD_MODEL | ASKED_SUNG,
        AT_RIFFUSION,
        "riffusion/create",
        {"task_type": "swap_music_vocals"} | CLIP | SOUND | TITLE | OLD,
    ),
    "swap sound": (
        {"ability": "swap sound"} | OLD_MODEL | ASKED_SUNG,
        AT_RIFFUSION,
        "riffusion/create",
        {"task_type": "swap_music_sound"} | CLIP | SOUND | TITLE | OLD,
    ),
}
TABLES = {"sonic": MAKING, "asking": ASKING, "producer": PRODUCER, "riffusion": RIFFUSION}
ROWS = [
    pytest.param(*row, id=f"{table}: {name}")
    for table, rows in TABLES.items()
    for name, row in rows.items()
]


@pytest.mark.parametrize(("request_", "place", "path", "body"), ROWS)
def test_the_endpoint_and_the_body_follow_from_where_the_source_is(request_, place, path, body):
    request = asked(source="song", **request_)
    assert sent(request, materials(material(**place))) == (path, body)


def test_every_ability_of_every_family_is_in_the_tables():
    said = {row[0]["ability"] for rows in TABLES.values() for row in rows.values()}
    elsewhere = {"create", "mashup", "lyrics", "tags", "persona"}
    assert said | elsewhere == {ability.value for ability in AIMusicAPI.abilities}
    nobody_asks = {"sounds", "phrase", "video", "cover image", "recover"}
    assert {ability.value for ability in Ability} == said | elsewhere | nobody_asks


@pytest.mark.parametrize(
    ("at", "told"), [(0, 0.1), (60, 60), (119.95, 119.9), (120.1, 119.9), (None, 119.9)]
)
@pytest.mark.parametrize("place", [MADE, BROUGHT, AWAY])
def test_a_tail_starts_within_its_song(at, told, place):
    request = asked(ability="extend", source="song", at=at, **ASKED_SUNG)
    assert sent(request, materials(material(**place)))[1]["continue_at"] == told


def test_a_tail_cannot_start_after_its_song():
    with pytest.raises(RequestUnfit, match="Choose an earlier point"):
        sent(asked(ability="extend", source="song", at=121), materials(material("clip-1")))


def test_a_window_ends_with_its_song():
    window = {"start": 100, "end": 120.1}
    request = asked(ability="replace", source="song", window=window, lyrics="Hi")
    assert sent(request, materials(material("clip-1")))[1]["infill_end_s"] == 120


NURO = {
    "sung": (
        {"model": "Nuro vocal", "lyrics": "Hello", "voice": "female", "length": 60.2}
        | {"choices": {"genre": ["Pop"], "timbre": ["Warm"]}, "title": "Mine"},
        {"type": "vocal", "lyrics": "Hello", "gender": "Female", "duration": 60}
        | {"genre": "Pop", "timbre": "Warm"},
    ),
    "played": (
        {"model": "Nuro instrumental v1", "description": "a train"}
        | {"choices": {"mood": ["calm", "soft"], "theme": []}},
        {"type": "bgm", "description": "a train", "mood": ["calm", "soft"]},
    ),
    "measured out": (
        {"model": "Nuro instrumental v2", "description": "a train", "length": 60}
        | {"sections": [{"name": "intro", "seconds": 10}, {"name": "verse", "seconds": 25}]},
        {"type": "bgm", "version": "v2.0", "description": "a train"}
        | {
            "segments": [{"name": "intro", "duration": 10}, {"name": "verse", "duration": 25}],
        },
    ),
    "measured by its length": (
        {"model": "Nuro instrumental v2", "description": "a train", "length": 60},
        {"type": "bgm", "version": "v2.0", "description": "a train", "duration": 60},
    ),
}


@pytest.mark.parametrize("name", NURO)
def test_nuro_is_told_its_own_words(name):
    request, body = NURO[name]
    assert sent(asked(ability="create", **request), materials()) == ("nuro/create", body)


@pytest.mark.parametrize("seconds", [[4, 60], [100, 40], [20]])
def test_a_form_that_nuro_does_not_play_is_not_sent(seconds):
    sections = [{"name": "verse", "seconds": one} for one in seconds]
    request = {"model": "Nuro instrumental v2", "description": "x", "sections": sections}
    with pytest.raises(RequestUnfit, match=r"Nuro plays"):
        sent(asked(ability="create", **request), materials())


CREATED = {
    "producer: style and words": (
        {"model": "FUZZ-2.0", "style": "pop", "lyrics": "Hi", "seed": 7, "title": "T"}
        | {"style_weight": 0.1, "lyrics_weight": 0.6, "weirdness": 0.2},
        "producer/create",
        {"task_type": "create_music", "sound": "pop", "lyrics": "Hi", "title": "T", "seed": "7"}
        | {"sound_strength": 0.2, "lyrics_strength": 0.6, "weirdness": 0.2}
        | FUZZ,
    ),
    "producer: a description": (
        {"model": "FUZZ-2.0", "style": "pop", "description": "a rainy day", "instrumental": True},
        "producer/create",
        {"task_type": "create_music", "sound": "pop, a rainy day", "mv": "FUZZ-2.0"}
        | {"make_instrumental": True},
    ),
    "riffusion: words": (
        {"model": "Riffusion FUZZ-1.0", "style": "pop", "lyrics": "Hi"},
        "riffusion/create",
        {"sound": "pop", "lyrics": "Hi"} | OLD,
    ),
    "riffusion: a description": (
        {"model": "Riffusion FUZZ-1.0", "description": "rain"},
        "riffusion/create",
        {"prompt": "rain"} | OLD | {"custom_mode": False},
    ),
    "a persona without words": (
        {"style": "pop", "description": "rain", "persona": "mine", "voice": "male"},
        "sonic/create",
        {"task_type": "persona_music", "persona_id": "p-1", "custom_mode": False}
        | {"gpt_description_prompt": "rain", "tags": "pop"}
        | ON_CREATE,
    ),
    "lyrics": (
        {"ability": "lyrics", "description": "rain"},
        "sonic/lyrics",
        {"description": "rain"},
    ),
    "tags": ({"ability": "tags", "style": "pop"}, "sonic/upsample-tags", {"tags": "pop"}),
}


@pytest.mark.parametrize("name", CREATED)
def test_what_needs_no_source_is_said_to_its_family(name):
    request, path, body = CREATED[name]
    persona = "p-1" if "persona" in request else None
    works_with = materials(persona=persona)
    assert sent(asked(**{"ability": "create"} | request), works_with) == (path, body)


def test_a_mashup_names_both_by_their_ids():
    request = asked(ability="mashup", songs=["song", "other"], **ASKED_SUNG)
    works_with = materials(material("clip-1"), material("clip-2", is_upload=True, id="other"))
    path, body = sent(request, works_with)
    assert path == "sonic/mashup"
    assert body == {"mashup_clip_ids": ["clip-1", "clip-2"]} | SUNG | V5 | PLAIN


PERSONA = {"ability": "persona", "source": "song", "name": "Warm"}
VOX = attachment(Attached.VOX, remote="vox-1", facts={"start": 10, "end": 25})


@pytest.mark.parametrize(
    ("window", "told"),
    [
        (WINDOW, {"vox_audio_id": "vox-1", "vocal_start_s": 10, "vocal_end_s": 25}),
        ({}, {"vox_audio_id": "vox-1", "vocal_start_s": 10, "vocal_end_s": 25}),
        ({"window": {"start": 0, "end": 9}}, {"vocal_start_s": 0, "vocal_end_s": 9}),
    ],
)
def test_a_persona_is_taken_from_the_voice_whose_window_it_has(window, told):
    works_with = materials(material("clip-1", attachments=(VOX,)))
    path, body = sent(asked(**PERSONA | window), works_with)
    assert (path, body) == ("sonic/persona", {"name": "Warm", "clip_id": "clip-1"} | told)


def test_the_newest_upload_of_the_right_family_is_worked_on():
    uploads = (
        attachment(Attached.UPLOAD, remote="producer/p-1"),
        attachment(Attached.UPLOAD, remote="new", made_at=NOW - timedelta(hours=1)),
        attachment(Attached.UPLOAD, remote="old", made_at=NOW - timedelta(hours=9)),
    )
    source = material("made-there", attachments=uploads)
    vocals = asked(ability="add vocals", source="song", **ASKED_SUNG)
    assert sent(vocals, materials(source))[1]["continue_clip_id"] == "new"
    bpm = asked(ability="bpm", source="song")
    assert sent(bpm, materials(source))[1] == {"clip_id": "made-there"}


ASYNC = {"ability": "create", "style": "pop"}


@pytest.mark.parametrize(
    ("url", "is_told"),
    [
        ("https://studio.example/callbacks/c/s", True),
        ("http://127.0.0.1:8501/callbacks/c/s", True),
        ("http://studio.example/callbacks/c/s", False),
        (f"https://studio.example/{'x' * 1024}", False),
    ],
)
def test_the_vendor_calls_back_only_where_nobody_listens_in(url, is_told):
    body = sent(asked(**ASYNC), materials(callback=callback(url)))[1]
    assert ("webhook_url" in body, "webhook_secret" in body) == (is_told, is_told)


@pytest.mark.parametrize("model", ["FUZZ-2.0", "Nuro vocal"])
def test_the_other_families_call_back_too(model):
    request = asked(ability="create", style="", lyrics="Hi", model=model)
    body = sent(request, materials(callback=callback()))[1]
    assert body["webhook_url"] == callback().url


def test_what_cannot_be_sent_says_what_to_do():
    with pytest.raises(RequestUnfit, match=r"Upload it there"):
        sent(asked(ability="bpm", source="song"), materials(material()))
    with pytest.raises(RequestUnfit, match=r"Bring a longer recording"):
        sent(asked(ability="voice", source="song", name="x"), materials(material(length=9.0)))
    with pytest.raises(RequestUnfit, match=r"Choose where it goes on"):
        sent(asked(ability="extend", source="song"), materials(material("c", length=None)))
    request = asked(ability="download", source="song", formats=["mp3", "wav"])
    with pytest.raises(RequestUnfit, match=r"either mp3 or wav"):
        sent(request, materials(material("producer/c")))
    with pytest.raises(RequestUnfit, match=r"Leave it out"):
        sent(asked(ability="cover", source="song"), materials(material("c"), persona="p"))


@pytest.mark.parametrize(
    ("request_", "reading"),
    [
        ({"lyrics": "Hi", "description": "rain"}, "sings your words"),
        ({"style": "pop", "description": "rain", "instrumental": True}, "plays your style"),
        ({"style": "pop", "description": "rain"}, ""),
        ({"lyrics": "Hi", "description": "rain", "model": "FUZZ-2.0"}, ""),
    ],
)
def test_what_is_not_sent_is_said(request_, reading):
    said = vendor(500, b"").understand(asked(ability="create", **request_))
    assert said.startswith(reading)
    assert bool(said) == bool(reading)


OFFER = offer_of(Connection(name="far away", kind="aimusicapi"), AIMusicAPI)
TEXT = st.one_of(
    st.just(""), st.text(max_size=40), st.integers(1, 1200).map(lambda times: "ab cd " * times)
)
FIELDS = ("description", "style", "lyrics", "title")
WISHES = sorted(
    (name, ability)
    for name, model in AIMusicAPI.models.items()
    for ability in model.abilities - {Ability.REMASTER, Ability.UPLOAD}
)
LIMITED = {
    "title": "title",
    "tags": "style",
    "sound": "style",
    "prompt": "lyrics",
    "infill_lyrics": "lyrics",
    "gpt_description_prompt": "description",
    "lyrics": "lyrics",
}
MORE = {
    Ability.CREATE: {},
    Ability.MASHUP: {"songs": ("song", "other")},
    Ability.REPLACE: {"source": "song"} | WINDOW,
    Ability.SAMPLE: {"source": "song"} | WINDOW,
}


@st.composite
def admitted(draw: st.DrawFn) -> tuple[Any, Any]:
    """A request that fits its model, and songs with however much written on them."""
    model, ability = draw(st.sampled_from(WISHES))
    limits = AIMusicAPI.models[model].limits_for(ability)
    texts = {field: draw(TEXT)[: getattr(limits, field)] for field in FIELDS}
    assume("".join(texts[field] for field in FIELDS[:3]).strip())
    request = asked(
        ability=ability,
        model=model,
        instrumental=draw(st.booleans()) and limits.instrumental,
        **texts,
        **MORE.get(ability, {"source": "song"}),
    )
    try:
        check_fit(request, OFFER)
    except RequestUnfit:
        reject()
    family = AIMusicAPI.models[model].family
    mark = "" if family == "Sonic" else f"{family.lower()}/"
    place = {"remote": f"{mark}clip-1", "is_upload": limits.origin == "uploaded"}
    own = {field: draw(TEXT) for field in FIELDS[1:]}
    return request, materials(*[material(**place, **own)] * 2)


@settings(
    max_examples=400,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much],
)
@given(admitted())
def test_nothing_longer_than_its_model_takes_ever_goes_out(request_and_materials):
    request, works_with = request_and_materials
    limits = AIMusicAPI.models[request.model].limits_for(request.ability)
    _, body = sent(request, works_with)
    lengths = {name: len(body[name]) for name in LIMITED if name in body}
    if "sound" in lengths:
        lengths["sound"] -= len(request.description) + len(", ")
    too_long = {
        name: length for name, length in lengths.items() if length > getattr(limits, LIMITED[name])
    }
    assert too_long == {}
