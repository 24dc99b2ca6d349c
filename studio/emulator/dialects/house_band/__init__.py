"""The house band's own dialect, in the studio's words: real progress, cancel, seeds, early sound.

The band costs nothing and is always as fast as it can be: pace and credits do not apply.
"""

from studio.emulator.dialects.house_band.counter import NAME, Counter
from studio.emulator.dialects.house_band.refusals import say, stray
from studio.emulator.door import Dialect, Operation
from studio.emulator.house import House


def open_house_band(house: House) -> Dialect:
    """Open the band's own counter."""
    counter = Counter(house)
    return Dialect(
        name=NAME,
        operations=(
            Operation("about", "GET", "/v1", counter.about),
            Operation("read", "POST", "/v1/read", counter.read, takes=0),
            Operation("order", "POST", "/v1/orders", counter.order),
            Operation("look", "GET", "/v1/orders/{order}", counter.look),
            Operation("cancel", "DELETE", "/v1/orders/{order}", counter.cancel),
            Operation(
                "file", "GET", "/v1/files/{order}/{take:int}/{name}", counter.file, needs_key=False
            ),
        ),
        admit=counter.admit,
        say=say,
        stray=stray,
    )
