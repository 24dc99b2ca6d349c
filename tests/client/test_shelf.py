"""The gallery through the client: what a page does with a song."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from studio.audio.files import write
from studio.client import open_studio
from studio.errors import VendorRefused
from studio.jobs.model import State
from studio.settings import Settings
from studio.songs import Attached, Attachment, CreateSong

SOUL = CreateSong(style="slow soul", seed=7)


@pytest.fixture
def song(rehearsal, studio):
    return studio.wait(rehearsal.drive(studio.submit(SOUL).id).id)[0]


def test_a_song_is_renamed_kept_deleted_and_restored(studio, song):
    studio.rename(song.id, "Night Bus")
    studio.keep(song.id, kept=True)
    assert [one.id for one in studio.songs("bus", kept=True).songs] == [song.id]
    studio.delete(song.id)
    assert studio.songs("bus").total == 0
    assert studio.restore(song.id).title == "Night Bus"


def test_a_song_has_an_outline(studio, song):
    peaks = studio.peaks(song)
    assert peaks
    assert all(0 <= peak <= 1 for peak in peaks)
    assert studio.peaks(song.model_copy(update={"sound": None})) == []


def test_a_song_whose_file_was_lost_at_the_vendor_is_fetched_again(rehearsal, studio):
    rehearsal.desk.fault("band", "file", "half", count=1000)
    job = rehearsal.drive(studio.submit(SOUL).id)
    away = studio.wait(job.id)[0]
    assert (away.is_home, studio.sound_path(away)) == (False, None)
    rehearsal.desk.http.delete("/faults").raise_for_status()
    assert studio.sound_path(studio.fetch_again(away.id)).exists()


def test_no_early_sound_is_left_when_the_song_is_home(studio, song):
    assert studio.early_path(song.job, 1) is None


def test_a_practice_vendor_cannot_be_stopped(rehearsal, studio, practice):
    job = studio.submit(CreateSong(style="pop"), to=practice)
    rehearsal.room.worker.run_due()
    with pytest.raises(VendorRefused, match="no way to stop"):
        studio.cancel(job.id)
    assert rehearsal.drive(job.id).state is State.DONE


def test_the_default_is_what_one_chose(studio, practice):
    studio.choose_default(practice)
    assert studio.submit(CreateSong(style="pop")).connection == practice
    studio.forget(practice)
    assert studio.default().name == "house band"


def test_what_was_made_under_an_id_comes_home(rehearsal, studio, practice):
    rehearsal.desk.fault("aimusicapi", "create", "closed")
    made = rehearsal.drive(studio.submit(CreateSong(style="pop"), to=practice).id)
    other = rehearsal.drive(studio.submit(CreateSong(style="pop"), to=practice).id)
    studio.it_was_made(made.id, other.remote)
    assert rehearsal.drive(made.id).state is State.DONE


def test_opening_a_folder_without_work_starts_nothing(tmp_path):
    with open_studio(Settings(data=tmp_path)) as studio:
        assert studio.jobs() == []
    assert not (tmp_path / "backstage.json").exists()


def test_what_was_deleted_long_ago_takes_all_its_files_with_it(rehearsal, studio, song):
    songs = rehearsal.settings.songs
    (songs / "a1.mid").write_bytes(b"MThd")
    rehearsal.room.attachments.put(
        Attachment(
            id="a1",
            song=song.id,
            kind=Attached.MIDI,
            file="a1.mid",
            connection="house band",
            job="j",
            made_at=rehearsal.clock(),
        )
    )
    studio.delete(song.id)
    rehearsal.clock.time = datetime.now(UTC) + timedelta(days=31)
    rehearsal.room._tidy()
    assert [path.name for path in songs.iterdir() if path.name.startswith((song.id, "a1"))] == []
    assert studio.attachments(song.id) == ()


def test_what_is_detached_takes_its_file_with_it(rehearsal, studio, song):
    file = rehearsal.settings.songs / "a1.json"
    file.write_text("{}")
    found = Attachment(
        id="a1",
        song=song.id,
        kind=Attached.TIMELINE,
        file=file.name,
        connection="house band",
        job="j",
        made_at=rehearsal.clock(),
    )
    rehearsal.room.attachments.put(found)
    assert studio.attachment_path(found) == file
    assert studio.detach("a1") == found
    assert not file.exists()


def test_what_a_person_knows_is_added_to_what_was_found(rehearsal, studio, song):
    rehearsal.room.attachments.put(
        Attachment(
            id="a1",
            song=song.id,
            kind=Attached.BPM,
            facts={"tempo_bpm": 140},
            connection="house band",
            job="j",
            made_at=rehearsal.clock(),
        )
    )
    studio.add_facts("a1", {"felt_bpm": 70})
    assert studio.attachment("a1").facts == {"tempo_bpm": 140, "felt_bpm": 70}


def test_a_sound_of_ones_own_is_always_home(rehearsal, studio, tmp_path):
    write(tmp_path / "hum.wav", np.full((2, 60_000), 0.1, np.float32), 44_100)
    own = studio.bring(tmp_path / "hum.wav")
    assert studio.fetch_again(own.id) == own
