"""Film: a song to be looked at: its cover, its levels running by, and its words as they are sung.

This is the camera; what stands before it is in `scene`. Needs the extra `media`.
"""

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from studio.audio.extras import need
from studio.audio.samples import RATE, Samples
from studio.audio.work import UNWATCHED, Work
from studio.engine.filming.layout import Shape
from studio.engine.filming.scene import FRAME_RATE, Scene, Script, frames_of

# Flat ground and moving bars: this preset makes as good a picture of them, in as few bytes, in half
# the time of the next; only the smoothing of blocks has to be asked for.
_VIDEO_OPTIONS = {"preset": "ultrafast", "crf": "24", "x264-params": "deblock=0,0:aq-mode=1"}
_SOUND_BITS = 192_000
_KEY_FRAMES = 2 * FRAME_RATE
_SOUND_FRAMES = 1_024
_TOLD_EVERY = 5
_BT709 = 1
_LIMITED_RANGE = 1


def shoot(
    path: Path, samples: Samples, script: Script, shape: Shape, *, work: Work = UNWATCHED
) -> int:
    """Write a film as MP4 that every browser plays: H.264 and AAC, the index in front.

    Parameters
    ----------
    path
        Written in place.
    samples
        `float32 (2, frames)` at `RATE`.
    script
        What it shows.
    shape
        Of the picture.
    work
        Told as it goes on.

    Returns
    -------
    How many frames it has.

    Raises
    ------
    ExtraMissing
        If the extra `media` is not there.
    Cancelled
        If it is not wanted any more.
    """
    need("media")
    import av  # noqa: PLC0415 - an extra

    scene = Scene.of(script, samples, shape)
    count = frames_of(samples)
    with av.open(path, "w", format="mp4", options={"movflags": "+faststart"}) as container:
        video = _video_stream(container, scene.layout.size)
        sound = container.add_stream("aac", rate=RATE, layout="stereo")
        sound.bit_rate = _SOUND_BITS
        spoken = 0
        for number in range(count):
            if number % _TOLD_EVERY == 0:
                work.at(number / count, "drawing the pictures")
            frame = av.VideoFrame.from_ndarray(scene.draw(number), format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, FRAME_RATE)
            container.mux(video.encode(frame))
            until = samples.shape[1] if number == count - 1 else (number + 1) * RATE // FRAME_RATE
            while spoken < until:
                piece = samples[:, spoken : spoken + _SOUND_FRAMES]
                container.mux(sound.encode(_spoken(av, piece, spoken)))
                spoken += piece.shape[1]
        container.mux(video.encode(None))
        container.mux(sound.encode(None))
    return count


def _video_stream(container: Any, size: tuple[int, int]) -> Any:
    video = container.add_stream("libx264", rate=FRAME_RATE, options=_VIDEO_OPTIONS)
    video.width, video.height = size
    video.pix_fmt = "yuv420p"
    video.codec_context.gop_size = _KEY_FRAMES
    for name in ("colorspace", "color_primaries", "color_trc"):
        setattr(video.codec_context, name, _BT709)
    video.codec_context.color_range = _LIMITED_RANGE
    return video


def _spoken(av: Any, piece: Samples, at: int) -> Any:
    clipped = np.ascontiguousarray(np.clip(piece, -1.0, 1.0))
    frame = av.AudioFrame.from_ndarray(clipped, format="fltp", layout="stereo")
    frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
    return frame
