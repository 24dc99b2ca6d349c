"""Picking: every stem that is asked for is made of what belongs to it, and nothing is lost."""

import pytest

from studio.engine.dividing.families import FAMILIES, family_of, sources_of
from studio.engine.dividing.picking import KINDS, pick
from studio.engine.score import Part
from studio.errors import ToolUnfit
from tests.engine.playing.songs import song

FOUND = {
    "drums": "drums",
    "keys": "keyboard",
    "guitar": "guitar",
    "guitar 2": "guitar",
    "vocals": "vocals",
    "backing": "backing vocals",
    "vinyl": "fx",
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_source_is_in_one_stem(kind):
    sources = [name for names in pick(FOUND, kind).values() for name in names]
    assert sorted(sources) == sorted(FOUND)


def test_two_stems_are_the_singing_and_the_rest():
    assert pick(FOUND, "2") == {
        "vocals": ("vocals", "backing"),
        "instrumental": ("drums", "keys", "guitar", "guitar 2", "vinyl"),
    }


def test_twelve_stems_are_always_twelve():
    picks = pick(FOUND, "12")
    assert tuple(picks) == FAMILIES
    assert picks["guitar"] == ("guitar", "guitar 2")
    assert picks["brass"] == ()


def test_one_stem_and_all_but_it_are_the_whole():
    alone = pick(FOUND, "2", only="vocals")["vocals"]
    rest = pick(FOUND, "2", without="vocals")["without vocals"]
    assert alone == ("vocals", "backing")
    assert sorted((*alone, *rest)) == sorted(FOUND)


def test_one_stem_comes_with_the_rest_where_that_is_asked_for():
    assert pick(FOUND, "12", only="guitar", rest=True) == {
        "guitar": ("guitar", "guitar 2"),
        "without guitar": ("drums", "keys", "vocals", "backing", "vinyl"),
    }


@pytest.mark.parametrize(("name", "sources"), [("bass", ()), ("guitar 2", ("guitar 2",))])
def test_a_stem_of_another_kind_is_found_by_its_name(name, sources):
    assert pick(FOUND, "2", only=name) == {name: sources}


def test_an_unknown_stem_is_named_with_those_that_there_are():
    with pytest.raises(ToolUnfit, match=r"no stem “tuba” here. There are: vocals, instrumental"):
        pick(FOUND, "12", without="tuba")


def test_one_alone_and_all_but_one_exclude_each_other():
    with pytest.raises(ToolUnfit, match="not for both"):
        pick(FOUND, "2", only="bass", without="drums")


@pytest.mark.parametrize(
    ("name", "instrument", "family"),
    [
        ("lead", "gm:65", "woodwinds"),
        ("lead", "gm:56", "brass"),
        ("lead", "gm:30", "guitar"),
        ("lead", "synth:lead:saw", "synth"),
        ("guitar", "synth:pluck", "guitar"),
        ("pluck", "synth:pluck", "synth"),
        ("strings", "gm:48", "strings"),
        ("banjo", "gm:105", "guitar"),
        ("drums", "gm:drums:40", "drums"),
        ("percussion", "gm:drums:0", "percussion"),
    ],
)
def test_instruments_belong_to_the_family_that_listeners_expect(name, instrument, family):
    assert family_of(name, Part(name, instrument, ())) == family


@pytest.mark.parametrize("number", range(128))
def test_every_instrument_has_a_family(number):
    assert family_of("lead", Part("lead", f"gm:{number}", ())) in FAMILIES


def test_a_song_without_words_has_no_voices():
    assert set(sources_of(song())) == {"drums", "bass", "keys", "lead"}
