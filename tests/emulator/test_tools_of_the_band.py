"""The band's tools as somebody gets them: over HTTP, really played, on a short song."""

import threading
import time
from dataclasses import replace

import httpx
import numpy as np
import pytest

from studio.audio.files import read
from studio.emulator.musicians import HouseBand
from studio.emulator.works import Play
from studio.engine.brief import Brief
from tests.emulator.desk import Street, open_desk
from tests.emulator.test_abilities import send
from tests.emulator.threads import Threads

pytestmark = pytest.mark.slow

WORDS = (
    "[Verse]\nRain on the rails tonight\nAnd I am going home\n[Chorus]\nCarry me over\nCarry me on"
)
OTHERS = "[Verse]\nNobody home\n[Chorus]\nNobody home"
RATE = 44_100


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("band")
    with (
        Street().open() as street,
        open_desk(street, folder, musicians=HouseBand(), workers=Threads()) as desk,
    ):
        yield desk


@pytest.fixture(scope="module")
def song(desk):
    """A short song that somebody sings, told as material."""
    return played(desk, Brief(style="folk, female voice", lyrics=WORDS, length_seconds=17))


@pytest.fixture(scope="module")
def instrumental(desk):
    return played(desk, Brief(style="house", instrumental=True, length_seconds=15))


def played(desk, brief):
    order = desk.house.band.order([Play(replace(brief, title="Rails"))], seed=3)
    (take,) = finished(desk, order.id)["takes"]
    told = {name: take[name] for name in ("title", "style", "lyrics", "remote")}
    return told | {"link": take["wav"], "mp3": take["sound"]}


def finished(desk, order_id):
    """Wait for an order, however busy this machine is, and return what is told of it."""
    pause, end = threading.Event(), time.monotonic() + 150
    while time.monotonic() < end:
        told = desk.http.get(f"/band/v1/orders/{order_id}").json()
        if told["state"] in {"finished", "refused"}:
            return told
        pause.wait(0.05)
    raise AssertionError(f"It never came to an end; the last that was told is {told!r}.")


def ask(desk, ability, *materials, **more):
    told = [{k: v for k, v in material.items() if k != "mp3"} for material in materials]
    answer = send(desk, ability, told, **more)
    assert answer.status_code == 201, answer.text
    return finished(desk, answer.json()["order"])


def ask_once(desk, ability, *materials, **more):
    """Ask for something, but let only the first of its takes be played."""
    desk.fault("band", "order", "partial")
    return ask(desk, ability, *materials, **more)["takes"][0]


@pytest.fixture
def heard(tmp_path):
    """Read what lies behind a link: `float32 (2, frames)`."""

    def hear(link):
        path = tmp_path / link.rsplit("/", 1)[-1]
        path.write_bytes(httpx.get(link, verify=False).content)
        samples, rate = read(path)
        assert rate == RATE
        return samples

    return hear


def sounding(take, hear):
    samples = hear(take["wav"])
    assert samples.shape[1] / RATE == pytest.approx(take["length_seconds"], abs=0.01)
    assert np.abs(samples).max() > 0.05
    return samples


@pytest.fixture(scope="module")
def extended(desk, song):
    return ask(desk, "extend", song, source="s", at=12, length=6, seed=1)["takes"]


def test_a_tail_begins_where_it_was_asked(extended, song, heard):
    whole, tail = extended[0], extended[2]
    seam = round(whole["facts"]["seam_seconds"] * RATE)
    before, after = np.split(sounding(whole, heard), [seam], axis=1)
    assert 6 < seam / RATE <= 12
    assert np.array_equal(after, sounding(tail, heard))
    assert np.array_equal(before, heard(song["link"])[:, :seam])


def test_another_seed_is_another_tail(extended, heard):
    first, second = (sounding(take, heard) for take in extended[2:])
    assert first.shape != second.shape or np.abs(first - second).max() > 0.01


@pytest.fixture(scope="module")
def stems(desk, song):
    return ask(desk, "stems", song, source="s", detail="full")["findings"]


def test_stems_sum_to_the_song(stems, song, heard):
    whole = heard(song["link"])
    total = sum(heard(stem["link"]) for stem in stems if stem["link"])
    rest = total[:, : whole.shape[1]] - whole
    assert len(stems) == 12
    assert np.sqrt(np.mean(rest**2)) < 1e-3 * np.sqrt(np.mean(whole**2))


def test_one_stem_and_the_rest_sum_to_the_song(desk, song, heard):
    found = ask(desk, "stems", song, source="s", detail="one", instrument="guitar")["findings"]
    whole = heard(song["link"])
    rest = sum(heard(stem["link"]) for stem in found)[:, : whole.shape[1]] - whole
    assert [stem["name"] for stem in found] == ["Guitar", "Without guitar"]
    assert np.sqrt(np.mean(rest**2)) < 1e-3 * np.sqrt(np.mean(whole**2))


def test_a_sound_is_made_twice_of_nothing_but_words(desk, heard):
    takes = ask(desk, "sounds", description="rain", loop=True, tempo_bpm=120)["takes"]
    first, second = (sounding(take, heard) for take in takes)
    assert first.shape == second.shape
    assert np.abs(first - second).max() > 0.01


def test_a_section_made_anew_leaves_the_rest_as_it_was(desk, song, heard):
    window = {"start": 6, "end": 9}
    take = ask_once(desk, "replace", song, source="s", window=window, seed=1)
    start, end = (round(at * RATE) for at in take["facts"]["window_seconds"])
    whole, before = sounding(take, heard), heard(song["link"])
    assert start / RATE <= 6
    assert end / RATE >= 9
    assert np.array_equal(whole[:, : start - 100], before[:, : start - 100])


def test_a_persona_sings_over_the_same_music(desk, song, stems, heard):
    persona = ask(desk, "persona", song, source="s", name="Anna")["persona"]
    take = ask(desk, "swap vocals", song, source="s", persona=persona, lyrics=OTHERS)["takes"][0]
    by_name = {stem["name"]: heard(stem["link"]) for stem in stems if stem["link"]}
    voice = by_name.pop("Vocals")
    sounds = [sound[0] for sound in (sounding(take, heard), voice, sum(by_name.values()))]
    new, old_voice, same = (sound[: min(map(len, sounds))] for sound in sounds)
    assert take["facts"]["kept"] == "music"
    assert np.corrcoef(new, same)[0, 1] > 2 * abs(np.corrcoef(new, old_voice)[0, 1])
    assert "Nobody home" in take["lyrics"]


MUSIC = [
    ("sample", {"window": {"start": 5, "end": 9}, "length": 15, "instrumental": True}),
    ("remaster", {"variation": "subtle"}),
    ("swap sound", {"style": "reggae"}),
]


@pytest.mark.parametrize(("ability", "more"), MUSIC)
def test_what_is_made_of_a_song_can_be_heard(desk, song, heard, ability, more):
    take = ask_once(desk, ability, song, source="s", **more)
    assert sounding(take, heard).shape[1] > 14 * RATE
    assert take["facts"]["exact"]


def test_two_bands_play_along_in_two_ways(desk, song, heard):
    told = ask(desk, "add instrumental", song, source="s", style="bossa")
    first, second = (sounding(take, heard) for take in told["takes"])
    assert first.shape == second.shape
    assert np.abs(first - second).max() > 0.01


def test_somebody_sings_over_an_instrumental(desk, instrumental, heard):
    take = ask_once(desk, "add vocals", instrumental, source="s", description="a lighthouse")
    assert take["facts"]["sung_lines"] > 0
    assert sounding(take, heard).shape[1] > 14 * RATE


def test_two_songs_become_one(desk, song, instrumental, heard):
    (take,) = ask(desk, "mashup", song, instrumental, songs=["a", "b"])["takes"]
    assert take["title"] == "Rails / Rails"
    assert sounding(take, heard).shape[1] > 10 * RATE


def test_the_voice_can_be_taken_out_of_a_window(desk, song, heard):
    window = {"start": 5.0, "end": 10.0}
    (finding,) = ask(desk, "vox", song, source="s", window=window)["findings"]
    assert heard(finding["link"]).shape[1] == 5 * RATE


@pytest.mark.parametrize("ending", ["wav", "flac", "ogg", "mp3"])
def test_other_formats_are_the_same_song(desk, song, heard, ending):
    (finding,) = ask(desk, "download", song, source="s", formats=[ending])["findings"]
    assert heard(finding["link"]).shape[1] == pytest.approx(heard(song["link"]).shape[1], abs=2500)


def test_a_song_that_comes_back_as_mp3_is_known_note_by_note(desk, song):
    back = song | {"link": song["mp3"]}
    notes = ask(desk, "midi", back, source="s")["findings"][0]
    tempo = ask(desk, "bpm", back, source="s")["findings"][0]["facts"]
    assert notes["facts"]["exact"]
    assert tempo["lowest_bpm"] == tempo["tempo_bpm"] == tempo["highest_bpm"]


def test_every_word_has_its_time(desk, song):
    words = ask(desk, "timeline", song, source="s")["findings"][0]["facts"]["words"]
    starts = [word["start"] for word in words]
    assert [word["word"].lower() for word in words[:3]] == ["rain", "on", "the"]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("ability", "wish"), [("lyrics", {"description": "a lighthouse"}), ("tags", {"style": "soul"})]
)
def test_words_come_in_two_versions(desk, ability, wish):
    first, second = ask(desk, ability, **wish)["texts"]
    assert first["text"] != second["text"]


def test_what_a_tool_cannot_do_is_said_in_its_sentence(desk, song):
    told = ask(desk, "add vocals", song, source="s")
    assert (told["state"], told["reason"][:13]) == ("refused", "Somebody sing")


def test_options_out_of_range_are_refused_at_once(desk, song):
    answer = send(desk, "extend", [{"link": song["link"]}], source="s", length=1)
    assert answer.status_code == 422
    assert "length_seconds" in answer.json()["reason"]
