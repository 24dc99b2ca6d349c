"""The AI Music API as it was in January 2026, and with a switch as in September.

Documentation: https://docs.aimusicapi.ai. What can be asked stands in the file of each family.
"""

from functools import partial

from studio.emulator.dialects.aimusicapi.desk import NAME, open_desk
from studio.emulator.dialects.aimusicapi.errors import REFUSALS, admit, say_fault, stray
from studio.emulator.dialects.aimusicapi.fuzz.producer import Producer
from studio.emulator.dialects.aimusicapi.fuzz.riffusion import Riffusion
from studio.emulator.dialects.aimusicapi.nuro.counter import Nuro
from studio.emulator.dialects.aimusicapi.sonic.bringing import Bringing
from studio.emulator.dialects.aimusicapi.sonic.index import sonic_operations
from studio.emulator.dialects.aimusicapi.webhooks import OPERATION as WEBHOOK
from studio.emulator.door import Dialect, Telling
from studio.emulator.house import House


def open_aimusicapi(house: House) -> Dialect:
    """Open the counters of the AI Music API."""
    desk = open_desk(house)
    bringing = Bringing(desk, house.data / NAME / "uploads")
    return Dialect(
        name=NAME,
        operations=(
            *sonic_operations(desk, bringing),
            *Producer(desk).operations,
            *Riffusion(desk, bringing).operations,
            *Nuro(desk).operations,
            *desk.calendar.operations,
        ),
        admit=partial(admit, key=house.key),
        say=say_fault,
        stray=stray,
        tellings=(Telling(WEBHOOK, "webhook_url", note="when it is tried again is guessed"),),
        reasons=tuple(REFUSALS),
    )
