"""The video that the studio makes plays in a real Chromium."""

import numpy as np
import pytest
from playwright.sync_api import Page

from studio.audio.files import write_wav
from studio.audio.samples import RATE
from studio.audio.work import UNWATCHED
from studio.engine.tools.video import TOOL, VideoOptions
from tests.browser.conftest import until

pytestmark = pytest.mark.browser

SECONDS = 3.0


def test_it_plays_to_its_end_with_picture_and_sound(page: Page, tmp_path) -> None:
    time = np.arange(round(SECONDS * RATE)) / RATE
    tone = (0.2 * np.sin(2 * np.pi * 330 * time)).astype(np.float32)
    write_wav(tmp_path / "tone.wav", np.stack([tone, tone]), RATE)
    TOOL.run([tmp_path / "tone.wav"], VideoOptions(), tmp_path / "tone.mp4", UNWATCHED)
    (tmp_path / "page.html").write_text('<video src="tone.mp4"></video>', encoding="utf-8")
    page.goto((tmp_path / "page.html").as_uri())
    page.evaluate("document.querySelector('video').play()")
    until(page, "document.querySelector('video').ended")
    told = page.evaluate(
        """() => { const v = document.querySelector('video'); return {
            error: v.error, seconds: v.duration, wide: v.videoWidth, ready: v.readyState,
            pictures: v.getVideoPlaybackQuality().totalVideoFrames,
            heard: v.webkitAudioDecodedByteCount } }"""
    )
    assert told["error"] is None
    assert told["seconds"] == pytest.approx(SECONDS, abs=0.1)
    assert (told["wide"], told["ready"] >= 2) == (1280, True)
    assert told["pictures"] > 10
    assert told["heard"] > 0
