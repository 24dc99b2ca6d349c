"""The laws for whoever makes songs: what a person finds after a fault, and what it cost.

Nothing here knows a vendor, so whoever is added to the lists is held to the same.
"""

from contextlib import ExitStack, contextmanager
from typing import NamedTuple, get_args

import httpx

from studio import database
from studio.emulator import links
from studio.emulator.faults import TOLD, Kind
from studio.jobs.model import State
from studio.providers import wire
from tests.client.conftest import Rehearsal
from tests.contract.everybody import AudibleBand, Everybody, Recipe
from tests.emulator.desk import Street, open_desk
from tests.jobs.fakes import Clock

CREDITS = 1_000_000
PATIENT_SECONDS, IMPATIENT_SECONDS = 20.0, 0.6
"""How long an answer is waited for: short only while somebody is to be silent."""
SURELY_NOT_TAKEN = {"busy", "503"}
SAID_NO = {"refused", "insufficient"}
CAME_TO_NOTHING = {"failure", "timeout"}
DOUBTFUL = {"closed", "silent", "broken", "half", "502", "504"}
REPEATS_ARE_SAFE = {("aimusicapi", "sonic/bpm"), ("aimusicapi", "sonic/vox")}
"""What its vendor says may be sent again after a fault of a server; what that costs it does not
say, and the emulator charges it."""
ITS_OWN_DOOR = {("sunoapi", "upload")}
"""Files that a vendor itself fetches from itself: when that fails, the work does."""
FAULTS = sorted((kind for kind in get_args(Kind) if kind not in TOLD), key="silent".__ne__)
"""The silent one first, so that what comes after it is waited for again."""


class Patience:
    """How long is waited now."""

    def __init__(self):
        self.faults = ()

    @property
    def seconds(self):
        is_silent = any(fault.kind == "silent" for fault in self.faults)
        return IMPATIENT_SECONDS if is_silent else PATIENT_SECONDS


patience = Patience()


def hurry(patch):
    """Let nobody wait long for the disk or for who is silent: neither side of a line."""
    send, download = wire.Wire._sent, wire.Wire.download

    def sent(self, *call, **how):
        return send(self, *call, **how | {"timeout": httpx.Timeout(patience.seconds)})

    def downloaded(self, *call, **how):
        self._files.client.timeout = patience.seconds
        return download(self, *call, **how)

    patch.setattr(database, "DURABLE", "OFF")
    patch.setattr(wire.Wire, "_sent", sent)
    patch.setattr(wire.Wire, "download", downloaded)
    patch.setattr(links, "SILENT_SECONDS", IMPATIENT_SECONDS)


@contextmanager
def staged(kind, folder):
    folder.mkdir()
    clock = Clock()
    with Street().open() as street, ExitStack() as stack:
        desk = stack.enter_context(
            open_desk(
                street,
                folder,
                musicians=AudibleBand(),
                credits=CREDITS,
                # One time for both, or who counts calls in a while counts another while.
                clock=lambda: clock().timestamp(),
            )
        )
        rehearsal = Rehearsal(folder, desk, clock)
        stack.callback(rehearsal.studio.close)
        yield Stage(Everybody(kind, rehearsal))


class Way(NamedTuple):
    """How an operation comes to be called."""

    recipe: Recipe
    calls: int
    songs: int
    is_at_once: bool
    """Whether the answer to the request is the end of it: nobody needs to look."""
    costs: bool
    """Whether money is asked for it; else nobody can have too little."""

    def worth(self, call):
        """Where work begins, takes can be lost, so more of them show more; else short is good."""
        return (self.songs if call.is_start else 0, -self.calls)


class Stage:
    """A vendor, and which of its operations are called on which way."""

    def __init__(self, everybody):
        self.vendor = everybody
        self.failed = {}
        self.ways = {}
        for recipe in everybody.recipes():
            self._walk(recipe)

    def calls(self, *, is_start):
        """Return the calls of one kind, each with the way to it, always in the same order."""
        return [
            (call, way)
            for call, way in sorted(self.ways.items(), key=str)
            if call.is_start == is_start
        ]

    def _walk(self, recipe):
        """Do it once as it should be, and keep the shortest way to each operation."""
        request = self.vendor.request(recipe)
        if request is None:
            return
        job = self.vendor.run(request)
        if job.state is not State.DONE:
            self.failed[recipe] = job
            return
        calls = set(self.vendor.called)
        begun = {call.operation for call in calls if call.is_start}
        for call in calls:
            if not call.is_start and call.operation in begun:
                # A fault would meet it when it is sent, which comes first.
                continue
            way = Way(
                recipe, len(calls), len(job.songs), job.remote is None, not job.estimate.is_free
            )
            if call not in self.ways or way.worth(call) > self.ways[call].worth(call):
                self.ways[call] = way


def undone(stage):
    """Return abilities of which no request was done, and what failed without a sentence."""
    jobs = stage.vendor.studio.jobs(states={State.DONE}, limit=999)
    missing = stage.vendor.offer.abilities - {job.request.ability for job in jobs}
    mute = [job.reason for job in stage.failed.values() if not is_sentence(job, stage.vendor)]
    return [*missing, *mute]


def troubles(stage, fault):
    """Let a fault happen where work begins; return what is not as it should be afterwards."""
    return [
        problem
        for call, way in stage.calls(is_start=True)
        if switched_on(stage.vendor, call, fault)
        and (problem := trouble(stage.vendor, call, way, fault))
    ]


def hindrances(stage):
    """Let everything happen on the way, fault upon fault; return what was not overcome.

    Whatever is only looked at or fetched can be so again, so each is met until none is left.
    """
    problems = []
    for call, way in stage.calls(is_start=False):
        waiting = [fault for fault in FAULTS if switched_on(stage.vendor, call, fault)]
        while waiting:
            if problem := trouble(stage.vendor, call, way, *waiting):
                problems.append(problem)
            left = [fault for fault in waiting if fault not in stage.vendor.met]
            # Some things are fetched only by who comes early.
            waiting = left if len(left) < len(waiting) else []
            for fault in waiting:
                switched_on(stage.vendor, call, fault)
    return problems


def trouble(vendor, call, way, *faults):
    """Send a request into the faults that wait; return what is not as it should be afterwards."""
    waiting = vendor.rehearsal.desk.house.faults
    aside = list(waiting)
    waiting.clear()
    request = vendor.request(way.recipe)
    price = vendor.studio.estimate(request, vendor.name).price
    before = vendor.balance()
    for fault in aside:
        waiting.add(fault)
    patience.faults = waiting
    try:
        job = vendor.run(request)
        vendor.met = {fault.kind for fault in aside} - {fault.kind for fault in waiting}
    finally:
        waiting.clear()
    spent = round(before.amount - vendor.balance().amount, 6)
    told = f"{way.recipe} {call} {faults}: {job.state} {job.reason!r} spent {spent:g}"
    if call.is_start and not vendor.met:
        return f"{told}: it was not met"
    is_failed = any(part.state is State.FAILED for part in vendor.jobs(job.id))
    [fault, *_] = faults
    if (State.FAILED if is_failed else job.state) not in right_ends(vendor, call, fault, way):
        return told
    most = most_to_pay(vendor, call, fault, price if price.unit == before.unit else None)
    if spent > most or (job.state is State.FAILED and spent > paid_before(vendor, job)):
        return f"{told}, not {most:g}"
    if job.state is State.DONE and not is_enough(len(job.songs), way, fault):
        return f"{told}: {len(job.songs)} songs of {way.songs}"
    if job.state is State.FAILED and len(vendor.jobs(job.id)) == 1:
        vendor.give_back(request)
    return None if job.state is State.DONE or is_sentence(job, vendor) else f"{told}: says"


def paid_before(vendor, job):
    """Return what was paid for things that were done and stay, though what came of them failed."""
    parts = [part for part in vendor.jobs(job.id)[1:] if part.state is State.DONE]
    return sum(part.cost.amount for part in parts if part.cost)


def most_to_pay(vendor, call, fault, price):
    """Return the most that may be gone; who counts songs instead of money counts one for each."""
    is_safe = (vendor.kind, call.operation) in REPEATS_ARE_SAFE and fault in {"502", "504"}
    return (2 if is_safe else 1) * (1 if price is None else price.amount)


def is_enough(songs, way, fault):
    """Whether so many songs came home: all, or all but what was lost."""
    if fault == "partial" and way.songs > 1:
        return 0 < songs < way.songs
    return songs == way.songs


def switched_on(vendor, call, fault):
    """Switch a fault on; done work whose answer is lost is the worst of its kind."""
    asked = {"dialect": vendor.dialect, "operation": call.operation, "kind": fault, "seconds": 0.05}
    http = vendor.rehearsal.desk.http
    is_lost = call.is_start and fault in DOUBTFUL
    if is_lost and http.post("/faults", json=asked | {"taken": True}).is_success:
        return True
    return http.post("/faults", json=asked).is_success


def right_ends(vendor, call, fault, way):
    if (vendor.kind, call.operation) in ITS_OWN_DOOR:
        return {State.DONE, State.FAILED}
    if fault == "partial" and way.songs < 2:
        # Of one take nothing is left, or there was none to lose.
        return {State.DONE, State.FAILED}
    if not call.is_start or fault in {"slow", "partial"} | SURELY_NOT_TAKEN:
        return {State.DONE}
    if fault in SAID_NO:
        return {State.FAILED} if way.costs else {State.FAILED, State.DONE}
    if fault in CAME_TO_NOTHING:
        # What failed for certain and is asked at once may be asked once more; a vendor who only
        # says that his server has a fault leaves it in doubt.
        return {State.FAILED, State.DONE} | ({State.UNSURE} if way.is_at_once else set())
    # What can be asked twice and is paid once may be asked again: the money is counted apart.
    return {State.UNSURE, State.DONE} | ({State.FAILED} if fault == "500" else set())


def is_sentence(job, vendor):
    """Whether a job says in a sentence what happened, and at whom."""
    said = job.reason or ""
    names = vendor.offer.title.split()[-1:] if vendor.offer.repeatable else [vendor.offer.title]
    return said.endswith(".") and all(name in said for name in names)
