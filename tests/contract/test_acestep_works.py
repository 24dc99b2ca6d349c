"""The emulated ACE-Step server at work on sounds: each kind of task, and how sounds get there."""

import pytest

from tests.contract.acestep_calls import BASE, audio, over, release, released, turn, with_sound
from tests.contract.sonic import SonicBand, hum

OWN = hum(2.0)
WORDS = "[Verse]\nSnow"


@pytest.fixture
def server(open_one):
    return open_one(musicians=SonicBand())


def used(server, **asked):
    """Release a task on a sound of one's own, and return the tool that was used."""
    status, entries = over(server, with_sound(server, OWN, **asked))
    assert status == 1, entries
    return server.musicians.used[-1][0]


@pytest.mark.parametrize("kind", ["cover", "cover-nofsq"])
@pytest.mark.parametrize(
    ("strength", "noise", "weight"), [("1", "0", 0.25), ("0.4", "0", 0.1), ("1", "1", 1.0)]
)
def test_a_cover_hears_as_much_of_the_source_as_is_wished(server, kind, strength, noise, weight):
    strengths = {"audio_cover_strength": strength, "cover_noise_strength": noise}
    use = used(server, task_type=kind, prompt="jazz", lyrics=WORDS, **strengths)
    assert (use.tool, use.options["style"], use.options["lyrics"]) == ("cover", "jazz", WORDS)
    assert use.options["audio_weight"] == weight


@pytest.mark.parametrize(
    ("start", "end", "tool", "window"),
    [
        ("0.2", "0.9", "replace", {"start_seconds": 0.2, "end_seconds": 0.9}),
        ("0.5", "-1", "replace", {"start_seconds": 0.5, "end_seconds": 2.0}),
        ("0.5", None, "replace", {"start_seconds": 0.5, "end_seconds": 2.0}),
        ("2.0", "32", "extend", {"from_seconds": None, "length_seconds": 30.0}),
        ("1.0", "32", "extend", {"from_seconds": 1.0, "length_seconds": 31.0}),
        ("2.0", "4", "extend", {"from_seconds": None, "length_seconds": 5.0}),
    ],
)
def test_a_repaint_replaces_or_beyond_the_end_goes_on(server, start, end, tool, window):
    ends = {} if end is None else {"repainting_end": end}
    use = used(server, task_type="repaint", repainting_start=start, lyrics=WORDS, **ends)
    assert use.tool == tool
    assert use.options["lyrics"] == WORDS
    assert {name: use.options[name] for name in window} == window


def test_an_extraction_is_one_stem_whatever_the_batch(server):
    task = with_sound(server, OWN, task_type="extract", model=BASE, track_name="vocals")
    _, entries = over(server, task)
    assert len(entries) == 1
    assert server.http.get(f"/acestep{entries[0]['file']}").status_code == 200
    assert server.musicians.used[0][0].options["only"] == "vocals"


def test_two_words_of_a_track_are_the_bands_two_words(server):
    use = used(server, task_type="extract", model=BASE, trackName="backing_vocals")
    assert use.options["only"] == "backing vocals"


@pytest.mark.parametrize(
    ("kind", "named", "tool", "style"),
    [
        ("lego", {"track_name": "vocals"}, "add-vocals", "jazz"),
        ("lego", {"track_name": "backing_vocals"}, "add-vocals", "jazz"),
        ("lego", {"track_name": "bass"}, "add-band", "jazz, bass"),
        ("complete", {}, "add-band", "jazz"),
        ("complete", {"track_classes": '["drums", "bass"]'}, "add-band", "jazz, drums, bass"),
        ("complete", {"track_classes": "drums,bass"}, "add-band", "jazz, drums, bass"),
    ],
)
def test_tracks_are_added(server, kind, named, tool, style):
    use = used(server, task_type=kind, model=BASE, prompt="jazz", lyrics=WORDS, **named)
    assert (use.tool, use.options["style"]) == (tool, style)


@pytest.mark.parametrize("name", ["src_audio", "ctx_audio"])
def test_a_sound_comes_as_a_part_of_either_name(server, name):
    asked = {"task_type": "cover", "batch_size": "1"}
    files = {name: ("own.wav", OWN), "ref_audio": ("like.wav", OWN)}
    answer = server.http.post("/acestep/release_task", data=asked, files=files)
    assert over(server, answer.json()["data"]["task_id"])[0] == 1


def test_a_sound_larger_than_a_body_may_be_is_taken(server):
    long = hum(80.0)
    assert len(long) > 1_000_000
    assert over(server, with_sound(server, long, task_type="cover"))[0] == 1


def test_what_was_made_there_is_worked_on_by_its_path(server):
    _, entries = over(server, released(server, batch_size=1))
    path = entries[0]["file"].partition("=")[2].replace("%2F", "/")
    assert audio(server, path).status_code == 200
    task = released(server, {"task_type": "cover", "src_audio_path": path, "batch_size": 1})
    assert over(server, task)[0] == 1
    assert server.musicians.used[0][0].sounds[0].endswith(".1")


def test_each_audio_of_a_batch_has_a_path_of_its_own(server):
    _, entries = over(server, released(server))
    for entry in entries:
        path = entry["file"].partition("=")[2].replace("%2F", "/")
        asked = {"task_type": "cover", "src_audio_path": path, "batch_size": 1}
        assert over(server, released(server, asked))[0] == 1
    first, second = (use.sounds[0] for use, _, _ in server.musicians.used)
    assert first != second


@pytest.mark.parametrize("asked", [{}, {"ref_audio_path": "x", "src_audio_path": "/etc/passwd"}])
def test_a_sound_that_nobody_needs_is_not_kept(server, asked):
    turn(server, load="fails")
    files = {"src_audio": ("own.wav", OWN), "reference_audio": ("like.wav", OWN)}
    server.http.post("/acestep/release_task", data=asked, files=files)
    assert list((server.house.data / "acestep" / "incoming").iterdir()) == []


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"task_type": "cover"}, "src_audio is required"),
        ({"task_type": "cover", "src_audio_path": "mine.wav"}, "does not exist"),
        ({"task_type": "sing"}, "does not support"),
        ({"task_type": "extract", "model": BASE, "src_audio_path": "mine.wav"}, "does not exist"),
    ],
)
def test_what_cannot_be_done_is_taken_and_fails(server, asked, why):
    answer = release(server, asked)
    assert answer.status_code == 200
    status, entries = over(server, answer.json()["data"]["task_id"])
    assert (status, why in entries[0]["error"]) == (2, True)


def test_without_its_language_model_nothing_is_made_of_one_sentence(server):
    turn(server, lm="off")
    status, entries = over(server, released(server, {"sample_query": "rain"}))
    assert (status, "LLM" in entries[0]["error"]) == (2, True)
    assert over(server, released(server))[0] == 1


def test_what_is_no_sound_is_taken_and_fails(server):
    status, entries = over(server, with_sound(server, b"not a sound", task_type="cover"))
    assert (status, bool(entries[0]["error"])) == (2, True)
    assert list((server.house.data / "acestep" / "incoming").iterdir()) == []


def test_a_track_has_to_be_named(server):
    status, entries = over(server, with_sound(server, OWN, task_type="extract", model=BASE))
    assert (status, "track_name" in entries[0]["error"]) == (2, True)
