"""ACE-Step 1.5, for tests and demos: a server of one's own, emulated with the house band.

The real one is an open model with weights and a graphics card. This has neither: it speaks as that
server does, traps included, and what is heard is the house band. To make music with the model,
start the model; `docs/vendors.md` says how.
"""

from functools import partial

from studio.emulator.dialects.acestep.about import About
from studio.emulator.dialects.acestep.answers import admit, say_fault, stray
from studio.emulator.dialects.acestep.desk import NAME, open_desk
from studio.emulator.dialects.acestep.looking import Looking
from studio.emulator.dialects.acestep.media import Media
from studio.emulator.dialects.acestep.releasing import NAME as RELEASE
from studio.emulator.dialects.acestep.releasing import Releasing
from studio.emulator.dialects.acestep.writing import NAME as FORMAT
from studio.emulator.dialects.acestep.writing import Writing
from studio.emulator.door import Dialect, Operation
from studio.emulator.house import House
from studio.emulator.links import LARGEST_BYTES


def open_acestep(house: House) -> Dialect:
    """Open the emulated server."""
    desk = open_desk(house)
    about, looking, writing = About(desk), Looking(desk), Writing(desk)
    releasing, media = Releasing(desk), Media(desk)
    return Dialect(
        name=NAME,
        operations=(
            Operation(
                RELEASE,
                "POST",
                "/release_task",
                releasing.release,
                takes=1,
                note="a batch is over as one; reference_audio is taken and not heard; that a "
                "server without words sings none, and all texts of failures, are guessed",
                largest_body=LARGEST_BYTES,
            ),
            Operation(
                "query",
                "POST",
                "/query_result",
                looking.query,
                fidelity="recorded",
                takes=0,
                note="stages and log lines are ours",
            ),
            Operation(
                "audio", "GET", "/v1/audio", media.audio, fidelity="recorded", gives_file=True
            ),
            Operation(
                "health", "GET", "/health", about.health, fidelity="recorded", needs_key=False
            ),
            Operation(
                "schema", "GET", "/openapi.json", about.schema, fidelity="recorded", needs_key=False
            ),
            Operation("stats", "GET", "/v1/stats", looking.stats),
            Operation("inventory", "GET", "/v1/model_inventory", about.inventory),
            Operation("models", "GET", "/v1/models", about.models, fidelity="recorded"),
            Operation("init", "POST", "/v1/init", about.init, fidelity="guessed", takes=0),
            Operation(
                FORMAT,
                "POST",
                "/format_input",
                writing.format,
                fidelity="guessed",
                takes=1,
                note="path and request are documented",
            ),
            Operation(
                "sample",
                "POST",
                "/create_random_sample",
                writing.sample,
                fidelity="guessed",
                takes=0,
                note="path and request are documented",
            ),
            Operation(
                "cancel",
                "POST",
                "/cancel_task",
                releasing.cancel,
                fidelity="guessed",
                takes=0,
                note="only builds of a fork have it: the switch build",
            ),
            *desk.choices.operations,
        ),
        admit=partial(admit, key=house.key),
        say=say_fault,
        stray=stray,
    )
