"""Webhooks of the emulated AI Music API, against the vendor's guide; signatures computed apart."""

import hashlib
import hmac
import threading
import time

import pytest

from studio.emulator.account.callbacks import Callback, Callbacks
from studio.emulator.account.letters import Address
from studio.emulator.account.post import post
from studio.emulator.books import Book
from studio.emulator.dialects.aimusicapi.webhooks import (
    COMPLETED,
    FAILED,
    open_sender,
    read_address,
)
from studio.emulator.door import TurnedAway
from studio.emulator.faults import Fault, Faults
from tests.emulator.desk import KEY
from tests.emulator.fakes import FakeBand
from tests.emulator.letterbox import open_letterbox

BASE = "/aimusicapi/api/v1"
SONIC = {"custom_mode": True, "mv": "sonic-v5", "prompt": "[Verse]\nRain", "tags": "pop"}
PRODUCER = {"task_type": "create_music", "sound": "folk"}
NURO = {"type": "bgm", "description": "the sea", "theme": ["love"], "instrument": ["piano"]}
CREATE = {
    "sonic": ("sonic/create", SONIC),
    "producer": ("producer/create", PRODUCER),
    "nuro": ("nuro/create", NURO),
    "riffusion": (
        "riffusion/create",
        {"custom_mode": False, "mv": "FUZZ-1.0", "prompt": "the sea"},
    ),
}
HEADERS = {
    "x-webhook-id",
    "x-webhook-event",
    "x-webhook-timestamp",
    "x-webhook-signature",
    "idempotency-key",
}


@pytest.fixture
def box():
    with open_letterbox() as box:
        yield box


def create(desk, box, family="sonic", **more):
    path, body = CREATE[family]
    body = body | {"webhook_url": box.url} | more
    answer = desk.http.post(f"{BASE}/{path}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()["task_id"]


def told(desk, box, event="song.completed"):
    return desk.until(
        lambda: next((each for each in box.letters if each.json["event"] == event), None), bool
    )


def signature(secret, letter):
    signed = letter.headers["x-webhook-timestamp"].encode() + b"." + letter.body
    return "sha256=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


@pytest.mark.parametrize("family", CREATE)
def test_a_finished_task_is_told_with_every_documented_header(desk, box, family):
    create(desk, box, family, webhook_secret="hush")
    letter = told(desk, box)
    headers = letter.headers
    assert set(headers) >= HEADERS
    assert headers["x-webhook-event"] == letter.json["event"] == "song.completed"
    assert headers["idempotency-key"] == headers["x-webhook-id"]
    assert abs(int(headers["x-webhook-timestamp"]) - time.time()) < 60
    assert headers["content-type"] == "application/json"


def test_a_letter_is_signed_with_the_secret_of_its_task(desk, box):
    create(desk, box, webhook_secret="hush")
    letter = told(desk, box)
    assert letter.headers["x-webhook-signature"] == signature("hush", letter)
    assert letter.headers["x-webhook-signature"] != signature("hush!", letter)


def test_without_a_secret_a_letter_is_signed_with_that_of_the_account(desk, box):
    create(desk, box)
    letter = told(desk, box)
    assert letter.headers["x-webhook-signature"] == signature(KEY, letter)


@pytest.mark.parametrize("family", CREATE)
def test_a_letter_tells_what_a_look_tells(desk, box, family):
    task = create(desk, box, family)
    letter = told(desk, box).json
    looked = desk.http.get(f"{BASE}/{family}/task/{task}").json()
    assert {name: letter[name] for name in looked} == looked
    assert (letter["task_id"], letter["platform"]) == (task, family)


def test_nuro_tells_flat_and_more_than_a_look(desk, box):
    create(desk, box, "nuro")
    letter = told(desk, box).json
    assert (letter["status"], letter["progress"]) == ("succeeded", 100)
    assert (letter["prompt"], letter["theme"], letter["instrument"]) == ("the sea", "love", "piano")
    assert "data" not in letter


def test_sonic_tells_first_that_it_can_be_heard(open_one, box):
    desk = open_one(musicians=FakeBand(steps=threading.Semaphore(2)))
    create(desk, box)
    letter = told(desk, box, "song.streaming").json
    assert (letter["code"], letter["message"]) == (200, "streaming")
    assert letter["data"][0]["state"] == "running"
    assert letter["data"][0]["audio_url"]
    desk.musicians.steps.release(9)
    assert {clip["state"] for clip in told(desk, box).json["data"]} == {"succeeded"}


@pytest.mark.parametrize("family", ["producer", "nuro", "riffusion"])
def test_the_other_families_tell_only_the_end(open_one, box, family):
    desk = open_one(musicians=FakeBand(steps=threading.Semaphore(2)))
    task = create(desk, box, family)
    desk.until(lambda: desk.musicians.steps._value == 0, bool)
    (callback,) = (desk.house.data / "aimusicapi" / "callbacks").glob("*.json")
    assert (callback.stem, box.letters) == (task, [])
    desk.musicians.steps.release(9)
    told(desk, box)
    assert box.events() == ["song.completed"]


@pytest.mark.parametrize("family", CREATE)
@pytest.mark.parametrize("kind", ["failure", "timeout"])
def test_a_failed_task_is_told_with_its_refund(desk, box, family, kind):
    desk.fault("aimusicapi", "create" if family == "sonic" else f"{family}/create", kind)
    create(desk, box, family)
    letter = told(desk, box, "song.failed").json
    assert set(letter) == {"type", "message", "refund_processed", "task_id", "platform", "event"}
    assert (letter["type"], letter["refund_processed"]) == ("failed", True)
    assert desk.http.get(f"{BASE}/get-credits").json()["credits"] == 50


def test_every_event_is_told_once(desk, box):
    for _ in range(3):
        create(desk, box, "producer")
    desk.until(lambda: len(box.letters) == 3, bool)
    create(desk, box, "producer")
    desk.until(lambda: len(box.letters) == 4, bool)
    assert len({letter.json["task_id"] for letter in box.letters}) == 4


def test_nothing_is_told_of_a_task_that_asked_for_nothing(desk, box):
    desk.http.post(f"{BASE}/producer/create", json=PRODUCER)
    create(desk, box, "producer")
    told(desk, box)
    assert len(box.letters) == 1
    assert not list((desk.house.data / "aimusicapi" / "callbacks").glob("*.json"))


def test_what_was_told_a_look_shows(open_one, box):
    desk = open_one(pace="looks:3")
    task = create(desk, box, "producer")
    assert desk.http.get(f"{BASE}/producer/task/{task}").status_code == 202
    told(desk, box)
    assert desk.http.get(f"{BASE}/producer/task/{task}").status_code == 200


def test_at_the_pace_of_looks_every_phase_is_told_as_it_is(open_one, box):
    desk = open_one(pace="looks:1")
    create(desk, box)
    told(desk, box)
    states = [[clip["state"] for clip in letter.json["data"]] for letter in box.letters]
    assert box.events() == ["song.streaming", "song.completed"]
    assert "succeeded" not in states[0]
    assert states[1] == ["succeeded", "succeeded"]


def test_at_a_real_pace_nothing_is_told_before_its_time(open_one, box):
    now = [1000.0]
    desk = open_one(pace="real", clock=lambda: now[0])
    create(desk, box, "producer")
    desk.until(lambda: desk.musicians.used, bool)
    now[0] += 60
    # Told early, it would be dated so.
    assert told(desk, box).headers["x-webhook-timestamp"] == "1060"
    assert len(box.letters) == 1


def test_who_wants_to_be_told_survives_a_restart(open_one, box):
    first = open_one(musicians=FakeBand(steps=threading.Semaphore(0)))
    task = create(first, box, "producer")
    first.house.band.close()
    second = open_one()
    assert told(second, box).json["task_id"] == task


# What can go wrong on the way.


def test_a_letter_that_comes_twice_has_one_id(desk, box):
    desk.fault("aimusicapi", "webhook", "twice")
    create(desk, box, "producer")
    desk.until(lambda: len(box.letters) == 2, bool)
    assert box.letters[0].body == box.letters[1].body
    assert len({letter.headers["x-webhook-id"] for letter in box.letters}) == 1


def test_a_lost_letter_never_comes_and_the_task_can_still_be_looked_at(desk, box):
    desk.fault("aimusicapi", "webhook", "lost")
    task = create(desk, box, "producer")
    desk.until(lambda: list(desk.house.faults), lambda faults: not faults)
    create(desk, box, "producer")
    assert told(desk, box).json["task_id"] != task
    assert desk.http.get(f"{BASE}/producer/task/{task}").status_code == 200


def test_a_stale_letter_is_dated_an_hour_ago_and_signed_well(desk, box):
    desk.fault("aimusicapi", "webhook", "stale")
    create(desk, box, "producer", webhook_secret="hush")
    letter = told(desk, box)
    assert time.time() - int(letter.headers["x-webhook-timestamp"]) > 3000
    assert letter.headers["x-webhook-signature"] == signature("hush", letter)


def test_a_forged_letter_is_signed_by_somebody_else(desk, box):
    desk.fault("aimusicapi", "webhook", "forged")
    create(desk, box, "producer", webhook_secret="hush")
    letter = told(desk, box)
    assert letter.headers["x-webhook-signature"] != signature("hush", letter)


def test_the_oldest_guide_has_one_header_over_the_body_alone(desk, box):
    desk.fault("aimusicapi", "webhook", "old-signature")
    create(desk, box, "producer", webhook_secret="hush")
    letter = told(desk, box)
    assert not HEADERS & set(letter.headers)
    expected = hmac.new(b"hush", letter.body, hashlib.sha256).hexdigest()
    assert letter.headers["x-signature"] == expected


# Who notices that a task got on.


class Source:
    """Tasks that stand where they are told to."""

    def __init__(self, **events):
        self.events = events

    def event(self, task):
        event = self.events.get(task)
        if event == "broken":
            raise LookupError
        return event

    def letter(self, task, event, home):
        return {"task_id": task, "event": event, "home": home}


class Told:
    def __init__(self):
        self.letters = []

    def tell(self, url, secret, event, body):
        self.letters.append((event, body["task_id"]))


def callbacks_for(folder, source, told, **more):
    for task in ("first", "second"):
        callback = Callback(id=task, platform="x", address=Address(url="https://a"), home="")
        Book(folder, Callback).save(callback)
    callbacks = Callbacks(folder, told, last=(COMPLETED, FAILED), **more)
    callbacks._sources["x"] = source
    return callbacks


def test_an_event_is_told_when_it_comes_and_not_again(tmp_path):
    source, told = Source(first="song.streaming", second=""), Told()
    callbacks = callbacks_for(tmp_path, source, told)
    callbacks.tell()
    callbacks.tell()
    source.events = {"first": "song.completed", "second": "song.streaming"}
    callbacks.tell()
    assert told.letters == [
        ("song.streaming", "first"),
        ("song.completed", "first"),
        ("song.streaming", "second"),
    ]


def test_a_task_about_which_nothing_can_be_told_keeps_nobody_else_waiting(tmp_path):
    told = Told()
    callbacks = callbacks_for(tmp_path, Source(first="broken", second="song.completed"), told)
    callbacks.tell()
    assert told.letters == [("song.completed", "second")]
    assert list(tmp_path.glob("*.json")) == []


def test_a_task_that_is_forgotten_is_not_waited_for(tmp_path):
    callbacks = callbacks_for(tmp_path, Source(first="", second=None), Told())
    callbacks.tell()
    assert [path.stem for path in tmp_path.glob("*.json")] == ["first"]


@pytest.mark.parametrize(("seconds", "rest"), [(0.001, 0.1), (0.2, 4.0)])
def test_it_rests_twenty_times_as_long_as_it_looks(tmp_path, seconds, rest):
    timer = iter([5.0, 5.0 + seconds]).__next__
    callbacks = callbacks_for(tmp_path, Source(first="", second=""), Told(), timer=timer)
    assert callbacks.tell() == pytest.approx(rest)


# The sender by itself.


class Post:
    """Answers as it is told, then 200; keeps what it was given."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.sent = []
        self.is_enough = threading.Event()

    def __call__(self, url, body, headers):
        self.sent.append((url, body, dict(headers)))
        answer = self.answers.pop(0) if self.answers else 200
        if not self.answers:
            self.is_enough.set()
        if isinstance(answer, OSError):
            raise answer
        return answer


def new_sender(far, *faults, waits=(0, 0, 0)):
    switches = Faults()
    for fault in faults:
        switches.add(fault)
    clock = iter(range(100, 200)).__next__
    return open_sender(switches, "x", clock=clock, account_secret="a", waits=waits, post=far)


def send(sender):
    sender.tell("https://example.com/told", "", "song.completed", {"task_id": "1"})


@pytest.mark.parametrize("answers", [(500, 404), (302, OSError("nobody there")), (503,)])
def test_a_letter_that_was_not_taken_is_sent_again_under_its_id(answers):
    far = Post(*answers, 204)
    send(new_sender(far))
    assert far.is_enough.wait(10)
    assert len(far.sent) == len(answers) + 1
    assert len({headers["X-Webhook-Id"] for *_, headers in far.sent}) == 1


def test_a_letter_sent_again_is_dated_and_signed_anew():
    far = Post(500, 200)
    send(new_sender(far))
    assert far.is_enough.wait(10)
    first, second = (headers for *_, headers in far.sent)
    assert int(first["X-Webhook-Timestamp"]) < int(second["X-Webhook-Timestamp"])
    assert first["X-Webhook-Signature"] != second["X-Webhook-Signature"]


def test_a_letter_that_nobody_takes_is_given_up(monkeypatch):
    far = Post(500, 500, 500)
    sender = new_sender(far, waits=(1, 5))
    pauses = []

    def at_once(seconds, letter, tries):
        pauses.append(seconds)
        sender._send(letter, tries)

    monkeypatch.setattr(sender, "_later", at_once)
    send(sender)
    assert far.is_enough.wait(10)
    assert pauses == [1, 5]


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/told", f"https://{'x' * 70}/told"])
def test_what_cannot_be_reached_is_an_oserror(url):
    with pytest.raises(OSError):
        post(url, b"{}", {})


def test_a_slow_letter_comes_after_its_seconds(monkeypatch):
    far = Post()
    sender = new_sender(far, Fault(dialect="x", operation="webhook", kind="slow", seconds=7))
    pauses = []
    monkeypatch.setattr(sender, "_later", lambda seconds, *_: pauses.append(seconds))
    send(sender)
    assert (pauses, far.sent) == ([7], [])


# Where one may be told.


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/told",
        "https://example.com:8443/told?a=b",
        "http://127.0.0.1:8501/callbacks/x",
        "http://localhost/told",
        "http://[::1]:9/told",
        "https://example.com/" + "x" * 1004,
    ],
)
def test_one_is_told_at_https_or_on_this_machine(url):
    assert read_address({"webhook_url": url, "webhook_secret": "s"}).url == url


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/told",
        "http://192.168.0.7/told",
        "http://127.0.0.1.example.com/told",
        "ftp://127.0.0.1/told",
        "//example.com",
        "https://",
        "https://exa mple.com",
        "https://example.com:http/",
        "https://example.com/" + "x" * 1005,
        7,
        ["https://example.com"],
    ],
)
def test_one_is_told_nowhere_else(url):
    with pytest.raises(TurnedAway):
        read_address({"webhook_url": url})


@pytest.mark.parametrize("nothing", [{}, {"webhook_url": None}, {"webhook_url": ""}])
def test_nobody_has_to_be_told(nothing):
    assert read_address(nothing) is None


@pytest.mark.parametrize("family", CREATE)
def test_a_wrong_address_is_refused_before_it_costs(desk, family):
    path, body = CREATE[family]
    answer = desk.http.post(f"{BASE}/{path}", json=body | {"webhook_url": "http://example.com"})
    assert answer.status_code == 400
    assert desk.http.get(f"{BASE}/get-credits").json()["credits"] == 50
