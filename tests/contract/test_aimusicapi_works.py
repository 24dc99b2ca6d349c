"""What sonic has the band do for a request, and that no body makes it fall."""

import json

import pytest

from tests.contract.sonic import (
    CUSTOM,
    VERSIONS,
    WORDS,
    SonicBand,
    hum,
    made,
    post,
    shelved,
    song,
    uploaded,
)

AUTO = {"auto_lyrics": True, "prompt": "trains"}


@pytest.fixture
def counter(open_one):
    return open_one(musicians=SonicBand(), credits=1000)


def uses(desk, tool):
    return [use for use, _, _ in desk.musicians.used if use.tool == tool]


def test_an_extension_asks_for_the_words_the_second_and_the_style(counter):
    body = CUSTOM | {"task_type": "extend_upload_music", "continue_clip_id": uploaded(counter)}
    made(counter, "create", body, continue_at=0.7, tags="jazz, smooth", vocal_gender="m")
    whole, again = uses(counter, "extend")
    assert whole == again
    options = {"from_seconds": 0.7, "lyrics": WORDS, "style": "jazz", "voice": "male"}
    assert options.items() <= whole.options.items()
    seeds = [seed for use, seed, _ in counter.musicians.used if use.tool == "extend"]
    assert seeds[0] != seeds[1]


def test_a_tail_goes_on_as_the_whole_that_it_belongs_to(counter):
    body = CUSTOM | {"task_type": "extend_music"}
    first = made(counter, "create", body, continue_clip_id=song(counter), continue_at=0.7)[0]
    made(counter, "create", body, continue_clip_id=first["clip_id"], continue_at=0.2)
    whole = uses(counter, "extend")[0], uses(counter, "extend")[2]
    # The tail begins half a second into its whole, as the band told.
    assert [use.options["from_seconds"] for use in whole] == [0.7, 0.7]
    order, _, take = whole[1].sounds[0].partition(".")
    assert counter.house.band.find(order).take(int(take)).work.tool == "extend"


def test_a_joined_whole_is_played_with_the_same_seed(counter):
    body = CUSTOM | {"task_type": "extend_music", "continue_clip_id": song(counter)}
    tail = made(counter, "create", body, continue_at=0.7)[1]
    made(counter, "create", {"task_type": "concat_music", "continue_clip_id": tail["clip_id"]})
    seeds = [seed for use, seed, _ in counter.musicians.used if use.tool == "extend"]
    assert seeds[2] == seeds[1]


@pytest.mark.parametrize("task_type", ["extend_upload_music", "cover_upload_music"])
def test_words_that_were_only_described_are_written_first(counter, task_type):
    body = CUSTOM | {"task_type": task_type, "continue_clip_id": uploaded(counter)}
    clips = made(counter, "create", body | AUTO, continue_at=0.7)
    (written,) = uses(counter, "make-lyrics")
    assert written.options["about"] == "trains"
    tool = "extend" if "extend" in task_type else "cover"
    assert [use.options["lyrics"] for use in uses(counter, tool)] == [VERSIONS[0]["lyrics"]] * 2
    assert len(clips) == 2


def test_what_an_extension_is_about_is_written_and_told(counter):
    body = {"custom_mode": False, "mv": "sonic-v5", "gpt_description_prompt": "snow"}
    on = {"task_type": "extend_music", "continue_clip_id": song(counter), "continue_at": 0.7}
    clips = made(counter, "create", body | on)
    assert uses(counter, "make-lyrics")[0].options["about"] == "snow"
    assert {clip["lyrics"] for clip in clips} == {VERSIONS[0]["lyrics"]}


def test_a_cover_in_the_old_words_keeps_the_tune_as_it_was(counter):
    body = CUSTOM | {"task_type": "cover_music", "continue_clip_id": song(counter)}
    made(counter, "create", body, tags="jazz", audio_weight=0.6)
    made(counter, "create", body, prompt="[Verse]\nSnow", make_instrumental=False)
    old, _, new, _ = uses(counter, "cover")
    assert (old.options["lyrics"], old.options["style"], old.options["audio_weight"]) == (
        "",
        "jazz",
        0.6,
    )
    assert new.options["lyrics"] == "[Verse]\nSnow"


def test_a_cover_without_a_voice_is_asked_for_so(counter):
    body = CUSTOM | {"task_type": "cover_music", "continue_clip_id": song(counter)}
    clips = made(counter, "create", body, make_instrumental=True)
    assert uses(counter, "cover")[0].options["voice"] == "none"
    assert {clip["lyrics"] for clip in clips} == {"[Instrumental]"}


@pytest.mark.parametrize(
    ("start", "end", "cuts"),
    [
        (None, None, []),
        (0.6, 1.4, [(0, 0.65), (0, 0.85), (0, 0.85), (0.6, 1.45), (1.4, None)]),
        (0.6, None, [(0, 0.65), (0, 1.4), (0, 1.4), (0.6, None)]),
        (None, 1.4, [(0, 1.45), (0, 1.45), (0, 1.45), (1.4, None)]),
        (0.1, 1.9, []),
    ],
)
def test_a_voice_is_added_in_its_window_only(counter, start, end, cuts):
    window = {"overpainting_start_s": start, "overpainting_end_s": end}
    body = CUSTOM | {"task_type": "add_vocals", "continue_clip_id": uploaded(counter)}
    assert len(made(counter, "create", body, **window)) == 2
    done = uses(counter, "trim")
    told = [(use.options["start_seconds"], use.options["end_seconds"]) for use in done]
    assert sorted(told, key=str) == sorted(cuts, key=str)
    assert len(uses(counter, "concat")) == (2 if cuts else 0)


def test_a_remaster_comes_in_two_tastes(counter):
    body = {"task_type": "remaster", "continue_clip_id": song(counter), "mv": "chirp-v5"}
    clips = made(counter, "create", body, variation_category="subtle")
    assert [use.options for use in uses(counter, "remaster")] == [
        {"level": "subtle", "variation": variation} for variation in (0, 1)
    ]
    assert {(clip["tags"], clip["lyrics"]) for clip in clips} == {("pop", WORDS)}


def test_a_mashup_gives_each_voice_the_other_music(counter):
    first, second = song(counter), song(counter, prompt="[Verse]\nSnow")
    body = CUSTOM | {"mashup_clip_ids": [first, second], "tags": None}
    made(counter, "mashup", body)
    pairs = [use.sounds for use in uses(counter, "mashup")]
    assert pairs[0] == pairs[1][::-1]
    assert uses(counter, "cover") == []


def test_new_words_for_a_mashup_are_sung_over_it(counter):
    body = CUSTOM | {"mashup_clip_ids": [song(counter), song(counter)], "prompt": "[Verse]\nTwo"}
    clips = made(counter, "mashup", body)
    assert [use.options["lyrics"] for use in uses(counter, "cover")] == ["[Verse]\nTwo"] * 2
    assert {clip["lyrics"] for clip in clips} == {"[Verse]\nTwo"}


def test_where_nobody_sings_the_other_gives_the_voice(counter):
    sung, played = song(counter), song(counter, make_instrumental=True)
    body = CUSTOM | {"mashup_clip_ids": [played, sung], "tags": None}
    made(counter, "mashup", body, custom_mode=False, gpt_description_prompt="both")
    voices = {use.sounds[0] for use in uses(counter, "mashup")}
    assert voices == {counter.house.sounds.of_take(*_place(counter, sung))}


def _place(desk, clip_id):
    told = json.loads((desk.house.data / f"aimusicapi/clips/{clip_id}.json").read_text())
    return told["order"], told["take"]


@pytest.mark.parametrize(
    ("asked", "taken"), [((0.1, 0.9), (0.1, 0.9)), ((None, None), (0, 2)), ((0.5, 60), (0.5, 2))]
)
def test_a_sample_is_cut_within_the_sound(counter, asked, taken):
    window = dict(zip(("chop_sample_start_s", "chop_sample_end_s"), asked, strict=True))
    made(counter, "sample", CUSTOM | {"url": shelved(counter)} | window)
    options = uses(counter, "sample")[0].options
    assert (options["start_seconds"], options["end_seconds"]) == pytest.approx(taken)


def test_the_words_of_a_section_are_those_of_the_section(counter):
    body = {"clip_id": song(counter), "mv": "sonic-v5", "infill_start_s": 0.2, "infill_end_s": 9}
    told = made(counter, "replace-section", body, prompt=WORDS, infill_lyrics="Snow")
    options = uses(counter, "replace")[0].options
    assert (options["lyrics"], options["end_seconds"]) == ("Snow", 1.09)
    assert {clip["lyrics"] for clip in told} == {"Snow"}


def test_a_stem_is_listened_to_as_the_one_voice_that_it_is(counter):
    vocals = made(counter, "stems/basic", {"clip_id": song(counter)})[0]
    post(counter, "midi", {"clip_id": vocals["clip_id"]})
    counter.until(lambda: uses(counter, "midi"), bool)
    assert uses(counter, "midi")[0].options == {"alone": True, "voices": "melody"}


def test_what_is_brought_is_called_as_its_file_is(counter):
    stems = made(counter, "stems/basic", {"clip_id": uploaded(counter)})
    assert stems[0]["title"] == "Uploaded audio - Vocals"
    counter.house.sounds._fetch = lambda _, path: path.write_bytes(hum(2.0))
    named = {"url": "https://example.com/My%20Song.mp3?x=1"}
    clip = post(counter, "upload", named).json()["clip_id"]
    assert made(counter, "stems/basic", {"clip_id": clip})[0]["title"] == "My Song - Vocals"


NONSENSE = [None, True, -1, 1e308, "", "x", "\x00", [], [5], {}, {"a": 1}, "http://", "雨" * 6000]
FIELDS = {
    "create": [*CUSTOM, "task_type", "continue_clip_id", "continue_at", "webhook_url", "title"],
    "upload": ["url", "callback_url"],
    "upload-extend": ["url", *CUSTOM, "auto_concat", "continue_at", "webhook_secret"],
    "upload-cover": ["url", *CUSTOM, "audio_weight"],
    "persona": ["name", "clip_id", "describe", "styles", "vox_audio_id", "vocal_end_s"],
    "sample": ["url", "sample_clip_id", "chop_sample_start_s", *CUSTOM],
    "mashup": ["mashup_clip_ids", *CUSTOM],
    "replace-section": ["clip_id", "mv", "infill_start_s", "prompt", "infill_lyrics"],
    "vox": ["clip_id", "vocal_start_s", "vocal_end_s"],
    "download": ["clip_id", "formats"],
    "create-voice": ["audio_url", "webhook_url"],
    "lyrics": ["description"],
    "upsample-tags": ["tags"],
    **{path: ["clip_id"] for path in ("bpm", "wav", "midi", "aligned-lyrics", "stems/basic")},
}


@pytest.mark.parametrize("path", FIELDS)
def test_whatever_is_sent_is_answered_in_the_vendors_words(counter, path):
    clip, good = song(counter), {"url": "http://127.0.0.1:9/a.mp3", "mv": "sonic-v5"}
    windows = {"infill_start_s": 0.2, "infill_end_s": 0.6, "name": "x", "description": "x"}
    body = CUSTOM | good | windows | {"clip_id": clip, "sample_clip_id": clip}
    for field in FIELDS[path]:
        for value in NONSENSE:
            answer = post(counter, path, body | {field: value})
            told = answer.json()
            assert answer.status_code in {200, 202, 400, 403, 404, 502}, (field, value, told)
            assert answer.is_success or set(told) == {"type", "error"}
