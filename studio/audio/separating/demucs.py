"""Demucs: the four stems by a trained network, where its package and its weights are at hand.

Nothing is fetched: weights of 80 MB are a person's decision. Written for demucs 4.1.0 by its
source, and tried with a stand-in of the same shape only; the network itself has not run here.
"""

import os
from collections.abc import Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from studio.audio.extras import folder_of, has, sentence
from studio.audio.samples import Samples
from studio.audio.separating.separation import OTHER
from studio.audio.work import UNWATCHED, Work
from studio.errors import ExtraMissing

EXTRA = "separate"

# The one network of the model "htdemucs", by its signature.
_SIGNATURE = "955717e8"
_IN_HUB = f"models--adefossez--HTDemucs/snapshots/*/{_SIGNATURE}.safetensors"
_IN_TORCH = f"{_SIGNATURE}-*.th"
_FETCH = (
    "Demucs is installed, but its weights (80 MB) are not on this machine. Fetch them once with: "
    "python -c \"from demucs.pretrained import get_model; get_model('htdemucs')\""
)


def missing(environ: Mapping[str, str] = os.environ) -> str:
    """Say in a sentence what is missing and how to get it; empty if the network is ready."""
    if not has(EXTRA, find=folder_of):
        return sentence(EXTRA)
    return "" if find_weights(environ) else _FETCH


def find_weights(environ: Mapping[str, str] = os.environ) -> Path | None:
    """Return the file in which demucs keeps its weights, if it ever fetched them.

    Parameters
    ----------
    environ
        Tells where caches lie: `HF_HUB_CACHE`, `HF_HOME`, `TORCH_HOME`, `XDG_CACHE_HOME`, `HOME`.
    """
    cache = Path(environ.get("XDG_CACHE_HOME") or Path(environ.get("HOME", "~"), ".cache"))
    hugging = Path(environ.get("HF_HOME") or cache / "huggingface")
    hub = Path(environ.get("HF_HUB_CACHE") or hugging / "hub")
    torch = Path(environ.get("TORCH_HOME") or cache / "torch", "hub", "checkpoints")
    for folder, pattern in ((hub, _IN_HUB), (torch, _IN_TORCH)):
        found = sorted(folder.expanduser().glob(pattern))
        if found:
            return found[-1]
    return None


def separate(
    samples: Samples, *, work: Work = UNWATCHED, environ: Mapping[str, str] = os.environ
) -> dict[str, Samples]:
    """Take a sound apart as `separation.separate` does, with the network.

    What the network leaves over is added to `other`, so that the four sum to `samples`.

    Raises
    ------
    ExtraMissing
        If the package or the weights are not here.
    """
    weights = find_weights(environ)
    if lack := missing(environ):
        raise ExtraMissing(lack)
    assert weights is not None
    work.at(0.0, "loading the network")
    network = _loaded(weights)
    level, spread = float(samples.mean()), float(samples.mean(axis=0).std()) + 1e-8
    found = _applied(
        network, np.broadcast_to((samples - level) / spread, (2, samples.shape[1])), work
    )
    stems = {
        name: np.ascontiguousarray(stem[: len(samples)] * spread)
        for name, stem in zip(network.sources, found, strict=True)
    }
    stems[OTHER] += samples - sum(stems.values(), start=np.zeros_like(samples))
    return stems


def _loaded(weights: Path) -> Any:
    # Both doors open a file; `get_model` without a folder would ask the internet for it first.
    if weights.suffix == ".safetensors":
        return import_module("demucs.hf").load_safetensors_model(weights)
    return import_module("demucs.pretrained").get_model(_SIGNATURE, repo=weights.parent)


def _applied(network: Any, sound: Samples, work: Work) -> Samples:
    """Return `float32 (stems, 2, frames)`, in the order of `network.sources`."""
    given = import_module("torch").from_numpy(np.array(sound, np.float32))[None]
    apply = import_module("demucs.apply").apply_model
    # No random shifts, so that the same sound always gives the same stems.
    found = apply(network, given, shifts=0, callback=partial(_tell, work, sound.shape[1]))
    answer: Samples = found[0].numpy()
    return answer


def _tell(work: Work, frames: int, news: dict[str, Any]) -> None:
    work.at(min(1.0, news.get("segment_offset", 0) / frames), "listening with the network")
