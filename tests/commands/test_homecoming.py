"""Waiting for songs: each told of once, and the status that fits the end."""

import json
from datetime import UTC, datetime

import pytest

from studio.commands.homecoming import bring_home
from studio.errors import JobStopped, JobUnsure
from studio.jobs.model import Job, State
from studio.songs import CreateSong, Song, Take, Text

NOW = datetime(2026, 11, 21, tzinfo=UTC)
REQUEST = CreateSong(style="pop")
JOB = Job(
    id="job",
    key="k",
    connection="house band",
    kind="house_band",
    request=REQUEST,
    due_at=NOW,
    created_at=NOW,
)


def song(number, **facts):
    told = {"sound": f"song{number}.mp3", "length": 15.0, **facts}
    return Song(
        id=f"song{number}",
        title="Blue Train",
        made_at=NOW,
        connection="house band",
        kind="house_band",
        job="job",
        take=number,
        request=REQUEST,
        **told,
    )


class FakeStudio:
    """Plays the looks of one job, then ends as told."""

    def __init__(self, folder, songs, looks, end=None):
        self.folder, self.songs, self.looks, self.ending = folder, songs, looks, end

    def wait(self, job_id, on_progress):
        for look in self.looks:
            on_progress(look)
        if self.ending is not None:
            raise self.ending

    def job(self, job_id):
        return self.looks[-1]

    def song(self, song_id):
        return self.songs[song_id]

    def sound_path(self, song):
        return song.sound and self.file(song.sound, b"mp3")

    def wav_path(self, song):
        return song.wav and self.file(song.wav, b"wav")

    def file(self, name, sound):
        (self.folder / name).write_bytes(sound)
        return self.folder / name


def look(state, songs=(), **facts):
    return JOB.model_copy(update={"state": state, "songs": tuple(songs), **facts})


TAKES = (Take(number=1, finished=True), Take(number=2, finished=True))
HOME = {"song1": song(1), "song2": song(2)}


def told(capsys):
    out, err = capsys.readouterr()
    return [json.loads(line) for line in out.splitlines()], err


def test_each_song_is_told_of_once_as_it_comes_home(tmp_path, capsys):
    looks = [
        look(State.WORKING, ["song1"]),
        look(State.FETCHING, ["song1"]),
        look(State.DONE, ["song1", "song2"], takes=TAKES),
    ]
    assert bring_home(FakeStudio(tmp_path, HOME, looks), JOB, None) == 0
    lines, err = told(capsys)
    assert [line["id"] for line in lines] == ["song1", "song2"]
    assert err == ""


def test_a_line_tells_where_the_song_lies_and_where_it_came_from(tmp_path, capsys):
    looks = [look(State.DONE, ["song1"], takes=TAKES[:1])]
    bring_home(FakeStudio(tmp_path, {"song1": song(1, wav="song1.wav", seed=7)}, looks), JOB, None)
    assert told(capsys)[0] == [
        {
            "id": "song1",
            "title": "Blue Train",
            "file": str(tmp_path / "song1.mp3"),
            "wav": str(tmp_path / "song1.wav"),
            "length_seconds": 15.0,
            "style": "",
            "seed": 7,
            "take": 1,
            "job": "job",
            "connection": "house band",
            "made_at": "2026-11-21T00:00:00+00:00",
        }
    ]


def test_words_tell_by_which_job_they_came_so_that_a_phrase_can_be_named(tmp_path, capsys):
    looks = [look(State.DONE, texts=(Text(text="Seven green lamps"),))]
    assert bring_home(FakeStudio(tmp_path, {}, looks), JOB, None) == 0
    assert told(capsys)[0] == [{"title": "", "text": "Seven green lamps", "job": "job"}]


def test_copies_are_what_is_told_of_where_copies_are_wished_for(tmp_path, capsys):
    looks = [look(State.DONE, ["song1", "song2"], takes=TAKES)]
    bring_home(FakeStudio(tmp_path, HOME, looks), JOB, tmp_path / "out")
    files = [line["file"] for line in told(capsys)[0]]
    assert files == [str(tmp_path / "out" / f"Blue Train{n}.mp3") for n in ("", " 2")]


@pytest.mark.parametrize(
    ("end", "status"),
    [
        (JobStopped("Aurora refused it."), 3),
        (JobUnsure("Nobody can tell."), 4),
    ],
)
def test_a_job_that_stops_ends_it_with_its_own_sentence(end, status, tmp_path, capsys):
    studio = FakeStudio(tmp_path, HOME, [look(State.WORKING, ["song1"])], end)
    assert bring_home(studio, JOB, None) == status
    lines, err = told(capsys)
    assert (len(lines), err) == (1, f"{end}\n")


def test_a_take_that_failed_is_not_passed_over(tmp_path, capsys):
    takes = (TAKES[0], Take(number=2, failed="The vendor lost it."))
    studio = FakeStudio(tmp_path, HOME, [look(State.DONE, ["song1"], takes=takes)])
    assert bring_home(studio, JOB, None) == 5
    assert told(capsys)[1] == "1 of 2 takes did not come home. The vendor lost it.\n"


def test_a_song_that_is_still_at_the_vendor_is_not_home(tmp_path, capsys):
    songs = {"song1": song(1), "song2": song(2, sound=None)}
    studio = FakeStudio(tmp_path, songs, [look(State.DONE, ["song1", "song2"], takes=TAKES)])
    assert bring_home(studio, JOB, None) == 5
    lines, err = told(capsys)
    assert len(lines) == 1
    assert "1 of 2 takes" in err


def test_whoever_interrupts_reads_what_becomes_of_the_job(tmp_path, capsys):
    studio = FakeStudio(tmp_path, HOME, [look(State.WORKING)], KeyboardInterrupt())
    assert bring_home(studio, JOB, None) == 130
    assert told(capsys)[1].startswith("Job job is safe: the next studio")
