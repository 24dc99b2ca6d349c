"""The turnstile: in no stretch of time more calls than the vendor takes, whoever sends them."""

import multiprocessing
import threading
import time
from contextlib import ExitStack

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.errors import NotTaken, NoTurn
from studio.providers.limits import Rate
from studio.providers.wire import Turnstiles, Wire
from studio.providers.wire.turnstile import LONGEST_CALL_SECONDS, Turnstile

RATE = Rate(calls=20, seconds=10)


class Ticks:
    """Seconds that are told, and passed by waiting."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def ticks():
    return Ticks()


@pytest.fixture
def turnstile(tmp_path, ticks):
    return Turnstile(tmp_path / "a.turns", RATE, who="Aurora", clock=ticks, pause=ticks.wait)


def call(turnstile, **how):
    with turnstile.turn(**how):
        pass


def test_so_many_calls_leave_at_once_and_no_more(turnstile):
    for _ in range(20):
        call(turnstile)
    with pytest.raises(NoTurn, match=r"Aurora takes 20 calls in 10 s.*Try again in 10 s") as told:
        call(turnstile)
    assert told.value.retry_after == pytest.approx(10)


def test_what_found_no_turn_was_surely_not_taken(turnstile):
    assert issubclass(NoTurn, NotTaken)
    with ExitStack() as under_way:
        for _ in range(20):
            under_way.enter_context(turnstile.turn())
        with pytest.raises(NoTurn):
            call(turnstile)
        assert turnstile.free() == 0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 3), st.floats(0, 4), st.floats(0, 1)), max_size=80))
def test_no_stretch_of_the_vendors_time_sees_more_whatever_the_network_does(
    tmp_path_factory, calls
):
    """Each call leaves after a pause, is answered after a while, and arrives in between."""
    ticks = Ticks()
    file = tmp_path_factory.mktemp("turns") / "a.turns"
    turnstile = Turnstile(file, Rate(calls=3, seconds=2), who="Aurora", clock=ticks)
    under_way, arrived = [], []
    for pause, lasts, arrives in calls:
        _let_end(under_way, ticks, ticks.now + pause)
        turn = turnstile.turn()
        try:
            turn.__enter__()
        except NoTurn:
            continue
        arrived.append(ticks.now + lasts * arrives)
        under_way.append((ticks.now + lasts, turn))
    arrived.sort()
    assert all(fourth - first >= 2 for first, fourth in zip(arrived, arrived[3:], strict=False))


def _let_end(under_way, ticks, until):
    """Let time pass, and every call be answered in its own moment."""
    for moment, turn in sorted(under_way, key=lambda one: one[0]):
        if moment <= until:
            ticks.now = max(ticks.now, moment)
            turn.__exit__(None, None, None)
            under_way.remove((moment, turn))
    ticks.now = until


def test_a_call_counts_until_so_long_after_its_answer(turnstile, ticks):
    with turnstile.turn():
        ticks.now += 30
    ticks.now += 9.9
    assert turnstile.free() == 19
    ticks.now += 0.1
    assert turnstile.free() == 20


def test_a_call_that_failed_counts_as_well(turnstile):
    with pytest.raises(ZeroDivisionError), turnstile.turn():
        _ = 1 / 0
    assert turnstile.free() == 19


def test_who_is_patient_waits_and_no_longer_than_that(turnstile, ticks):
    for _ in range(20):
        call(turnstile)
    ticks.now += 8.5
    call(turnstile, patience_seconds=2)
    assert ticks.now == pytest.approx(1010)
    ticks.now += 5
    for _ in range(19):
        call(turnstile)
    with pytest.raises(NoTurn):
        call(turnstile, patience_seconds=2)


def test_it_tells_when_so_many_may_leave(turnstile, ticks):
    for _ in range(10):
        call(turnstile)
        ticks.now += 0.5
    waits = [turnstile.wait(calls) for calls in (1, 10, 11, 20, 99)]
    assert waits == pytest.approx([0, 0, 5, 9.5, 9.5])


def test_the_call_of_a_process_that_is_gone_holds_its_turn_for_a_while(turnstile, ticks):
    turn = turnstile.turn()
    turn.__enter__()
    ticks.now += LONGEST_CALL_SECONDS
    assert turnstile.free() == 19
    ticks.now += 10
    assert turnstile.free() == 20


def test_turns_of_before_the_machine_was_started_are_forgotten(turnstile, ticks):
    for _ in range(20):
        call(turnstile)
    ticks.now = 3.0
    assert turnstile.free() == 20


def test_a_file_that_was_cut_off_is_read_as_far_as_it_goes(tmp_path, turnstile):
    for _ in range(2):
        call(turnstile)
    file = tmp_path / "a.turns"
    file.write_bytes(file.read_bytes()[:-3])
    assert turnstile.free() == 19


def test_threads_share_the_turns(tmp_path):
    turnstile = Turnstile(tmp_path / "a.turns", Rate(calls=20, seconds=600), who="Aurora")
    left, lock = [], threading.Lock()

    def ask():
        for _ in range(10):
            try:
                call(turnstile)
            except NoTurn:
                continue
            with lock:
                left.append(1)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(left) == 20


def _use_up(file, told):
    turnstile = Turnstile(file, Rate(calls=20, seconds=600), who="Aurora")
    count = 0
    for _ in range(15):
        try:
            call(turnstile)
        except NoTurn:
            continue
        count += 1
    told.put(count)


def test_processes_share_the_turns(tmp_path):
    context = multiprocessing.get_context("spawn")
    told = context.Queue()
    others = [
        context.Process(target=_use_up, args=(tmp_path / "a.turns", told), daemon=True)
        for _ in range(2)
    ]
    for other in others:
        other.start()
    counts = [told.get(timeout=30) for _ in others]
    for other in others:
        other.join()
    assert sum(counts) == 20


def test_every_call_of_a_wire_takes_a_turn_and_no_download_does(tmp_path):
    turnstile = Turnstiles(tmp_path).of("key", Rate(calls=3, seconds=600), who="Aurora")
    network = httpx.MockTransport(lambda _: httpx.Response(200, content=b"{}"))
    wire = Wire(
        "https://api.example",
        "key",
        who="Aurora",
        transport=network,
        branches={"upload": "https://upload.example"},
        turnstile=turnstile,
    )
    file = tmp_path / "a.wav"
    file.write_bytes(b"sound")
    wire.ask("GET", "credit")
    wire.send_file("put", file)
    wire.send_form("upload", {}, {"file": file}, branch="upload")
    wire.download("https://cdn.example/1.mp3", tmp_path / "b")
    begin = time.monotonic()
    for again in (wire, wire.patient(0.5)):
        with pytest.raises(NoTurn):
            again.ask("GET", "credit")
    assert time.monotonic() - begin < 1


def test_accounts_have_turns_of_their_own_and_connections_of_one_account_share(tmp_path):
    known, same_folder = Turnstiles(tmp_path), Turnstiles(tmp_path)
    rate = Rate(calls=1, seconds=600)
    call(known.of("sun key-1", rate, who="Aurora"))
    assert same_folder.of("sun key-1", rate, who="Aurora").free() == 0
    assert same_folder.of("sun key-2", rate, who="Aurora").free() == 1


def test_no_key_lies_in_the_folder_of_turns(tmp_path):
    call(Turnstiles(tmp_path).of("sun very-secret-key", RATE, who="Aurora"))
    (file,) = tmp_path.iterdir()
    assert "secret" not in file.name + file.read_bytes().decode("latin-1")
