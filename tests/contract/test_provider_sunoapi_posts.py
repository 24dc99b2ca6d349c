"""Each ability in each generation of the documents, wherever its source is: the exact endpoint and
body that go out."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st

from studio.connections import Connection
from studio.errors import RequestUnfit
from studio.fitting import check_fit
from studio.offer import offer_of
from studio.providers.sunoapi import SunoAPI
from studio.providers.sunoapi.vendor import to_post
from studio.songs import Ability, Attached
from tests.contract.sunoapi_far_away import (
    LINK,
    MADE,
    NOW,
    NOWHERE,
    SECOND_LINK,
    SOUND,
    TASK,
    asked,
    attachment,
    away,
    brought,
    callback,
    everything,
    made,
    materials,
    samples,
    sent,
    split,
)

BACK = {"callBackUrl": NOWHERE}
IDS = {"taskId": TASK, "audioId": SOUND}
V5 = BACK | {"model": "V5"}
V6 = BACK | {"model": "V6"}
SUNG = {"style": "pop", "lyrics": "New words"}
WORDS = {"style": "pop", "prompt": "New words"}
TITLE = {"title": "Blue Train"}
FULL: dict[str, Any] = {
    "voice": "male",
    "exclude": "drums",
    "style_weight": 0.333,
    "weirdness": 0.65,
}
FULLY: dict[str, Any] = {
    "vocalGender": "m",
    "negativeTags": "drums",
    "styleWeight": 0.33,
    "weirdnessConstraint": 0.65,
}
UPLOADED = attachment(Attached.UPLOAD, remote=LINK)
TWO = (brought(), brought(SECOND_LINK, id="other", title="Red"))

MAKING: dict[str, tuple[dict[str, Any], tuple[Any, ...], str, dict[str, Any]]] = {
    "create with words": (
        {"ability": "create", "title": "Mine"} | SUNG | FULL,
        (),
        "generate",
        V5 | {"customMode": True, "instrumental": False, "title": "Mine"} | WORDS | FULLY,
    ),
    "create without a title": (
        {"ability": "create", "lyrics": "[Verse]\nRain again\nAnd more"},
        (),
        "generate",
        V5
        | {"customMode": True, "instrumental": False, "title": "Rain again"}
        | {"style": "a style that suits the words", "prompt": "[Verse]\nRain again\nAnd more"},
    ),
    "create without singing": (
        {"ability": "create", "style": "jazz", "description": "at night", "instrumental": True},
        (),
        "generate",
        V5
        | {"customMode": True, "instrumental": True, "title": "at night"}
        | {"style": "jazz; at night"},
    ),
    "create from a description": (
        {"ability": "create", "description": "a slow waltz", "model": "V4"},
        (),
        "generate",
        BACK
        | {"model": "V4", "customMode": False, "instrumental": False}
        | {"prompt": "a slow waltz"},
    ),
    "create from a style, and nothing else may be told": (
        {"ability": "create", "style": "waltz", "title": "Mine"} | FULL,
        (),
        "generate",
        V5
        | {"customMode": False, "instrumental": False}
        | {"prompt": "waltz\nSung by a man.\nWithout drums."},
    ),
    "extend what was made there": (
        {"ability": "extend", "at": 60, "audio_weight": 0.5} | SUNG | FULL,
        (made(model="V5"),),
        "generate/extend",
        V5
        | {"audioId": SOUND, "defaultParamFlag": True, "continueAt": 60, "audioWeight": 0.5}
        | WORDS
        | TITLE
        | FULLY,
    ),
    "extend what was made there without singing": (
        {"ability": "extend", "at": 60, "instrumental": True},
        (made(model="V5"),),
        "generate/extend",
        V5
        | {"audioId": SOUND, "defaultParamFlag": True, "continueAt": 60}
        | {"prompt": "[Instrumental]", "style": "slow blues"}
        | TITLE,
    ),
    "extend what was made there, unsaid how": (
        {"ability": "extend"},
        (made(model="V5"),),
        "generate/extend",
        V5
        | {"audioId": SOUND, "defaultParamFlag": False, "continueAt": 119.9}
        | {"prompt": "It goes on in the same spirit."},
    ),
    "extend an upload with words": (
        {"ability": "extend", "at": 60} | SUNG,
        (brought(),),
        "generate/upload-extend",
        V5
        | {"uploadUrl": LINK, "defaultParamFlag": True, "instrumental": False, "continueAt": 60}
        | WORDS
        | TITLE,
    ),
    "extend an upload without singing": (
        {"ability": "extend", "at": 0, "instrumental": True, "style": "jazz"},
        (brought(),),
        "generate/upload-extend",
        V5
        | {"uploadUrl": LINK, "defaultParamFlag": True, "instrumental": True, "continueAt": 0.1}
        | {"style": "jazz"}
        | TITLE,
    ),
    "extend an upload by a description": (
        {"ability": "extend", "description": "a storm comes up", "style": "rock"},
        (brought(),),
        "generate/upload-extend",
        V5
        | {"uploadUrl": LINK, "defaultParamFlag": False, "instrumental": False}
        | {"continueAt": 119.9, "prompt": "a storm comes up\nrock"},
    ),
    "cover with the song's own words": (
        {"ability": "cover", "style": "pop", "audio_weight": 0.3},
        (brought(),),
        "generate/upload-cover",
        V5
        | {"uploadUrl": LINK, "customMode": True, "instrumental": False, "audioWeight": 0.3}
        | {"style": "pop", "prompt": "[Verse]\nOld words"}
        | TITLE,
    ),
    "cover of a song without known words": (
        {"ability": "cover", "style": "pop"},
        (brought(lyrics=""),),
        "generate/upload-cover",
        V5 | {"uploadUrl": LINK, "customMode": False, "instrumental": False, "prompt": "pop"},
    ),
    "cover of what was made there": (
        {"ability": "cover", "style": "pop", "instrumental": True, "title": "Red"},
        (made(attachments=(UPLOADED,)),),
        "generate/upload-cover",
        V5
        | {"uploadUrl": LINK, "customMode": True, "instrumental": True}
        | {"style": "pop", "title": "Red"},
    ),
    "add vocals": (
        {"ability": "add vocals", "audio_weight": 0.5} | SUNG | FULL,
        (brought(),),
        "generate/add-vocals",
        V5 | {"uploadUrl": LINK, "audioWeight": 0.5} | WORDS | TITLE | FULLY,
    ),
    "add a band": (
        {"ability": "add instrumental", "style": "pop", "exclude": "drums", "model": "V4_5PLUS"},
        (brought(),),
        "generate/add-instrumental",
        BACK
        | {"model": "V4_5PLUS", "uploadUrl": LINK, "tags": "pop", "negativeTags": "drums"}
        | TITLE,
    ),
    "mash up with words": (
        {"ability": "mashup", "songs": ("song", "other"), "audio_weight": 0.5} | SUNG,
        TWO,
        "generate/mashup",
        V5
        | {"uploadUrlList": [LINK, SECOND_LINK], "customMode": True, "instrumental": False}
        | {"title": "Blue Train + Red", "audioWeight": 0.5}
        | WORDS,
    ),
    "mash up, unsaid how": (
        {"ability": "mashup", "songs": ("song", "other")},
        TWO,
        "generate/mashup",
        V5
        | {"uploadUrlList": [LINK, SECOND_LINK], "customMode": False, "instrumental": False}
        | {"prompt": "A mashup of these two songs."},
    ),
    "replace a section": (
        {"ability": "replace", "window": {"start": 10.123, "end": 25}, "exclude": "drums"} | SUNG,
        (made(),),
        "generate/replace-section",
        IDS
        | {"prompt": "New words", "tags": "pop", "negativeTags": "drums"}
        | {"infillStartS": 10.12, "infillEndS": 25, "fullLyrics": "[Verse]\nOld words"}
        | TITLE,
    ),
    "replace a section without singing": (
        {"ability": "replace", "window": {"start": 10, "end": 25}, "instrumental": True},
        (made(lyrics=""),),
        "generate/replace-section",
        IDS
        | {"prompt": "[Instrumental]", "tags": "slow blues", "fullLyrics": "[Instrumental]"}
        | {"infillStartS": 10, "infillEndS": 25}
        | TITLE,
    ),
    "make a sound": (
        {"ability": "sounds", "description": "rain", "loop": True, "tempo_bpm": 90}
        | {"key": "C# minor", "with_words": True},
        (),
        "generate/sounds",
        {"prompt": "rain", "model": "V5", "soundLoop": True, "soundTempo": 90}
        | {"soundKey": "C#m", "grabLyrics": True},
    ),
    "make a sound, unsaid how": (
        {"ability": "sounds", "description": "rain"},
        (),
        "generate/sounds",
        {"prompt": "rain", "model": "V5", "soundLoop": False, "soundKey": "Any"}
        | {"grabLyrics": False},
    ),
}

ABOUT: dict[str, tuple[dict[str, Any], tuple[Any, ...], str, dict[str, Any]]] = {
    "words in time": (
        {"ability": "timeline"},
        (made(),),
        "generate/get-timestamped-lyrics",
        IDS,
    ),
    "a richer style": (
        {"ability": "tags", "style": "pop"},
        (),
        "style/generate",
        {"content": "pop"},
    ),
    "a persona": (
        {"ability": "persona", "name": "Ada", "description": "warm", "style": "jazz"}
        | {"window": {"start": 5, "end": 30}},
        (made(),),
        "generate/generate-persona",
        IDS
        | {"name": "Ada", "description": "warm", "style": "jazz"}
        | {"vocalStart": 5, "vocalEnd": 30},
    ),
    "a persona, unsaid where": (
        {"ability": "persona", "name": "Ada", "description": "warm"},
        (made(),),
        "generate/generate-persona",
        IDS | {"name": "Ada", "description": "warm"},
    ),
    "pictures": (
        {"ability": "cover image"},
        (made(),),
        "suno/cover/generate",
        {"taskId": TASK} | BACK,
    ),
    "words": (
        {"ability": "lyrics", "description": "rain"},
        (),
        "lyrics",
        {"prompt": "rain"} | BACK,
    ),
    "a WAV": ({"ability": "wav"}, (made(),), "wav/generate", IDS | BACK),
    "two stems": (
        {"ability": "stems"},
        (made(),),
        "vocal-removal/generate",
        IDS | BACK | {"type": "separate_vocal"},
    ),
    "all stems": (
        {"ability": "stems", "detail": "full"},
        (made(),),
        "vocal-removal/generate",
        IDS | BACK | {"type": "split_stem"},
    ),
    "one stem": (
        {"ability": "stems", "detail": "one", "instrument": "Snare"},
        (made(),),
        "vocal-removal/generate",
        IDS | BACK | {"type": "split_stem_advanced", "stemName": "Snare"},
    ),
    "notes": (
        {"ability": "midi"},
        (made(attachments=(split(),)),),
        "midi/generate",
        {"taskId": "stem-task"} | BACK,
    ),
    "a film": (
        {"ability": "video", "author": "Ada", "site": "ada.example"},
        (made(),),
        "mp4/generate",
        IDS | BACK | {"author": "Ada", "domainName": "ada.example"},
    ),
    "a film that says nothing": ({"ability": "video"}, (made(),), "mp4/generate", IDS | BACK),
    "a song once more": ({"ability": "recover"}, (made(),), "suno/recovery", {"sunoTaskId": TASK}),
    "a phrase": (
        {"ability": "phrase", "window": {"start": 2.7, "end": 12.2}, "language": "de"},
        (brought(),),
        "voice/validate",
        {"voiceUrl": LINK, "vocalStartS": 2, "vocalEndS": 12, "language": "de"},
    ),
    "a voice": (
        {"ability": "voice", "name": "Ada", "description": "warm", "style": "jazz", "phrase": "j"}
        | {"skill": "beginner"},
        (brought(),),
        "voice/generate",
        {"taskId": "phrase-task", "verifyUrl": LINK, "voiceName": "Ada", "description": "warm"}
        | {"style": "jazz", "singerSkillLevel": "beginner"},
    ),
}

SINCE_AUTUMN: dict[str, tuple[dict[str, Any], tuple[Any, ...], str, dict[str, Any]]] = {
    "create with words": (
        {"ability": "create", "length": 90.4, "variety": 3} | SUNG | FULL,
        (),
        "generate",
        V6
        | {"customMode": True, "instrumental": False, "duration": 90, "variety": 3}
        | SUNG
        | FULLY,
    ),
    "create with an older model": (
        {"ability": "create", "title": "Mine", "model": "V5"} | SUNG,
        (),
        "generate",
        V5 | {"customMode": True, "instrumental": False, "title": "Mine"} | SUNG,
    ),
    "create from a description": (
        {"ability": "create", "description": "a slow waltz"},
        (),
        "generate",
        V6
        | {"customMode": False, "instrumental": False}
        | {"prompt": "a slow waltz", "style": "a slow waltz"},
    ),
    "create from a description for a voice": (
        {"ability": "create", "description": "a slow waltz", "voice": "female"},
        (),
        "generate",
        V6
        | {"customMode": True, "instrumental": False, "style": "a slow waltz"}
        | {"vocalGender": "f", "duration": 180},
    ),
    "extend what was made there": (
        {"ability": "extend", "at": 60} | SUNG,
        (made(),),
        "generate/extend",
        V6 | {"audioId": SOUND, "defaultParamFlag": True, "continueAt": 60} | WORDS | TITLE,
    ),
    "extend an upload": (
        {"ability": "extend", "at": 60} | SUNG,
        (brought(),),
        "generate/upload-extend",
        V6
        | {"uploadUrl": LINK, "defaultParamFlag": True, "instrumental": False, "continueAt": 60}
        | WORDS
        | TITLE,
    ),
    "cover": (
        {"ability": "cover", "variety": 0},
        (brought(),),
        "generate/upload-cover",
        V6
        | {"uploadUrl": LINK, "instrumental": False, "variety": 0}
        | {"lyrics": "[Verse]\nOld words"}
        | TITLE,
    ),
    "add vocals without words": (
        {"ability": "add vocals", "style": "pop", "exclude": "drums"},
        (brought(),),
        "generate/add-vocals",
        V6 | {"uploadUrl": LINK, "style": "pop", "negativeTags": "drums"} | TITLE,
    ),
    "add a band": (
        {"ability": "add instrumental", "exclude": "drums", "variety": 4} | SUNG,
        (brought(),),
        "generate/add-instrumental",
        V6
        | {"uploadUrl": LINK, "tags": "pop", "negativeTags": "drums", "variety": 4}
        | {"lyrics": "New words"}
        | TITLE,
    ),
    "mash up": (
        {"ability": "mashup", "songs": ("song", "other"), "length": 60} | SUNG,
        TWO,
        "generate/mashup",
        V6
        | {"uploadUrlList": [LINK, SECOND_LINK], "instrumental": False, "duration": 60}
        | {"title": "Blue Train + Red"}
        | SUNG,
    ),
    "replace a section of one's own": (
        {"ability": "replace", "window": {"start": 10, "end": 25}} | SUNG,
        (brought(),),
        "generate/replace-section",
        {"uploadUrl": LINK, "model": "V6", "prompt": "New words", "tags": "pop"}
        | {"infillStartS": 10, "infillEndS": 25, "fullLyrics": "[Verse]\nOld words"}
        | TITLE,
    ),
    "replace a section of what was made there": (
        {"ability": "replace", "window": {"start": 10, "end": 25}} | SUNG,
        (made(),),
        "generate/replace-section",
        IDS
        | {"prompt": "New words", "tags": "pop"}
        | {"infillStartS": 10, "infillEndS": 25, "fullLyrics": "[Verse]\nOld words"}
        | TITLE,
    ),
    "make a sound": (
        {"ability": "sounds", "description": "rain", "model": "V6_MINI"},
        (),
        "generate/sounds",
        {"prompt": "rain", "model": "V6_MINI", "soundLoop": False, "soundKey": "Any"}
        | {"grabLyrics": False},
    ),
    "stems of one's own": (
        {"ability": "stems", "detail": "full"},
        (brought(),),
        "vocal-removal/generate",
        BACK | {"audioUrl": LINK, "type": "split_stem"},
    ),
}


def request_of(members: dict[str, Any]) -> Any:
    on_song = members["ability"] not in {"create", "sounds", "tags", "lyrics", "mashup"}
    return asked(**members, **({"source": "song"} if on_song else {}))


@pytest.mark.parametrize("edition", ["3", "4"])
@pytest.mark.parametrize("name", MAKING)
def test_music_is_asked_for_at_its_endpoint(name, edition):
    members, songs, path, body = MAKING[name]
    model = members.get("model") or (body.get("model") and "V5")
    request = request_of(members | ({"model": model} if model else {}))
    assert sent(request, materials(*songs), edition=edition) == (path, body)


@pytest.mark.parametrize("edition", ["3", "4", "5"])
@pytest.mark.parametrize("name", ABOUT)
def test_what_is_asked_about_a_song_is_the_same_in_all_generations(name, edition):
    members, songs, path, body = ABOUT[name]
    works_with = materials(*songs, phrase="phrase-task")
    assert sent(request_of(members), works_with, edition=edition) == (path, body)


@pytest.mark.parametrize("name", SINCE_AUTUMN)
def test_since_autumn_words_stand_apart_and_more_is_left_out(name):
    members, songs, path, body = SINCE_AUTUMN[name]
    assert sent(request_of(members), materials(*songs), edition="5") == (path, body)


@pytest.mark.parametrize(
    ("edition", "model", "sounds"),
    [(None, "V5", "V5"), ("3", "V5", "V5"), ("4", "V5_5", "V5_5"), ("5", "V6", "V6")],
)
def test_each_generation_has_a_model_of_its_own_by_default(edition, model, sounds):
    _, body = sent(asked(ability="create", style="pop"), materials(), edition=edition)
    _, other = sent(asked(ability="sounds", description="rain"), materials(), edition=edition)
    assert (body["model"], other["model"]) == (model, sounds)


SEED = samples("requests")["seed_001"]
OF_SEED = {
    "ability": "extend",
    "source": "song",
    "model": "V4_5ALL",
    "at": 60,
    "style": "古典",
    "title": "宁静钢琴延长版",
    "persona": "p",
    "exclude": "舒缓钢琴",
    "style_weight": 0.65,
    "weirdness": 0.65,
    "audio_weight": 0.65,
}
SEED_UPLOAD = "https://api.example.com/upload"


def seed_materials() -> Any:
    back = callback("https://api.example.com/callback")
    return materials(brought(SEED_UPLOAD, length=None), persona="persona_123", callback=back)


def test_the_body_of_the_seed_goes_out_to_the_letter():
    """It says at once how to sing and not to sing: each wish says its half of it."""
    sung = asked(**OF_SEED, voice="male", lyrics=SEED["body"]["prompt"])
    path, body = sent(sung, seed_materials())
    assert (path, body) == (SEED["path"], SEED["body"] | {"instrumental": False})
    unsung = {"prompt", "vocalGender"}
    _, body = sent(asked(**OF_SEED, voice="male", instrumental=True), seed_materials())
    assert body == {name: said for name, said in SEED["body"].items() if name not in unsung}


@pytest.mark.parametrize(
    ("length", "at", "said"),
    [(120.0, None, 119.9), (120.0, 0.0, 0.1), (120.0, 120.0, 119.9), (None, 7.0, 7.0)],
)
def test_a_song_goes_on_within_itself(length, at, said):
    request = asked(ability="extend", source="song", at=at)
    _, body = sent(request, materials(brought(length=length)))
    assert body["continueAt"] == said


def test_a_song_does_not_go_on_where_it_is_not():
    with pytest.raises(RequestUnfit, match="earlier point"):
        sent(asked(ability="extend", source="song", at=300), materials(brought()))
    with pytest.raises(RequestUnfit, match="how long"):
        sent(asked(ability="extend", source="song"), materials(brought(length=None)))


def test_a_song_is_extended_where_it_lies_by_the_model_that_made_it():
    request = asked(ability="extend", source="song", lyrics="New words")
    path, body = sent(request, materials(made(model="V4_5")))
    assert (path, body["model"], body["audioId"]) == ("generate/extend", "V4_5", SOUND)


@pytest.mark.parametrize(
    ("asks", "source"),
    [
        ({"model": "V5"}, made(model="V4_5", attachments=(UPLOADED,))),
        ({"style": "x" * 500}, made(model="V4", attachments=(UPLOADED,))),
        ({}, made(model="V6", attachments=(UPLOADED,))),
        ({}, made(request=None, attachments=(UPLOADED,))),
        ({}, made(since=NOW - timedelta(days=15), attachments=(UPLOADED,))),
    ],
)
def test_a_song_that_cannot_be_extended_where_it_lies_is_uploaded(asks, source):
    request = asked(ability="extend", source="song", lyrics="New words", **asks)
    path, body = sent(request, materials(source))
    assert (path, body["model"], body["uploadUrl"]) == ("generate/upload-extend", "V5", LINK)


def test_a_long_sound_of_ones_own_is_not_extended_by_a_model_that_takes_a_minute():
    request = asked(ability="extend", source="song", model="V4_5ALL", lyrics="New words")
    with pytest.raises(RequestUnfit, match="at most 60 s"):
        sent(request, materials(brought()))
    assert sent(request, materials(made(model="V4_5ALL")))[0] == "generate/extend"


def test_a_persona_sings_words_that_are_written():
    request = asked(ability="create", persona="p", voice="male", **SUNG)
    _, body = sent(request, materials(persona="persona-1"))
    assert (body["personaId"], body["vocalGender"]) == ("persona-1", "m")
    assert "personaModel" not in body
    with pytest.raises(RequestUnfit, match="words that are written"):
        sent(asked(ability="create", persona="p", style="pop"), materials(persona="persona-1"))


def test_a_voice_from_a_recording_is_said_to_be_one():
    _, body = sent(asked(ability="create", persona="p", **SUNG), materials(persona="voice/v-1"))
    assert (body["personaId"], body["personaModel"]) == ("v-1", "voice_persona")
    request = asked(ability="create", persona="p", model="V4_5", **SUNG)
    with pytest.raises(RequestUnfit, match=r"does not sing with V4_5.*: V5\."):
        sent(request, materials(persona="voice/v-1"))


CALLED = callback()
WITHOUT = {"timeline", "tags", "persona", "recover"}


@pytest.mark.parametrize("name", MAKING | ABOUT)
def test_our_address_is_told_where_it_is_taken(name):
    members, songs, _, _ = (MAKING | ABOUT)[name]
    works_with = materials(*songs, phrase="phrase-task", callback=CALLED)
    _, body = sent(request_of(members), works_with)
    known = None if members["ability"] in WITHOUT else CALLED.url
    assert body.get("callBackUrl") == known
    assert CALLED.secret not in str(body)


@pytest.mark.parametrize("window", [(0, 61), (10, 80)])
def test_more_than_half_of_a_song_is_not_made_anew(window):
    start, end = window
    request = asked(
        ability="replace", source="song", lyrics="x", window={"start": start, "end": end}
    )
    with pytest.raises(RequestUnfit, match="at most half"):
        sent(request, materials(made()))


@pytest.mark.parametrize("ability", ["add vocals", "add instrumental"])
def test_nothing_is_added_to_a_window(ability):
    window = {"start": 10, "end": 25}
    request = asked(ability=ability, source="song", exclude="x", window=window, **SUNG)
    with pytest.raises(RequestUnfit, match="whole song"):
        sent(request, materials(brought()))


@pytest.mark.parametrize(
    ("ability", "members"),
    [
        ("wav", {}),
        ("video", {}),
        ("timeline", {}),
        ("stems", {}),
        ("recover", {}),
        ("cover image", {}),
        ("persona", {"name": "x", "description": "y"}),
    ],
)
def test_what_was_not_made_there_is_refused_before_anything_is_sent(ability, members):
    with pytest.raises(RequestUnfit, match="songs that it made"):
        sent(asked(ability=ability, source="song", **members), materials(brought()))


@pytest.mark.parametrize("source", [away(), brought(since=NOW - timedelta(days=4))])
def test_nothing_is_said_about_an_upload_that_is_not_there(source):
    with pytest.raises(RequestUnfit, match="uploaded first"):
        sent(asked(ability="cover", source="song", style="pop"), materials(source))


def test_the_newest_upload_is_taken():
    older = attachment(Attached.UPLOAD, remote=SECOND_LINK, made_at=NOW - timedelta(hours=3))
    _, body = sent(
        asked(ability="cover", source="song", style="pop"), materials(brought(more=(older,)))
    )
    assert body["uploadUrl"] == LINK


def test_a_voice_needs_its_phrase_and_notes_need_stems():
    voice = asked(ability="voice", source="song", name="x", phrase="job")
    with pytest.raises(RequestUnfit, match="phrase first"):
        sent(voice, materials(brought()))
    with pytest.raises(RequestUnfit, match="split first"):
        sent(asked(ability="midi", source="song"), materials(made()))


def test_notes_are_taken_from_the_stems_that_surely_have_them():
    stems = (split("newer"), split("older", name="Instrumental"))
    _, body = sent(asked(ability="midi", source="song"), materials(made(attachments=stems)))
    assert body["taskId"] == "older"


CONNECTION = Connection(name="c", kind="sunoapi")
TEXT = st.text(st.sampled_from("ab é\n"), max_size=40)


def wordy(*edges: int) -> st.SearchStrategy[str]:
    """Texts of a few letters, or of just the lengths at which some model ends."""
    return TEXT | st.sampled_from(edges).map(lambda size: ("ab " * size)[: size - 1] + "a")


WEIGHT = st.none() | st.floats(0, 1)
ON_SONGS = ["extend", "cover", "replace", "add vocals", "add instrumental"]


@st.composite
def requests(draw: st.DrawFn) -> tuple[Any, str]:
    """Any request for music, with texts of any length, and the generation it is meant for."""
    edition = draw(st.sampled_from(["3", "4", "5"]))
    ability = draw(st.sampled_from(["create", "mashup", *ON_SONGS]))
    models = [None, *SunoAPI.edition(edition).models]
    members: dict[str, Any] = {
        "model": draw(st.sampled_from(models)),
        "description": draw(wordy(200, 490, 500, 501)),
        "style": draw(wordy(200, 201, 999, 1000)),
        "lyrics": draw(wordy(3000, 3001, 5000)),
        "title": draw(wordy(80, 81, 100)),
        "exclude": draw(TEXT),
        "instrumental": draw(st.booleans()),
        "voice": draw(st.sampled_from([None, "male", "female"])),
        "style_weight": draw(WEIGHT),
        "weirdness": draw(WEIGHT),
        "variety": draw(st.none() | st.integers(0, 4)),
    }
    if ability in ON_SONGS:
        members["source"] = "song"
    if ability == "mashup":
        members["songs"] = ("song", "other")
    if ability == "replace":
        members["window"] = {"start": 10, "end": 30}
    try:
        return asked(ability=ability, **members), edition
    except ValueError:
        reject()


def most(request: Any, name: str, model: str, edition: str) -> int:
    """Return how long a text may be, as the vendor's tables say."""
    title = 80 if request.ability in {"create", "mashup"} or model[:2] == "V6" else 100
    table = {
        "prompt": 3000 if model == "V4" or edition == "5" else 5000,
        "lyrics": 3000 if model == "V4" else 5000,
        "fullLyrics": 5000,
        "style": 200 if model == "V4" else 1000,
        "tags": 1000,
        "title": 80 if model in {"V4", "V4_5ALL"} else title,
        "negativeTags": 200 if request.ability.startswith("add") else 1000,
    }
    if name == "prompt" and request.ability in {"extend", "add vocals"}:
        return 3000 if model == "V4" else 5000
    return table[name]


@settings(
    max_examples=100,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(requests(), st.sampled_from([MADE, LINK]))
def test_what_fits_goes_out_within_the_limits(asked_in, where):
    request, edition = asked_in
    who = SunoAPI.edition(edition)
    source = brought() if where == LINK else made(attachments=(UPLOADED,))
    works_with = materials(source, brought(SECOND_LINK, id="other", title="Red " * 15))
    try:
        check_fit(request, offer_of(CONNECTION, who), songs=[one.song for one in works_with.songs])
        body = to_post(request, works_with, who.book).body
    except RequestUnfit:
        assume(False)
    texts = {"prompt", "lyrics", "fullLyrics", "style", "tags", "title", "negativeTags"}
    for name in texts & body.keys():
        assert body[name].strip()
        assert len(body[name]) <= most(request, name, body.get("model", "V5"), edition)
    if body.get("customMode") is False:
        alone = {"title", "negativeTags", "vocalGender", "styleWeight", "weirdnessConstraint"}
        assert body.keys().isdisjoint({*alone, "duration", "variety", "personaId"})
        assert len(body["prompt"]) <= (3000 if edition == "5" else 500)
    if body.get("customMode") is True and edition != "5":
        assert {"style", "title", *(() if request.instrumental else ("prompt",))} <= body.keys()


@pytest.mark.parametrize("ability", sorted(SunoAPI.abilities - {Ability.UPLOAD}))
@pytest.mark.parametrize("edition", ["3", "4", "5"])
def test_every_ability_that_is_offered_can_be_said(ability, edition):
    request = next(
        request_of(members)
        for members, *_ in (MAKING | ABOUT).values()
        if members["ability"] == ability
    )
    path, body = sent(request, everything(), edition=edition)
    assert path
    assert None not in body.values()
