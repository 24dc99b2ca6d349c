"""Bank: the wished one wins, and a wish that cannot be met is said."""

import pytest

from studio.engine.playing import bank
from studio.engine.playing.bank import find_bank
from studio.errors import SoundUnreadable


def test_the_wished_bank_wins(tmp_path):
    mine = tmp_path / "mine.sf2"
    mine.touch()
    assert find_bank({"STUDIO_SOUNDFONT": str(mine)}) == mine


def test_a_wish_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SoundUnreadable, match=r"STUDIO_SOUNDFONT names .*gone\.sf2"):
        find_bank({"STUDIO_SOUNDFONT": str(tmp_path / "gone.sf2")})


def test_a_good_bank_of_the_system_is_taken_before_the_small_one(tmp_path, monkeypatch):
    good = tmp_path / "good.sf2"
    monkeypatch.setattr(bank, "SYSTEM_BANKS", (tmp_path / "none.sf2", good))
    assert find_bank({}).name == "TimGM6mb.sf2"
    good.touch()
    assert find_bank({}) == good


def test_an_empty_wish_is_none(monkeypatch):
    monkeypatch.setattr(bank, "SYSTEM_BANKS", ())
    assert find_bank({"STUDIO_SOUNDFONT": ""}).name == "TimGM6mb.sf2"


def test_without_any_bank_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setattr(bank, "SYSTEM_BANKS", ())
    monkeypatch.setattr(bank, "find_spec", lambda _name: None)
    with pytest.raises(SoundUnreadable, match="Install pretty-midi"):
        find_bank({})
