"""Northwind's counter: an invented dialect. This one file, and a line in `DIALECTS`."""

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from studio.emulator.account.ledger import Ledger, Paid
from studio.emulator.door import Dialect, Operation, TurnedAway, has_key, home_of, read_json
from studio.emulator.faults import Fault
from studio.emulator.house import House
from studio.emulator.orders import OrderState
from studio.emulator.works import Play
from studio.engine.brief import Brief

NAME = "northwind"
REFUSALS = {"refused": (403, "Not in this wind."), "insufficient": (402, "Too few shells.")}


def say(status: int, why: str) -> JSONResponse:
    return JSONResponse({"why": why}, status)


class Counter:
    def __init__(self, house: House) -> None:
        self.house = house
        self.paid: dict[str, Paid] = {}
        self.ledger = Ledger(
            house.data / NAME,
            credits=house.credits,
            refusal=lambda: TurnedAway(say(*REFUSALS["insufficient"])),
        )

    async def create(self, request: Request) -> Response:
        asked = await read_json(request)
        fault = self.house.faults.take(NAME, "create", at_work=True)
        first = {"partial": 2, "failure": 1, "timeout": 1}.get(fault.kind, 3) if fault else 3
        paid = self.ledger.charge(3)
        brief = Brief(style=asked.get("style", ""), lyrics=asked.get("lyrics", ""))
        spoiled = dict.fromkeys(range(first, 3), "It was blown away.")
        order = self.house.band.order([Play(brief)] * 2, spoiled=spoiled)
        self.paid[order.id] = paid
        return JSONResponse({"song": order.id})

    async def lyrics(self, request: Request) -> Response:
        await read_json(request)
        if self.house.faults.take(NAME, "lyrics", at_work=True):
            return say(403, "No words came.")
        self.ledger.charge(1)
        return JSONResponse({"words": "[Verse]\nThe north wind blows"})

    async def look(self, request: Request) -> Response:
        order = self.house.band.find(request.path_params["song"])
        if order is None:
            return say(404, "No such song.")
        if order.state is OrderState.REFUSED:
            if paid := self.paid.pop(order.id, None):
                self.ledger.refund(paid)
            return JSONResponse({"state": "lost", "why": order.reason})
        home = home_of(request)
        links = [
            f"{home}/files/{order.id}/{take.number}" if "sound" in take.files else ""
            for take in order.takes
        ]
        why = " ".join(take.reason for take in order.takes if take.reason)
        state = "done" if order.state.is_over else "blowing"
        return JSONResponse({"state": state, "links": links, "why": why})

    async def shells(self, _: Request) -> Response:
        return JSONResponse({"shells": self.ledger.account.credits})

    async def file(self, request: Request) -> Response:
        asked = request.path_params
        path = self.house.band.file(asked["order"], asked["number"], "song.mp3")
        return FileResponse(path) if path else say(404, "No such file.")


def open_northwind(house: House) -> Dialect:
    """Open the counter."""
    counter = Counter(house)

    def admit(request: Request) -> Response | None:
        return None if has_key(request, house.key) else say(401, "Who is there?")

    def say_fault(fault: Fault) -> Response | None:
        said = REFUSALS.get(fault.kind)
        return say(*said) if said else None

    return Dialect(
        name=NAME,
        operations=(
            Operation("create", "POST", "/create", counter.create),
            Operation("lyrics", "POST", "/lyrics", counter.lyrics, takes=1),
            Operation("look", "GET", "/songs/{song}", counter.look),
            Operation("shells", "GET", "/shells", counter.shells),
            Operation("file", "GET", "/files/{order}/{number:int}", counter.file, needs_key=False),
        ),
        admit=admit,
        say=say_fault,
        stray=lambda _, trouble: say(getattr(trouble, "status_code", 500), "Lost at sea."),
    )
