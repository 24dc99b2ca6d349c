"""ACE-Step 1.5, for tests and demos: a server of one's own, emulated with the house band.

The real one is an open model with weights and a graphics card. This has neither: it speaks as that
server does, traps included, and what is heard is the house band. To make music with the model,
start the model; `docs/vendors.md` says how.
"""

from functools import partial

from studio.emulator.dialects.acestep.about import About
from studio.emulator.dialects.acestep.answers import admit, say_fault, stray
from studio.emulator.dialects.acestep.desk import NAME, Desk, open_desk
from studio.emulator.dialects.acestep.looking import Looking
from studio.emulator.dialects.acestep.media import Media
from studio.emulator.dialects.acestep.releasing import NAME as RELEASE
from studio.emulator.dialects.acestep.releasing import Releasing
from studio.emulator.dialects.acestep.writing import NAME as FORMAT
from studio.emulator.dialects.acestep.writing import Writing
from studio.emulator.door import Dialect, Operation
from studio.emulator.house import House
from studio.emulator.links import LARGEST_BYTES

_post = partial(Operation, method="POST")
_get = partial(Operation, method="GET")


def open_acestep(house: House) -> Dialect:
    """Open the emulated server."""
    desk = open_desk(house)
    return Dialect(
        name=NAME,
        operations=(
            *_tasks(desk),
            *_itself(desk),
            *_words(desk),
            *desk.choices.operations,
        ),
        admit=partial(admit, key=house.key),
        say=say_fault,
        stray=stray,
    )


def _tasks(desk: Desk) -> tuple[Operation, ...]:
    releasing, looking, media = Releasing(desk), Looking(desk), Media(desk)
    return (
        _post(
            RELEASE,
            path="/release_task",
            answer=releasing.release,
            takes=1,
            note="a batch is over as one; reference_audio is taken and not heard; that a server "
            "without words sings none, and all texts of failures, are guessed",
            largest_body=LARGEST_BYTES,
        ),
        _post(
            "query",
            path="/query_result",
            answer=looking.query,
            fidelity="recorded",
            takes=0,
            note="stages and log lines are ours",
        ),
        _get("audio", path="/v1/audio", answer=media.audio, fidelity="recorded", gives_file=True),
        _post(
            "cancel",
            path="/cancel_task",
            answer=releasing.cancel,
            fidelity="guessed",
            takes=0,
            note="only builds of a fork have it: the switch build",
        ),
        _get("stats", path="/v1/stats", answer=looking.stats),
    )


def _itself(desk: Desk) -> tuple[Operation, ...]:
    about = About(desk)
    open_to_all = partial(_get, fidelity="recorded", needs_key=False)
    return (
        open_to_all("health", path="/health", answer=about.health),
        open_to_all("schema", path="/openapi.json", answer=about.schema),
        _get("inventory", path="/v1/model_inventory", answer=about.inventory),
        _get("models", path="/v1/models", answer=about.models, fidelity="recorded"),
        _post("init", path="/v1/init", answer=about.init, fidelity="guessed", takes=0),
    )


def _words(desk: Desk) -> tuple[Operation, ...]:
    writing = Writing(desk)
    asked = partial(_post, fidelity="guessed", note="path and request are documented")
    return (
        asked(FORMAT, path="/format_input", answer=writing.format, takes=1),
        asked("sample", path="/create_random_sample", answer=writing.sample, takes=0),
    )
