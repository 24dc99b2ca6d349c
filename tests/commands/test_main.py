"""The command line as a whole."""

import subprocess
import sys
from importlib import import_module

import click
import pytest

from studio.__main__ import COMMANDS, main


def test_every_command_of_the_list_has_its_file_and_its_line():
    for name, line in COMMANDS.items():
        command = import_module(f"studio.commands.{name}").command
        assert command.help.partition("\n")[0] == line


def test_every_option_says_what_it_is_for():
    silent = [
        f"{name} {option.opts[0]}"
        for name in COMMANDS
        for option in main.get_command(click.Context(main), name).params
        if isinstance(option, click.Option) and not option.help
    ]
    assert silent == []


def test_help_comes_before_anything_heavy_is_imported():
    code = "import sys; from studio.__main__ import main; main(['--help'], standalone_mode=False); "
    code += "print(sorted({'pydantic', 'streamlit', 'numpy', 'httpx'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.endswith("[]\n")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ([], ["serve"]),
        (["--port", "8600", "--no-browser"], ["serve", "--port", "8600", "--no-browser"]),
        (["songs", "--json"], ["songs", "--json"]),
        (["--help"], ["--help"]),
        (["-V"], ["-V"]),
    ],
)
def test_serve_is_meant_where_no_command_is_named(words, meant, monkeypatch):
    heard = []
    monkeypatch.setattr(click.Group, "parse_args", lambda _self, _ctx, args: heard.extend(args))
    main.parse_args(click.Context(main), words)
    assert heard == meant


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["dance"], "No such command 'dance'."),
        (["create", "--tempo", "90"], "No such option"),
        (["create"], "Say what the song should sound like"),
        (["create", "--style", "pop", "--seed", "-1"], "-1 is not in the range"),
        (["create", "--style", "pop", "--length", "fast"], "'fast' is not a valid float"),
        (["create", "--style", "pop", "--length", "5"], "songs of 15 to 240 seconds, not 5"),
        (["create", "--style", "pop", "--to", "nobody"], "no connection called 'nobody'"),
        (["create", "--style", "pop", "--model", "x9"], "no model 'x9'"),
        (["create", "--lyrics", "/no/such/file"], "cannot be read from /no/such/file"),
        (["create", "--style", "pop", "--out", "songs"], "--out needs --wait"),
        (
            ["create", "--style", "pop", "--wait", "--out", "/dev/null/x"],
            "cannot go to /dev/null/x",
        ),
        (["connect", "x", "--kind", "harp"], "'harp' is not one of"),
        (["connect", "", "--kind", "house_band"], "name:"),
        (["emulator", "--key", "k"], "Missing option '--port'"),
        (["emulator", "--port", "0", "--key", "k", "--pace", "slow"], "no pace 'slow'"),
        (["serve", "--port", "99999"], "99999 is not in the range"),
        (["serve", "songs"], "unexpected extra argument"),
    ],
)
def test_what_is_asked_wrongly_gets_one_sentence_and_status_2(run, words, sentence):
    told = run(*words)
    assert (told.exit_code, told.stdout) == (2, "")
    assert sentence in told.stderr
    assert len(told.stderr.splitlines()) == 1


def test_lyrics_that_are_not_text_are_refused(run, tmp_path):
    (tmp_path / "song.mp3").write_bytes(b"\xff\xfb\x90")
    told = run("create", "--lyrics", str(tmp_path / "song.mp3"))
    assert told.exit_code == 2
    assert "are not text in UTF-8" in told.stderr


def test_version_is_told(run):
    assert run("--version").stdout.startswith("Woodshed, version ")


@pytest.mark.parametrize("command", ["serve", "songs", "jobs", "connections", "doctor"])
def test_a_data_folder_that_cannot_be_is_told_in_a_sentence(run, command):
    told = run(command, "--data", "/dev/null/x")
    assert told.exit_code == 1
    assert told.stderr.startswith("The data folder cannot be /dev/null/x: Not a directory.")
