"""Every sample that the pages of the AI Music API print is understood, and no damage to one is a
surprise: it ends in one of our words, or in one of our errors with a sentence."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio import errors
from studio.errors import VendorTrouble
from studio.providers.aimusicapi import AIMusicAPI
from studio.providers.base import Finished, Refused, Started, Working
from studio.providers.limits import Balance
from studio.songs import Attached, Part
from tests.contract.far_away import asked, material, materials, samples, sent, vendor

ANSWERS = samples("answers")
REQUESTS = samples("requests")
WHATEVER = Started | Working | Finished | Refused | Balance
OURS = {"make_instrumental": False, "use_suno_cdn": False, "title": "Blue Train"}
"""What goes out beside what the pages print; it is harmless in every version of the vendor."""


def ask(sample: dict[str, Any], *, status: int | None = None, body: object = None) -> Any:
    """Put the sample's request to a vendor that answers as printed, or damaged."""
    said = sample["body"] if body is None else body
    request = asked(**sample["request"])
    provider = vendor(sample["status"] if status is None else status, said)
    family = AIMusicAPI.models[request.model].family.lower() if request.model else "sonic"
    remote = "clip-1" if family == "sonic" else f"{family}/clip-1"
    match sample["verb"]:
        case "start":
            there = None if request.ability == "upload" else remote
            return provider.start(request, materials(material(there), material(there, id="other")))
        case "check":
            return provider.check(remote, request)
        case "read":
            told = said.decode(errors="replace") if isinstance(said, bytes) else json.dumps(said)
            return provider.read(told, request)
        case _:
            return provider.balance()


@pytest.mark.parametrize("name", ANSWERS)
def test_a_printed_answer_ends_as_its_page_says(name):
    sample = ANSWERS[name]
    wanted = getattr(errors, sample["ends"], None)
    if wanted is None:
        assert type(ask(sample)).__name__ == sample["ends"]
    else:
        with pytest.raises(wanted):
            ask(sample)


@pytest.mark.parametrize("name", REQUESTS)
def test_a_printed_body_is_what_goes_out(name):
    sample = REQUESTS[name]
    works_with = materials(
        *([material(**sample["material"])] if sample["material"] else []),
        persona=sample["persona"],
    )
    path, body = sent(asked(**sample["request"]), works_with)
    assert path == sample["path"]
    more = {key: value for key, value in body.items() if key not in sample["body"]}
    assert {key: body.get(key) for key in sample["body"]} == sample["body"]
    assert more.items() <= OURS.items()


def takes(name: str) -> list[tuple[int, Part, bool]]:
    return [(take.number, take.part, take.finished) for take in ask(ANSWERS[name]).takes]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("finished", [(1, Part.SONG, True), (2, Part.SONG, True)]),
        ("extended", [(1, Part.TAIL, True), (2, Part.TAIL, True)]),
        ("replaced_alone", [(1, Part.SECTION, True), (2, Part.SECTION, True)]),
        ("concat", [(1, Part.WHOLE, True)]),
        ("upload_extend_joining", [(1, Part.TAIL, True), (2, Part.TAIL, False)]),
        (
            "upload_extend_joined",
            [
                (1, Part.TAIL, True),
                (2, Part.TAIL, True),
                (3, Part.WHOLE, True),
                (4, Part.WHOLE, True),
            ],
        ),
        (
            "replaced_joining",
            [(1, Part.SECTION, True), (2, Part.SECTION, True), (3, Part.WHOLE, False)],
        ),
        (
            "replaced_joined",
            [
                (1, Part.SECTION, True),
                (2, Part.SECTION, True),
                (3, Part.WHOLE, True),
                (4, Part.WHOLE, True),
            ],
        ),
        ("producer_extended", [(1, Part.WHOLE, True)]),
        ("producer_replaced", [(1, Part.WHOLE, True)]),
        ("riffusion_first", [(1, Part.SONG, True)]),
        ("nuro_done", [(1, Part.SONG, True)]),
    ],
)
def test_each_take_is_told_with_the_part_that_it_is(name, parts):
    assert takes(name) == parts


def test_a_whole_keeps_its_number_whichever_comes_first():
    second_first = [
        {"extended": clip("a"), "full": None},
        {"extended": clip("b"), "full": clip("B")},
    ]
    sample = ANSWERS["upload_extend_joined"]
    progress = ask(sample, body=sample["body"] | {"data": second_first})
    assert isinstance(progress, Working)
    assert [(take.number, take.remote) for take in progress.takes] == [(1, "a"), (2, "b"), (4, "B")]


def test_a_tail_that_failed_is_not_waited_for():
    failed = clip("a") | {"state": "failed", "audio_url": ""}
    pairs = [{"extended": failed, "full": None}, {"extended": clip("b"), "full": clip("B")}]
    sample = ANSWERS["upload_extend_joined"]
    assert isinstance(ask(sample, body=sample["body"] | {"data": pairs}), Finished)


def clip(id_: str) -> dict[str, Any]:
    return ANSWERS["finished"]["body"]["data"][0] | {"clip_id": id_}


def found(name: str) -> Any:
    return ask(ANSWERS[name]).findings


@pytest.mark.parametrize(
    ("name", "kind", "facts"),
    [
        ("bpm", Attached.BPM, {"tempo_bpm": 120, "lowest_bpm": 118, "highest_bpm": 124.5}),
        ("midi", Attached.MIDI, {"instruments": ["Voice", "Bass"]}),
        (
            "timeline",
            Attached.TIMELINE,
            {
                "words": [
                    {"word": "Stars", "start": 12.1, "end": 12.6},
                    {"word": "are", "start": 12.6, "end": 12.8},
                    {"word": "shining", "start": 12.8, "end": 13.6},
                ]
            },
        ),
    ],
)
def test_facts_are_told_in_our_names(name, kind, facts):
    (finding,) = found(name)
    assert (finding.kind, finding.facts) == (kind, facts)


def test_the_voice_alone_is_kept_by_its_id_and_window():
    (finding,) = found("vox")
    assert (finding.kind, finding.remote, finding.link) == (Attached.VOX, "vox-1", None)
    assert (finding.facts["start"], finding.facts["end"]) == (10, 25)


def test_stems_are_named_by_their_titles_or_types():
    assert [finding.name for finding in found("stems_basic")] == ["Vocals", "Instrumental"]
    full = [finding.name for finding in found("stems_full")]
    assert full[:3] == ["Vocals", "Backing vocals", "Drums"]
    assert "FX" in full
    assert len(set(full)) == 12


def test_files_are_told_by_their_formats():
    assert [(one.kind, one.name) for one in found("download")] == [
        (Attached.FILE, "mp3"),
        (Attached.FILE, "wav"),
    ]


def test_an_upload_is_known_under_the_id_of_its_family():
    assert [one.remote for one in found("upload")] == ["abc123-def456-0001"]
    assert found("producer_uploaded")[0].remote.startswith("producer/")
    assert found("riffusion_upload")[0].remote.startswith("riffusion/")


@pytest.mark.parametrize(
    "request_",
    [
        {"ability": "bpm", "source": "song"},
        {"ability": "vox", "source": "song"},
        {"ability": "wav", "source": "song"},
        {"ability": "upload", "source": "song"},
        {"ability": "upload", "source": "song", "model": "Riffusion FUZZ-1.1 Pro"},
        {"ability": "persona", "source": "song", "name": "x"},
        {"ability": "lyrics", "description": "x"},
        {"ability": "tags", "style": "x"},
    ],
)
@pytest.mark.parametrize("body", [{"code": 200, "data": {}}, {}, [], b"<html>"])
def test_an_answer_without_what_was_asked_for_is_never_taken_as_refused(request_, body):
    with pytest.raises(errors.AnswerUnreadable):
        vendor(200, body).start(asked(**request_), materials(material("clip-1")))


def test_where_nobody_sings_the_voice_is_refused_with_what_to_do():
    body = {"data": {"status": "failed", "vox_audio_id": ""}}
    request = asked(ability="vox", source="song")
    with pytest.raises(errors.VendorRefused, match="Choose a window in which"):
        vendor(200, body).start(request, materials(material("clip-1")))


def failed(id_: str) -> dict[str, Any]:
    return clip(id_) | {"state": "failed", "audio_url": "", "error_message": "Too quiet."}


def test_stems_that_were_made_are_told_without_those_that_failed():
    sample = ANSWERS["stems_basic"]
    some = sample["body"] | {"data": [clip("a"), failed("b")]}
    assert [finding.remote for finding in ask(sample, body=some).findings] == ["a"]
    none = sample["body"] | {"data": [failed("a"), failed("b")]}
    assert ask(sample, body=none) == Refused(reason="AI Music API could not do it: Too quiet.")


@pytest.mark.parametrize(
    ("request_", "kind", "name", "ending"),
    [
        ({"ability": "wav"}, Attached.WAV, "", ".wav"),
        ({"ability": "download", "formats": ["mp3"]}, Attached.FILE, "mp3", ".mp3"),
    ],
)
def test_files_of_producer_come_as_they_were_asked_for(request_, kind, name, ending):
    body = ANSWERS["producer_done_since_autumn"]["body"]
    progress = vendor(200, body).check("producer/t", asked(source="song", **request_))
    (finding,) = progress.findings
    assert (finding.kind, finding.name, finding.link[-4:]) == (kind, name, ending)


def test_an_unknown_state_of_the_whole_is_named_too():
    sample = ANSWERS["producer_done_since_autumn"]
    progress = ask(sample, body=sample["body"] | {"status": "Mixing"})
    assert isinstance(progress, Working)
    assert progress.unknown == "Mixing"


def test_a_whole_without_its_piece_is_waited_for():
    sample = ANSWERS["upload_extend_joined"]
    pairs = [{"extended": None, "full": clip("A")}, {"extended": clip("b"), "full": clip("B")}]
    progress = ask(sample, body=sample["body"] | {"data": pairs})
    assert isinstance(progress, Working)
    assert [take.remote for take in progress.takes] == ["b", "B"]


def test_results_that_are_no_objects_are_unreadable():
    with pytest.raises(errors.AnswerUnreadable, match="cannot read"):
        ask(ANSWERS["finished"], body={"code": 200, "data": ["clip-1"]})


@pytest.mark.parametrize(
    ("seed", "read"), [("7", 7), (8, 8), ("7.5", None), ("no", None), (-1, None)]
)
def test_a_seed_is_read_however_it_is_written(seed, read):
    sample = ANSWERS["producer_created"]
    data = [sample["body"]["data"][0] | {"seed": seed}]
    assert ask(sample, body=sample["body"] | {"data": data}).takes[0].seed == read


def test_personas_and_voices_end_in_an_id():
    assert ask(ANSWERS["persona"]).persona == "persona-abc123-0001"
    assert ask(ANSWERS["voice"]).persona == "persona-voice-1"


def test_words_come_in_versions():
    assert [text.title for text in ask(ANSWERS["lyrics"]).texts] == ["Rain", "Clouds"]
    assert ask(ANSWERS["tags"]).texts[0].text == "warm analog pop with lush synths"


def test_nuro_tells_how_far_it_is_and_keeps_the_title_that_was_asked_for():
    assert ask(ANSWERS["nuro_running"]).progress == 0.4
    assert ask(ANSWERS["nuro_done"]).takes[0].title == "Mine"


def test_producer_names_its_seed_and_its_file_without_loss():
    assert ask(ANSWERS["producer_created"]).takes[0].seed == 12345
    assert ask(ANSWERS["producer_done_since_autumn"]).takes[0].wav.endswith(".wav")


def test_a_model_that_was_not_asked_for_is_told_of():
    other = [clip("a") | {"mv": "sonic-v6"}]
    sample = ANSWERS["finished"]
    (take,) = ask(sample, body=sample["body"] | {"data": other}).takes
    assert "sonic-v6" in take.facts["note"]
    assert "sonic-v5" in take.facts["note"]


@pytest.mark.parametrize("name", ["chirp-v5", "sonic-v5", "chirp-crow", "", None])
def test_other_names_of_a_model_are_not_told_of(name):
    sample = ANSWERS["finished"]
    (take,) = ask(sample, body=sample["body"] | {"data": [clip("a") | {"mv": name}]}).takes
    assert take.facts == {}


def test_another_spelling_of_a_model_is_not_another_model():
    assert [take.facts for take in ask(ANSWERS["finished"]).takes] == [{}, {}]


def test_text_in_place_of_notes_says_how_far_they_are():
    assert ask(ANSWERS["midi_generating"]) == Started(remote="midi:clip-1")
    assert ask(ANSWERS["midi_generating_again"]).doing == "generating midi…"


@pytest.mark.parametrize("ability", ["midi", "timeline", "bpm", "vox", "wav", "download"])
@pytest.mark.parametrize("remote", ["{}:clip-1", "clip-1", " clip-1 "])
def test_what_is_not_ready_is_asked_for_again_by_its_clip(ability, remote):
    request = asked(ability=ability, source="song")
    not_ready = ANSWERS["not_ready"]
    provider = vendor(202, not_ready["body"])
    started = provider.start(request, materials(material("clip-1")))
    assert started.remote.endswith(":clip-1")
    assert provider.check(remote.format(ability), request) == Working()


@pytest.mark.parametrize("status", [500, 502, 504])
@pytest.mark.parametrize("ability", ["midi", "timeline", "bpm", "vox"])
def test_a_fault_of_an_analysis_was_surely_not_taken(ability, status):
    request = asked(ability=ability, source="song")
    with pytest.raises(errors.NotTaken):
        vendor(status, {"type": "api_error"}).start(request, materials(material("clip-1")))


@pytest.mark.parametrize("ability", ["wav", "download", "upload", "stems", "extend"])
def test_a_fault_of_anything_else_is_doubtful(ability):
    request = asked(ability=ability, source="song")
    with pytest.raises(errors.Doubtful):
        vendor(500, {"type": "api_error"}).start(request, materials(material("clip-1")))


UPSTREAM = {"type": "upstream_error", "error": "No singing was found."}


@pytest.mark.parametrize("ability", ["persona", "upload", "wav"])
def test_a_failure_behind_the_vendor_ends_what_it_answers_at_once(ability):
    request = asked(
        ability=ability, source="song", **({"name": "x"} if ability == "persona" else {})
    )
    with pytest.raises(errors.VendorRefused, match="No singing was found"):
        vendor(502, UPSTREAM).start(request, materials(material("clip-1")))


def test_a_failure_behind_the_vendor_leaves_a_task_in_doubt():
    with pytest.raises(errors.Doubtful):
        vendor(502, UPSTREAM).start(asked(ability="create", style="pop"), materials())


def test_what_a_person_types_is_taken_for_what_has_no_task():
    given_id = vendor(500, b"").check("clip-9", asked(ability="upload", source="song"))
    assert given_id.findings[0].remote == "clip-9"
    request = asked(ability="persona", source="song", name="x")
    assert vendor(500, b"").check("p-9", request) == Finished(persona="p-9")


NEXT = [
    ("The song description contains artist names: 'X' which is not allowed.", "whom it sounds"),
    ("The lyrics contain copyrighted content: 'x'. Please use original lyrics.", "other words"),
    ("The remaining credits are not enough.", "Buy credits"),
    ("Audio URL is not accessible. Please provide a public direct audio file URL.", "link"),
    ("It matches an existing recording", "of your own"),
    ("clip not found.", "Upload the song"),
]


@pytest.mark.parametrize(("text", "what_to_do"), NEXT)
def test_a_refusal_says_what_to_do_next(text, what_to_do):
    with pytest.raises(errors.VendorRefused) as refusal:
        vendor(403, {"type": "forbidden", "detail": text}).start(
            asked(ability="create", style="pop"), materials()
        )
    assert text in str(refusal.value)
    assert what_to_do in str(refusal.value)


def test_what_is_closed_says_so_and_names_what_is_open():
    with pytest.raises(errors.VendorRefused, match=r"has closed this: .* for example sonic-v5\."):
        ask(ANSWERS["nuro_retired"])
    closed = vendor(410, {"type": "endpoint_retired", "error": "Retired."})
    persona = asked(ability="persona", source="song", name="x")
    with pytest.raises(errors.VendorRefused, match="Make a voice from a recording instead"):
        closed.start(persona, materials(material("clip-1")))
    with pytest.raises(errors.VendorRefused, match=r"Retired\. Choose another connection\."):
        closed.start(asked(ability="create", style="pop"), materials())


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["succeeded", "failed", "running", "not_ready", "http://[", "file:///etc"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)
STATUSES = st.sampled_from(
    [None, None, None, 200, 202, 400, 401, 403, 404, 410, 429, 500, 503, 504]
)


@st.composite
def damaged(draw: st.DrawFn) -> tuple[dict[str, Any], bytes]:
    """One of the samples, with something in it replaced, renamed, removed or cut off."""
    sample = ANSWERS[draw(st.sampled_from(sorted(ANSWERS)))]
    body = json.loads(json.dumps(sample["body"]))
    place: Any = body
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = draw(st.sampled_from(keys))
        deeper = isinstance(place[key], dict | list) and place[key]
        if not (deeper and draw(st.booleans())):
            break
        place = place[key]
    match draw(st.sampled_from(["replaced", "removed", "doubled"])):
        case "replaced":
            place[key] = draw(JSON)
        case "removed":
            del place[key]
        case "doubled":
            place[key] = [place[key], place[key]]
    text = json.dumps(body).encode()
    return sample, draw(
        st.sampled_from([text, text, text, text[: len(text) // 2], b"\xff" + text, b"[" * 100_000])
    )


@settings(
    max_examples=1200, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(damaged(), STATUSES)
def test_no_damage_to_a_sample_is_a_surprise(sample_and_body, status):
    sample, body = sample_and_body
    try:
        outcome = ask(sample, status=status, body=body)
    except VendorTrouble as trouble:
        outcome = Refused(reason=str(trouble).rstrip())
    assert isinstance(outcome, WHATEVER)
    if isinstance(outcome, Started):
        assert outcome.remote
    if isinstance(outcome, Refused):
        assert outcome.reason.endswith((".", "!", "?", "…"))
