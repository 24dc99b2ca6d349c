"""Extras: looked for without being loaded, and missed in a sentence."""

import subprocess
import sys
from pathlib import Path

import pytest

from studio.audio.extras import EXTRAS, has, need, sentence
from studio.errors import ExtraMissing

HEAVY = ("av", "onnxruntime", "pocketsphinx", "demucs", "wasmtime", "distributed", "torch")


def nothing(_package):
    return None


@pytest.mark.parametrize("name", EXTRAS)
def test_a_missing_extra_says_what_it_can_do_and_how_to_get_it(name):
    assert not has(name, find=nothing)
    with pytest.raises(
        ExtraMissing, match=rf"^To {EXTRAS[name].gives}, install .*: pip install"
    ) as said:
        need(name, find=nothing)
    # Never under the name of this distribution, which means another one to a package index.
    assert "pip install studio" not in str(said.value).replace("'", "")


def test_half_of_an_extra_is_not_there_and_only_the_other_half_is_missed(tmp_path):
    def find(package):
        return tmp_path if package == "onnxruntime" else None

    assert not has("midi", find=find)
    assert "install basic-pitch: " in sentence("midi", find=find)


def test_a_package_without_the_file_that_is_needed_of_it_is_not_there(tmp_path):
    def find(_package):
        return tmp_path

    assert has("media", find=find)
    assert not has("midi", find=find)


def test_every_extra_is_one_that_pip_knows():
    named = Path(__file__).parents[2].joinpath("pyproject.toml").read_text("utf-8")
    listed = named.split("[project.optional-dependencies]")[1].split("\n[")[0]
    assert set(EXTRAS) == {line.split(" = ")[0] for line in listed.splitlines() if " = " in line}


def test_looking_for_extras_loads_none():
    look = (
        "import sys; from studio.audio.extras import EXTRAS, has; [has(name) for name in EXTRAS];"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
