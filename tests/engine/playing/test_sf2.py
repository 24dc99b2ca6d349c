"""SF2: a bank written by hand is read as the specification has it."""

import struct

import numpy as np
import pytest

from studio.engine.playing.bank import the_bank
from studio.engine.playing.sf2 import read_soundfont
from studio.errors import SoundUnreadable


def chunk(name, data):
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def generators(*pairs):
    return b"".join(struct.pack("<Hh", kind, amount) for kind, amount in pairs)


def span(low, high):
    return low | high << 8


def bank_of(instrument_zones, preset_zone=()):
    """A bank with one preset, whose instrument has these zones, each a list of generators."""
    bags = b"".join(
        struct.pack("<HH", sum(map(len, instrument_zones[:number])), 0)
        for number in range(len(instrument_zones) + 1)
    )
    rows = generators(*(pair for zone in instrument_zones for pair in zone), (0, 0))
    header = struct.pack("<20sIIIIIBbHH", b"wave", 0, 100, 10, 90, 22_050, 69, 5, 0, 1)
    preset = [*preset_zone, (41, 0)]
    body = (
        chunk(
            b"phdr",
            struct.pack("<20sHHH12s", b"one", 7, 0, 0, b"") * 1
            + struct.pack("<20sHHH12s", b"EOP", 0, 0, 1, b""),
        )
        + chunk(b"pbag", struct.pack("<HHHH", 0, 0, len(preset), 0))
        + chunk(b"pmod", b"\0" * 10)
        + chunk(b"pgen", generators(*preset, (0, 0)))
        + chunk(
            b"inst",
            struct.pack("<20sH", b"one", 0) + struct.pack("<20sH", b"EOI", len(instrument_zones)),
        )
        + chunk(b"ibag", bags)
        + chunk(b"imod", b"\0" * 10)
        + chunk(b"igen", rows)
        + chunk(b"shdr", header + b"\0" * 46)
    )
    samples = np.arange(100, dtype="<i2").tobytes()
    lists = (
        chunk(b"LIST", b"INFO" + chunk(b"INAM", b"by hand\0"))
        + chunk(b"LIST", b"sdta" + chunk(b"smpl", samples))
        + chunk(b"LIST", b"pdta" + body)
    )
    return chunk(b"RIFF", b"sfbk" + lists)


@pytest.fixture
def zones_of(tmp_path):
    def read(*instrument_zones, preset=()):
        path = tmp_path / "hand.sf2"
        path.write_bytes(bank_of(list(instrument_zones), preset))
        return read_soundfont(path).presets[0, 7]

    return read


def test_a_zone_knows_its_sample(zones_of):
    [zone] = zones_of([(54, 1), (53, 0)])
    assert (zone.start, zone.end, zone.loop, zone.rate) == (0, 100, (10, 90), 22_050)
    assert (zone.root, zone.tune_cents) == (69, 5)


def test_a_sound_without_the_loop_mode_ends_by_itself(zones_of):
    [zone] = zones_of([(53, 0)])
    assert zone.loop is None


def test_zones_answer_their_keys_and_velocities_only(zones_of):
    low, high = zones_of(
        [(43, span(0, 59)), (44, span(64, 127)), (53, 0)], [(43, span(60, 127)), (53, 0)]
    )
    assert low.sounds_for(59, 64)
    assert not low.sounds_for(60, 64)
    assert not low.sounds_for(59, 63)
    assert high.sounds_for(60, 1)


def test_the_first_zone_without_a_sample_holds_for_the_others(zones_of):
    first, second = zones_of([(17, 250)], [(53, 0)], [(17, -100), (53, 0)])
    assert (first.amount(17), second.amount(17)) == (250, -100)


def test_what_a_preset_says_is_added_to_its_instrument(zones_of):
    [zone] = zones_of([(48, 30), (53, 0)], preset=[(48, 12), (36, 1_200)])
    assert zone.amount(48) == 42
    # An instrument that says nothing has the default, to which is added.
    assert zone.amount(36) == -12_000 + 1_200


def test_a_preset_narrows_the_keys_of_its_instrument(zones_of):
    [zone] = zones_of([(43, span(20, 80)), (53, 0)], preset=[(43, span(50, 127))])
    assert zone.keys == (50, 80)


def test_what_nobody_says_has_the_default_of_the_specification(zones_of):
    [zone] = zones_of([(53, 0)])
    assert (zone.amount(8), zone.amount(34), zone.amount(56), zone.amount(17)) == (
        13_500,
        -12_000,
        100,
        0,
    )


def test_root_and_tuning_of_a_zone_win_over_the_sample(zones_of):
    [zone] = zones_of([(58, 60), (51, -1), (52, 20), (53, 0)])
    assert (zone.root, zone.tune_cents) == (60, -100 + 20 + 5)


@pytest.mark.parametrize("size", [0, 3, 12, 200, 400])
def test_a_bank_that_was_cut_off_is_refused_with_what_to_do(tmp_path, size):
    path = tmp_path / "cut.sf2"
    path.write_bytes(bank_of([[(53, 0)]])[:size])
    with pytest.raises(SoundUnreadable, match=r"cut\.sf2 is not a SoundFont 2 .*STUDIO_SOUNDFONT"):
        read_soundfont(path)


def test_another_kind_of_file_is_refused(tmp_path):
    path = tmp_path / "song.wav"
    path.write_bytes(b"RIFF\x24\0\0\0WAVEfmt " + bytes(100))
    with pytest.raises(SoundUnreadable, match="not a SoundFont 2"):
        read_soundfont(path)


def test_the_bank_of_the_band_has_all_programs_and_a_kit():
    bank = the_bank()
    assert {(0, program) for program in range(128)} <= bank.presets.keys()
    assert (128, 0) in bank.presets
