"""Films, pictures, recovered sounds and phrases: each is checked, kept whole, and kept once."""

import io

import pytest
from PIL import Image

from studio.errors import Doubtful, SoundUnreadable
from studio.jobs.home import checks
from studio.jobs.model import State
from studio.jobs.steps import advance
from studio.providers.base import Finished
from studio.songs import (
    AskPhrase,
    Attached,
    Finding,
    MakeSound,
    MakeVideo,
    PaintCovers,
    RecoverSong,
    Text,
    Window,
)
from tests.jobs.fakes import own, take
from tests.jobs.power import Fuse, House, PowerCut
from tests.jobs.test_money import run

FILM = Finding(kind=Attached.VIDEO, link="https://vendor.example/film?id=7")
PICTURE = Finding(kind=Attached.COVER, link="https://vendor.example/p")
SOUND = Finding(kind=Attached.FILE, name="recovered", link="https://vendor.example/again.mp3")
RECOVER = RecoverSong(source="away")


def box(name, content=b""):
    return (8 + len(content)).to_bytes(4) + name + content


MP4 = box(b"ftyp", b"isom") + box(b"moov", b"x" * 40) + box(b"mdat", b"x" * 400)


def painted(kind, side=8):
    file = io.BytesIO()
    Image.new("RGB", (side, side)).save(file, kind)
    return file.getvalue()


@pytest.fixture
def desk(make_desk, vendor):
    desk = make_desk(vendor)
    desk.gallery.put(own())
    there = {"connection": "vendor", "kind": "fake", "remote": "clip"}
    desk.gallery.put(own("away", "Far").model_copy(update={**there, "sound": None, "link": "gone"}))
    return desk


@pytest.fixture
def found(desk, vendor, new_job, clock):
    def finish(request, *findings, content=None, **told):
        vendor.look_answers = [Finished(findings=findings, **told)]
        vendor.broken_links |= {one.link: content for one in findings if content is not None}
        job = run(desk.jobs.add(new_job(request=request)), desk, clock)
        return job, [desk.attachments.get(id_) for id_ in job.attached]

    return finish


def test_a_film_comes_home_as_one(found, desk):
    _, (film,) = found(MakeVideo(source="own"), FILM, content=MP4)
    assert (film.kind, film.file, film.link) == (Attached.VIDEO, "job1-f1.mp4", None)
    assert desk.files.path(film.file).read_bytes() == MP4


@pytest.mark.parametrize("content", [b"<html>sorry", MP4[:-1], MP4[:60], b"", box(b"ftyp") * 3])
def test_half_a_film_or_a_page_does_not_become_one(found, content):
    _, (film,) = found(MakeVideo(source="own"), FILM, content=content)
    assert (film.file, film.link) == (None, FILM.link)


def test_a_long_film_is_read_by_its_own_lengths(tmp_path):
    large = (1).to_bytes(4) + b"mdat" + (16 + 4).to_bytes(8) + b"long"
    rest = (0).to_bytes(4) + b"moov" + b"to the end"
    (tmp_path / "a").write_bytes(box(b"ftyp") + large + rest)
    checks.is_film(tmp_path / "a")
    (tmp_path / "a").write_bytes(box(b"ftyp") + (4).to_bytes(4) + b"moov")
    with pytest.raises(SoundUnreadable):
        checks.is_film(tmp_path / "a")


@pytest.mark.parametrize(("kind", "ending"), [("PNG", ".png"), ("JPEG", ".jpg"), ("WEBP", ".webp")])
def test_pictures_to_choose_from_are_kept_as_what_they_are(found, desk, kind, ending):
    other = PICTURE.model_copy(update={"link": "https://vendor.example/q"})
    content = painted(kind)
    _, pictures = found(PaintCovers(source="own"), PICTURE, other, content=content)
    assert [one.file for one in pictures] == [f"job1-f1{ending}", f"job1-f2{ending}"]
    assert desk.files.path(pictures[1].file).read_bytes() == content


@pytest.mark.parametrize(
    "content",
    [b"<html>sorry", painted("PNG", 64)[:-20], painted("BMP"), b"", b"\x89PNG\r\n\x1a\n"],
)
def test_what_no_browser_shows_does_not_become_a_picture(found, content):
    _, (picture,) = found(PaintCovers(source="own"), PICTURE, content=content)
    assert (picture.file, picture.link) == (None, PICTURE.link)


def test_a_picture_of_far_too_many_pixels_or_bytes_is_refused(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(painted("PNG", 100))
    assert checks.picture_ending(tmp_path / "a") == ".png"
    for limit in ("MOST_PIXELS", "LARGEST_PICTURE_BYTES"):
        monkeypatch.setattr(checks, limit, 99)
        with pytest.raises(SoundUnreadable, match=r"pixels|MB"):
            checks.picture_ending(tmp_path / "a")
        monkeypatch.undo()


def test_no_more_of_a_picture_is_fetched_than_may_come(found, desk, vendor, monkeypatch):
    asked = []
    fetch = vendor.fetch
    monkeypatch.setattr(
        vendor, "fetch", lambda *told, **how: asked.append(how) or fetch(*told, **how)
    )
    found(PaintCovers(source="own"), PICTURE, content=painted("PNG"))
    assert asked == [{"at_most": checks.LARGEST_PICTURE_BYTES + 1}]


def test_a_recovered_sound_becomes_that_of_a_song_that_has_none(found, desk):
    job, attached = found(RECOVER, SOUND)
    song = desk.gallery.get("away")
    assert (job.state, job.songs, attached) == (State.DONE, ("away",), [])
    assert (song.sound, song.link, song.length) == ("away.mp3", None, 61.5)
    assert desk.files.path("away.mp3").read_bytes().endswith(b"again.mp3")


def test_a_recovered_sound_is_kept_beside_a_song_that_is_home(found, desk):
    job, (sound,) = found(RecoverSong(source="own"), SOUND)
    assert (job.songs, sound.kind, sound.name) == ((), Attached.FILE, "recovered")
    assert desk.gallery.get("own").sound == "own.mp3"


def test_a_recovered_sound_that_does_not_come_is_kept_with_its_link(found, desk, vendor):
    vendor.broken_links[SOUND.link] = Doubtful("It broke off.")
    job, (sound,) = found(RECOVER, SOUND)
    assert (job.state, sound.link, desk.gallery.get("away").is_home) == (
        State.DONE,
        SOUND.link,
        False,
    )


def test_wherever_the_power_is_cut_a_song_gets_its_sound_once(tmp_path, clock, vendor, new_job):
    for point in range(1, 60):
        house = House(tmp_path / str(point), clock, vendor)
        desk = house.open(Fuse(None))
        there = own("away").model_copy(update={"sound": None, "kind": "fake"})
        desk.gallery.put(there)
        vendor.look_answers = [Finished(findings=(SOUND,))] * 9
        working = {"state": State.WORKING, "remote": "order-7", "sent_at": clock()}
        desk.jobs.add(new_job(id="job1", key="1", request=RECOVER, **working))
        fuse = house.cut_and_restart(point)
        assert desk.jobs.get("job1").state is State.DONE
        assert (desk.gallery.get("away").sound, desk.attachments.of_song("away")) == (
            "away.mp3",
            [],
        )
        if fuse.points < point:
            break
    assert fuse.points < point, PowerCut


def test_a_phrase_that_was_asked_for_stays_with_the_vendors_id_of_it(desk, vendor, new_job, clock):
    vendor.look_answers = [Finished(texts=(Text(text="Seven red boats"),))]
    asked = AskPhrase(source="own", window=Window(start=0, end=9))
    job = run(desk.jobs.add(new_job(request=asked)), desk, clock)
    assert (job.state, job.remote) == (State.DONE, "order-1")
    assert [one.text for one in job.texts] == ["Seven red boats"]


@pytest.mark.parametrize(("told", "title"), [({}, "Rain on tin"), ({"title": "Roof"}, "Roof")])
def test_a_sound_is_called_as_it_was_wished_for(desk, vendor, new_job, clock, *, told, title):
    vendor.look_answers = [Finished(takes=(take(1),))]
    asked = MakeSound(description="Rain on tin", tempo_bpm=90, key="C minor", **told)
    job = run(advance(desk.jobs.add(new_job(request=asked)), desk), desk, clock)
    assert desk.gallery.get(job.songs[0]).title == title
