"""Extend: the seam is not heard, and before it nothing has changed."""

import numpy as np
import pytest

from studio.audio.ear.listening import hear
from studio.audio.files import read, write
from studio.audio.levels import loudness, true_peak_db
from studio.audio.samples import RATE
from studio.audio.work import UNWATCHED
from studio.engine.continuing.foreign import entry_before, listen, sounding_seconds
from studio.engine.papers import score_of
from studio.engine.played import perform_alone, played
from studio.engine.tools.extend import TOOL, ExtendOptions
from studio.engine.writing.theory import key_name
from studio.errors import ToolUnfit

FROM_SECONDS = 13.0


def extend(path, out, **options):
    facts = perform_alone(TOOL, [path], ExtendOptions(**options), out)
    return facts, read(out)[0]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("extended")


@pytest.fixture(scope="module")
def known(song, folder):
    """Extend once, and write both what can be given: the whole, and the tail."""
    options = ExtendOptions(from_seconds=FROM_SECONDS, length_seconds=8, seed=1)
    plan = TOOL.write([song.path], options, UNWATCHED)
    stems = played(plan.score)
    whole = TOOL.join([song.path], options, plan, stems, folder / "known.wav", UNWATCHED)
    short = options.model_copy(update={"give": "tail"})
    TOOL.join([song.path], short, plan, stems, folder / "tail.wav", UNWATCHED)
    return whole, read(folder / "known.wav")[0]


@pytest.fixture(scope="module")
def by_ear(stranger, folder):
    return extend(stranger.path, folder / "by_ear.wav", from_seconds=FROM_SECONDS, length_seconds=8)


@pytest.fixture(params=["known", "by_ear"])
def extended(request):
    return request.getfixturevalue(request.param)


def test_what_lies_before_the_seam_is_untouched(extended, song):
    facts, whole = extended
    seam = round(facts["seam_seconds"] * RATE)
    assert np.array_equal(whole[:, :seam], song.sound[:, :seam])
    assert FROM_SECONDS - 5 <= facts["seam_seconds"] <= FROM_SECONDS


def test_no_click_is_at_the_seam(extended):
    facts, whole = extended
    seam = round(facts["seam_seconds"] * RATE)
    steps = np.abs(np.diff(whole, axis=1)).max(axis=0)
    fade = steps[seam - 1 : seam + round(0.03 * RATE)]
    assert fade.max() <= np.quantile(steps[seam - RATE : seam + RATE], 0.999)


def test_the_beat_goes_on_over_the_seam(extended):
    facts, whole = extended
    beats = np.array(hear(whole).beats)
    before = beats[beats < facts["seam_seconds"]][-8:]
    after = beats[beats >= facts["seam_seconds"]][:8]
    step, start = np.polyfit(np.arange(8), before, 1)
    first = np.polyfit(np.arange(8), after, 1)[1]
    late = (first - start) / step
    assert abs(late - round(late)) * step <= 0.02


def test_by_ear_the_new_bars_lie_on_the_true_grid(stranger):
    listened = listen(stranger.sound, "pop", UNWATCHED)
    entry = entry_before(listened, FROM_SECONDS)
    beat = entry.seconds / stranger.score.seconds_per_beat
    assert abs(beat - round(beat)) * stranger.score.seconds_per_beat <= 0.02


def test_by_ear_it_goes_on_as_loud_as_it_was(by_ear):
    facts, whole = by_ear
    seam = round(facts["seam_seconds"] * RATE)
    near = 3 * RATE
    before, after = whole[:, seam - near : seam], whole[:, seam : seam + near]
    assert loudness(after, RATE) == pytest.approx(loudness(before, RATE), abs=1.0)
    assert not facts["exact"]


def test_from_the_score_bars_that_are_played_again_are_as_loud_as_they_were(song, folder):
    """In the middle of a section nothing changes but who plays from when on."""
    facts, whole = extend(song.path, folder / "same.wav", from_seconds=16.2, length_seconds=5)
    seam = round(facts["seam_seconds"] * RATE)
    again, old = (side[:, seam + RATE // 20 : seam + 3 * RATE // 2] for side in (whole, song.sound))
    assert loudness(again, RATE) == pytest.approx(loudness(old, RATE), abs=1.5)


def test_the_longer_song_is_in_the_same_key_and_below_full_scale(extended, song):
    facts, whole = extended
    assert facts["key"] == key_name(song.score.key)
    assert true_peak_db(whole, RATE) <= -0.9


def test_the_longer_song_has_a_score_and_goes_on_again(known, folder, song):
    _, whole = known
    score = score_of(folder / "known.wav")
    assert score is not None
    assert score.whole_seconds == pytest.approx(whole.shape[1] / RATE, abs=0.1)
    again, longer = extend(folder / "known.wav", folder / "again.wav", length_seconds=5)
    seam = round(again["seam_seconds"] * RATE)
    assert np.array_equal(longer[:, :seam], whole[:, :seam])
    assert score_of(folder / "again.wav").beats > score.beats


def test_the_tail_joined_to_what_was_before_is_the_whole(known, song, folder):
    facts, whole = known
    seam = round(facts["seam_seconds"] * RATE)
    tail = read(folder / "tail.wav")[0]
    assert np.array_equal(np.concatenate([song.sound[:, :seam], tail], axis=1), whole)
    assert score_of(folder / "tail.wav") is None


def test_given_words_are_sung_in_what_is_new(song):
    lyrics = "[Verse]\nMorning will come"
    options = ExtendOptions(from_seconds=FROM_SECONDS, lyrics=lyrics, length_seconds=6)
    extension = TOOL.write([song.path], options, UNWATCHED).carry
    assert extension.whole.vocal.lines[-1].text == "Morning will come"
    assert [section.kind for section in extension.whole.sections][-2:] == ["verse", "outro"]


def test_in_front_there_is_new_music_and_behind_it_the_sound_as_it_was(stranger, folder):
    facts, whole = extend(stranger.path, folder / "front.wav", before=True, length_seconds=5)
    begins = round(facts["seam_seconds"] * RATE)
    rung_out = 3 * RATE
    assert begins > 3 * RATE
    assert np.array_equal(whole[:, begins + rung_out :], stranger.sound[:, rung_out:])
    assert loudness(whole[:, :begins], RATE) > -30


def test_a_sound_without_a_beat_is_followed_without_drums(folder):
    time = np.arange(12 * RATE) / RATE
    swell = 0.1 * np.sin(2 * np.pi * 0.05 * time) ** 2
    chord = swell * sum(np.sin(2 * np.pi * hertz * time) for hertz in (220.0, 277.18, 329.63))
    write(folder / "drone.wav", np.tile(chord, (2, 1)).astype(np.float32), RATE)
    options = ExtendOptions(length_seconds=6)
    extension = TOOL.write([folder / "drone.wav"], options, UNWATCHED).carry
    assert "No beat could be heard" in extension.facts["note"]
    assert "drums" not in {part.name for part in extension.piece.parts}


def test_a_sound_that_fades_is_left_before_it_has_faded(stranger):
    fading = stranger.sound.copy()
    fading[:, 10 * RATE :] *= np.geomspace(1, 1e-3, fading.shape[1] - 10 * RATE, dtype=np.float32)
    assert 10 < sounding_seconds(fading) < 16


def test_a_style_that_nobody_plays_is_refused_with_those_that_are_played(song, folder):
    with pytest.raises(ToolUnfit, match="no style “polka”"):
        extend(song.path, folder / "no.wav", style="polka")


def test_where_nothing_would_be_left_a_sentence_says_so(song, folder):
    with pytest.raises(ToolUnfit, match="Nothing is left of the song"):
        extend(song.path, folder / "no.wav", from_seconds=0.5)
    assert not (folder / "no.wav").exists()


def test_told_to_it_goes_on_after_the_first_bar_that_is_over_instead(song):
    options = ExtendOptions(from_seconds=0.1, forward=True, length_seconds=6)
    extension = TOOL.write([song.path], options, UNWATCHED).carry
    assert 0.1 < extension.seam_seconds < FROM_SECONDS
    assert extension.whole.lyrics
