"""Everything beside creating, from the command line: ask, bring, and read what came of it."""

import json
from datetime import UTC, datetime

import numpy as np
import pytest

from studio.audio.files import write
from studio.client import open_studio
from studio.commands.ask import NOT_TYPED, REQUESTS, command_for
from studio.settings import Settings
from studio.songs import Ability, Attached, Attachment, Persona

PRACTICE = ("--to", "AI Music API (practice)")


@pytest.fixture
def tone(tmp_path):
    path = tmp_path / "My_demo.wav"
    sound = 0.3 * np.sin(np.arange(66_150) * 0.05)
    write(path, np.array([sound, sound], np.float32), 44_100)
    return path


@pytest.fixture
def song(run, tone) -> str:
    return json.loads(run("bring", str(tone)).stdout)["id"]


@pytest.fixture
def practice(data):
    with open_studio(Settings(data=data), work=False) as studio:
        studio.add_practice("aimusicapi")


def test_a_sound_is_brought_and_told_of(run, tone, data):
    told = json.loads(run("bring", str(tone), "--title", "Night Bus").stdout)
    assert (told["title"], told["connection"]) == ("Night Bus", "")
    assert (data / "songs" / f"{told['id']}.wav").read_bytes() == tone.read_bytes()
    assert json.loads(run("songs", "--json").stdout)[0]["id"] == told["id"]


@pytest.mark.parametrize(
    ("sound", "sentence"),
    [
        ("nowhere.wav", "There is no file nowhere.wav"),
        ("http://127.0.0.1:9/x.mp3", "not on the public internet"),
        ("ftp://x.example/x.mp3", "does not lead to the web"),
    ],
)
def test_what_cannot_be_brought_is_said_in_a_sentence(run, sound, sentence):
    told = run("bring", sound)
    assert (told.exit_code, told.stdout) == (1, "")
    assert sentence in told.stderr


def test_everything_can_be_asked_for():
    assert {kind.model_fields["ability"].default for kind in REQUESTS.values()} == set(Ability)
    for name, kind in REQUESTS.items():
        options = {option.name for option in command_for(name).params}
        assert set(kind.model_fields) - NOT_TYPED <= options


def test_every_wish_says_what_it_is_for():
    silent = [
        f"{name} {option.opts[0]}"
        for name in REQUESTS
        for option in command_for(name).params
        if not option.help
    ]
    assert silent == []


@pytest.mark.usefixtures("practice")
def test_an_estimate_is_told_and_nothing_is_put_down(run, song):
    words = ("ask", "bpm", "--source", song, *PRACTICE, "--estimate")
    told = json.loads(run(*words).stdout)
    assert (told["price"], told["steps"], told["problem"]) == (3, ["upload", "bpm"], "")
    assert json.loads(run("jobs", "--json").stdout) == []


def test_what_has_a_name_of_its_own_can_be_asked_for(run, song):
    told = json.loads(run("ask", "persona", "--source", song, "--name", "Ada").stdout)
    assert told["request"]["name"] == "Ada"


@pytest.mark.usefixtures("practice")
def test_what_is_asked_for_is_put_down_with_what_it_needs(run, song):
    words = ("ask", "replace", "--source", song, "--window", "0.2", "1.2", "--lyrics", "la la")
    told = run(*words, "--style", "pop", *PRACTICE)
    assert told.exit_code == 0, told.stderr
    assert json.loads(told.stdout)["request"]["window"] == {"start": 0.2, "end": 1.2}
    states = {job["state"] for job in json.loads(run("jobs", "--json").stdout)}
    assert states == {"QUEUED"}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("cover",), "Missing option '--source'"),
        (("replace", "--source", "x", "--window", "3", "1"), "ends before it begins"),
        (("cover", "--source", "x", "--audio-weight", "2"), "--audio-weight 2.0"),
        (("mashup", "--songs", "x"), "--songs"),
        (("mashup", "--songs", "x", "--songs", "x"), "two different songs"),
        (("cover", "--source", "nobody"), "no song nobody"),
        (("dance",), "No such command"),
    ],
)
def test_what_is_asked_wrongly_ends_with_status_2_and_a_sentence(run, words, sentence):
    told = run("ask", *words)
    assert told.exit_code == 2
    assert sentence in told.stderr


def test_what_was_found_out_and_who_sings_can_be_listed(run, song, data):
    moment = datetime(2026, 11, 21, tzinfo=UTC)
    usual = {"connection": "house band", "job": "j", "made_at": moment}
    with open_studio(Settings(data=data), work=False) as studio:
        room = studio._room
        room.attachments.put(
            Attachment(id="a1", song=song, kind=Attached.BPM, facts={"tempo_bpm": 96.0}, **usual)
        )
        room.personas.put(Persona(id="p1", name="Ella", remote="r", source=song, **usual))
    [found] = json.loads(run("attachments", song, "--json").stdout)
    assert (found["kind"], found["facts"], found["file"]) == ("bpm", {"tempo_bpm": 96.0}, None)
    assert "Ella" in run("personas", "--to", "house band").stdout
    assert json.loads(run("personas", "--to", "nobody", "--json").stdout) == []
    assert "no song nothing" in run("attachments", "nothing").stderr


@pytest.mark.usefixtures("practice")
def test_the_ledger_counts_what_was_put_down(run, song):
    run("ask", "bpm", "--source", song, *PRACTICE)
    [row] = json.loads(run("ledger", "--json").stdout)
    assert (row["connection"], row["jobs"], row["spent"]) == (PRACTICE[1], 2, 3)
