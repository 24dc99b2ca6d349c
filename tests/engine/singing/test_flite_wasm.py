"""Flite as WebAssembly: a stand-in for the plumbing, and the real one where somebody has it."""

import os
import struct

import numpy as np
import pytest

from studio.engine.singing.flite_wasm import FliteWasm, find_program

wasmtime = pytest.importorskip("wasmtime")

TOLD = "pau:0.100 hh:0.200 iy:0.500 pau:0.600"
REAL = find_program(os.environ)
WITH_FLITE = pytest.mark.skipif(REAL is None, reason="flite.wasm is not on this machine.")


def escaped(data):
    return "".join(f"\\{byte:02x}" for byte in data)


@pytest.fixture
def stand_in(tmp_path):
    """Return a program that says `TOLD` and writes 0.1 s of sound, whatever it hears."""
    sound = struct.pack(f"<{1600}h", *range(1600))
    head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(sound), b"WAVE", b"fmt ", 16, 1, 1,
                       16_000, 32_000, 2, 16, b"data", len(sound))  # fmt: skip
    text = f"""(module
      (import "wasi_snapshot_preview1" "fd_write"
        (func $write (param i32 i32 i32 i32) (result i32)))
      (import "wasi_snapshot_preview1" "path_open"
        (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
      (memory (export "memory") 1)
      (data (i32.const 64) "{TOLD}")
      (data (i32.const 256) "line.wav")
      (data (i32.const 512) "{escaped(head + sound)}")
      (func (export "_start")
        (i32.store (i32.const 0) (i32.const 64))
        (i32.store (i32.const 4) (i32.const {len(TOLD)}))
        (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16)))
        (drop (call $open (i32.const 3) (i32.const 0) (i32.const 256) (i32.const 8) (i32.const 9)
          (i64.const 64) (i64.const 0) (i32.const 0) (i32.const 20)))
        (i32.store (i32.const 0) (i32.const 512))
        (i32.store (i32.const 4) (i32.const {len(head + sound)}))
        (drop (call $write (i32.load (i32.const 20)) (i32.const 0) (i32.const 1) (i32.const 16)))))
    """
    path = tmp_path / "flite.wasm"
    path.write_bytes(wasmtime.wat2wasm(text))
    return FliteWasm(program=path)


def test_phones_and_sound_come_from_the_program(stand_in):
    assert stand_in.speaks("en")
    said = stand_in.speak(["Hee", "", "hee"], language="en", voice="female")
    assert [(phone.ipa, phone.start, phone.end) for phone in said.phones] == [
        ("h", 0.1, 0.2),
        ("i", 0.2, 0.5),
    ]
    assert said.samples.size == pytest.approx(0.1 * 22_050, abs=2)


def test_it_says_nothing_for_nothing(stand_in):
    assert stand_in.speak(["", "!"], language="en", voice="male").phones == ()


def test_it_speaks_english_only(stand_in):
    assert not stand_in.speaks("zh")


@pytest.mark.parametrize("data", [b"", b"not a program"])
def test_a_file_that_is_no_program_does_not_speak(tmp_path, data):
    (tmp_path / "flite.wasm").write_bytes(data)
    assert not FliteWasm(program=tmp_path / "flite.wasm").speaks("en")


def test_it_is_looked_for_in_the_data_folder_and_where_the_setting_says(tmp_path):
    data = {"STUDIO_DATA": str(tmp_path)}
    assert find_program(data) is None
    (tmp_path / "flite.wasm").touch()
    assert find_program(data) == tmp_path / "flite.wasm"
    assert find_program(data | {"STUDIO_FLITE_WASM": str(tmp_path / "away")}) is None


@WITH_FLITE
def test_each_sound_knows_its_word():
    said = FliteWasm().speak(["Hold", "me", "", "you're", "24"], language="en", voice="female")
    spoken = {}
    for phone in said.phones:
        spoken.setdefault(phone.word, []).append(phone.ipa)
    assert spoken[0] == ["h", "oʊ", "l", "d"]
    assert set(spoken) == {0, 1, 3, 4}


@WITH_FLITE
def test_it_says_the_same_twice():
    one, other = (
        FliteWasm().speak(["Hold", "me"], language="en", voice="female") for _ in range(2)
    )
    assert np.array_equal(one.samples, other.samples)
