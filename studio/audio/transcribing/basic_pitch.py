"""Basic Pitch: which notes sound and begin, by a small network that another package carries.

Bittner et al. 2022, "A Lightweight Instrument-Agnostic Model for Polyphonic Note Transcription".
Its package wants TensorFlow; only the ONNX file in it is used, and the package is never imported.
"""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.audio.ear.spectrum import HEARING_RATE
from studio.audio.transcribing.salience import PITCHES, Salience
from studio.audio.work import UNWATCHED, Work

_HOP = 256
_WINDOW = 2 * HEARING_RATE - _HOP
_LOOKS = 172
_OVERLAP = 30
"""Looks that two windows share; half of them are dropped on each side."""
_STEP = _WINDOW - _OVERLAP * _HOP
_MODEL_FILE = "saved_models/icassp_2022/nmp.onnx"


def find_model() -> Path | None:
    """Return where the network lies, or `None` without it or without what runs it."""
    package = find_spec("basic_pitch")
    if package is None or package.origin is None or find_spec("onnxruntime") is None:
        return None
    file = Path(package.origin).parent / _MODEL_FILE
    return file if file.is_file() else None


def listen(mono: NDArray[np.float32], model: Path, *, work: Work = UNWATCHED) -> Salience:
    """Ask the network about every moment.

    Parameters
    ----------
    mono
        `float32 [frames]` at `HEARING_RATE`.
    model
        What `find_model` found.
    work
        Asked for every 1.6 s of sound.
    """
    session = _session(model)
    padded = np.pad(mono, (_OVERLAP // 2 * _HOP, _WINDOW))
    count = -(-len(mono) // _STEP)
    sounding, beginning = [], []
    for number in range(count):
        work.at(number / count)
        window = padded[number * _STEP :][:_WINDOW].reshape(1, _WINDOW, 1)
        notes, onsets = session.run(
            ["StatefulPartitionedCall:1", "StatefulPartitionedCall:2"],
            {"serving_default_input_2:0": window},
        )
        sounding.append(notes[0, _OVERLAP // 2 : -_OVERLAP // 2])
        beginning.append(onsets[0, _OVERLAP // 2 : -_OVERLAP // 2])
    return (
        Salience(_seconds(count), np.concatenate(sounding), np.concatenate(beginning))
        if count
        else Salience(np.zeros(0), *(np.zeros((0, PITCHES), np.float32) for _ in range(2)))
    )


def _seconds(windows: int) -> NDArray[np.float64]:
    """Return when each look is. A window has a few frames less than its looks would fill."""
    looks = np.arange(_LOOKS - _OVERLAP) * _HOP / HEARING_RATE
    starts = np.arange(windows) * _STEP / HEARING_RATE
    return np.asarray((starts[:, None] + looks).ravel())


@lru_cache(maxsize=1)
def _session(model: Path) -> Any:
    import onnxruntime  # noqa: PLC0415 - an extra, and slow to import

    wishes = onnxruntime.SessionOptions()
    wishes.intra_op_num_threads = 1
    wishes.log_severity_level = 3
    return onnxruntime.InferenceSession(str(model), wishes, providers=["CPUExecutionProvider"])
