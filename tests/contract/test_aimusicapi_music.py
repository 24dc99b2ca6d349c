"""Sonic with the real band behind it: what comes back is made of what was sent."""

import threading
import time

import numpy as np
import pytest

from studio.audio.files import read, write
from studio.audio.samples import RATE
from studio.emulator.band import Band
from studio.emulator.faults import Faults
from studio.emulator.house import House
from studio.emulator.musicians import ENGINE, HouseBand, warm_worker
from studio.emulator.pace import read_pace
from studio.emulator.server import create_app
from studio.engine.brief import Brief
from studio.engine.papers import keep_score
from studio.engine.pool import Pool
from studio.engine.recording import compose
from tests.contract.sonic import finished, post, shelved, submit
from tests.emulator.desk import KEY, Desk, _caller

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,  # the server that forks workers is reached by a Unix socket
]
BRIEF = Brief(style="folk", instrumental=True, length_seconds=15)
SHORT = {"custom_mode": True, "mv": "sonic-v4-5", "make_instrumental": True, "duration": 10}


class PatientDesk(Desk):
    def until(self, look, is_enough):
        """Ask again until the answer will do, with pauses that leave the band its time."""
        pause, end = threading.Event(), time.monotonic() + 150
        while not is_enough(answer := look()):
            assert time.monotonic() < end, f"It never came to that; the last was {answer!r}."
            pause.wait(0.2)
        return answer


@pytest.fixture(scope="module")
def counter(street, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sonic")
    band = Band(HouseBand(), folder / "orders", Pool(2, warm_worker, preload=ENGINE), lanes=2)
    house = House(
        band=band,
        pace=read_pace("now"),
        faults=Faults(),
        key=KEY,
        credits=1000,
        data=folder,
        clock=band.now,
    )
    app = create_app(house)
    band.open()
    with _caller(street.url) as http, _caller(street.url) as anyone:
        http.headers["Authorization"] = f"Bearer {KEY}"
        yield app, PatientDesk(street.url, house, None, http, anyone)
    band.close()


@pytest.fixture
def desk(counter, street):
    app, desk = counter
    street.app = app
    return desk


@pytest.fixture(scope="module")
def song(tmp_path_factory):
    """Return a song of the band as a file of somebody, its score, and its sound."""
    recording = compose(BRIEF, 7)
    path = tmp_path_factory.mktemp("own") / "song.wav"
    write(path, recording.mix, RATE)
    keep_score(path, recording.score)
    return path.read_bytes(), recording.score, read(path)[0]


@pytest.fixture
def clip(desk, song):
    return post(desk, "upload", {"url": shelved(desk, song[0])}).json()["clip_id"]


def heard(desk, clip, folder):
    """Return the sound of a clip without loss."""
    link = post(desk, "wav", {"clip_id": clip["clip_id"]}).json()["data"]["wav_url"]
    path = folder / f"{clip['clip_id']}.wav"
    path.write_bytes(desk.anyone.get(link).content)
    return read(path)[0]


@pytest.fixture(scope="module")
def pairs(counter, street, song):
    """Return what an upload becomes that goes on after its tenth second, twice."""
    street.app, desk = counter
    body = SHORT | {"url": shelved(desk, song[0]), "continue_at": 10.0, "auto_concat": True}
    return finished(desk, submit(desk, "upload-extend", body))


def test_a_tail_begins_where_it_was_asked_to_and_joins_without_a_seam(desk, pairs, song, tmp_path):
    full, tail = (heard(desk, pairs[0][part], tmp_path) for part in ("full", "extended"))
    seam = full.shape[1] - tail.shape[1]
    assert 6.0 <= seam / RATE <= 10.0
    assert 8.0 <= tail.shape[1] / RATE <= 20.0
    assert np.array_equal(full[:, :seam], song[2][:, :seam])
    assert np.array_equal(full[:, seam:], tail)


def test_the_second_tail_is_another(desk, pairs, tmp_path):
    one, other = (heard(desk, pair["extended"], tmp_path) for pair in pairs)
    assert one.shape != other.shape or not np.array_equal(one, other)


def test_a_tail_is_joined_later_to_the_same_whole(desk, pairs, tmp_path):
    tail = pairs[0]["extended"]["clip_id"]
    (whole,) = finished(
        desk, submit(desk, "create", {"task_type": "concat_music", "continue_clip_id": tail})
    )
    at_once = heard(desk, pairs[0]["full"], tmp_path)
    assert np.array_equal(heard(desk, whole, tmp_path), at_once)


def test_a_replaced_section_leaves_the_rest_as_it_was(desk, clip, song, tmp_path):
    body = {"clip_id": clip, "mv": "sonic-v5", "prompt": "[Instrumental]", "auto_concat": True}
    task = submit(desk, "replace-section", body, infill_start_s=5.0, infill_end_s=8.0)
    first, _ = finished(desk, task)
    full, part = (heard(desk, first[name], tmp_path) for name in ("full", "replaced"))
    changed = np.flatnonzero(np.abs(full - song[2][:, : full.shape[1]]).max(axis=0) > 1e-3)
    assert changed[0] / RATE <= 6.0
    assert changed[0] / RATE >= 2.0
    assert full.shape[1] == song[2].shape[1]
    assert part.shape[1] < full.shape[1]
    assert any(
        np.array_equal(full[:, at : at + part.shape[1]], part)
        for at in range(full.shape[1] - part.shape[1] + 1)
        if full[0, at] == part[0, 0] and full[0, at + 999] == part[0, 999]
    )


def test_stems_add_up_to_the_song(desk, clip, song, tmp_path):
    stems = finished(desk, submit(desk, "stems/full", {"clip_id": clip}))
    assert len(stems) == 12
    whole = sum(heard(desk, stem, tmp_path) for stem in stems)
    frames = min(whole.shape[1], song[2].shape[1])
    rest = whole[:, :frames] - song[2][:, :frames]
    assert np.sqrt(np.square(rest).mean()) < 0.05 * np.sqrt(np.square(song[2]).mean())


def test_the_tempo_is_that_of_the_score(desk, clip, song):
    told = post(desk, "bpm", {"clip_id": clip}).json()["data"]
    assert told["avg_bpm"] == pytest.approx(song[1].tempo_bpm, abs=0.1)


def test_the_notes_are_those_of_the_score(desk, clip, song):
    told = desk.until(
        lambda: post(desk, "midi", {"clip_id": clip}).json()["data"],
        lambda data: data["instruments"],
    )
    assert sum(len(each["notes"]) for each in told["instruments"]) == sum(
        len(part.notes) for part in song[1].parts
    )
