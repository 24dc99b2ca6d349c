"""Many makers from the command line: editions, servers of one's own, contracts, sounds by hand."""

import json

import numpy as np
import pytest

from studio.audio.files import write
from studio.client import Connection, open_studio
from studio.providers import PROVIDERS
from studio.settings import Settings
from tests.client.borealis import SMALL, Borealis

NOBODY = "http://127.0.0.1:9"
SUNO = ("connect", "suno", "--kind", "sunoapi", "--url", NOBODY, "--key-env", "K")


@pytest.fixture
def attic(monkeypatch, data):
    """A server of one's own that is on."""
    monkeypatch.setitem(PROVIDERS, "borealis", Borealis)
    monkeypatch.setattr(Borealis, "there", [SMALL])
    monkeypatch.setattr(Borealis, "asked", [])
    with open_studio(Settings(data=data), work=False) as studio:
        studio.connect(Connection(name="attic", kind="borealis", url=NOBODY))


@pytest.fixture
def tone(tmp_path):
    path = tmp_path / "My_demo.wav"
    sound = 0.3 * np.sin(np.arange(66_150) * 0.05)
    write(path, np.array([sound, sound], np.float32), 44_100)
    return str(path)


def editions(run):
    return {one["name"]: one["edition"] for one in json.loads(run("connections", "--json").stdout)}


def test_an_edition_is_chosen_kept_and_changed(run):
    usual, *_, last = PROVIDERS["sunoapi"].editions
    assert run(*SUNO, "--edition", last, K="k").exit_code == 0
    run("connect", "suno", "--kind", "sunoapi", "--poll-seconds", "9")
    assert editions(run)["suno"] == last
    run("connect", "suno", "--kind", "sunoapi", "--edition", usual)
    assert editions(run)["suno"] == usual


def test_an_edition_that_nobody_knows_is_a_sentence(run):
    told = run(*SUNO, "--edition", "1999", K="k")
    assert (told.exit_code, "edition '1999' of sunoapi.org" in told.stderr) == (2, True)
    assert "suno" not in editions(run)


def test_a_server_of_ones_own_needs_an_address_and_no_key(run):
    told = run("connect", "gpu", "--kind", "acestep")
    assert (told.exit_code, "Name its address with --url" in told.stderr) == (2, True)
    told = run("connect", "gpu", "--kind", "acestep", "--url", NOBODY)
    assert told.exit_code == 0
    assert "gpu has not been reached yet" in told.stdout


def test_a_contract_is_told_claim_by_claim_and_a_difference_is_status_1(run, attic):
    told = run("doctor", "--contract", "attic", "--json")
    assert told.exit_code == 1
    rows = {row["claim"]: row for row in json.loads(told.stdout)}
    assert [row["holds"] for row in rows.values()] == [True, False, None]
    assert rows["silence"]["documented"] == "It says nothing to strangers."
    assert (rows["song"]["found"], rows["song"]["costs"]) == (
        "not tried: it costs something",
        "$0.04",
    )


def test_nothing_is_spent_without_a_word(run, attic):
    run("doctor", "--contract", "attic")
    assert "song" not in Borealis.asked
    run("doctor", "--contract", "attic", "--spend")
    assert "song" in Borealis.asked
    assert json.loads(run("ledger", "--json").stdout)[0]["spent"] == 0.04
    assert run("doctor", "--spend").exit_code == 2


def test_a_contract_that_holds_is_status_0_and_one_of_nobody_2(run, attic, monkeypatch):
    monkeypatch.setattr(Borealis, "claims", Borealis.claims[:1])
    told = run("doctor", "--contract", "attic")
    assert (told.exit_code, "So it is." in told.stdout) == (0, True)
    assert run("doctor", "--contract", "house band").exit_code == 0
    assert run("doctor", "--contract", "nobody").exit_code == 2


def test_a_contract_that_nobody_answers_is_status_1(run):
    run("connect", "gpu", "--kind", "acestep", "--url", NOBODY)
    assert run("doctor", "--contract", "gpu").exit_code == 1


def test_a_sound_is_brought_and_told_where_it_is_in_one_breath(run, attic, tone):
    told = run("bring", tone, "--at", "attic", "--id", "abc-1")
    song, upload = map(json.loads, told.stdout.splitlines())
    assert (upload["song"], upload["kind"], upload["remote"]) == (song["id"], "upload", "abc-1")
    told = run("bring", song["id"], "--at", "attic", "--id", "abc-2")
    assert json.loads(told.stdout.splitlines()[1])["remote"] == "abc-2"
    assert len(json.loads(run("songs", "--json").stdout)) == 1


def test_where_and_under_which_id_belong_together_and_are_looked_at_first(run, attic, tone):
    assert run("bring", tone, "--at", "attic").exit_code == 2
    assert run("bring", tone, "--at", "nobody", "--id", "x").exit_code == 2
    assert json.loads(run("songs", "--json").stdout) == []
