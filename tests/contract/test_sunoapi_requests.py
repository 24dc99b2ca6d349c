"""Which requests the emulated sunoapi.org takes: presence, words, lengths, models, editions."""

import pytest

from tests.contract.sunoapi_calls import (
    BODIES,
    CALL,
    GENERATE,
    PLAIN,
    WORDS,
    LongBand,
    body_of,
    post,
    switch,
)
from tests.emulator.desk import open_desk

ANY_LINK = "https://studio.example/a.mp3"
IDS = {"taskId": "t", "audioId": "a"}


@pytest.fixture(scope="module")
def one(street, tmp_path_factory):
    """Open one emulator for all: nothing here asks what was there before."""
    folder = tmp_path_factory.mktemp("sunoapi")
    with open_desk(street, folder, musicians=LongBand(), credits=100_000) as desk:
        yield desk


@pytest.fixture
def desk(one):
    switch(one, limit="off", edition="any")
    return one


def refusal(desk, path, body, **more):
    answer = post(desk, path, body, **more).json()
    return answer["code"], answer["msg"]


def blind(endpoint):
    """Return a request that looks good to whoever does not follow links or look up ids."""
    made_of = {"uploadUrl": ANY_LINK, "uploadUrlList": [ANY_LINK, ANY_LINK], **IDS}
    return CALL | made_of | BODIES[endpoint]


NULLS = {
    "generate": ["customMode", "instrumental", "model"],
    "generate/extend": ["defaultParamFlag", "model", "continueAt"],
    "generate/upload-extend": ["defaultParamFlag", "model", "continueAt"],
    "generate/upload-cover": ["customMode", "instrumental", "model"],
    "generate/mashup": ["customMode", "model", "uploadUrlList"],
    "generate/replace-section": ["infillStartS", "infillEndS"],
}
TEXTS = {
    "generate": ["style", "title", "prompt", "callBackUrl"],
    "generate/extend": ["audioId", "style", "title", "prompt", "callBackUrl"],
    "generate/upload-extend": ["uploadUrl", "style", "title", "prompt", "callBackUrl"],
    "generate/upload-cover": ["uploadUrl", "style", "title", "prompt", "callBackUrl"],
    "generate/add-instrumental": ["uploadUrl", "title", "negativeTags", "tags", "callBackUrl"],
    "generate/add-vocals": [
        "uploadUrl",
        "title",
        "negativeTags",
        "style",
        "prompt",
        "callBackUrl",
    ],
    "generate/mashup": ["callBackUrl"],
    "generate/replace-section": ["prompt", "tags", "title", "taskId", "audioId"],
    "generate/sounds": ["prompt"],
}


@pytest.mark.parametrize("path", TEXTS)
def test_a_text_that_is_missed_is_to_be_entered(desk, path):
    switch(desk, edition="4")
    for name in TEXTS[path]:
        assert refusal(desk, path, blind(path), **{name: ...}) == (400, f"Please enter {name}.")


@pytest.mark.parametrize("path", NULLS)
def test_what_is_no_text_cannot_be_null(desk, path):
    switch(desk, edition="4")
    for name in NULLS[path]:
        assert refusal(desk, path, blind(path), **{name: ...}) == (400, f"{name} cannot be null")


def test_the_words_of_the_whole_song_cannot_be_blank_and_are_missed_before_ids_are_looked_up(desk):
    path = "generate/replace-section"
    assert refusal(desk, path, blind(path), fullLyrics="  ") == (
        400,
        "fullLyrics cannot be blank",
    )
    # Only the fifth edition takes a link, too; what is sent with one is not looked up.
    unknown = refusal(desk, path, blind(path), uploadUrl=...)
    assert unknown == (400, "Record does not exist")


@pytest.mark.parametrize(
    ("path", "flag"),
    [
        ("generate", "instrumental"),
        ("generate/upload-extend", "instrumental"),
        ("generate/upload-cover", "instrumental"),
    ],
)
def test_where_nobody_sings_no_words_are_needed(desk, path, flag):
    switch(desk, edition="3")
    assert refusal(desk, path, blind(path), **{flag: True}, prompt=...)[0] == 200
    assert refusal(desk, path, blind(path), **{flag: False}, prompt=...)[0] == 400


def test_a_plain_request_needs_its_prompt_only(desk):
    switch(desk, edition="3")
    assert refusal(desk, "generate", PLAIN)[0] == 200
    assert refusal(desk, "generate", PLAIN, prompt=...) == (400, "Please enter prompt.")


@pytest.mark.parametrize("path", ["generate/extend", "generate/upload-extend"])
def test_by_default_parameters_the_source_alone_will_do(desk, path):
    body = CALL | {"defaultParamFlag": False, "model": "V5"}
    source = {"audioId": "a"} if path == "generate/extend" else {"uploadUrl": ANY_LINK}
    assert refusal(desk, path, body | source)[0] == 200


def test_a_mashup_that_is_not_custom_needs_no_prompt(desk):
    switch(desk, edition="4")
    assert refusal(desk, "generate/mashup", blind("generate/mashup"))[0] == 200


@pytest.mark.parametrize("count", [1, 3])
def test_a_mashup_is_of_exactly_two(desk, count):
    links = [ANY_LINK] * count
    code, text = refusal(desk, "generate/mashup", blind("generate/mashup"), uploadUrlList=links)
    assert (code, text) == (400, "uploadUrlList must contain exactly 2 items")


LENGTHS = [
    ("generate", {"model": "V4"}, "prompt", 3000),
    ("generate", {"model": "V5"}, "prompt", 5000),
    ("generate", {"model": "V4"}, "style", 200),
    ("generate", {"model": "V4_5"}, "style", 1000),
    ("generate", {"model": "V4_5"}, "title", 80),
    ("generate/extend", {"model": "V4_5"}, "title", 100),
    ("generate/extend", {"model": "V4"}, "title", 80),
    ("generate/upload-extend", {"model": "V4_5ALL"}, "title", 80),
    ("generate/upload-cover", {"model": "V5"}, "title", 100),
    ("generate/add-instrumental", {}, "tags", 1000),
    ("generate/sounds", {}, "prompt", 500),
]
NAMES = {"style": "music style", "tags": "music style"}


@pytest.mark.parametrize(("path", "more", "name", "most"), LENGTHS)
def test_each_model_has_its_lengths(desk, path, more, name, most):
    switch(desk, edition="4")
    body = blind(path) | more
    assert refusal(desk, path, body, **{name: "a" * most})[0] == 200
    code, text = refusal(desk, path, body, **{name: "a" * (most + 1)})
    assert code == (413 if name == "prompt" else 400)
    assert f"{NAMES.get(name, name)} cannot exceed {most} characters" in text


@pytest.mark.parametrize(("edition", "most"), [("3", 500), ("4", 500), ("5", 3000)])
def test_a_plain_prompt_grew_in_the_fifth_edition(desk, edition, most):
    switch(desk, edition=edition)
    assert refusal(desk, "generate", PLAIN, prompt="a" * most)[0] == 200
    assert refusal(desk, "generate", PLAIN, prompt="a" * (most + 1))[0] == 413


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"vocalGender": "x"}, "vocalGender must be one of m, f"),
        ({"styleWeight": 1.1}, "styleWeight must be a number between 0 and 1"),
        ({"weirdnessConstraint": 0.655}, "weirdnessConstraint must be a multiple of 0.01"),
        ({"audioWeight": "much"}, "audioWeight must be a number between 0 and 1"),
        ({"variety": 5}, "variety must be an integer between 0 and 4"),
        ({"model": "V9"}, "model must be one of V4, V4_5, V4_5PLUS, V4_5ALL, V5"),
        ({"customMode": "yes"}, "customMode must be a boolean"),
        ({"prompt": 7}, "prompt must be a string"),
    ],
)
def test_what_a_field_cannot_be_is_refused(desk, more, text):
    switch(desk, edition="3")
    assert refusal(desk, "generate", GENERATE, **more) == (400, text)


def test_what_nobody_knows_and_nulls_are_ignored(desk):
    assert refusal(desk, "generate", GENERATE, surprise=1, negativeTags=None)[0] == 200


@pytest.mark.parametrize("key", ["Any", "C", "F#", "Cm", "A#m"])
def test_a_sound_has_a_key(desk, key):
    assert refusal(desk, "generate/sounds", {"prompt": "rain", "soundKey": key})[0] == 200
    wrong = refusal(desk, "generate/sounds", {"prompt": "rain", "soundKey": f"{key}x"})
    assert wrong[0] == 400


MODELS = {
    "3": ({"V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5"}, {"V3_5", "V5_5", "V6"}),
    "4": ({"V4", "V5", "V5_5"}, {"V3_5", "V6", "V6_MINI"}),
    "5": ({"V4", "V5_5", "V6", "V6_WILD", "V6_MINI"}, {"V3_5"}),
    "any": ({"V4", "V5_5", "V6"}, {"V3_5", "V9"}),
}


@pytest.mark.parametrize("edition", MODELS)
def test_each_edition_knows_its_models(desk, edition):
    switch(desk, edition=edition)
    for good, models in zip((True, False), MODELS[edition], strict=True):
        codes = {refusal(desk, "generate", GENERATE, model=model)[0] for model in models}
        assert codes == ({200} if good else {400})


@pytest.mark.parametrize("path", ["generate/mashup", "generate/sounds", "midi/generate"])
def test_what_an_edition_does_not_have_is_not_found_there(desk, path):
    switch(desk, edition="3")
    assert refusal(desk, path, CALL)[0] == 404
    switch(desk, edition="4")
    assert refusal(desk, path, CALL)[0] == 400


FIFTH = {
    "lyrics win over a prompt": ({"lyrics": WORDS, "prompt": ..., "title": ...}, 200),
    "a style alone": ({"prompt": ..., "title": ...}, 200),
    "nothing to go by": ({"prompt": ..., "title": ..., "style": ...}, 400),
}


@pytest.mark.parametrize("case", FIFTH)
def test_the_fifth_edition_asks_for_less(desk, case):
    more, code = FIFTH[case]
    switch(desk, edition="5")
    assert refusal(desk, "generate", GENERATE, model="V6", **more)[0] == code


def test_a_plain_request_of_the_fifth_edition_sends_no_controls(desk):
    switch(desk, edition="5")
    code, text = refusal(desk, "generate", PLAIN, model="V6", title="A title")
    assert (code, text) == (400, "title is only supported in custom mode")


def test_what_inspires_is_counted(desk):
    switch(desk, edition="5")
    pictures = [ANY_LINK] * 6
    code, text = refusal(desk, "generate", PLAIN, model="V6", imageUrls=pictures)
    assert (code, text) == (400, "imageUrls cannot exceed 5")


def test_without_an_edition_a_request_of_any_is_taken(desk):
    oldest = refusal(desk, "generate/upload-cover", blind("generate/upload-cover"))
    newest = CALL | {"uploadUrl": ANY_LINK, "model": "V6"}
    assert oldest[0] == 200
    assert refusal(desk, "generate/upload-cover", newest)[0] == 200


def test_a_request_that_no_edition_takes_is_refused_by_the_oldest_that_knows_its_model(desk):
    missing = refusal(desk, "generate/upload-cover", CALL | {"uploadUrl": ANY_LINK})
    assert missing == (400, "customMode cannot be null")
    no_call = refusal(desk, "generate/upload-cover", {"uploadUrl": ANY_LINK, "model": "V6"})
    assert no_call == (400, "Please enter callBackUrl.")


WINDOWS = [("4", 4, 9.99, 400), ("4", 4, 10, 200), ("5", 4, 13.99, 400), ("5", 4, 14, 200)]


@pytest.mark.parametrize(("edition", "start", "end", "code"), WINDOWS)
def test_a_section_is_long_enough_for_its_edition(desk, edition, start, end, code):
    switch(desk, edition=edition)
    body = body_of(desk, "generate/replace-section")
    got = refusal(desk, "generate/replace-section", body, infillStartS=start, infillEndS=end)
    assert got[0] == code


def test_voices_as_personas_are_for_newer_models(desk):
    voice = {"personaId": "p", "personaModel": "voice_persona"}
    assert refusal(desk, "generate", GENERATE, model="V5", **voice)[0] == 200
    assert refusal(desk, "generate", GENERATE, model="V4_5", **voice)[0] == 400
