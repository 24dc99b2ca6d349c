"""What `pip install .` brings: everything that the studio needs, runnable from any folder."""

import json
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    [built] = folder.glob("studio-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A folder with the wheel's content, which Python is to find before the checkout."""
    folder = tmp_path_factory.mktemp("site")
    with ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def studio(installed, *words):
    """Run the installed studio in a folder where the checkout cannot be seen."""
    environ = {
        **os.environ,
        "PYTHONPATH": str(installed),
        "STUDIO_DATA": str(installed.parent / "data"),
    }
    return subprocess.run(
        [sys.executable, "-m", "studio", *words],
        cwd=installed.parent,
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_wheel_carries_every_file_of_the_package(wheel):
    names = set(ZipFile(wheel).namelist())
    ours = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "studio").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert ours - names == set()


def test_wheel_carries_pages_and_settings_beside_the_package(wheel):
    names = set(ZipFile(wheel).namelist())
    pages = {f"studio/_pages/{path.name}" for path in (ROOT / "pages").glob("*.py")}
    assert pages
    assert pages | {"studio/.streamlit/config.toml", "studio/pyproject.toml"} <= names


def test_wheel_names_the_command(wheel):
    with ZipFile(wheel) as archive:
        [entry] = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
        assert "studio = studio.__main__:main" in archive.read(entry).decode()


def test_installed_studio_is_the_one_that_runs(installed):
    code = "import studio; print(studio.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=installed.parent,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(found.stdout.strip()).is_relative_to(installed)


def test_installed_studio_answers_from_any_folder(installed):
    told = studio(installed, "--help")
    assert told.returncode == 0, told.stderr
    assert "Woodshed" in told.stdout


def test_installed_studio_opens_its_gallery(installed):
    told = studio(installed, "songs", "--json")
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout) == []
