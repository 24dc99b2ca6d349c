"""Uploads to the emulated host of sunoapi.org: three ways in, one kind of link out."""

import base64
import os
import re

import pytest

from studio.emulator.dialects.sunoapi.uploads.loft import LIVES_SECONDS, Loft, Unplaceable
from tests.contract.sonic import hum, shelved
from tests.contract.sunoapi_calls import LongBand, uploaded
from tests.emulator.desk import open_desk

BASE64, STREAM, URL = (f"/sunoapi/api/file-{way}-upload" for way in ("base64", "stream", "url"))
FILE = {"file": ("tone.wav", b"RIFF", "audio/wav")}


@pytest.fixture(scope="module")
def desk(street, tmp_path_factory):
    """Open one host for all: each lays down files of its own."""
    with open_desk(street, tmp_path_factory.mktemp("sunoapi"), musicians=LongBand()) as desk:
        yield desk


def test_a_file_in_the_body_is_told_as_live_answers_do(desk):
    sent = {
        "base64Data": base64.b64encode(b"abc").decode(),
        "uploadPath": "songs/mine",
        "fileName": "tone.mp3",
    }
    answer = desk.http.post(BASE64, json=sent).json()
    told = answer.pop("data")
    assert answer == {"success": True, "code": 200, "msg": "File uploaded successfully"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", told.pop("uploadedAt"))
    assert told == {
        "success": True,
        "fileName": "tone.mp3",
        "filePath": "kieai/1/songs/mine/tone.mp3",
        "downloadUrl": f"{desk.url}/sunoapi/temp/kieai/1/songs/mine/tone.mp3",
        "fileSize": 3,
        "mimeType": "audio/mpeg",
    }
    assert desk.anyone.get(told["downloadUrl"]).content == b"abc"


def test_a_data_url_says_what_it_is(desk):
    sent = {"base64Data": "data:image/png;base64,YWJj", "uploadPath": "x"}
    told = desk.http.post(BASE64, json=sent).json()["data"]
    assert (told["mimeType"], told["fileSize"]) == ("image/png", 3)
    assert re.fullmatch(r"\d{13}-[0-9a-z]{11}\.png", told["fileName"])


def test_a_file_comes_as_a_form_of_any_usual_size(desk):
    content = os.urandom(3_000_000)
    form = {"uploadPath": "/a/b/", "fileName": "big song.wav"}
    told = desk.http.post(STREAM, files={"file": ("x.wav", content)}, data=form).json()["data"]
    assert told["filePath"] == "kieai/1/a/b/big song.wav"
    assert desk.anyone.get(told["downloadUrl"]).content == content


def test_a_file_is_fetched_from_a_link(desk):
    sent = {"fileUrl": shelved(desk), "uploadPath": "x"}
    told = desk.http.post(URL, json=sent).json()["data"]
    assert told["fileName"].endswith(".wav")
    assert desk.anyone.get(told["downloadUrl"]).content == hum(2.0)


def test_the_same_name_overwrites(desk):
    form = {"uploadPath": "x", "fileName": "a.wav"}
    links = [
        desk.http.post(STREAM, files={"file": ("a.wav", content)}, data=form).json()["data"]
        for content in (b"one", b"two")
    ]
    assert links[0]["downloadUrl"] == links[1]["downloadUrl"]
    assert desk.anyone.get(links[0]["downloadUrl"]).content == b"two"


REFUSED = {
    "no path": (BASE64, {"base64Data": "YWJj"}, "Missing required parameter: uploadPath"),
    "no data": (BASE64, {"uploadPath": "x"}, "Missing required parameter: base64Data"),
    "no base64": (
        BASE64,
        {"base64Data": "###", "uploadPath": "x"},
        "Base64 decoding failed: Invalid Base64 format",
    ),
    "no link": (URL, {"uploadPath": "x"}, "Missing required parameter: fileUrl"),
    "a way out": (BASE64, {"base64Data": "YWJj", "uploadPath": "../x"}, "Invalid path: .."),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_has_its_real_status(desk, case):
    path, sent, text = REFUSED[case]
    answer = desk.http.post(path, json=sent)
    assert answer.status_code == 400
    assert answer.json() == {"success": False, "code": 400, "msg": text}


def test_a_form_without_a_file_or_a_path_is_refused(desk):
    nothing = desk.http.post(STREAM, data={"uploadPath": "x"})
    nowhere = desk.http.post(STREAM, files=FILE)
    assert nothing.json()["msg"] == "Missing required parameter: file"
    assert nowhere.json()["msg"] == "Missing required parameter: uploadPath"


def test_a_link_that_leads_nowhere_is_not_fetched(desk):
    sent = {"fileUrl": f"{desk.url}/shelf/nothing.wav", "uploadPath": "x"}
    answer = desk.http.post(URL, json=sent)
    assert (answer.status_code, answer.json()["success"]) == (400, False)


def test_without_the_key_nothing_is_laid_down(desk):
    answer = desk.anyone.post(STREAM, files=FILE, data={"uploadPath": "x"})
    told = {"success": False, "code": 401, "msg": "Authentication failed: Invalid API Key"}
    assert (answer.status_code, answer.json()) == (401, told)


def test_an_upload_lives_for_three_days(tmp_path):
    now = [1_000_000.0]
    loft = Loft(tmp_path, clock=lambda: now[0], wall=lambda: now[0])
    (tmp_path / "file").write_bytes(b"abc")
    path = loft.place("x", "a.wav", "")
    assert loft.lay_file(path, tmp_path / "file") == 3
    os.utime(loft.find(path) or tmp_path / path, (now[0], now[0]))
    assert loft.find(path)
    now[0] += LIVES_SECONDS + 1
    assert loft.find(path) is None
    loft.clean()
    assert not (tmp_path / path).exists()


@pytest.mark.parametrize("path", ["", "../../../etc/passwd", "kieai/1"])
def test_only_what_was_laid_down_is_found(tmp_path, path):
    assert Loft(tmp_path, clock=lambda: 0.0).find(path) is None


@pytest.mark.parametrize("name", ["..", "a\0b", "a/b", " . ", "é" * 99])
def test_a_name_that_no_file_can_have_is_refused(tmp_path, name):
    with pytest.raises(Unplaceable):
        Loft(tmp_path, clock=lambda: 0.0).place("x", name, ".wav")


def test_an_upload_can_be_laid_down_again_and_again(desk):
    assert uploaded(desk) != uploaded(desk)
