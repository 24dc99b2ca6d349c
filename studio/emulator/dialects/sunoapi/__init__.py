"""sunoapi.org, in the three generations of its documents that people still use.

Documentation: https://docs.sunoapi.org. What can be asked stands in the rooms.
"""

from functools import partial

from studio.emulator.dialects.sunoapi.desk import CALLBACK, NAME, open_desk
from studio.emulator.dialects.sunoapi.music.making import MUSIC, Music
from studio.emulator.dialects.sunoapi.music.media import Media
from studio.emulator.dialects.sunoapi.offshoots.asking import Asking
from studio.emulator.dialects.sunoapi.offshoots.covers import Covers
from studio.emulator.dialects.sunoapi.offshoots.files import Videos, Waves
from studio.emulator.dialects.sunoapi.offshoots.lyrics import Lyrics
from studio.emulator.dialects.sunoapi.offshoots.midi import Notes
from studio.emulator.dialects.sunoapi.offshoots.recovery import Recovery
from studio.emulator.dialects.sunoapi.offshoots.stems import Stems
from studio.emulator.dialects.sunoapi.speech import REASONS
from studio.emulator.dialects.sunoapi.trade import Counter
from studio.emulator.dialects.sunoapi.uploads.loft import Loft
from studio.emulator.dialects.sunoapi.uploads.uploading import Uploading, admit
from studio.emulator.dialects.sunoapi.voice.personas import Personas
from studio.emulator.dialects.sunoapi.voice.singers import Singers
from studio.emulator.dialects.sunoapi.voice.voices import Voices
from studio.emulator.door import Dialect, Telling
from studio.emulator.house import House


def open_sunoapi(house: House) -> Dialect:
    """Open the counters of sunoapi.org."""
    desk, folder = open_desk(house), house.data / NAME
    singers = Singers(folder / "singers", house)
    music, voices = Music(desk, singers), Voices(desk, singers)
    trades = (
        Lyrics(desk).trade,
        Covers(desk).trade,
        Waves(desk).trade,
        Stems(desk, folder / "stems").trade,
        Notes(desk).trade,
        Videos(desk).trade,
        Recovery(desk).trade,
        *voices.trades,
    )
    counters = [Counter(desk, trade) for trade in trades]
    desk.tasks.open({MUSIC: music} | {counter.trade.name: counter for counter in counters})
    return Dialect(
        name=NAME,
        operations=(
            *music.operations,
            *Asking(desk).operations,
            *Personas(desk, singers).operations,
            *(operation for counter in counters for operation in counter.operations),
            *voices.operations,
            *Uploading(Loft(folder / "uploads", clock=house.clock)).operations,
            *Media(desk, trades).operations,
            *desk.choices.operations,
        ),
        admit=partial(admit, speech=desk.speech),
        say=desk.speech.say_fault,
        stray=desk.speech.stray,
        tellings=(Telling(CALLBACK, "callBackUrl", note="when it is tried again is guessed"),),
        reasons=tuple(REASONS),
    )
