"""Laws of styles as data."""

from importlib.resources import files

import pytest

from studio.engine.playing.instruments import player_of
from studio.engine.score import Key
from studio.engine.writing.drums import LANES
from studio.engine.writing.harmony import read_progression
from studio.engine.writing.musicians import guests, line_up
from studio.engine.writing.style import STYLES, load_style, parse_style, styles
from studio.engine.writing.theory import read_numeral

HOUSE = files("studio.engine").joinpath("styles", "house.toml").read_text(encoding="utf-8")


def test_every_file_is_listed_and_every_listed_style_has_a_file():
    found = {
        path.name.removesuffix(".toml")
        for path in files("studio.engine").joinpath("styles").iterdir()
    }
    assert set(STYLES) == {name for name in found if not name.startswith("__")}


@pytest.mark.parametrize("name", STYLES)
def test_every_progression_can_be_played(name):
    style = load_style(name)
    for mode, pool in (("major", style.major_harmony), ("minor", style.minor_harmony)):
        for text in (*pool.verse, *pool.chorus, *pool.bridge, *pool.lift, pool.ending):
            for bar in read_progression(text):
                assert all(read_numeral(numeral, Key(0, mode)) for numeral in bar)


@pytest.mark.parametrize("name", STYLES)
def test_every_lane_of_a_groove_is_a_drum(name):
    drums = load_style(name).drums
    lanes = [lane for g in drums.grooves for level in (g.soft, g.main, g.full) for lane in level]
    lanes += [lane for fill in drums.fills for lane in fill]
    assert set(lanes) <= set(LANES)


@pytest.mark.parametrize("name", STYLES)
def test_every_instrument_has_a_player(name):
    style = load_style(name)
    for player in (style.drums, style.bass, *style.chords, style.lead):
        assert all(player_of(instrument) for instrument in player.instruments)


def test_every_guest_can_join_and_leave_every_style():
    for style in styles():
        for name, guest in guests().items():
            joined = line_up(style, (name,), ())
            heard = [i for p in (*joined.chords, joined.lead) for i in p.instruments]
            assert set(guest.instruments) <= set(heard)
            left = line_up(style, (), (name,))
            sounds = [i for p in left.chords for i in p.instruments]
            assert not set(guest.instruments) & set(sounds)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kick = "X...X...X...X..."', 'kick = "X...X..."', "8,"),
        ("minor = 0.7", "minor = 7", "minor"),
        ("tempo = [118, 128]", "tempi = [118, 128]", "temp"),
        ("tempo = [118, 128]", "tempo = [118, 128", "TOML"),
    ],
)
def test_a_bad_style_is_told_in_a_sentence(old, new, said):
    with pytest.raises(ValueError, match=f"The style house is not .*{said}"):
        parse_style("house", HOUSE.replace(old, new, 1))
