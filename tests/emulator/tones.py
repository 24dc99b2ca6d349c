"""A tone: the smallest sound that is not refused for being silent."""

import io
import math
import struct
import wave
from functools import cache

RATE = 8000


@cache
def tone(seconds):
    """Return a WAV file."""
    count = int(RATE * seconds)
    levels = (int(9000 * math.sin(2 * math.pi * 220 * n / RATE)) for n in range(count))
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(struct.pack(f"<{count}h", *levels))
    return file.getvalue()
