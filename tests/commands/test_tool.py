"""`studio tool`: every tool from the command line, facts for programs, sentences for people."""

import json

import numpy as np
import pytest

from studio.audio.files import probe, write
from studio.audio.samples import RATE
from studio.commands.fields import option_of
from studio.engine import workshop

pytestmark = pytest.mark.enable_socket  # the server that forks workers is reached by a Unix socket


@pytest.fixture
def sound(tmp_path):
    path = tmp_path / "hum.wav"
    tone = 0.2 * np.sin(np.arange(3 * RATE) * 0.05)
    write(path, np.array([tone, tone], np.float32), RATE)
    return path


def test_a_tool_writes_its_file_and_tells_facts_in_json(run, sound, tmp_path):
    out = tmp_path / "cut.flac"
    told = run("tool", "trim", str(sound), "--start", "1", "--out", str(out))
    facts = json.loads(told.stdout)
    assert (facts["tool"], facts["out"]) == ("trim", str(out))
    assert probe(out).length_seconds == pytest.approx(2.0)


def test_a_value_out_of_range_is_said_with_the_option_it_is_of(run, sound, tmp_path):
    told = run("tool", "stretch", str(sound), "--factor", "900", "--out", str(tmp_path / "o.wav"))
    assert told.exit_code == 2
    assert "--factor" in told.stderr
    assert "900" in told.stderr


def test_what_is_no_sound_is_said_in_one_sentence_and_nothing_is_left(run, tmp_path):
    (tmp_path / "song.mp3").write_text("This is not a song. It only says so.")
    told = run("tool", "fade", str(tmp_path / "song.mp3"), "--out", str(tmp_path / "o.wav"))
    assert told.exit_code == 1
    assert told.stderr.startswith("song.mp3 is text, not sound")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["song.mp3"]


def test_all_tools_are_listed_with_what_they_do(run):
    said = " ".join(run("tool", "--help").stdout.split())
    assert all(name in said and words in said for name, words in workshop.names().items())


@pytest.mark.parametrize("name", workshop.names())
def test_every_tool_explains_its_options(run, name):
    told = run("tool", name, "--help")
    assert told.exit_code == 0
    fields = workshop.find(name).options.model_fields
    assert all(option_of(field)[0] in told.stdout for field in fields)


def test_a_tool_that_nobody_knows_is_said_to_be_none(run, sound):
    told = run("tool", "polish", str(sound))
    assert told.exit_code == 2
    assert "polish" in told.stderr
