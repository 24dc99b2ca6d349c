"""What the band does for each ability, over HTTP; the tools themselves are played by a fake."""

import pytest

from tests.emulator.fakes import PERSONA
from tests.emulator.tones import tone_file

ORDERS = "/band/v1/orders"
WINDOW = {"start": 0.2, "end": 0.9}
OVER = {"finished", "refused"}
ONE, TWO = {"source": "s"}, {"songs": ["a", "b"]}


def tell_of_sound(desk, folder, **more):
    """Lay a sound on the shelf, and tell of it as the studio does."""
    content = tone_file(folder).read_bytes()
    link = desk.http.put("/shelf?ending=wav", content=content).json()["link"]
    return {"link": link, "title": "Mine", "style": "folk", "lyrics": "[Verse]\nla"} | more


def send(desk, ability, materials=(), **more):
    body = {"ability": ability, "materials": list(materials), **more}
    return desk.http.post(ORDERS, json=body)


def finish(desk, answer):
    assert answer.status_code == 201, answer.text
    path = f"{ORDERS}/{answer.json()['order']}"
    return desk.until(lambda: desk.http.get(path).json(), lambda told: told["state"] in OVER)


@pytest.fixture
def material(desk, tmp_path):
    return tell_of_sound(desk, tmp_path)


def used(desk):
    return [(use.tool, dict(use.options)) for use, _, _ in desk.musicians.used]


MUSIC = [
    ("cover", ONE | {"style": "jazz"}, "cover", {"style": "jazz", "audio_weight": None}, 2),
    ("cover", ONE | {"instrumental": True}, "cover", {"voice": "none"}, 2),
    ("cover", ONE | {"lyrics": "[Verse]\nla"}, "cover", {"lyrics": ""}, 2),
    ("add vocals", ONE | {"voice": "male"}, "add-vocals", {"voice": "male"}, 2),
    ("add instrumental", ONE | {"style": "folk"}, "add-band", {"style": "folk"}, 2),
    ("sample", ONE | {"window": WINDOW, "length": 20}, "sample", {"length_seconds": 20}, 2),
    ("mashup", TWO, "mashup", {}, 1),
    ("remaster", ONE | {"variation": "high"}, "remaster", {"level": "high", "variation": 1}, 2),
    ("swap vocals", ONE | {"voice": "male"}, "cover", {"keep": "music", "voice": "male"}, 1),
    ("swap sound", ONE | {"style": "jazz"}, "cover", {"keep": "voice", "style": "jazz"}, 2),
    ("vary", ONE, "cover", {"style": "folk", "audio_weight": 0.5}, 2),
]


@pytest.mark.parametrize("case", MUSIC)
def test_music_is_made_of_the_sounds_that_were_brought(desk, material, case):
    ability, body, tool, options, takes = case
    told = finish(desk, send(desk, ability, [material] * 2, **body))
    assert [take["part"] for take in told["takes"]] == ["song"] * takes
    last_tool, last_options = used(desk)[-1]
    assert (last_tool, last_options | options) == (tool, last_options)


@pytest.mark.parametrize(
    ("ability", "more", "part"),
    [("extend", {}, "tail"), ("replace", {"window": WINDOW}, "section")],
)
def test_the_new_part_is_cut_out_of_the_whole(open_one, tmp_path, ability, more, part):
    facts = {"seam_seconds": 0.7, "window_seconds": [0.2, 0.9]}
    desk = open_one()
    desk.musicians.facts |= {"extend": facts, "replace": facts}
    sound = tell_of_sound(desk, tmp_path)
    told = finish(desk, send(desk, ability, [sound], **ONE, **more))
    assert [take["part"] for take in told["takes"]] == ["whole", "whole", part, part]
    assert used(desk)[-1] == ("trim", {"exact": True, **used(desk)[-1][1]})
    assert used(desk)[-1][1]["start_seconds"] == {"tail": 0.7, "section": 0.2}[part]


@pytest.mark.parametrize(
    ("ability", "more", "part"),
    [("extend", {}, "tail"), ("replace", {"window": WINDOW}, "section")],
)
def test_the_new_part_alone_is_made_when_no_whole_is_wanted(desk, material, ability, more, part):
    told = finish(desk, send(desk, ability, [material], joined=False, **ONE, **more))
    assert [take["part"] for take in told["takes"]] == [part, part]
    assert {options["give"] for _, options in used(desk)} == {part}


def test_two_takes_of_music_have_two_seeds(desk, material):
    told = finish(desk, send(desk, "cover", [material], **ONE, seed=7))
    assert [take["seed"] for take in told["takes"]] == [7, 8]


def test_a_tail_is_joined_by_making_the_whole_as_it_was_made(desk, material):
    extended = finish(desk, send(desk, "extend", [material], **ONE, joined=False, seed=7))
    tail = {"remote": extended["takes"][1]["remote"]}
    told = finish(desk, send(desk, "concat", [tail], **ONE))
    assert [take["part"] for take in told["takes"]] == ["whole"]
    _, options = used(desk)[-1]
    assert (options["give"], options["seed"]) == ("whole", 8)


@pytest.mark.parametrize("remote", ["", "x.1", f"{'0' * 32}.1", "..", "a.b.c"])
def test_what_the_band_does_not_remember_cannot_be_joined(desk, remote):
    answer = send(desk, "concat", [{"remote": remote}], **ONE)
    assert answer.status_code == 422
    assert "does not remember" in answer.json()["reason"]


FOUND = [
    ("vox", ONE | {"window": WINDOW}, [("vox", "Voice")]),
    ("wav", ONE, [("wav", "WAV")]),
    ("download", ONE | {"formats": ["flac", "mp3"]}, [("file", "FLAC"), ("file", "MP3")]),
    ("midi", ONE, [("midi", "Notes")]),
    ("video", ONE | {"author": "Anna"}, [("video", "Film")]),
    ("cover image", ONE, [("cover", "Picture 1"), ("cover", "Picture 2")]),
]


@pytest.mark.parametrize(("ability", "body", "found"), FOUND)
def test_files_are_told_as_findings_and_handed_out(desk, material, ability, body, found):
    told = finish(desk, send(desk, ability, [material], **body))
    assert (told["takes"], [(f["kind"], f["name"]) for f in told["findings"]]) == ([], found)
    assert all(desk.anyone.get(f["link"]).status_code == 200 for f in told["findings"])


def test_silent_stems_are_told_without_a_file(desk, material):
    heard = {"name": "vocals", "file": "vocals.wav", "empty": False, "lufs": -16.0, "peak_db": -1.0}
    silent = {"name": "synth", "file": None, "empty": True}
    desk.musicians.facts["stems"] = {"exact": True, "stems": [heard, silent]}
    first, second = finish(desk, send(desk, "stems", [material], **ONE))["findings"]
    assert (first["facts"]["is_silent"], desk.anyone.get(first["link"]).status_code) == (False, 200)
    assert (second["name"], second["facts"]["is_silent"], second["link"]) == ("Synth", True, None)


@pytest.mark.parametrize(("detail", "kind"), [("basic", "2"), ("full", "12")])
def test_stems_are_as_many_as_were_asked_for(desk, material, detail, kind):
    finish(desk, send(desk, "stems", [material], **ONE, detail=detail))
    assert used(desk) == [("stems", {"kind": kind})]


def test_one_stem_comes_with_the_rest(desk, material):
    finish(desk, send(desk, "stems", [material], **ONE, detail="one", instrument="Bass"))
    assert used(desk) == [("stems", {"kind": "12", "only": "bass", "rest": True})]


def test_a_film_shows_the_title_and_whose_it_is(desk, material):
    finish(desk, send(desk, "video", [material], **ONE, author="Anna", site="example.com"))
    shown = {
        "title": "Mine",
        "lyrics": material["lyrics"],
        "author": "Anna",
        "site": "example.com",
    }
    assert used(desk) == [("video", shown)]


def test_a_sound_is_made_twice_out_of_nothing_but_words(desk):
    wish = {"description": "rain with thunder", "loop": True, "tempo_bpm": 90, "key": "C minor"}
    told = finish(desk, send(desk, "sounds", **wish))
    assert used(desk) == [("sound", wish)] * 2
    assert len({seed for _, seed, _ in desk.musicians.used}) == 2
    assert [take["title"] for take in told["takes"]] == ["rain with thunder"] * 2


def test_a_sound_bears_its_title_where_it_was_given_one(desk):
    told = finish(desk, send(desk, "sounds", description="rain", title="Wet"))
    assert {take["title"] for take in told["takes"]} == {"Wet"}


def test_a_tempo_is_told_with_its_range(desk, material):
    desk.musicians.facts["measure"] = {
        "tempo_bpm": 96.0,
        "slowest_bpm": 95.0,
        "fastest_bpm": 97.0,
        "beats": [0.1] * 99,
    }
    facts = finish(desk, send(desk, "bpm", [material], **ONE))["findings"][0]["facts"]
    assert facts == {"tempo_bpm": 96.0, "lowest_bpm": 95.0, "highest_bpm": 97.0}


def test_words_are_told_as_texts(desk):
    versions = [{"title": "Rain", "lyrics": "la"}, {"title": "More", "lyrics": "lo"}]
    desk.musicians.facts["make-lyrics"] = {"versions": versions}
    told = finish(desk, send(desk, "lyrics", description="rain", materials=[]))
    assert [text["text"] for text in told["texts"]] == ["la", "lo"]


@pytest.mark.parametrize(
    ("ability", "options"),
    [("persona", {"name": "Anna"}), ("voice", {"name": "Anna", "alone": True})],
)
def test_a_voice_that_was_kept_sings_for_ever(open_one, tmp_path, ability, options):
    desk = open_one()
    sound = tell_of_sound(desk, tmp_path)
    kept = finish(desk, send(desk, ability, [sound], **ONE, name="Anna"))["persona"]
    assert used(desk) == [("persona", options)]
    again = open_one()
    again.house.band.clean(keep_seconds=-1)
    finish(again, send(again, "create", style="folk", persona=kept))
    finish(again, send(again, "cover", [tell_of_sound(again, tmp_path)], **ONE, persona=kept))
    assert again.musicians.played[0][0].persona == PERSONA
    assert again.musicians.used[0][0].persona == PERSONA


@pytest.mark.parametrize(
    ("ability", "body", "part"),
    [
        ("create", {"style": "folk", "persona": "nobody"}, "does not know this persona"),
        ("cover", ONE, "did not get the sound"),
        ("mashup", TWO, "did not get the sound"),
        ("add vocals", ONE | {"window": WINDOW, "materials": "one"}, "Leave the window out"),
        ("upload", ONE | {"materials": "one"}, "needs no uploads"),
        ("recover", ONE | {"materials": "one"}, "nothing to recover"),
        ("phrase", ONE | {"window": WINDOW, "materials": "one"}, "a recording"),
        ("stems", ONE | {"detail": "one", "materials": "one"}, "which instrument"),
        ("replace", ONE, "'window'"),
        ("dance", {}, "'dance'"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(desk, material, ability, body, part):
    materials = [material] if body.get("materials") else []
    answer = send(desk, ability, materials, **{k: v for k, v in body.items() if k != "materials"})
    assert answer.status_code == 422
    assert part in answer.json()["reason"]


def test_no_more_is_fetched_than_a_request_works_on(desk, material, tmp_path):
    finish(desk, send(desk, "cover", [material] * 9, **ONE))
    finish(desk, send(desk, "create", [material], style="folk"))
    assert len(list((tmp_path / "sounds").glob("*.json"))) == 1


def test_a_sound_that_cannot_be_read_is_refused_by_its_name_before_anything_is_played(desk):
    link = desk.http.put("/shelf", content=b"Dear Sir or Madam, " * 9).json()["link"]
    answer = send(desk, "cover", [{"link": link, "title": "A letter"}], **ONE)
    assert answer.status_code == 422
    assert answer.json()["reason"].startswith("A letter is text, not sound")
    assert desk.musicians.used == []
