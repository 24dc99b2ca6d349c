"""Release: two takes of one title have two faces, and one take has always the same."""

import numpy as np
import pytest

from studio.audio.files import write
from studio.audio.samples import RATE
from studio.engine.desk import Desk
from studio.engine.release import lay_down


@pytest.fixture
def face(tmp_path):
    """Return what the cover of a tone is drawn from."""
    desk = Desk(tmp_path / "desk")
    desk.open()

    def lay(title, gain):
        path = tmp_path / "song.wav"
        tone = gain * np.sin(np.arange(RATE) * 0.05)
        write(path, np.array([tone, tone], np.float32), RATE)
        return lay_down(desk, path, title).chance

    yield lay
    desk.close()


def test_a_face_hangs_on_the_title_and_on_the_sound(face):
    assert face("Rain", 0.2) == face("Rain", 0.2)
    assert len({face("Rain", 0.2), face("Rain", 0.3), face("Wind", 0.2)}) == 3
