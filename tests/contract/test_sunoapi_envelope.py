"""How the emulated sunoapi.org answers: envelope, families, key, rate, credits, faults."""

import pytest

from tests.contract.sunoapi_calls import (
    BASE,
    CALL,
    GENERATE,
    LongBand,
    credits_left,
    finished,
    look,
    made,
    post,
    submit,
    switch,
)

NO_CREDITS = "The current credits are insufficient. Please top up."
UNKNOWN = "f" * 32


@pytest.fixture
def desk(open_one):
    return open_one(musicians=LongBand(), credits=100)


@pytest.fixture
def clocked(open_one):
    """An emulator whose time is set by hand."""
    now = [1000.0]
    desk = open_one(musicians=LongBand(), clock=lambda: now[0])
    desk.now = now
    return desk


def test_an_error_comes_under_http_200_with_a_code_inside(desk):
    answer = post(desk, "generate", GENERATE, callBackUrl=...)
    assert answer.status_code == 200
    assert answer.json() == {"code": 400, "msg": "Please enter callBackUrl.", "data": None}
    assert answer.headers["content-type"] == "application/json;charset=UTF-8"


def test_a_switch_gives_errors_their_real_status(desk):
    switch(desk, statuses="real")
    answer = post(desk, "generate", GENERATE, callBackUrl=...)
    assert (answer.status_code, answer.json()["code"]) == (400, 400)
    assert post(desk, "generate", GENERATE).status_code == 200


def test_the_twin_says_422_where_the_vendor_says_400(desk):
    switch(desk, family="B")
    answer = post(desk, "generate", GENERATE, callBackUrl=...).json()
    assert answer == {"code": 422, "msg": "Please enter callBackUrl.", "data": None}


@pytest.mark.parametrize(("family", "code"), [("A", 429), ("B", 402)])
def test_without_credits_nothing_is_taken(open_one, family, code):
    desk = open_one(musicians=LongBand(), credits=11)
    switch(desk, family=family)
    assert post(desk, "generate", GENERATE).json() == {
        "code": code,
        "msg": NO_CREDITS,
        "data": None,
    }
    assert credits_left(desk) == 11
    assert not desk.musicians.played


@pytest.mark.parametrize(("family", "code"), [("A", 430), ("B", 429)])
def test_more_than_twenty_calls_in_ten_seconds_are_too_fast(clocked, family, code):
    switch(clocked, family=family)
    codes = [clocked.http.get(f"{BASE}/generate/credit").json()["code"] for _ in range(21)]
    assert codes == [200] * 20 + [code]
    clocked.now[0] += 10
    assert clocked.http.get(f"{BASE}/generate/credit").json()["code"] == 200


def test_a_call_that_was_too_fast_does_not_count(clocked):
    for second in range(20):
        clocked.now[0] = 1000.0 + second * 0.5
        clocked.http.get(f"{BASE}/generate/credit")
    credit = [clocked.http.get(f"{BASE}/generate/credit").json()["code"] for _ in range(2)]
    clocked.now[0] = 1010.0
    credit.append(clocked.http.get(f"{BASE}/generate/credit").json()["code"])
    assert credit == [430, 430, 200]


def test_uploads_are_elsewhere_and_do_not_count(clocked):
    sent = {"base64Data": "YWJj", "uploadPath": "x"}
    for _ in range(21):
        assert clocked.http.post("/sunoapi/api/file-base64-upload", json=sent).status_code == 200
    assert clocked.http.get(f"{BASE}/generate/credit").json()["code"] == 200


def test_a_switch_takes_the_limit_away(clocked):
    switch(clocked, limit="off")
    codes = {clocked.http.get(f"{BASE}/generate/credit").json()["code"] for _ in range(25)}
    assert codes == {200}


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer other"}])
def test_without_the_key_there_is_no_access(desk, headers):
    answer = desk.anyone.post(f"{BASE}/generate", json=GENERATE, headers=headers)
    told = {"code": 401, "msg": "You do not have access permissions", "data": None}
    assert (answer.status_code, answer.json()) == (200, told)


@pytest.mark.parametrize(("method", "path"), [("GET", "generate"), ("POST", "nothing/here")])
def test_a_wrong_path_or_method_is_a_404_inside(desk, method, path):
    answer = desk.http.request(method, f"{BASE}/{path}")
    assert (answer.status_code, answer.json()["code"]) == (200, 404)


@pytest.mark.parametrize(
    "path",
    [
        "generate",
        "lyrics",
        "wav",
        "vocal-removal",
        "midi",
        "mp4",
        "suno/cover",
        "voice",
    ],
)
def test_of_a_task_that_nobody_knows_nothing_is_told(desk, path):
    answer = desk.http.get(f"{BASE}/{path}/record-info", params={"taskId": UNKNOWN})
    assert answer.json() == {"code": 200, "msg": "success", "data": None}


def test_a_task_is_not_found_as_one_of_another_kind(desk):
    task = submit(desk, "lyrics", CALL | {"prompt": "trains"})
    assert look(desk, task) is None
    assert look(desk, task, "lyrics")["taskId"] == task


def test_task_ids_are_32_hex_digits(desk):
    task = submit(desk, "generate", GENERATE)
    assert len(task) == 32
    assert int(task, 16)


def test_credits_are_told_with_their_parts(desk):
    finished(desk, submit(desk, "lyrics", CALL | {"prompt": "trains"}), "lyrics")
    assert credits_left(desk) == 99.6


def test_the_twins_address_of_the_balance_is_there_in_its_family_only(desk):
    alone = desk.http.get(f"{BASE}/chat/credit").json()["code"]
    switch(desk, family="B")
    assert (alone, desk.http.get(f"{BASE}/chat/credit").json()["data"]) == (404, 100)


def test_the_twin_hands_its_own_links_back_and_no_others(desk):
    switch(desk, family="B")
    own = f"{desk.url}/sunoapi/media/x.mp3"
    assert post(desk, "common/download-url", {"url": own}).json()["data"] == own
    foreign = post(desk, "common/download-url", {"url": "https://other.example/x.mp3"}).json()
    assert (foreign["code"], foreign["msg"]) == (422, "url is wrong")


FAULTS = {
    "busy": ("A", 430),
    "insufficient": ("A", 429),
    "refused": ("A", 400),
    "500": ("A", 500),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_is_said_in_the_vendors_words(desk, kind):
    family, code = FAULTS[kind]
    switch(desk, family=family)
    desk.fault("sunoapi", "generate", kind)
    answer = post(desk, "generate", GENERATE)
    assert (answer.status_code, answer.json()["code"]) == (200, code)
    assert post(desk, "generate", GENERATE).json()["code"] == 200


@pytest.mark.parametrize(
    ("reason", "a", "b"),
    [
        ("moderation", 400, 422),
        ("length", 413, 422),
        ("limit", 405, 429),
        ("access", 401, 401),
        ("maintenance", 455, 455),
        ("disabled", 400, 505),
    ],
)
def test_every_reason_of_a_refusal_has_a_code_in_both_families(desk, reason, a, b):
    codes = []
    for family in ("A", "B"):
        switch(desk, family=family)
        desk.fault("sunoapi", "generate", "refused", reason=reason, detail="a line")
        codes.append(post(desk, "generate", GENERATE).json()["code"])
    assert codes == [a, b]


def test_a_gateway_that_fails_is_none_of_the_vendors_words(desk):
    desk.fault("sunoapi", "generate", "502", taken=True)
    assert post(desk, "generate", GENERATE).status_code == 502
    assert credits_left(desk) == 88


def test_work_that_fails_is_paid_back(desk):
    desk.fault("sunoapi", "generate", "failure")
    record = made(desk)
    assert (record["status"], record["errorCode"]) == ("GENERATE_AUDIO_FAILED", 531)
    assert record["response"] is None
    assert credits_left(desk) == 100


def test_work_that_takes_too_long_is_paid_back(desk):
    desk.fault("sunoapi", "generate", "timeout")
    assert made(desk)["errorCode"] == 408
    assert credits_left(desk) == 100


def test_a_switch_that_is_not_there_is_refused_in_a_sentence(desk):
    answer = desk.http.post("/sunoapi/switches", json={"family": "C"})
    assert answer.status_code == 422
    assert "'family'" in answer.json()["reason"]


def test_a_body_that_is_no_json_is_refused(desk):
    answer = desk.http.post(f"{BASE}/generate", content=b"{")
    assert answer.json()["code"] == 400
