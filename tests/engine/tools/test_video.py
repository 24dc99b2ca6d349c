"""Video: what is written plays, lasts as long as the song, and shows its words in time."""

import json
from dataclasses import replace

import av
import numpy as np
import pytest
from PIL import Image

from studio.audio import extras
from studio.audio.files import write_wav
from studio.audio.samples import RATE
from studio.audio.work import UNWATCHED, Cancelled, Work
from studio.engine.captions import Captions
from studio.engine.papers import keep_score
from studio.engine.played import NOBODY
from studio.engine.score import Line, Section, SungNote, Vocal
from studio.engine.timeline import TimedLine, TimedWord
from studio.engine.tools import video
from studio.engine.tools.video import TOOL, VideoOptions
from studio.errors import ExtraMissing, ToolUnfit

SUNG_AT = 2.0


def small_score(*, words=("Hold", "on")):
    """Four seconds at 120 BPM and their ring-out, with one line in the middle."""
    notes = tuple(
        SungNote(start=4 + 2 * at, beats=2, pitch=60, velocity=80, line=0, word=at, syllable=0)
        for at in range(len(words))
    )
    line = Line(" ".join(words), words, (1,) * len(words), 0)
    return replace(
        NOBODY,
        title="Small Song",
        beats=8.0,
        seed=3,
        sections=(Section("verse", "Verse", 0.0, 8.0, 0.5),),
        vocal=Vocal("female", "en", (line,), notes),
    )


def sound_of(seconds: float) -> np.ndarray:
    rng = np.random.default_rng(5)
    swell = np.abs(np.sin(np.arange(round(seconds * RATE)) * 2 * np.pi / RATE))
    return (0.2 * rng.standard_normal((2, swell.size)) * swell).astype(np.float32)


@pytest.fixture(scope="module")
def song(tmp_path_factory):
    path = tmp_path_factory.mktemp("song") / "song.wav"
    score = small_score()
    write_wav(path, sound_of(score.whole_seconds), RATE)
    keep_score(path, score)
    return path


@pytest.fixture(scope="module")
def short(tmp_path_factory):
    """A sound that the band does not know."""
    path = tmp_path_factory.mktemp("short") / "short.wav"
    write_wav(path, sound_of(1.2), RATE)
    return path


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """Usual, but for a cover that has not to be painted from what is heard."""
    path = tmp_path_factory.mktemp("cover") / "cover.png"
    Image.new("RGB", (64, 64), "#d9643a").save(path)
    return {"cover": path}


@pytest.fixture(scope="module")
def film(song, tmp_path_factory):
    path = tmp_path_factory.mktemp("film") / "song.mp4"
    facts = TOOL.run([song], VideoOptions(), path, UNWATCHED)
    return path, facts


def pictures(path) -> list[np.ndarray]:
    with av.open(path) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def test_it_is_what_every_browser_plays(film):
    with av.open(film[0]) as container:
        video, sound = container.streams.video[0], container.streams.audio[0]
        assert (video.codec_context.name, sound.codec_context.name) == ("h264", "aac")
        assert video.codec_context.pix_fmt == "yuv420p"
        assert video.average_rate == 25
    data = film[0].read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_it_is_as_long_as_the_song_to_a_frame(film):
    with av.open(film[0]) as container:
        frames = sum(1 for _ in container.decode(video=0))
        container.seek(0)
        spoken = sum(frame.samples for frame in container.decode(audio=0))
    assert frames == film[1]["frames"] == 150
    assert spoken / RATE == pytest.approx(6, abs=0.05)


def test_the_sound_is_the_song(film):
    with av.open(film[0]) as container:
        parts = [frame.to_ndarray() for frame in container.decode(audio=0)]
    heard = np.concatenate(parts, axis=1)[0, : 6 * RATE]
    quiet = np.abs(heard[round(1.98 * RATE) : round(2.02 * RATE)]).mean()
    assert quiet < 0.2 * np.abs(heard[round(1.15 * RATE) : round(1.35 * RATE)]).mean()


def test_words_come_and_are_coloured_as_they_are_sung(film):
    frames = pictures(film[0])
    words = slice(204, 376), slice(532, 1216)

    def bright(seconds):
        return int((frames[round(seconds * 25)][words].min(axis=2) > 180).sum())

    assert bright(0.5) < 50
    before, halfway, after = bright(SUNG_AT - 0.2), bright(SUNG_AT + 1), bright(SUNG_AT + 2.2)
    assert before > halfway > after
    assert film[1]["exact"]


@pytest.mark.parametrize("credit", [{"author": "Anna Berg"}, {"site": "example.com"}])
def test_whose_film_it_is_stands_small_at_its_foot(short, plain, tmp_path, credit):
    def foot(**options):
        out = tmp_path / f"{len(options)}.mp4"
        TOOL.run([short], VideoOptions(**plain, **options), out, UNWATCHED)
        return pictures(out)[12][690:716, 64:400].astype(int).max(axis=2)

    assert foot().max() < 100
    assert 100 < foot(**credit).max() < 220


def test_levels_run_by_with_the_music(film):
    frames = pictures(film[0])
    wave = slice(510, 655), slice(0, 1280)
    still = slice(72, 472), slice(72, 472)
    assert np.abs(frames[60][wave].astype(int) - frames[66][wave]).mean() > 3
    assert np.abs(frames[60][still].astype(int) - frames[66][still]).mean() < 1


@pytest.mark.parametrize(
    ("shape", "size"), [("wide", (720, 1280)), ("square", (1080, 1080)), ("tall", (1280, 720))]
)
def test_every_shape_is_shown_also_without_words(short, plain, tmp_path, shape, size):
    out = tmp_path / "film.mp4"
    facts = TOOL.run([short], VideoOptions(shape=shape, **plain), out, UNWATCHED)
    shown = pictures(out)
    assert shown[0].shape[:2] == size
    assert len(shown) == facts["frames"] == 30
    assert facts["lines"] == 0


def test_words_of_any_sound_come_from_a_timeline(short, plain, tmp_path):
    word = {"word": "hello", "start_seconds": 0.3, "end_seconds": 0.8, "syllables": []}
    line = {"line": "hello", "start_seconds": 0.3, "end_seconds": 0.8, "section": ""}
    path = tmp_path / "words.json"
    path.write_text(json.dumps([line | {"words": [word], "by": "words"}]), encoding="utf-8")
    options = VideoOptions(timeline=path, **plain)
    facts = TOOL.run([short], options, tmp_path / "film.mp4", UNWATCHED)
    assert facts["lines"] == 1
    assert not facts["exact"]


def test_given_words_are_looked_for_in_any_sound(short, plain, tmp_path, monkeypatch):
    word = TimedWord("hello", 0.3, 0.8, ())
    found = TimedLine("hello", 0.3, 0.8, "", (word,))
    asked = []

    def captions_in(path, lines, **_):
        asked.append((path, [line.text for line in lines]))
        return Captions((found,), "lines", "")

    monkeypatch.setattr(video, "captions_in", captions_in)
    options = VideoOptions(lyrics="[Verse]\nhello", **plain)
    facts = TOOL.run([short], options, tmp_path / "film.mp4", UNWATCHED)
    assert asked == [(short, ["hello"])]
    assert (facts["lines"], facts["exact"]) == (1, False)


def test_words_that_nobody_sings_leave_a_film_without_words(short, plain, tmp_path):
    options = VideoOptions(lyrics="[Verse]\nhello", **plain)
    assert TOOL.run([short], options, tmp_path / "film.mp4", UNWATCHED)["lines"] == 0


def test_what_no_font_has_is_said(short, plain, tmp_path):
    options = VideoOptions(title="One \ue123 Two", **plain)
    facts = TOOL.run([short], options, tmp_path / "film.mp4", UNWATCHED)
    assert "\ue123" in facts["note"]


def test_the_same_twice_is_the_same(short, tmp_path):
    paths = [tmp_path / name for name in ("one.mp4", "two.mp4")]
    for path in paths:
        TOOL.run([short], VideoOptions(), path, UNWATCHED)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_without_the_extra_it_says_how_to_get_it(short, tmp_path, monkeypatch):
    monkeypatch.setattr(extras, "_missing", lambda extra, _find: list(extra.needs))
    with pytest.raises(ExtraMissing, match="make videos, install av"):
        TOOL.run([short], VideoOptions(), tmp_path / "film.mp4", UNWATCHED)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("what", ["cover", "timeline"])
def test_a_cover_or_timeline_that_is_none_is_explained(short, tmp_path, what):
    text = tmp_path / "text.txt"
    text.write_text("hello", encoding="utf-8")
    for path in (text, tmp_path / "absent"):
        with pytest.raises(ToolUnfit, match=path.name):
            TOOL.run([short], VideoOptions(**{what: path}), tmp_path / "film.mp4", UNWATCHED)


def test_another_ending_is_refused(short, tmp_path):
    with pytest.raises(ToolUnfit, match="mp4"):
        TOOL.run([short], VideoOptions(), tmp_path / "film.avi", UNWATCHED)


def test_it_can_be_stopped_twice_a_second(song, tmp_path):
    told = []

    def look():
        return len(told) > 3

    with pytest.raises(Cancelled):
        TOOL.run(
            [song],
            VideoOptions(),
            tmp_path / "film.mp4",
            Work(lambda share, _: told.append(share), look),
        )
    assert len(told) == 4
