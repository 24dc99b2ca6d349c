"""Demucs: used as it is where it is ready, and never fetched. A stand-in plays the network."""

import sys
from types import SimpleNamespace

import numpy as np
import pytest

from studio.audio import extras
from studio.audio.samples import RATE
from studio.audio.separating import demucs
from studio.audio.separating.separation import STEMS
from studio.audio.work import Cancelled, Work
from studio.errors import ExtraMissing

SOUND = (0.1 * np.random.default_rng(0).standard_normal((2, 2 * RATE)) + 0.01).astype(np.float32)
SOURCES = ("drums", "bass", "other", "vocals")


class Tensor(np.ndarray):
    """What of torch's tensors is needed here."""

    def numpy(self):
        return np.asarray(self)


def apply_model(network, given, *, shifts, callback):
    """Hear a quarter of everything in each stem."""
    assert shifts == 0
    assert abs(float(given.mean())) < 1e-3
    for offset in (0, given.shape[-1] // 2):
        callback({"segment_offset": offset, "state": "start"})
    return np.repeat(given[:, None] / 4, len(network.sources), axis=1).view(Tensor)


@pytest.fixture
def installed(monkeypatch):
    loaded = []

    def load(*found, **named):
        loaded.append((found, named))
        return SimpleNamespace(sources=list(SOURCES))

    modules = {
        "torch": SimpleNamespace(from_numpy=lambda sound: sound.view(Tensor)),
        "demucs.apply": SimpleNamespace(apply_model=apply_model),
        "demucs.pretrained": SimpleNamespace(get_model=load),
        "demucs.hf": SimpleNamespace(load_safetensors_model=load),
    }
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setattr(demucs, "has", lambda _name, *, find: bool(find))
    return loaded


def weigh(folder, *, form):
    """Lay weights where demucs 4.1 (safetensors) or earlier ones (th) keep them."""
    path = {
        "safetensors": folder / "hub/models--adefossez--HTDemucs/snapshots/1/955717e8.safetensors",
        "th": folder / "hub/checkpoints/955717e8-8726e21a.th",
    }[form]
    path.parent.mkdir(parents=True)
    path.touch()
    return {"HF_HOME": str(folder), "TORCH_HOME": str(folder)}, path


@pytest.mark.parametrize("form", ["safetensors", "th"])
def test_weights_are_found_where_demucs_keeps_them(tmp_path, form, installed):
    environ, path = weigh(tmp_path, form=form)
    assert demucs.find_weights(environ) == path
    assert demucs.missing(environ) == ""
    demucs.separate(SOUND, environ=environ)
    given = {"safetensors": ((path,), {}), "th": (("955717e8",), {"repo": path.parent})}
    assert installed == [given[form]]


@pytest.mark.parametrize("channels", [1, 2])
def test_its_stems_sum_to_the_sound(tmp_path, channels, installed):
    environ, _ = weigh(tmp_path, form="th")
    stems = demucs.separate(SOUND[:channels], environ=environ)
    assert installed
    assert set(stems) == set(STEMS)
    assert np.abs(sum(stems.values()) - SOUND[:channels]).max() < 1e-6
    assert np.allclose(stems["drums"], (SOUND[:channels] - SOUND[:channels].mean()) / 4, atol=1e-4)


@pytest.mark.usefixtures("installed")
def test_without_weights_a_sentence_says_how_to_fetch_them(tmp_path):
    nowhere = {"HOME": str(tmp_path)}
    assert "Fetch them once with: python -c" in demucs.missing(nowhere)
    with pytest.raises(ExtraMissing, match="weights"):
        demucs.separate(SOUND, environ=nowhere)


def test_without_the_package_a_sentence_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setattr(extras, "folder_of", lambda _package: None)
    monkeypatch.setattr(demucs, "folder_of", lambda _package: None)
    environ, _ = weigh(tmp_path, form="th")
    with pytest.raises(ExtraMissing, match=r"pip install demucs"):
        demucs.separate(SOUND, environ=environ)


@pytest.mark.usefixtures("installed")
def test_it_stops_between_two_segments(tmp_path):
    environ, _ = weigh(tmp_path, form="th")
    told = []
    work = Work(lambda share, _doing: told.append(share), lambda: len(told) > 1)
    with pytest.raises(Cancelled):
        demucs.separate(SOUND, work=work, environ=environ)
    assert told == [0.0, 0.0]
