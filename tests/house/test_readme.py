"""The README promises only what is there."""

import re
from pathlib import Path

import click

from studio.__main__ import main

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "README.md").read_text("utf-8")
LINES = [
    line.removeprefix("$ ").partition(" #")[0].strip()
    for block in re.findall(r"(?ms)^```(?:sh|bash|shell|console)\n(.*?)^```", TEXT)
    for line in block.splitlines()
]


def test_readme_names_one_test_command():
    assert len({line for line in LINES if re.search(r"\btests?\b", line)}) == 1


def test_readme_promises_only_what_make_can_do():
    promised = {line.split()[1] for line in LINES if re.match(r"make \w", line)}
    targets = re.findall(r"(?m)^(\w+):", (ROOT / "Makefile").read_text("utf-8"))
    assert {"run", "test"} <= promised <= set(targets)


def test_readme_promises_only_commands_and_options_that_exist():
    for line in LINES:
        name, *words = line.removeprefix("studio ").split() if line.startswith("studio ") else [""]
        if not name or name.startswith("-"):
            continue
        command = main.get_command(click.Context(main), name)
        if isinstance(command, click.Group) and words and not words[0].startswith("-"):
            command = command.get_command(click.Context(command), words[0])
        assert command is not None, line
        options = {option for parameter in command.params for option in parameter.opts}
        assert {word.partition("=")[0] for word in words if word.startswith("--")} <= options, line


def test_readme_points_only_at_files_that_are_there():
    links = re.findall(r"\]\(([^)#:]+)\)", TEXT)
    assert [link for link in links if not (ROOT / link).exists()] == []
