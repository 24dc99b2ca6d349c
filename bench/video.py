"""Video: how fast a song becomes a film, how large it is, and how near the picture stays."""

import io
import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np
import psutil
from PIL import Image

from bench.ground import machine, report
from bench.testset import HELD_OUT, song
from studio.audio.samples import RATE, Samples
from studio.engine.filming.canvas import planes
from studio.engine.filming.film import shoot
from studio.engine.filming.layout import Shape
from studio.engine.filming.scene import FRAME_RATE, Scene, Script
from studio.engine.painting.picture import paint
from studio.engine.timeline import timeline_of

SHAPES: tuple[Shape, ...] = ("wide", "square", "tall")
LOOKED_AT = 40


def main() -> None:
    """Make a film of each shape, and print the table."""
    print(machine())
    truth = song(*HELD_OUT[0])
    sound = np.array(truth.mix)
    cover = Image.open(io.BytesIO(paint(truth.score, sound)))
    script = Script(truth.score.title, truth.score.tags, cover, timeline_of(truth.score))
    rows = [measure(shape, sound, script) for shape in SHAPES]
    head = ("shape", "x real time", "of one core's time", "kbit/s", "PSNR, dB", "process, MB")
    report(f"A film of {sound.shape[1] / RATE:.0f} s at {FRAME_RATE} frames a second", head, rows)


def measure(shape: Shape, sound: Samples, script: Script) -> tuple[object, ...]:
    """Make one film."""
    seconds = sound.shape[1] / RATE
    with TemporaryDirectory() as folder:
        path = Path(folder, "film.mp4")
        wall, work = time.perf_counter(), time.process_time()
        shoot(path, sound, script, shape)
        wall, work = time.perf_counter() - wall, time.process_time() - work
        rate = path.stat().st_size * 8 / seconds / 1000
        likeness = psnr(path, Scene.of(script, sound, shape))
    held = psutil.Process(os.getpid()).memory_info().rss / 2**20
    return (
        shape,
        f"{seconds / wall:.1f}",
        f"{seconds / work:.1f}",
        f"{rate:.0f}",
        f"{likeness:.1f}",
        f"{held:.0f}",
    )


def psnr(path: Path, scene: Scene) -> float:
    """Compare every so many frames of a film with what was drawn."""
    found = []
    with av.open(str(path)) as container:
        for number, frame in enumerate(container.decode(video=0)):
            drawn = planes(scene.draw(number))[0]
            if number % LOOKED_AT == 0:
                seen = planes(frame.to_ndarray(format="yuv420p"))[0]
                error = np.square(seen.astype(np.float64) - drawn).mean()
                found.append(10 * np.log10(255**2 / max(error, 1e-9)))
    return float(np.mean(found))


if __name__ == "__main__":
    main()
