"""Titles: a song always has a name, and where the vendor gives none it says what it is."""

import pytest

from studio.jobs.home.takes import as_song
from studio.songs import (
    Concat,
    CoverSong,
    CreateSong,
    ExtendSong,
    MashUp,
    Part,
    Remaster,
    ReplaceSection,
    Take,
    Window,
)
from tests.jobs.fakes import own

EXTEND = ExtendSong(source="own", style="soul")
PIECES = (
    Take(number=1, part=Part.TAIL),
    Take(number=2, part=Part.TAIL),
    Take(number=3, part=Part.WHOLE),
    Take(number=4, part=Part.WHOLE),
)


@pytest.fixture
def desk(make_desk, vendor):
    desk = make_desk(vendor)
    desk.gallery.put(own())
    desk.gallery.put(own("other", title="Garden"))
    return desk


@pytest.fixture
def song(desk, new_job):
    """Return the song that a take becomes."""

    def become(request, take=PIECES[0], *, takes=()):
        return as_song(new_job(id="job", request=request, takes=takes or (take,)), take, desk)

    return become


@pytest.mark.parametrize(
    ("request_", "part", "title"),
    [
        (EXTEND, Part.TAIL, "Kitchen (tail)"),
        (EXTEND, Part.WHOLE, "Kitchen (whole)"),
        (EXTEND, Part.SONG, "Kitchen (extended)"),
        (CoverSong(source="own", style="polka"), Part.SONG, "Kitchen (cover)"),
        (Remaster(source="own"), Part.SONG, "Kitchen (remaster)"),
        (MashUp(songs=("own", "other"), style="ska"), Part.SONG, "Kitchen + Garden"),
        (
            ReplaceSection(source="own", window=Window(start=1, end=9)),
            Part.SECTION,
            "Kitchen (new section)",
        ),
        (CreateSong(description="rain on a tin roof"), Part.SONG, "rain on a tin roof"),
        (CoverSong(source="gone", style="polka"), Part.SONG, "polka"),
        (Remaster(source="gone"), Part.SONG, "Untitled"),
    ],
)
def test_a_song_without_a_title_says_what_it_is(song, request_, part, title):
    assert song(request_, Take(number=1, part=part)).title == title


def test_what_it_is_is_said_once(desk, song):
    desk.gallery.put(own("tail", title="Kitchen (tail)"))
    whole = song(Concat(source="tail"), Take(number=1, part=Part.WHOLE))
    assert whole.title == "Kitchen (whole)"


def test_the_vendors_title_goes_before_the_one_wished_for(song):
    named = EXTEND.model_copy(update={"title": "Mine"})
    assert song(named).title == "Mine"
    assert song(named, Take(number=1, title="Theirs")).title == "Theirs"


def test_a_remaster_keeps_the_words_of_its_source(desk, song):
    words = {"style": "soul", "lyrics": "[Verse]\nLa"}
    desk.gallery.put(own("sung").model_copy(update=words))
    remaster = song(Remaster(source="sung"))
    assert (remaster.style, remaster.lyrics) == ("soul", "[Verse]\nLa")
    assert song(CoverSong(source="sung", style="polka")).lyrics == ""


def test_a_song_knows_what_it_was_made_from_and_which_part_it_is(song):
    tail = song(EXTEND, PIECES[0])
    assert (tail.parents, tail.part) == (("own",), Part.TAIL)
    assert song(MashUp(songs=("own", "other"), style="ska")).parents == ("own", "other")


def test_a_whole_that_comes_with_its_tail_comes_from_both(song):
    wholes = [song(EXTEND, whole, takes=PIECES) for whole in PIECES[2:]]
    assert [whole.parents for whole in wholes] == [("own", "job-1"), ("own", "job-2")]


def test_what_else_is_known_of_a_take_stays_with_its_song(song):
    take = Take(number=1, facts={"tempo_bpm": 98, "key": "D minor"})
    assert song(EXTEND, take).facts == take.facts
