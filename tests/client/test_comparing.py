"""One request to several makers: what each gets of it, what all cost, and which is liked best."""

import numpy as np
import pytest

from studio.audio.files import write_mp3
from studio.audio.levels import loudness
from studio.comparing import costs_in_words
from studio.connections import Connection
from studio.errors import BudgetReached, NotFound, RequestUnfit, StudioProblem
from studio.jobs.model import State
from studio.songs import CreateSong

BAND = "house band"
WISH = CreateSong(style="folk", lyrics="[Verse]\nRain", length=60, seed=7)


@pytest.fixture
def both(practice):
    return [BAND, practice]


def compared(rehearsal, both, **more):
    """Compare, and let everything come home."""
    comparison = rehearsal.studio.compare(WISH, both, **more)
    for job in comparison.jobs:
        assert rehearsal.drive(job).state is State.DONE
    return comparison


def test_each_maker_gets_what_it_takes_and_is_said_to_leave_the_rest_out(studio, both, practice):
    band, vendor = studio.entries(WISH, both)
    assert (band.request, band.left_out) == (WISH, ())
    assert vendor.left_out == ("the seed",)
    assert (vendor.request.seed, vendor.request.lyrics) == (None, WISH.lyrics)
    assert costs_in_words((band, vendor)) == f"about 14 credits at {practice}"


def test_dollars_are_added_and_the_credits_of_two_vendors_are_not(studio, practice):
    other = studio.add_practice("sunoapi").name
    first = studio.add_practice("gateway").name
    studio.connect(studio.connection(first).model_copy(update={"name": "second"}))
    entries = studio.entries(WISH, [practice, other, first, "second"])
    assert costs_in_words(entries) == (
        f"about 14 credits at {practice} and about 12 credits at {other} and $0.08"
    )


def test_the_takes_of_all_stand_side_by_side(rehearsal, both):
    comparison = compared(rehearsal, both)
    songs = rehearsal.studio.takes_of(comparison)
    assert [song.connection for song in songs] == [BAND, BAND, both[1], both[1]]
    assert rehearsal.studio.comparisons() == (comparison,)


def test_blind_the_order_says_nothing_and_stays(rehearsal, both):
    orders = set()
    for number in range(4):
        comparison = compared(rehearsal, both, blind=True, key=f"blind {number}")
        songs = rehearsal.studio.takes_of(comparison)
        assert songs == rehearsal.studio.takes_of(comparison)
        orders.add(tuple(song.connection == BAND for song in songs))
        assert not comparison.is_open
    assert len(orders) > 1


def test_a_vote_is_kept_opens_the_names_and_can_be_taken_back(rehearsal, both):
    studio = rehearsal.studio
    comparison = compared(rehearsal, both, blind=True)
    liked = studio.takes_of(comparison)[2]
    assert studio.choose(comparison.id, liked.id).is_open
    rehearsal.room.close()
    rehearsal.open()
    assert rehearsal.studio.comparison(comparison.id).choice == liked.id
    assert rehearsal.studio.choose(comparison.id, None).choice is None


def test_only_a_song_of_the_comparison_can_be_voted_for(rehearsal, both):
    comparison = compared(rehearsal, both)
    with pytest.raises(NotFound, match="Choose one of those"):
        rehearsal.studio.choose(comparison.id, "somebody else's")


def test_the_same_key_twice_is_bought_once(studio, both, practice):
    first = studio.compare(WISH, both, key="once")
    assert studio.compare(WISH, both, key="once") == first
    assert len(studio.jobs()) == 2


def test_if_one_cannot_pay_nobody_is_asked(studio, both, practice):
    studio.connect(studio.connection(practice).model_copy(update={"budget": 1}))
    with pytest.raises(BudgetReached):
        studio.compare(WISH, both)
    assert (studio.jobs(), studio.comparisons()) == ([], ())


def test_if_one_cannot_do_it_nobody_is_asked(studio, both):
    with pytest.raises(RequestUnfit, match=r"house band: .*at most"):
        studio.compare(WISH.model_copy(update={"lyrics": "la " * 3000}), both)
    with pytest.raises(RequestUnfit, match="two makers"):
        studio.compare(WISH, both[:1])
    assert studio.jobs() == []


def test_levels_are_matched_by_turning_the_louder_down(rehearsal, both):
    comparison = compared(rehearsal, both)
    quiet, loud, *silent = rehearsal.studio.takes_of(comparison)
    noise = np.random.default_rng(1).standard_normal((2, 44100 * 3)).astype(np.float32)
    for song, level in ((quiet, 0.05), (loud, 0.2)):
        write_mp3(rehearsal.studio.sound_path(song), noise * level, 44100)
    gains = rehearsal.studio.level_gains([quiet, loud, *silent])
    assert gains[quiet.id] == 0
    assert gains[loud.id] == pytest.approx(-12.04, abs=0.2)
    assert silent[0].id not in gains
    assert loudness(noise * 0.2, 44100) > loudness(noise * 0.05, 44100)


def test_if_one_has_lost_its_key_nobody_is_asked(studio, both, practice):
    away = Connection(name="away", kind="aimusicapi", url="http://127.0.0.1:9", key_env="LOST")
    studio.connect(away)
    with pytest.raises(StudioProblem, match="LOST"):
        studio.compare(WISH, [*both, "away"])
    assert (studio.jobs(), studio.comparisons()) == ([], ())
